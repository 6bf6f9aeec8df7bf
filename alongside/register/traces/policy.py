"""Who may see who looked at a woman, and who may have her record erased."""

from alongside.foundation.gate.permissions import holds, is_job, permit, same_agency
from alongside.register.agencies.codes import CASEWORKERS, Role

permit(
    "traces.see_readers",
    "Caseworkers of the agency that holds a record see who looked at it, and can print it for her.",
    (holds(*CASEWORKERS), same_agency),
)
permit("traces.open_readers", "Caseworkers open the page that shows who looked at a record.", (holds(*CASEWORKERS),))
permit(
    "traces.erase",
    "The data protection lead has a record of her own agency erased; the operator at the machine does it again after"
    " a restore.",
    (holds(Role.DP_LEAD), same_agency),
    (is_job("operator"), same_agency),
)
permit(
    "traces.check_seals",
    "The data protection lead sees whether the trail is whole and what seal her agency kept last.",
    (holds(Role.DP_LEAD),),
)
permit("traces.keep_head", "The data protection lead keeps the newest seal for her agency.", (holds(Role.DP_LEAD),))
permit(
    "traces.see_unusual",
    "The data protection lead sees reading in her own agency that is out of the ordinary, by worker and record code.",
    (holds(Role.DP_LEAD),),
)
permit(
    "traces.empty_agency",
    "The sharing job of an agency that has left, begun by the one who confirmed it, empties what that agency held.",
    (is_job("sharing"), same_agency),
)
