"""What is asked of a woman and what she may answer, each answer true on a day. No row is "we did not ask"."""

from dataclasses import dataclass

from alongside.register.agencies.codes import Coded


class Kept(Coded):
    """With which kind of facts an answer is kept, and so which roles see it."""

    HEALTH = "health", "Health and what she takes"
    COURT = "court", "Police and court"
    LIFE = "life", "Her life now"


class Answer(Coded):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_SAID = "not_said", "She chose not to say"
    NOT_KNOWN = "not_known", "She does not know"
    # how much support
    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"
    # how old
    UNDER_20 = "under_20", "Under 20"
    IN_20S = "20_29", "20 to 29"
    IN_30S = "30_39", "30 to 39"
    IN_40S = "40_49", "40 to 49"
    FROM_50 = "50_on", "50 or over"
    # treatment
    BEGAN = "began", "She began"
    COMPLETED = "completed", "She completed it"
    LEFT = "left", "She left before its end"
    # where a court scheme saw her
    IN_COURT = "in_court", "In court"
    IN_CELLS = "in_cells", "In the cells"
    CONCOURSE = "concourse", "In the concourse"
    # a hearing
    CAME = "came", "She came"
    NOT_COME = "not_come", "She did not come"


OPEN = (Answer.NOT_SAID, Answer.NOT_KNOWN)
UNTOLD = frozenset(OPEN)  # asked, and yet not an answer that a figure can count
YES_NO = (Answer.YES, Answer.NO, *OPEN)
TREATED = (Answer.BEGAN, Answer.COMPLETED, Answer.LEFT)


class Subject(Coded):
    SUPPORT = "support", "How much support she needs"
    AGE = "age", "How old she is"
    SEX_WORK = "sex_work", "Sells or swaps sex"
    DRUG_AGENCY = "drug_agency", "Works with a drug agency"
    VOLUNTEER = "volunteer", "Ready to volunteer"
    FAMILY = "family", "In touch with her family or children again"
    DRUGS = "drugs", "Uses street drugs"
    CRACK = "crack", "Uses crack"
    HEROIN = "heroin", "Uses heroin"
    ALCOHOL = "alcohol", "Drinks every day"
    INJECTING = "injecting", "Injects"
    SCRIPT = "script", "Has a prescription in place of heroin"
    HIV = "hiv", "Has HIV"
    HEP_C = "hep_c", "Has hepatitis C"
    HEP_B = "hep_b", "Has hepatitis B"
    DETOX = "detox", "Detox"
    REHAB = "rehab", "Rehab"
    STABILISATION = "stabilisation", "Stabilisation"
    HOSPITAL = "hospital", "Was in hospital"
    ARREST = "arrest", "Was arrested"
    COURT_SEEN = "court_seen", "The court scheme saw her"
    HEARING = "hearing", "Had a hearing"
    COURT_HELP = "court_help", "Was helped with court"


@dataclass(frozen=True, slots=True)
class Question:
    """A subject with where its answers are kept, which there are, and whether it tells of one day only."""

    subject: Subject
    kept: Kept
    answers: tuple[Answer, ...] = YES_NO
    is_moment: bool = False


_HAPPENED = (Answer.YES,)
QUESTIONS: dict[Subject, Question] = {
    each.subject: each
    for each in (
        Question(Subject.SUPPORT, Kept.LIFE, (Answer.HIGH, Answer.MEDIUM, Answer.LOW)),
        Question(
            Subject.AGE,
            Kept.LIFE,
            (Answer.UNDER_20, Answer.IN_20S, Answer.IN_30S, Answer.IN_40S, Answer.FROM_50, *OPEN),
        ),
        Question(Subject.SEX_WORK, Kept.LIFE),
        Question(Subject.DRUG_AGENCY, Kept.LIFE),
        Question(Subject.VOLUNTEER, Kept.LIFE),
        Question(Subject.FAMILY, Kept.LIFE),
        *(
            Question(subject, Kept.HEALTH)
            for subject in (
                Subject.DRUGS,
                Subject.CRACK,
                Subject.HEROIN,
                Subject.ALCOHOL,
                Subject.INJECTING,
                Subject.SCRIPT,
                Subject.HIV,
                Subject.HEP_C,
                Subject.HEP_B,
            )
        ),
        *(
            Question(subject, Kept.HEALTH, TREATED, is_moment=True)
            for subject in (Subject.DETOX, Subject.REHAB, Subject.STABILISATION)
        ),
        Question(Subject.HOSPITAL, Kept.HEALTH, _HAPPENED, is_moment=True),
        Question(Subject.ARREST, Kept.COURT, _HAPPENED, is_moment=True),
        Question(
            Subject.COURT_SEEN,
            Kept.COURT,
            (Answer.IN_COURT, Answer.IN_CELLS, Answer.CONCOURSE),
            is_moment=True,
        ),
        Question(Subject.HEARING, Kept.COURT, (Answer.CAME, Answer.NOT_COME, Answer.NOT_KNOWN), is_moment=True),
        Question(Subject.COURT_HELP, Kept.COURT, _HAPPENED, is_moment=True),
    )
}
