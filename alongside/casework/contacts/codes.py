"""Words of contacts, shifts and sessions. An empty code is "nobody asked"; it is never "no"."""

from alongside.register.agencies.codes import Coded


class Outcome(Coded):
    MET = "met", "We talked"
    SEEN = "seen", "Seen, did not stop"
    NOT_SEEN = "not_seen", "Hoped for, not seen"


class PlaceKind(Coded):
    STREET = "street", "In the street"
    VAN = "van", "In the van"
    DROPIN = "dropin", "At the drop-in"
    CLINIC = "clinic", "At the clinic"
    VISIT = "visit", "Where she stays"
    CALL = "call", "By phone"
    COURT = "court", "At court"
    PRISON = "prison", "In prison"
    CUSTODY = "custody", "In police custody"
    HOSPITAL = "hospital", "In hospital"
    OTHER = "other", "Somewhere else"


class Staying(Coded):
    """Where she stays tonight. The hidden places come as plainly as the others."""

    OUTSIDE = "outside", "Outside"
    CAR = "car", "Car or tent"
    SOFA = "sofa", "On someone's sofa"
    STRINGS = "strings", "With someone who expects something for it"
    PARTNER = "partner", "With a partner"
    FRIENDS = "friends", "Friends or family"
    DRUG_HOUSE = "drug_house", "A house where drugs are used"
    SQUAT = "squat", "Squat"
    OWN = "own", "Her own place"
    SPECIALIST = "specialist", "Specialist accommodation"
    HOSTEL = "hostel", "Another hostel"
    TEMPORARY = "temporary", "B&B or temporary place"
    REFUGE = "refuge", "Refuge"
    HOSPITAL = "hospital", "Hospital"
    HELD = "held", "Police station or prison"
    NOWHERE = "nowhere", "Nowhere yet"
    NOT_SAID = "not_said", "She chose not to say"
    NOT_KNOWN = "not_known", "She does not know"


NO_SAFE_PLACE = frozenset({"outside", "car", "sofa", "strings", "drug_house", "squat", "nowhere"})


class Topic(Coded):
    SAFETY = "safety", "Keeping safe"
    PLACE = "place", "A place to stay"
    HEALTH = "health", "Health"
    SEXUAL_HEALTH = "sexual_health", "Sexual health"
    DRUGS_ALCOHOL = "drugs_alcohol", "Drugs and alcohol"
    PRESCRIPTION = "prescription", "Prescription"
    MONEY = "money", "Money and benefits"
    COURT = "court", "Court and police"
    HURT = "hurt", "Someone hurt her"
    CHILDREN = "children", "Children and family"
    LEAVING = "leaving", "Wanting a change"
    SERVICES = "services", "What is open"
    CHAT = "chat", "A chat"


class NextStep(Coded):
    LOOK = "look", "Look out for her again"
    DROPIN = "dropin", "She will come to the drop-in"
    CLINIC = "clinic", "She will come to the clinic"
    GO_WITH = "go_with", "Go with her"
    CALL = "call", "Call her"
    REFER = "refer", "Refer her"
    NOTHING = "nothing", "Nothing for now"


class Worry(Coded):
    HURT = "hurt", "Hurt"
    UNWELL = "unwell", "Unwell"
    AFRAID = "afraid", "Afraid of someone"
    ALONE = "alone", "With someone who worries us"
    NO_PLACE = "no_place", "No safe place tonight"
    NOT_SEEN = "not_seen", "Not seen for a while"
    NONE = "none", "No worry"


class SessionKind(Coded):
    DROPIN = "dropin", "Drop-in"
    CLINIC = "clinic", "Clinic"


class ServiceHere(Coded):
    """Who is there at a session, and what a woman used."""

    FOOD = "food", "Food"
    SHOWER = "shower", "Shower and laundry"
    NURSE = "nurse", "Nurse prescriber"
    SEXUAL_HEALTH = "sexual_health", "Sexual health"
    MENTAL_HEALTH = "mental_health", "Mental health"
    DENTAL = "dental", "Dentist"
    HAIR = "hair", "Hairdresser"
    ARTS = "arts", "Arts"
    DRUGS = "drugs", "Drug and alcohol worker"
    HOUSING = "housing", "Housing advice"
    LEGAL = "legal", "Legal advice"
    TALK = "talk", "Time to talk"


class BroughtBy(Coded):
    HERSELF = "herself", "She came by herself"
    OUTREACH = "outreach", "An outreach worker"
    FRIEND = "friend", "Another woman"
    KEY_WORKER = "key_worker", "A key worker"
    COURT = "court", "Court or police"
    HOSTEL = "hostel", "A hostel"
    HEALTH = "health", "A health service"


class OutingKind(Coded):
    VAN = "van", "By van"
    FOOT = "foot", "On foot"
    CAR = "car", "By car"


class Part(Coded):
    STAFF = "staff", "Staff"
    VOLUNTEER = "volunteer", "Volunteer"


class Seat(Coded):
    DRIVER = "driver", "Driver"
    PASSENGER = "passenger", "Passenger seat"
    BACK = "back", "In the back"
    WALKS = "walks", "Walks"


class Course(Coded):
    OUTREACH = "outreach", "Outreach and lone working"
    FIRST_AID = "first_aid", "First aid"
    NALOXONE = "naloxone", "Naloxone"
    SAFEGUARDING = "safeguarding", "Safeguarding"


class NoticeKind(Coded):
    OPERATION = "operation", "Police operation: stay away"
    INTELLIGENCE = "intelligence", "Where women have been seen"


class MayWe(Coded):
    """What she said about one way of reaching her. Empty: nobody asked."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_SAID = "not_said", "She chose not to say"
    NOT_KNOWN = "not_known", "She does not know"


class Way(Coded):
    """A way of reaching her, and what not to do where she said no."""

    CALLS = "calls", "Call her"
    TEXTS = "texts", "Send a text"
    MESSAGES = "messages", "Leave a message"
    VISITS = "visits", "Come to where she stays"

    @property
    def barred(self) -> str:
        return BARRED[self]


BARRED = {
    Way.CALLS: "Don’t call her",
    Way.TEXTS: "Don’t send a text",
    Way.MESSAGES: "Don’t leave a message",
    Way.VISITS: "Don’t come to where she stays",
}


class LookOutReason(Coded):
    WORRY = "worry", "Someone is worried about her"
    MESSAGE = "message", "There is a message for her"
    PLACE = "place", "There is a place for her"
    DATE = "date", "A date is coming that she should know of"
    NOT_SEEN = "not_seen", "She has not been seen for a while"
