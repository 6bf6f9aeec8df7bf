"""What each figure of the picture counts: data, shown wherever the figure is."""

from dataclasses import dataclass

VERSION = 1
"""Raised with every change of a meaning, so that figures of two versions are never compared unawares."""


@dataclass(frozen=True, slots=True)
class Definition:
    """`share`: whether the count is a part of its denominator, so that a percentage means something."""

    key: str
    name: str
    sentence: str
    denominator: str
    facts: str
    share: bool = True
    unit: str = "women"


LINKAGE = "Linkage is not certain, so this is an expected number, with the interval that 95 of 100 would lie in."

_ALL = (
    Definition(
        "women",
        "Women known to the agencies",
        f"Different women behind all records of all agencies. {LINKAGE}",
        "all records",
        "people: records, evidence of pairs, decisions",
        share=False,
    ),
    Definition(
        "groups",
        "Groups of records",
        "Groups of records that count as one woman now, by evidence and by what people decided. Careful linkage leaves"
        " weak matches apart, so there are more groups than women.",
        "all records",
        "people: records, groups",
        share=False,
        unit="groups",
    ),
    Definition(
        "records",
        "Records",
        "Records that the agencies hold, without those taken back.",
        "nothing: it is a whole",
        "people: records",
        share=False,
        unit="records",
    ),
    Definition(
        "records_by_agency",
        "Records of an agency",
        "Records that the agency holds, without those taken back.",
        "all records",
        "people: records",
        unit="records",
    ),
    Definition(
        "by_agency",
        "Women known to an agency",
        f"Different women behind the records of the agency. A woman known to two agencies stands under both. {LINKAGE}",
        "women known to the agencies",
        "people: records, evidence of pairs, decisions",
    ),
    Definition(
        "overlap",
        "Women known to exactly these agencies",
        f"Different women with records of these agencies and of no others. {LINKAGE}",
        "women known to the agencies",
        "people: records, evidence of pairs, decisions",
    ),
    Definition(
        "shared",
        "Women known to two agencies or more",
        f"Different women with records of at least two agencies. {LINKAGE}",
        "women known to the agencies",
        "people: records, evidence of pairs, decisions",
    ),
    Definition(
        "new",
        "New in the period",
        "Different women whom an agency saw for the first time in the period, and none before it, as far as the records"
        f" tell. A woman whose records hold no day is not counted here. {LINKAGE}",
        "women known to the agencies",
        "people: first day of each record, evidence of pairs, decisions",
    ),
    Definition(
        "street_only",
        "Known only on the street",
        f"Different women with records of street outreach only, of no other kind of agency. {LINKAGE}",
        "women known to the agencies",
        "people: records with the setting of their agency, evidence of pairs, decisions",
    ),
    Definition(
        "justice_only",
        "Known only to justice",
        f"Different women with records of police, court or prison only, of no other kind of agency. {LINKAGE}",
        "women known to the agencies",
        "people: records with the setting of their agency, evidence of pairs, decisions",
    ),
    Definition(
        "all_evidence",
        "All women, from the evidence of pairs",
        "Women who live in the area in the time that the lists cover, met by an agency or by none: Petersen’s estimate"
        " for each two agencies, from how alike their records are, combined. No link is decided for it.",
        "nothing: it is an estimate of the whole",
        "people: evidence of pairs, decisions",
        share=False,
    ),
    Definition(
        "all_links",
        "All women, from the groups",
        "The same number from the groups of records that stand: Chapman’s estimate for two agencies, a log-linear model"
        " for more. Matches that linkage missed make it too high, so read it beside the one above.",
        "nothing: it is an estimate of the whole",
        "people: records, groups",
        share=False,
    ),
)

DEFINITIONS: dict[str, Definition] = {each.key: each for each in _ALL}
