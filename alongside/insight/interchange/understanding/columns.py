"""What a column of a list can be, and how its heading gives it away."""

import re
from enum import StrEnum


class ColumnKind(StrEnum):
    """What a column holds. The words for a person stand in KIND_WORDS."""

    REFERENCE = "reference"
    SEEN = "seen"
    NAME = "name"
    FULL_NAME = "full_name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    ALIAS = "alias"
    BORN = "born"
    AGE = "age"
    ETHNICITY = "ethnicity"
    AREA = "area"
    MARKS = "marks"
    PHONE = "phone"
    NOTES = "notes"
    IGNORE = "ignore"


KIND_WORDS: dict[ColumnKind, str] = {
    ColumnKind.REFERENCE: "your own reference for her",
    ColumnKind.SEEN: "when she was seen",
    ColumnKind.NAME: "what she is called",
    ColumnKind.FULL_NAME: "her whole name",
    ColumnKind.FIRST_NAME: "her first name",
    ColumnKind.LAST_NAME: "her last name",
    ColumnKind.ALIAS: "another name or street name",
    ColumnKind.BORN: "her date of birth",
    ColumnKind.AGE: "her age",
    ColumnKind.ETHNICITY: "her ethnic group",
    ColumnKind.AREA: "area or place",
    ColumnKind.MARKS: "marks and description",
    ColumnKind.PHONE: "telephone number",
    ColumnKind.NOTES: "notes, looked through for marks and numbers",
    ColumnKind.IGNORE: "not taken in",
}
# Only one column of a list can be each of these; a second one is something else.
SINGLE = frozenset(ColumnKind) - {
    ColumnKind.LAST_NAME,
    ColumnKind.ALIAS,
    ColumnKind.MARKS,
    ColumnKind.PHONE,
    ColumnKind.NOTES,
    ColumnKind.IGNORE,
}
# The first that fits counts, so the order is part of the meaning: "contact number" is no date of contact.
_HEADINGS: tuple[tuple[ColumnKind, str], ...] = (
    (ColumnKind.BORN, r"\b(dob|d o b|birth|birthday|born)\b"),
    (ColumnKind.PHONE, r"\b(tel|telephone|phone|mobile|mob|(contact|phone|tel) (number|no)|phone number)\b"),
    (ColumnKind.AGE, r"\b(age|how old)\b"),
    (ColumnKind.NAME, r"^name (or )?(street|nick|known|alias|aka)|^(known as|what (is )?she called|called)$"),
    (ColumnKind.ALIAS, r"\b(aka|a k a|alias(es)?|also known|nick ?names?|street ?names?|preferred|other names?)\b"),
    (ColumnKind.LAST_NAME, r"\b(surname|last ?name|family ?name|sname|maiden name)\b"),
    (ColumnKind.FIRST_NAME, r"\b(forenames?|first ?name|given ?names?|christian name|fname)\b"),
    (ColumnKind.FULL_NAME, r"\b(full ?name|subject|detainee|defendant|arrestee)\b"),
    (ColumnKind.AREA, r"\b(area|where|place|location|borough|bocu|beat|ward|street|neighbourhood|patch|town)\b"),
    (ColumnKind.MARKS, r"\b(marks?|tattoos?|scars?|descriptions?|distinguishing|appearance|features)\b"),
    (ColumnKind.NOTES, r"\b(notes?|comments?|remarks|risks?|information|info|details|observations)\b"),
    (ColumnKind.ETHNICITY, r"\b(ethnic(ity)?|race|heritage|ic|ic code|self defined ethnicity)\b"),
    (
        ColumnKind.REFERENCE,
        r"\b(id|ref|reference|urn|identifier|case (no|number)|client (no|number)|record (no|number))\b",
    ),
    (ColumnKind.SEEN, r"\b(date|dt|seen|first contact|contact date|start|arrested|admitted|moved in|when|visit)\b"),
    (ColumnKind.NAME, r"\b(names?|woman|client|who|resident)\b"),
    (ColumnKind.REFERENCE, r"^(no|number|code|key|row)$"),
)
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _HEADINGS)


def plain_heading(heading: str) -> str:
    """A heading in small letters and single spaces: "D.O.B." and "dob", "client_id" and "Client ID" become alike."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    return " ".join(re.sub(r"[\W_]+", " ", re.sub(r"\b(\w)\.(?=\w\b)", r"\1", spaced.casefold())).split())


def kind_of_heading(heading: str) -> ColumnKind | None:
    """What a heading says that its column is; None when its words are not known."""
    plain = plain_heading(heading)
    if not plain or len(plain) > 60:
        return None
    return next((kind for kind, pattern in _PATTERNS if pattern.search(plain)), None)


def is_approximate(heading: str) -> bool:
    """Whether a heading such as "Age?" or "Approx. age" says that its values are guesses."""
    return (
        "?" in heading
        or "~" in heading
        or bool(re.search(r"\b(app|approx\w*|est\w*|about|apparent)\b", plain_heading(heading)))
    )
