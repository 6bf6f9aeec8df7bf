"""Words of linking and of asking her."""

from uuid import UUID, uuid4

from alongside.register.agencies.codes import Coded
from alongside.register.agencies.codes import Purpose as Purpose

CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: nothing that reads like something else
_TWO = [first + second for first in CODE_LETTERS for second in CODE_LETTERS]


def code_of(prefix: str, record: UUID) -> str:
    """A record's code, made from its agency's prefix and its random id: NL-7F3K-Q2MP."""
    bits = record.int
    first, last = _TWO[bits >> 30 & 1023] + _TWO[bits >> 20 & 1023], _TWO[bits >> 10 & 1023] + _TWO[bits & 1023]
    return f"{prefix}-{first}-{last}"


class Judgement(Coded):
    SAME = "same", "The same woman"
    NOT_SAME = "not_same", "Not the same woman"
    NOT_SURE = "not_sure", "Not sure"
    WITHDRAWN = "withdrawn", "Withdrawn"


class LinkBasis(Coded):
    STATISTICAL = "statistical", "Counts only"
    CASEWORK = "casework", "Both agencies may know"


class RunState(Coded):
    RUNNING = "running", "Under way"
    FINISHED = "finished", "Finished"
    STOPPED = "stopped", "Stopped before its end"


class AcceptanceBasis(Coded):
    SHE_AGREED = "she_agreed", "She agreed"
    LAW = "law", "The law says so"


class GrantBasis(Coded):
    """Why somebody may know more than her own agency's work gives her."""

    AGREED = "agreed", "She agreed"
    STEP = "step", "She agreed, for a referral or a new lead worker"
    NAMED = "named", "Named for this matter in the agency that holds it"
    DISCLOSURE = "disclosure", "Shared without asking her, by two people, for a reason in law"
    BREAK_GLASS = "break_glass", "Opened in an emergency, for four hours"


HER_YES = (GrantBasis.AGREED, GrantBasis.STEP)


class ExclusionReason(Coded):
    SHE_ASKED = "she_asked", "She asked us to"
    SAFETY = "safety", "It is safer for her"
    CONFLICT = "conflict", "The worker said so herself"


def copy_number() -> str:
    """What stands on a print or in a file that holds names, so that it can be called back: "K3QD-71XM"."""
    letters = "".join(CODE_LETTERS[uuid4().int >> shift & 31] for shift in range(0, 40, 5))
    return f"{letters[:4]}-{letters[4:]}"


class HandoutKind(Coded):
    SHEET = "sheet", "Her sharing sheet"
    PRINT = "print", "A print"
    EXPORT = "export", "An export"
    CARD = "card", "A card"
    REFERRAL = "referral", "A referral on paper"
    PHONE = "phone", "Tonight’s list on a phone"
    COPY = "copy", "Her own copy"


class StandingKind(Coded):
    """What changes how everyone handles a record."""

    DIED = "died", "She has died"
    UNDER_18 = "under_18", "She is under 18"

    @property
    def what_now(self) -> str:
        if self is StandingKind.DIED:
            return "What she told us stays confidential. You said why you read this; it closes again in four hours."
        return "She is a child: ring your safeguarding lead now, whatever else she came for."


class Untold(Coded):
    """Why a field is empty: four different answers, with "no" among the answers themselves."""

    NOT_ASKED = "not_asked", "We did not ask"
    NOT_SAID = "not_said", "She chose not to say"
    NOT_KNOWN = "not_known", "She does not know"


class FieldGroup(Coded):
    IDENTITY = "identity", "Names, age, description"
    SAFE_CONTACT = "safe_contact", "How to reach her safely"
    WHEREABOUTS = "whereabouts", "Where she is"
    HEALTH = "health", "Health"
    SEXUAL_VIOLENCE = "sexual_violence", "Sexual violence"
    IMMIGRATION = "immigration", "Immigration"
    CHILDREN = "children", "Children"
    COURT = "court_police", "Court and police"
    NOTES = "notes", "Notes"
    MONITORING = "monitoring", "Monitoring"


# The same, as she is asked it, and as it stands on paper that is safe to be found with.
ASKED: dict[FieldGroup, str] = {
    FieldGroup.IDENTITY: "Your name, your age and how to recognise you",
    FieldGroup.SAFE_CONTACT: "How to reach you safely",
    FieldGroup.WHEREABOUTS: "Where you are, and where we have met you",
    FieldGroup.HEALTH: "Your health, and what you take",
    FieldGroup.CHILDREN: "Your children",
    FieldGroup.COURT: "Court, police and prison",
    FieldGroup.NOTES: "What we wrote down after we talked",
}
ON_PAPER: dict[FieldGroup, str] = {
    FieldGroup.IDENTITY: "name",
    FieldGroup.SAFE_CONTACT: "contact",
    FieldGroup.WHEREABOUTS: "places",
    FieldGroup.HEALTH: "wellbeing",
    FieldGroup.SEXUAL_VIOLENCE: "private",
    FieldGroup.IMMIGRATION: "papers",
    FieldGroup.CHILDREN: "family",
    FieldGroup.COURT: "dates",
    FieldGroup.NOTES: "talks",
    FieldGroup.MONITORING: "numbers",
}
