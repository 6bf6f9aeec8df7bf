"""Words of requests, disclosures, emergency looks, her rights and the retention schedule."""

from alongside.register.agencies.codes import Coded


class Asker(Coded):
    POLICE = "police", "Police"
    COURT = "court", "Court"
    PRISON = "prison", "Prison or probation"
    IMMIGRATION = "immigration", "Immigration enforcement"
    CHILDREN = "children", "Children's services"
    COUNCIL = "council", "Another part of a council"
    INSURER = "insurer", "Insurer"
    LAWYER = "lawyer", "Lawyer, not hers"
    PRESS = "press", "Journalist"
    PRIVATE = "private", "Private person"
    OTHER = "other", "Someone else"


class Power(Coded):
    """The law that an asker names. Only the first two oblige an agency to give anything."""

    ORDER = "order", "Order or warrant of a court: it obliges us"
    PRODUCTION = "production", "Production order: it obliges us"
    CRIME = "crime", "Crime (Data Protection Act 2018, schedule 2, paragraph 2): it allows, it does not oblige"
    SAFEGUARDING = "safeguarding", "Safeguarding of a child or an adult at risk"
    HER_WISH = "her_wish", "She agreed to this one"
    OTHER = "other", "Another law, written below"
    NONE = "none", "None was named"


class YesNo(Coded):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known yet"


class Point(Coded):
    """What the law asks of police who want information about someone harmed by a crime (Chapter 3A, PCSC Act 2022)."""

    HOLDS = "holds", "Why they believe that we hold it"
    ENQUIRY = "enquiry", "Which reasonable line of enquiry it is for"
    PROPORTIONATE = "proportionate", "Why it is necessary and proportionate"
    NOTICE = "notice", "That she was given written notice, or why not"
    PROBATIVE = "probative", "For counselling notes: why they are likely to prove something of substance"


class Told(Coded):
    BEFORE = "before", "She was told before"
    AFTER = "after", "She will be told after, on the day written below"
    BY_ASKER = "by_asker", "Whoever asked gave her written notice"
    NOT = "not", "She is not told, for the reason below"
    UNDECIDED = "undecided", "Not decided yet"


class TurnedDownFor(Coded):
    MISSING = "missing", "Points are missing"
    NO_POWER = "no_power", "No law that allows it"
    NOT_NEEDED = "not_needed", "Not necessary, or too much"
    OTHER_WAY = "other_way", "They can have it another way"
    HARM = "harm", "It would harm her"
    NOTHING = "nothing", "We neither confirm nor deny that we hold anything"
    TAKEN_BACK = "taken_back", "They took it back"


class Ground(Coded):
    """On what an agency may share without her agreement (B6)."""

    LIFE = "life", "Life is at risk and she can't be asked (vital interests)"
    ADULT = "adult", "Safeguarding of an adult at risk (DPA 2018, schedule 1, paragraph 18)"
    CHILD = "child", "Safeguarding of a child (Children Act 1989; DPA 2018, schedule 1, paragraph 18)"
    MARAC = "marac", "Multi-agency conference on domestic abuse (MARAC)"
    CRIME = "crime", "Preventing a serious crime (DPA 2018, schedule 2, paragraph 2)"
    ORDER = "order", "Order of a court"


class Finding(Coded):
    FITTING = "fitting", "It was needed"
    TOO_MUCH = "too_much", "It was needed, but she looked at more than she had to"
    NOT_FITTING = "not_fitting", "It was not needed"


class Kind(Coded):
    ACCESS = "access", "A copy of what we hold about her"
    CORRECTION = "correction", "Something is wrong and should be put right"
    ERASURE = "erasure", "What we hold should be erased"
    COMPLAINT = "complaint", "A complaint about how we use what we know of her"


class Way(Coded):
    IN_PERSON = "in_person", "She said it herself"
    WRITING = "writing", "In writing"
    FOR_HER = "for_her", "Someone asked for her"
    TIME_OVER = "time_over", "Nobody asked: its time was over"


class Decision(Coded):
    YES = "yes", "Yes"
    PARTLY = "partly", "In part"
    NO = "no", "No, for the reason below"


class Exemption(Coded):
    """Why a part of a pack is held back. Told to her in these words, unless telling would undo the reason."""

    OTHERS = "others", "It is about other people too"
    HARM = "harm", "A health or social work professional says that it would seriously harm someone"
    CRIME = "crime", "It would get in the way of preventing a crime"
    LAWYER = "lawyer", "It is advice of a lawyer"
    CHILD = "child", "It is about the abuse of a child"


class RecordClass(Coded):
    """Classes of the retention schedule."""

    WOMAN = "woman", "A woman's record and all that hangs on it"
    CHILD = "child", "A record of someone who was under 18"
    REGISTER = "register", "Requests from police and others, and what was shared without asking her"
    LOOK = "look", "Emergency looks and their reviews"
    HERS = "hers", "What she asked for: copies, corrections, erasures"
    COMPLAINT = "complaint", "Complaints"


class Authority(Coded):
    """Who can stop the clock of retention."""

    COURT = "court", "Court, coroner or order"
    POLICE = "police", "Police or prosecutor"
    INQUIRY = "inquiry", "Public inquiry"
    CLAIM = "claim", "Legal claim, ours or hers"
    REVIEW = "review", "Safeguarding or death review"


# class -> years after the last entry, and where that comes from. An agency's own schedule wins.
DEFAULT_YEARS: dict[RecordClass, tuple[int, str]] = {
    RecordClass.WOMAN: (8, "Records Management Code of Practice 2021: adult social care"),
    RecordClass.CHILD: (25, "Records Management Code of Practice 2021: children, at least to the 25th birthday"),
    RecordClass.REGISTER: (8, "As the woman's record"),
    RecordClass.LOOK: (8, "As the woman's record"),
    RecordClass.HERS: (3, "Records Management Code of Practice 2021: subject access requests"),
    RecordClass.COMPLAINT: (10, "Records Management Code of Practice 2021: complaints"),
}
OBLIGING = frozenset({Power.ORDER, Power.PRODUCTION})
CLOSED_TO = frozenset({Asker.IMMIGRATION, Asker.INSURER, Asker.PRESS, Asker.PRIVATE})
