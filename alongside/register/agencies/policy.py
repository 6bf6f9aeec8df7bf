"""Who may see and change agencies and memberships."""

from alongside.foundation.gate.permissions import holds, is_job, permit, same_agency, signed_in
from alongside.register.agencies.codes import Role

permit(
    "agencies.choose",
    "Anyone signed in chooses for which agency, and in which role, she acts.",
    (signed_in,),
    without_passkey=True,
)
permit(
    "agencies.manage",
    "The system administrator, or the operator at the machine, sets up agencies, workers and their roles.",
    (holds(Role.SYSTEM_ADMIN),),
    (is_job("operator"),),
)
permit(
    "agencies.read_trail",
    "The data protection lead reads who did or read what in her own agency.",
    (holds(Role.DP_LEAD), same_agency),
)
permit("agencies.open_trail", "The data protection lead opens the page that shows who looked.", (holds(Role.DP_LEAD),))
permit(
    "agencies.keep_services",
    "Managers keep the services of their own agency: whom each takes, in how many days it answers, and who may send"
    " women there.",
    (holds(Role.MANAGER),),
)
permit(
    "agencies.check_staff",
    "A service manager says, once a quarter, who still works in her agency, and the system administrator where there is"
    " no service manager; who does not is out with the same click.",
    (holds(Role.MANAGER, Role.SYSTEM_ADMIN),),
)
permit(
    "agencies.leave",
    "A service manager asks that her agency leaves the partnership, takes its own data along, or takes it back.",
    (holds(Role.MANAGER),),
)
permit(
    "agencies.confirm_leaving",
    "The system administrator confirms that an agency leaves: never the one who asked, nor one of that agency.",
    (holds(Role.SYSTEM_ADMIN),),
)
permit(
    "agencies.note_shredded",
    "The job that destroyed the key of an agency that left writes down that it is done.",
    (is_job("shredding"),),
)
permit(
    "agencies.left_again",
    "The operator at the machine, after a restore, has an agency that left before leave again.",
    (is_job("operator"),),
)
permit(
    "agencies.see_installation",
    "The system administrator sees who works in the partnership and how the installation is.",
    (holds(Role.SYSTEM_ADMIN),),
)
permit(
    "agencies.keep_sign_in",
    "A manager or data protection lead sets up her agency’s own sign-in, which opens roles of that agency only.",
    (holds(Role.MANAGER, Role.DP_LEAD),),
)
permit(
    "agencies.open_other_ways",
    "The operator at the machine opens the other ways of signing in, when an agency’s own one fails.",
    (is_job("operator"),),
)
permit(
    "agencies.make_forum",
    "A service manager makes a forum; her agency must be a specialist one, and she chairs.",
    (holds(Role.MANAGER),),
)
permit(
    "agencies.keep_forum",
    "Managers of the agency that convenes a forum say who sits on it and which of them chairs, and end it.",
    (holds(Role.MANAGER), same_agency),
)
