"""What PostgreSQL alone lets each of its roles see and add: written by hand from the design, never from a migration."""

from dataclasses import dataclass

# Whoever stands before the database: role, partnership and agency of the request.
ASKERS = {
    "van": ("alongside_app", "riverside", "van"),
    "house": ("alongside_app", "riverside", "house"),
    "no one": ("alongside_app", "", ""),
    "coordinator": ("alongside_coordinator", "riverside", ""),
    "office": ("alongside_coordinator", "riverside", "office"),
    "linker": ("alongside_linker", "riverside", ""),
    "counter": ("alongside_counter", "riverside", "council"),
    "giver": ("alongside_counter", "riverside", "custody"),
    "feared coordinator": ("alongside_coordinator", "riverside", ""),
    "attendee": ("alongside_app", "riverside", "house"),
    "sealer": ("alongside_sealer", "", ""),
}
# Which of them is a certain worker, and as whom else she is where a table does not name her.
WORKER = {"feared coordinator": "coordinator", "attendee": "house_manager"}
LIKE = {
    "giver": "counter",
    "office": "coordinator",
    "feared coordinator": "coordinator",
    "attendee": "house",
    "sealer": "counter",
}
DENIED = "denied"


@dataclass(frozen=True)
class Below:
    """`own`: by which columns a row belongs to someone. For each asker: whose rows she sees, or that she may not ask;
    and whether she may add rows of her own, of others. Who is not named is as LIKE says; the sealer may do none.
    """

    own: tuple[str, ...]
    sees: dict[str, set[str] | str]
    adds: dict[str, str]  # "own", "any" or "none"

    def expected(self, asker: str) -> tuple[set[str] | str, str]:
        if asker == "sealer" and asker not in self.sees:
            return DENIED, "none"
        sees = asker if asker in self.sees else LIKE[asker]
        adds = asker if asker in self.adds else LIKE[asker]
        return self.sees[sees], self.adds[adds]


RIVER = {"riverside van", "riverside house", "riverside custody"}
HERE = {"riverside"}
PLANNED = {"riverside/riverside van", "riverside/riverside house", "riverside/-"}
NO_ROW: set[str] = set()
EVERYONES = {
    *RIVER,
    *("riverside office", "riverside council", "-"),
    *("lakeside van", "lakeside house", "lakeside custody", "lakeside office"),
}

TABLES: dict[str, Below] = {
    "people_record": Below(
        ("agency_id",),
        {
            "van": {"riverside van"},
            "house": {"riverside house", "riverside van"},  # the van gave it two
            "no one": NO_ROW,
            "coordinator": RIVER,
            "linker": RIVER,
            "counter": DENIED,
        },
        {"van": "own", "house": "own", "no one": "none", "coordinator": "none", "linker": "none", "counter": "none"},
    ),
    "people_identity": Below(
        ("agency_id",),
        {
            "van": {"riverside van"},
            "house": {"riverside house", "riverside van"},
            "no one": NO_ROW,
            "coordinator": DENIED,
            "linker": RIVER,
            "counter": DENIED,
        },
        {"van": "own", "house": "own", "no one": "none", "coordinator": "none", "linker": "none", "counter": "none"},
    ),
    "people_acceptance": Below(
        ("agency_id",),
        {
            "van": {"riverside van"},
            "house": {"riverside house"},
            "no one": NO_ROW,
            "coordinator": {"riverside van", "riverside house"},
            "linker": DENIED,
            "counter": DENIED,
        },
        {"van": "own", "house": "own", "no one": "none", "coordinator": "none", "linker": "none", "counter": "none"},
    ),
    "people_grant": Below(
        ("agency_id",),
        {
            "van": {"riverside van"},
            "house": {"riverside van", "riverside house"},  # its own: an emergency look, closed
            "no one": NO_ROW,
            **dict.fromkeys(("coordinator", "linker", "counter"), DENIED),
        },
        {"van": "own", "house": "own", **dict.fromkeys(("no one", "coordinator", "linker", "counter"), "none")},
    ),
    "people_item": Below(
        ("agency_id",),
        {
            "van": {"riverside van"},
            "house": {"riverside house"},
            "attendee": {"riverside van", "riverside house"},  # she sits on the forum
            "no one": NO_ROW,
            **dict.fromkeys(("coordinator", "linker", "counter"), DENIED),
        },
        {
            **dict.fromkeys(("van", "house"), "own"),
            **dict.fromkeys(("no one", "coordinator", "linker", "counter"), "none"),
        },
    ),
    "people_exclusion": Below(
        ("agency_id",),
        {
            "van": {"riverside van"},
            "house": NO_ROW,
            "no one": NO_ROW,
            "coordinator": NO_ROW,
            "feared coordinator": {"riverside van"},
            **dict.fromkeys(("linker", "counter"), DENIED),
        },
        {"van": "own", **dict.fromkeys(("house", "no one", "coordinator", "linker", "counter"), "none")},
    ),
    "people_handout": Below(
        ("agency_id",),
        {
            "van": {"riverside van"},
            "house": {"riverside house"},
            "no one": NO_ROW,
            **dict.fromkeys(("coordinator", "linker", "counter"), DENIED),
        },
        {
            **dict.fromkeys(("van", "house"), "own"),
            **dict.fromkeys(("no one", "coordinator", "linker", "counter"), "none"),
        },
    ),
    "people_standing": Below(
        ("agency_id",),
        {
            "van": {"riverside van"},
            "house": {"riverside house", "riverside van"},  # the van gave it the one who died
            "no one": NO_ROW,
            **{key: {"riverside van", "riverside house"} for key in ("coordinator", "linker")},  # to leave girls out
            "counter": DENIED,
        },
        {
            **dict.fromkeys(("van", "house"), "own"),
            **dict.fromkeys(("no one", "coordinator", "linker", "counter"), "none"),
        },
    ),
    "people_lead": Below(
        ("agency_id",),
        {
            "van": {"riverside van"},
            "house": {"riverside house", "riverside van"},  # the van asks it to lead
            "no one": NO_ROW,
            **dict.fromkeys(("coordinator", "linker", "counter"), DENIED),
        },
        {
            **dict.fromkeys(("van", "house"), "own"),
            **dict.fromkeys(("no one", "coordinator", "linker", "counter"), "none"),
        },
    ),
    "people_matter": Below(
        ("agency_id",),
        {
            "van": {"riverside van"},
            "house": {"riverside house", "riverside van"},  # the van gave it health of one woman
            "no one": NO_ROW,
            **dict.fromkeys(("coordinator", "linker", "counter"), DENIED),
        },
        {
            **dict.fromkeys(("van", "house"), "own"),
            **dict.fromkeys(("no one", "coordinator", "linker", "counter"), "none"),
        },
    ),
    "people_readreason": Below(
        ("agency_id",),
        {
            "van": {"riverside van"},
            "house": {"riverside house"},
            "no one": NO_ROW,
            **dict.fromkeys(("coordinator", "linker", "counter"), DENIED),
        },
        {
            **dict.fromkeys(("van", "house"), "own"),
            **dict.fromkeys(("no one", "coordinator", "linker", "counter"), "none"),
        },
    ),
    "people_recalldone": Below(
        ("agency_id",),
        {
            "van": NO_ROW,
            "house": {"riverside house"},
            "no one": NO_ROW,
            **dict.fromkeys(("coordinator", "linker", "counter"), DENIED),
        },
        {"house": "own", **dict.fromkeys(("van", "no one", "coordinator", "linker", "counter"), "none")},
    ),
    "people_person": Below(
        ("partnership_id",),
        {"van": DENIED, "house": DENIED, "no one": DENIED, "coordinator": HERE, "linker": HERE, "counter": DENIED},
        {"van": "own", "house": "own", "no one": "none", "coordinator": "own", "linker": "own", "counter": "none"},
    ),
    "people_grouping": Below(
        ("partnership_id",),
        {"van": DENIED, "house": DENIED, "no one": DENIED, "coordinator": HERE, "linker": HERE, "counter": DENIED},
        {"van": "own", "house": "own", "no one": "none", "coordinator": "own", "linker": "own", "counter": "none"},
    ),
    "people_linkagerun": Below(
        ("partnership_id",),
        {"van": DENIED, "house": DENIED, "no one": DENIED, "coordinator": HERE, "linker": HERE, "counter": DENIED},
        {"van": "none", "house": "none", "no one": "none", "coordinator": "none", "linker": "own", "counter": "none"},
    ),
    "people_pair": Below(
        ("held_by_id", "partnership_id"),
        {
            "van": {"riverside van/riverside"},
            "house": {"riverside house/riverside"},
            "no one": NO_ROW,
            "coordinator": {"-/riverside"},
            "linker": {"-/riverside", "riverside van/riverside", "riverside house/riverside"},
            "counter": DENIED,
        },
        {"van": "none", "house": "none", "no one": "none", "coordinator": "none", "linker": "own", "counter": "none"},
    ),
    "people_decision": Below(
        ("agency_a_id", "agency_b_id"),
        {
            "van": {"riverside van/riverside van"},
            "house": {"riverside house/riverside house"},
            "no one": NO_ROW,
            "coordinator": {
                "riverside van/riverside van",
                "riverside house/riverside house",
                "riverside house/riverside van",
            },
            "linker": {
                "riverside van/riverside van",
                "riverside house/riverside house",
                "riverside house/riverside van",
            },
            "counter": DENIED,
        },
        {"van": "own", "house": "own", "no one": "none", "coordinator": "own", "linker": "none", "counter": "none"},
    ),
    "people_caseworklink": Below(
        ("agency_a_id", "agency_b_id"),
        {
            "van": {"riverside house/riverside van"},
            "house": {"riverside house/riverside van"},
            "no one": NO_ROW,
            "coordinator": {"riverside house/riverside van"},
            "linker": DENIED,
            "counter": DENIED,
        },
        {"van": "none", "house": "none", "no one": "none", "coordinator": "own", "linker": "none", "counter": "none"},
    ),
    **{
        table: Below(
            ("agency_id",),
            {
                "van": {"riverside van"},
                "house": NO_ROW,
                "no one": NO_ROW,
                "coordinator": DENIED,
                "linker": DENIED,
                "counter": NO_ROW,
                "giver": {"riverside custody"},
            },
            {
                "van": "own",
                "house": "none",
                "no one": "none",
                "coordinator": "none",
                "linker": "none",
                "counter": "none",
                "giver": "own",
            },
        )
        for table in (
            "interchange_handedin",
            "interchange_filepart",
            "interchange_stagedrow",
            "interchange_rememberedmapping",
        )
    },
    "population_picture": Below(
        ("partnership_id",),
        {"van": DENIED, "house": DENIED, "no one": DENIED, "coordinator": HERE, "linker": DENIED, "counter": DENIED},
        {"van": "none", "house": "none", "no one": "none", "coordinator": "own", "linker": "none", "counter": "none"},
    ),
    "population_outsidepicture": Below(
        ("partnership_id",),
        {"van": HERE, "house": HERE, "no one": NO_ROW, "coordinator": HERE, "linker": DENIED, "counter": HERE},
        {"van": "none", "house": "none", "no one": "none", "coordinator": "own", "linker": "none", "counter": "none"},
    ),
    "monitoring_snapshot": Below(
        ("partnership_id",),
        {"van": DENIED, "house": DENIED, "no one": DENIED, "coordinator": HERE, "linker": DENIED, "counter": DENIED},
        {"van": "none", "house": "none", "no one": "none", "coordinator": "own", "linker": "none", "counter": "none"},
    ),
    "monitoring_return": Below(  # that of the whole partnership has no agency
        ("agency_id",),
        {
            "van": {"riverside van"},
            "house": {"riverside house"},
            "no one": NO_ROW,
            "coordinator": {"riverside van", "riverside house", "-"},
            "linker": DENIED,
            "counter": DENIED,
        },
        {"van": "none", "house": "none", "no one": "none", "coordinator": "own", "linker": "none", "counter": "none"},
    ),
    "monitoring_release": Below(  # rounded: whoever is not in the room reads what went out
        ("partnership_id",),
        {"van": HERE, "house": HERE, "no one": NO_ROW, "coordinator": HERE, "linker": DENIED, "counter": HERE},
        {"van": "none", "house": "none", "no one": "none", "coordinator": "own", "linker": "none", "counter": "none"},
    ),
    "monitoring_preparation": Below(  # a refusal speaks of exact counts: those of the whole partnership alone
        ("partnership_id",),
        {"van": DENIED, "house": DENIED, "no one": DENIED, "coordinator": HERE, "linker": DENIED, "counter": DENIED},
        {"van": "none", "house": "none", "no one": "none", "coordinator": "own", "linker": "none", "counter": "none"},
    ),
    "monitoring_given": Below(
        ("partnership_id",),
        {"van": HERE, "house": HERE, "no one": NO_ROW, "coordinator": HERE, "linker": DENIED, "counter": HERE},
        {"van": "own", "house": "own", "no one": "none", "coordinator": "own", "linker": "none", "counter": "none"},
    ),
    **dict.fromkeys(
        ("commissioning_plan", "commissioning_target"),
        Below(  # a plan of the whole partnership has no agency
            ("partnership_id", "agency_id"),
            {
                "van": {"riverside/riverside van", "riverside/-"},
                "house": {"riverside/riverside house", "riverside/-"},
                "no one": NO_ROW,
                "coordinator": PLANNED,
                "linker": DENIED,
                "counter": PLANNED,
            },
            {
                **dict.fromkeys(("van", "house", "coordinator"), "own"),
                **dict.fromkeys(("no one", "linker", "counter"), "none"),
            },
        ),
    ),
    "commissioning_areafigure": Below(
        ("partnership_id",),
        {"van": HERE, "house": HERE, "no one": NO_ROW, "coordinator": HERE, "linker": DENIED, "counter": HERE},
        {"van": "none", "house": "none", "no one": "none", "coordinator": "own", "linker": "none", "counter": "none"},
    ),
    "commissioning_question": Below(  # asked in the name of an agency: not of one that only gives
        ("partnership_id",),
        {"van": HERE, "house": HERE, "no one": NO_ROW, "coordinator": HERE, "linker": DENIED, "counter": HERE},
        {
            "counter": "own",
            **dict.fromkeys(("van", "house", "no one", "coordinator", "linker", "giver"), "none"),
        },
    ),
    "monitoring_passage": Below(  # written in the name of the own agency; what waits is not yet the commissioner's
        ("partnership_id",),
        {"van": HERE, "house": HERE, "no one": NO_ROW, "coordinator": HERE, "linker": DENIED, "counter": HERE},
        {
            **dict.fromkeys(("van", "house"), "own"),
            **dict.fromkeys(("no one", "coordinator", "linker", "counter"), "none"),
        },
    ),
    "commissioning_answer": Below(
        ("agency_id",),
        {
            **{key: {"riverside van", "riverside house"} for key in ("van", "house", "coordinator", "counter")},
            "no one": NO_ROW,
            "linker": DENIED,
        },
        {
            **dict.fromkeys(("van", "house"), "own"),
            **dict.fromkeys(("no one", "coordinator", "linker", "counter"), "none"),
        },
    ),
    "commissioning_oldreturn": Below(
        ("agency_id",),
        {
            "van": {"riverside van"},
            "house": {"riverside house"},
            "office": {"riverside office"},
            "no one": NO_ROW,
            "coordinator": NO_ROW,
            "linker": DENIED,
            "counter": DENIED,
        },
        {
            **dict.fromkeys(("van", "house", "office"), "own"),
            **dict.fromkeys(("no one", "coordinator", "linker", "counter"), "none"),
        },
    ),
    "monitoring_returnwoman": Below(  # the counting job writes it and can't read it back
        ("agency_id",),
        {
            "van": {"riverside van"},
            "house": {"riverside house"},
            "no one": NO_ROW,
            **dict.fromkeys(("coordinator", "linker", "counter"), DENIED),
        },
        {"van": "none", "house": "none", "no one": "none", "coordinator": "own", "linker": "none", "counter": "none"},
    ),
    # Contacts, shifts and stock: an agency's own. For counting, the co-ordinator's role reads coded columns.
    **dict.fromkeys(
        (
            "contacts_contact",
            "contacts_unnamedcontact",
            "contacts_shift",
            "contacts_dropinsession",
            "supplies_stockplace",
            "supplies_stockmove",
        ),
        Below(
            ("agency_id",),
            {
                "van": {"riverside van"},
                "house": {"riverside house"},
                "no one": NO_ROW,
                "coordinator": {"riverside van", "riverside house"},
                "linker": DENIED,
                "counter": DENIED,
            },
            {
                "van": "own",
                "house": "own",
                "no one": "none",
                "coordinator": "none",
                "linker": "none",
                "counter": "none",
            },
        ),
    ),
    **dict.fromkeys(
        (
            *("contacts_lookout", "contacts_onshift", "contacts_training", "contacts_route"),
            *("contacts_safecontact", "contacts_note", "contacts_notedraft"),
        ),
        Below(
            ("agency_id",),
            {
                "van": {"riverside van"},
                "house": {"riverside house"},
                "no one": NO_ROW,
                "coordinator": DENIED,
                "linker": DENIED,
                "counter": DENIED,
            },
            {
                "van": "own",
                "house": "own",
                "no one": "none",
                "coordinator": "none",
                "linker": "none",
                "counter": "none",
            },
        ),
    ),
    # Beds, stays and lists: an agency's own; the co-ordinator reads them, without a name in them. Houses are no secret.
    **dict.fromkeys(
        [
            f"accommodation_{table}"
            for table in "bed beduse away blocked movetask waiting waitingevent listorder unit".split()
        ],
        Below(
            ("agency_id",),
            {
                "van": {"riverside van"},
                "house": {"riverside house"},
                "no one": NO_ROW,
                "coordinator": {"riverside van", "riverside house"},
                "linker": DENIED,
                "counter": DENIED,
            },
            {
                "van": "own",
                "house": "own",
                "no one": "none",
                "coordinator": "none",
                "linker": "none",
                "counter": "none",
            },
        ),
    ),
    "accommodation_unit": Below(
        ("agency_id",),
        {
            **{key: {"riverside van", "riverside house"} for key in ("van", "house", "coordinator")},
            "no one": NO_ROW,
            "linker": DENIED,
            "counter": DENIED,
        },
        {"van": "own", "house": "own", **dict.fromkeys(("no one", "coordinator", "linker", "counter"), "none")},
    ),
    "accommodation_whatif": Below(
        ("partnership_id",),
        {"van": HERE, "house": HERE, "no one": NO_ROW, "coordinator": HERE, "linker": DENIED, "counter": HERE},
        {"van": "none", "house": "none", "no one": "none", "coordinator": "own", "linker": "none", "counter": "none"},
    ),
    "contacts_area": Below(
        ("partnership_id",),
        {"van": HERE, "house": HERE, "no one": NO_ROW, "coordinator": HERE, "linker": DENIED, "counter": DENIED},
        {"van": "own", "house": "own", "no one": "none", "coordinator": "own", "linker": "none", "counter": "none"},
    ),
    "contacts_notice": Below(  # one way: who gives it reads nothing back
        ("agency_id",),
        {
            **{key: {"riverside custody"} for key in ("van", "house", "coordinator")},
            "no one": NO_ROW,
            **dict.fromkeys(("linker", "counter", "giver"), DENIED),
        },
        {**dict.fromkeys(("van", "house", "no one", "coordinator", "linker", "counter"), "none"), "giver": "own"},
    ),
    # What is open: kept by each agency, read by all who work with women.
    "directory_openplace": Below(
        ("agency_id",),
        {
            **{key: {"riverside van", "riverside house"} for key in ("van", "house", "coordinator")},
            "no one": NO_ROW,
            "linker": DENIED,
            "counter": DENIED,
        },
        {"van": "own", "house": "own", **dict.fromkeys(("no one", "coordinator", "linker", "counter"), "none")},
    ),
    # Keys of an agency's own programs.
    "programs_programkey": Below(
        ("agency_id",),
        {
            "van": {"riverside van"},
            "house": {"riverside house"},
            "no one": NO_ROW,
            **dict.fromkeys(("coordinator", "linker", "counter"), DENIED),
        },
        {"van": "own", "house": "own", **dict.fromkeys(("no one", "coordinator", "linker", "counter"), "none")},
    ),
    # Phones and what they sent: an agency's own, for its caseworkers and the job that receives.
    **dict.fromkeys(
        ("phone_device", "phone_envelope"),
        Below(
            ("agency_id",),
            {
                "van": {"riverside van"},
                "house": {"riverside house"},
                "no one": NO_ROW,
                **dict.fromkeys(("coordinator", "linker", "counter"), DENIED),
            },
            {"van": "own", "house": "own", **dict.fromkeys(("no one", "coordinator", "linker", "counter"), "none")},
        ),
    ),
    # Registers: the agency's own, also for its data protection lead, who acts in the same role of the database.
    **{
        f"rights_{table}": Below(
            ("agency_id",),
            {
                "van": {"riverside van"},
                "house": houses,
                "no one": NO_ROW,
                "coordinator": {"riverside van"} if table == "herrequest" else DENIED,  # complaints, by day
                "linker": DENIED,
                "counter": DENIED,
            },
            {
                "van": "own",
                "house": "own" if houses else "none",
                "no one": "none",
                "coordinator": "none",
                "linker": "none",
                "counter": "none",
            },
        )
        for table, houses in (
            ("outsiderequest", {"riverside house"}),
            ("disclosure", {"riverside house"}),
            ("herrequest", {"riverside house"}),
            ("legalhold", NO_ROW),
            ("retentionrule", NO_ROW),
            ("kepton", NO_ROW),
            ("breach", NO_ROW),
        )
    },
    "rights_emergencylook": Below(  # both the one that looked and the one that holds
        ("agency_id", "holder_id"),
        {
            "van": {"riverside van/riverside van", "riverside house/riverside van"},
            "house": {"riverside house/riverside van"},
            "no one": NO_ROW,
            "coordinator": DENIED,
            "linker": DENIED,
            "counter": DENIED,
        },
        {"van": "own", "house": "none", "no one": "none", "coordinator": "none", "linker": "none", "counter": "none"},
    ),
    # Referrals: each side its own; the co-ordinator without what is sealed.
    **dict.fromkeys(
        ("referrals_referral", "referrals_referralstep", "referrals_openreferral"),
        Below(
            ("agency_id", "answering_id"),
            {
                "van": {"riverside house/riverside van"},
                "house": {"riverside house/riverside van", "riverside house/riverside house"},
                "no one": NO_ROW,
                "coordinator": {"riverside house/riverside van", "riverside house/riverside house"},
                "linker": DENIED,
                "counter": DENIED,
            },
            {
                "van": "none",  # it holds no row of which both sides are its own
                "house": "own",
                "no one": "none",
                "coordinator": "none",
                "linker": "none",
                "counter": "none",
            },
        ),
    ),
    "referrals_package": Below(
        ("agency_id", "answering_id", "referral_id"),
        {
            "van": {"-/riverside house/riverside van"},
            "house": {"-/riverside house/riverside van", "-/riverside house/riverside house"},
            "no one": NO_ROW,
            "coordinator": DENIED,
            "linker": DENIED,
            "counter": DENIED,
        },
        {"van": "none", "house": "none", "no one": "none", "coordinator": "none", "linker": "none", "counter": "none"},
    ),
    **{
        table: Below(
            ("agency_id",),
            {
                "van": van,
                "house": house,
                "no one": NO_ROW,
                "coordinator": van | house if table == "referrals_turnedaway" else DENIED,
                "linker": DENIED,
                "counter": DENIED,
            },
            {
                "van": "own" if van else "none",
                "house": "own" if house else "none",
                **dict.fromkeys(("no one", "coordinator", "linker", "counter"), "none"),
            },
        )
        for table, van, house in (
            ("referrals_openedrecord", NO_ROW, {"riverside house"}),
            ("referrals_learnt", {"riverside van"}, NO_ROW),
            ("referrals_turnedaway", {"riverside van"}, {"riverside house"}),
        )
    },
    # What is known of her on a day: each agency its own; coded for the counting job.
    **dict.fromkeys(
        ("needs_healthanswer", "needs_courtanswer", "needs_lifeanswer"),
        Below(
            ("agency_id",),
            {
                "van": {"riverside van"},
                "house": {"riverside house"},
                "no one": NO_ROW,
                "coordinator": {"riverside van", "riverside house"},
                "linker": DENIED,
                "counter": DENIED,
            },
            {
                **dict.fromkeys(("van", "house"), "own"),
                **dict.fromkeys(("no one", "coordinator", "linker", "counter"), "none"),
            },
        ),
    ),
    "trail_trailrow": Below(
        ("agency_id",),
        {
            "van": {"riverside van"},
            "house": {"riverside house"},
            "no one": NO_ROW,
            "coordinator": DENIED,
            "linker": DENIED,
            "counter": DENIED,
            "sealer": EVERYONES,
        },
        {
            **{"van": "any", "house": "any", "no one": "any", "coordinator": "any", "linker": "any", "counter": "any"},
            "sealer": "none",
        },
    ),
    "trail_kepthead": Below(
        ("agency_id",),
        {
            "van": {"riverside van"},
            "house": NO_ROW,
            "no one": NO_ROW,
            "coordinator": DENIED,
            "linker": DENIED,
            "counter": DENIED,
            "sealer": {"riverside van", "lakeside van"},
        },
        {
            **{"van": "own", "house": "none", "no one": "none", "coordinator": "none", "linker": "none"},
            **{"counter": "none", "sealer": "none"},
        },
    ),
}


# --- whose rows the gate alone shows: model -> asker -> owners. Whoever is not named sees none. -----------------
WITHIN = {"riverside van/riverside van"}
HOUSES = {"riverside house/riverside house"}
SPECIALISTS = {"riverside van", "riverside house"}
MIXED = {"riverside house/riverside van"}
VAN_AND_CUSTODY = {"riverside custody/riverside van"}
CUSTODYS = {"riverside custody/riverside custody"}
REFERRED = MIXED | HOUSES
JOBS = ("intake", "linkage", "settlement", "counting", "sharing", "checking", "phone", "program", "shredding")
GATE: dict[str, dict[str, set[str]]] = {
    "Record": {
        "key_worker": {"riverside van"},
        "hostel_worker": {"riverside house"},
        "intake": {"riverside van"},
        **dict.fromkeys(("coordinator", "linkage", "settlement", "counting"), RIVER),
    },
    "Identity": {
        "key_worker": {"riverside van"},
        "hostel_worker": {"riverside house", "riverside van"},
        "intake": {"riverside van"},
        "linkage": RIVER,
    },
    "Grant": {
        "key_worker": {"riverside van", "riverside house"},  # what she was given in an emergency, over
        "hostel_worker": {"riverside van", "riverside house"},
        "intake": {"riverside van"},
    },
    "Item": {"key_worker": {"riverside van"}, "hostel_worker": {"riverside house"}, "intake": {"riverside van"}},
    "Exclusion": {"key_worker": {"riverside van"}, "intake": {"riverside van"}},
    "Handout": {"key_worker": {"riverside van"}, "hostel_worker": {"riverside house"}, "intake": {"riverside van"}},
    "Standing": {"key_worker": {"riverside van"}, "hostel_worker": {"riverside house", "riverside van"}},
    "Lead": {
        "key_worker": {"riverside van"},
        "hostel_worker": {"riverside house", "riverside van"},
        "intake": {"riverside van"},
    },
    "Matter": {"key_worker": {"riverside van"}, "hostel_worker": {"riverside house"}},
    "ReadReason": {"key_worker": {"riverside van"}, "hostel_worker": {"riverside house"}, "intake": {"riverside van"}},
    "RecallDone": {"hostel_worker": {"riverside house"}},
    "Acceptance": {
        "key_worker": {"riverside van"},
        "hostel_worker": {"riverside house"},
        "intake": {"riverside van"},
        **dict.fromkeys(("coordinator", "settlement", "counting"), SPECIALISTS),
    },
    "CaseworkLink": {
        **dict.fromkeys(("key_worker", "hostel_worker", "intake", "coordinator", "settlement", "counting"), MIXED),
    },
    "Pair": {
        "key_worker": WITHIN,
        "hostel_worker": HOUSES,
        "intake": WITHIN,
        "coordinator": MIXED | VAN_AND_CUSTODY | CUSTODYS,
        "settlement": MIXED | VAN_AND_CUSTODY | CUSTODYS | WITHIN,
        "counting": MIXED | VAN_AND_CUSTODY | CUSTODYS | WITHIN,
        "linkage": MIXED | VAN_AND_CUSTODY | CUSTODYS | WITHIN | HOUSES,
    },
    "Decision": {
        "key_worker": WITHIN,
        "hostel_worker": HOUSES,
        "intake": WITHIN,
        "coordinator": MIXED,
        **dict.fromkeys(("linkage", "settlement", "counting"), MIXED | WITHIN | HOUSES),
    },
    **{
        model: dict.fromkeys(("coordinator", "linkage", "settlement", "counting"), HERE)
        for model in ("Person", "Grouping", "LinkageRun")
    },
    "HandedIn": {"key_worker": {"riverside van"}, "intake": {"riverside van"}, "contributor": {"riverside custody"}},
    "RememberedMapping": {
        "key_worker": {"riverside van"},
        "intake": {"riverside van"},
        "contributor": {"riverside custody"},
    },
    "FilePart": {  # by the state of its list: a contributor's file is closed to her once it went in
        "key_worker": {"open/riverside van"},
        "intake": {"open/riverside van"},
        "contributor": {"open/riverside custody"},
    },
    "StagedRow": {
        "key_worker": {"open/riverside van"},
        "intake": {"open/riverside van"},
        "contributor": {"open/riverside custody", "riverside custody/taken"},
    },
    **{
        key: {
            "key_worker": {"riverside van"},
            "hostel_worker": {"riverside house"},
            "intake": {"riverside van"},
            **dict.fromkeys(("coordinator", "counting"), SPECIALISTS),
        }
        for key in ("BedUse", "Away", "Blocked", "MoveTask", "Waiting", "WaitingEvent")
    },
    **{
        key: {
            "key_worker": {"riverside van"},
            "hostel_worker": {"riverside house"},
            **dict.fromkeys(("coordinator", "counting"), SPECIALISTS),
        }
        for key in ("Bed", "ListOrder")
    },
    "Unit": dict.fromkeys(("key_worker", "hostel_worker", "coordinator", "counting"), SPECIALISTS),
    "WhatIf": dict.fromkeys(("coordinator", "commissioner"), HERE),
    "Contact": {
        **{key: {"riverside van"} for key in ("key_worker", "intake", "program")},
        "hostel_worker": {"riverside house"},
        "counting": {"riverside van", "riverside house"},
    },
    **{
        key: {
            "key_worker": {"riverside van"},
            "hostel_worker": {"riverside house"},
            "counting": {"riverside van", "riverside house"},
        }
        for key in ("UnnamedContact", "DropInSession", "StockPlace", "StockMove")
    },
    "Shift": {
        **{key: {"riverside van"} for key in ("key_worker", "program")},
        "hostel_worker": {"riverside house"},
        "counting": {"riverside van", "riverside house"},
    },
    **{
        key: {"key_worker": {"riverside van"}, "hostel_worker": {"riverside house"}}
        for key in ("LookOut", "Note", "NoteDraft")
    },
    "SafeContact": {
        **{key: {"riverside van"} for key in ("key_worker", "intake")},
        "hostel_worker": {"riverside house"},
    },
    **{
        key: {
            **{each: {"riverside van"} for each in ("key_worker", "program")},
            "hostel_worker": {"riverside house"},
        }
        for key in ("OnShift", "Training")
    },
    "Route": {"key_worker": {"riverside van"}, "hostel_worker": {"riverside house"}},
    "ProgramKey": {"program": {"riverside van"}},
    "OpenPlace": dict.fromkeys(("key_worker", "hostel_worker", "coordinator"), SPECIALISTS),
    "Area": dict.fromkeys(("key_worker", "hostel_worker", "coordinator", "settlement", "counting"), HERE),
    "Notice": {key: {"riverside custody"} for key in ("key_worker", "hostel_worker", "coordinator")},
    **{
        key: {**{each: {"riverside van"} for each in ("key_worker", "phone")}, "hostel_worker": {"riverside house"}}
        for key in ("Device", "Envelope")
    },
    **{
        model: {"key_worker": {"riverside van"}, "hostel_worker": {"riverside house"}, "dp_lead": {"riverside van"}}
        for model in ("OutsideRequest", "Disclosure")
    },
    "HerRequest": {
        "key_worker": {"riverside van"},
        "hostel_worker": {"riverside house"},
        "dp_lead": {"riverside van"},
        "counting": {"riverside van", "riverside house"},  # of which the database tells it complaints alone
    },
    **{
        model: {"key_worker": {"riverside van"}, "dp_lead": {"riverside van"}}
        for model in ("LegalHold", "RetentionRule", "KeptOn")
    },
    "Breach": {"dp_lead": {"riverside van"}},
    "EmergencyLook": {
        **{key: {"riverside van/riverside van", *MIXED} for key in ("key_worker", "dp_lead")},
        "hostel_worker": {"riverside house/riverside van"},
    },
    "Referral": {
        "key_worker": {"riverside house/riverside van"},
        "hostel_worker": {"riverside house/riverside house"},
    },
    "Arrival": {"hostel_worker": {"riverside house/riverside van", "riverside house/riverside house"}},
    "CountedReferral": dict.fromkeys(("coordinator", "counting"), REFERRED),
    **{
        key: {
            "key_worker": {"riverside house/riverside van"},
            **dict.fromkeys(("hostel_worker", "coordinator", "counting"), REFERRED),
        }
        for key in ("ReferralStep", "OpenReferral")
    },
    "Package": {
        "key_worker": {"riverside house/riverside van"},
        "hostel_worker": {"riverside house/riverside van", "riverside house/riverside house"},
    },
    "OpenedRecord": {"hostel_worker": {"riverside house"}},
    "Learnt": {"key_worker": {"riverside van"}},
    "TurnedAway": {
        "key_worker": {"riverside van"},
        "hostel_worker": {"riverside house"},
        "counting": {"riverside van", "riverside house"},
    },
    # Health is no affair of a hostel worker's beyond its risks.
    "HealthAnswer": {"key_worker": {"riverside van"}, "counting": {"riverside van", "riverside house"}},
    **{
        key: {
            "key_worker": {"riverside van"},
            "hostel_worker": {"riverside house"},
            "counting": {"riverside van", "riverside house"},
        }
        for key in ("CourtAnswer", "LifeAnswer")
    },
    "Picture": {"coordinator": HERE, "counting": HERE},
    "OutsidePicture": dict.fromkeys(("key_worker", "hostel_worker", "coordinator", "commissioner"), HERE),
    "Snapshot": dict.fromkeys(("coordinator", "counting"), HERE),
    "AreaFigure": dict.fromkeys(("key_worker", "hostel_worker", "coordinator", "commissioner"), HERE),
    "Preparation": dict.fromkeys(("coordinator", "counting"), HERE),
    **{
        key: dict.fromkeys(("key_worker", "hostel_worker", "coordinator", "commissioner", "counting"), HERE)
        for key in ("Release", "Given")
    },
    "Return": {
        "key_worker": {"riverside van"},
        "hostel_worker": {"riverside house"},
        **{key: {*SPECIALISTS, "-"} for key in ("coordinator", "counting")},
    },
    **{
        key: {
            "key_worker": {"riverside van", "-"},
            "hostel_worker": {"riverside house", "-"},
            "coordinator": {"riverside van", "riverside house", "-"},
            "commissioner": {"riverside van", "riverside house", "-"},
        }
        for key in ("Plan", "Target")
    },
    # Beside a release that went out, and for those who prepare one also beside what waits.
    "Passage": dict.fromkeys(("key_worker", "hostel_worker", "coordinator", "commissioner"), HERE),
    "Question": dict.fromkeys(("key_worker", "hostel_worker", "coordinator", "commissioner"), HERE),
    "Answer": {
        key: {"riverside van", "riverside house"}
        for key in ("key_worker", "hostel_worker", "coordinator", "commissioner")
    },
    "OldReturn": {"coordinator": {"riverside office"}},
    "ReturnWoman": {"key_worker": {"riverside van"}, "hostel_worker": {"riverside house"}},
}

# --- what the evaluator says: permission -> the ways to hold it, each a set of askers and whose the thing must be ---
CASEWORKER = {
    *("outreach_worker", "key_worker", "hostel_worker", "manager"),
    *("nurse", "court_worker", "treatment_worker"),
}
WORKERS = {*CASEWORKER, "coordinator", "commissioner", "contributor", "dp_lead", "system_admin"}
ANY, OWN_AGENCY, OWN_PARTNERSHIP = "any", "own agency", "own partnership"
DECISIONS: dict[str, list[tuple[set[str], str]]] = {
    "agencies.choose": [({*WORKERS, *JOBS, "operator", "no agency"}, ANY)],
    "agencies.manage": [({"system_admin", "operator"}, ANY)],
    "agencies.read_trail": [({"dp_lead"}, OWN_AGENCY)],
    "agencies.open_trail": [({"dp_lead"}, ANY)],
    "agencies.keep_services": [({"manager"}, ANY)],
    "agencies.see_installation": [({"system_admin"}, ANY)],
    "agencies.check_staff": [({"manager", "system_admin"}, ANY)],
    "agencies.make_forum": [({"manager"}, ANY)],
    "agencies.keep_forum": [({"manager"}, OWN_AGENCY)],
    "people.bring": [(CASEWORKER, OWN_AGENCY)],
    "people.see_forums": [(CASEWORKER, ANY)],
    "agencies.leave": [({"manager"}, ANY)],
    "agencies.confirm_leaving": [({"system_admin"}, ANY)],
    "agencies.note_shredded": [({"shredding"}, ANY)],
    "agencies.left_again": [({"operator"}, ANY)],
    "agencies.keep_sign_in": [({"manager", "dp_lead"}, ANY)],
    "agencies.open_other_ways": [({"operator"}, ANY)],
    "rights.take_along": [({"manager"}, OWN_AGENCY)],
    "traces.empty_agency": [({"sharing"}, OWN_AGENCY)],
    "programs.end_all": [({"sharing"}, OWN_AGENCY)],
    "people.look_up": [(CASEWORKER, ANY)],
    "people.list": [(CASEWORKER, ANY)],
    "people.open": [(CASEWORKER, OWN_AGENCY)],
    "people.read_names": [(CASEWORKER, OWN_AGENCY), ({"linkage", "intake"}, OWN_PARTNERSHIP)],
    "people.record": [(CASEWORKER, ANY)],
    "people.change_identity": [(CASEWORKER, OWN_AGENCY)],
    "people.take_in": [({"intake"}, ANY)],
    "people.link": [({"linkage"}, ANY)],
    "people.start_linkage": [({"coordinator"}, ANY)],
    "people.settle": [({"settlement"}, ANY)],
    "people.review": [({"coordinator", *CASEWORKER}, ANY)],
    "people.decide": [({"coordinator"}, OWN_PARTNERSHIP), (CASEWORKER, OWN_AGENCY)],
    "people.accept": [(CASEWORKER, OWN_AGENCY)],
    "people.share": [(CASEWORKER, OWN_AGENCY)],
    "people.share_by_law": [({"sharing"}, OWN_AGENCY)],
    "people.share_as_agreed": [({"sharing"}, OWN_AGENCY)],
    "people.read_shared": [(CASEWORKER, ANY)],
    "people.keep_out": [(CASEWORKER, OWN_AGENCY)],
    "people.declare_conflict": [(CASEWORKER, ANY)],
    "people.hand_out": [(CASEWORKER, ANY)],
    "people.stop_using": [(CASEWORKER, ANY)],
    "people.note_standing": [(CASEWORKER, OWN_AGENCY)],
    "people.write_matter": [(CASEWORKER, OWN_AGENCY)],
    "people.lead": [(CASEWORKER, OWN_AGENCY)],
    "people.take_lead": [(CASEWORKER, ANY)],
    "people.name_worker": [(CASEWORKER, OWN_AGENCY)],
    "people.say_why": [(CASEWORKER, ANY)],
    "people.count": [({"linkage", "counting"}, ANY)],
    "accommodation.see_board": [({*CASEWORKER, "coordinator"}, ANY)],
    "accommodation.work": [(CASEWORKER, ANY)],
    **{f"accommodation.{key}": [(CASEWORKER, OWN_AGENCY)] for key in ("give_bed", "change_stay", "keep_list")},
    "accommodation.set_up": [({"manager"}, ANY)],
    "accommodation.export": [(CASEWORKER, ANY)],
    "accommodation.change_unit": [({"manager"}, OWN_AGENCY)],
    "accommodation.take_in": [({"manager"}, ANY)],
    "accommodation.see_figures": [({*CASEWORKER, "coordinator"}, ANY)],
    "accommodation.count": [({*CASEWORKER, "coordinator", "counting"}, ANY)],
    "accommodation.ask_what_if": [({"coordinator"}, ANY)],
    "accommodation.see_what_if": [({"coordinator", "manager", "commissioner"}, ANY)],
    "accommodation.give_what_if": [({"coordinator"}, OWN_PARTNERSHIP)],
    **{
        key: [(CASEWORKER, ANY)]
        for key in ("contacts.see", "contacts.record", "contacts.plan", "supplies.see", "supplies.keep")
    },
    **{key: [(CASEWORKER, OWN_AGENCY)] for key in ("contacts.change", "contacts.lead", "supplies.move")},
    "contacts.train": [({"manager"}, ANY)],
    "contacts.see_together": [({"coordinator"}, ANY)],
    "contacts.keep_areas": [({"manager", "coordinator"}, ANY)],
    "contacts.close_area": [({"manager", "coordinator"}, OWN_PARTNERSHIP)],
    "contacts.tell": [({"contributor"}, ANY)],
    **{key: [({"counting"}, ANY)] for key in ("contacts.count", "supplies.count")},
    "contacts.read_out": [({"program"}, ANY)],
    "directory.see": [({*CASEWORKER, "coordinator"}, ANY)],
    "directory.add": [({"manager"}, ANY)],
    "directory.keep": [({"manager"}, OWN_AGENCY)],
    "programs.keep": [({"manager"}, ANY)],
    "programs.end": [({"manager"}, OWN_AGENCY)],
    "programs.read": [({"program"}, OWN_AGENCY)],
    **{key: [(CASEWORKER, ANY)] for key in ("phone.set_up", "phone.see", "phone.hand_in")},
    **{key: [(CASEWORKER, OWN_AGENCY)] for key in ("phone.close", "phone.resolve")},
    "phone.receive": [({"phone"}, OWN_AGENCY)],
    "people.renew_indexes": [({"operator"}, ANY)],
    "traces.see_readers": [(CASEWORKER, OWN_AGENCY)],
    "traces.open_readers": [(CASEWORKER, ANY)],
    "traces.check_seals": [({"dp_lead"}, ANY)],
    "traces.keep_head": [({"dp_lead"}, ANY)],
    "traces.see_unusual": [({"dp_lead"}, ANY)],
    "traces.erase": [({"dp_lead"}, OWN_AGENCY), ({"operator"}, OWN_AGENCY)],
    "rights.open": [({*CASEWORKER, "dp_lead"}, ANY)],
    **{
        key: [({*CASEWORKER, "dp_lead"}, OWN_AGENCY)]
        for key in ("rights.write", "rights.sign_disclosure", "rights.receive")
    },
    "rights.authorise": [({"manager", "dp_lead"}, OWN_AGENCY)],
    **{key: [(CASEWORKER, OWN_AGENCY)] for key in ("rights.disclose", "rights.look", "rights.pack")},
    "rights.emergency": [(CASEWORKER, ANY)],
    "rights.agree_erasure": [({"manager"}, OWN_AGENCY)],
    "rights.desk": [({"dp_lead"}, ANY)],
    "rights.count": [({"counting"}, ANY)],
    **{
        key: [({"dp_lead"}, OWN_AGENCY)]
        for key in ("rights.review_look", "rights.decide", "rights.erase", "rights.keep", "rights.breach")
    },
    **{key: [(CASEWORKER, ANY)] for key in ("referrals.open", "referrals.export")},
    **{
        key: [(CASEWORKER, OWN_AGENCY)]
        for key in ("referrals.send", "referrals.follow", "referrals.answer", "referrals.turned_away")
    },
    "referrals.across": [({"coordinator"}, ANY)],
    "referrals.count": [({"counting"}, ANY)],
    **{key: [(CASEWORKER, ANY)] for key in ("needs.see", "needs.take_in")},
    "needs.write": [(CASEWORKER, OWN_AGENCY)],
    "needs.count": [({"counting"}, ANY)],
    "lists.open": [({*CASEWORKER, "contributor"}, ANY)],
    "lists.hand_in": [({*CASEWORKER, "contributor"}, ANY), ({"intake"}, ANY)],
    "lists.read_rows": [({*CASEWORKER, "contributor"}, OWN_AGENCY), ({"intake"}, OWN_AGENCY)],
    "lists.change": [({*CASEWORKER, "contributor"}, OWN_AGENCY), ({"intake"}, OWN_AGENCY)],
    "lists.take_in": [({"intake"}, OWN_AGENCY)],
    "picture.exist": [(WORKERS - {"contributor"}, ANY)],
    "picture.see": [({*CASEWORKER, "coordinator", "commissioner"}, ANY)],
    "picture.download": [({*CASEWORKER, "coordinator", "commissioner"}, ANY)],
    "picture.make": [({"coordinator"}, ANY)],
    "picture.count": [({"counting"}, ANY)],
    "picture.give": [({"coordinator"}, OWN_PARTNERSHIP)],
    **{key: [({*CASEWORKER, "coordinator"}, ANY)] for key in ("returns.see", "returns.download")},
    "returns.make": [({"manager", "coordinator"}, ANY)],
    "returns.count": [({"counting"}, ANY)],
    "returns.open_women": [(CASEWORKER, ANY)],
    "returns.see_women": [(CASEWORKER, OWN_AGENCY)],
    "returns.definitions": [({*CASEWORKER, "coordinator", "commissioner"}, ANY)],
    **{key: [({"coordinator"}, ANY)] for key in ("returns.snapshots", "returns.start_release")},
    "returns.open_releases": [({*CASEWORKER, "coordinator", "commissioner"}, ANY)],
    "returns.check_release": [({"counting"}, ANY)],
    "returns.prepare": [({"coordinator"}, OWN_PARTNERSHIP)],
    "returns.open_giving": [({"manager", "coordinator"}, ANY)],
    "returns.give": [({"manager", "coordinator"}, OWN_PARTNERSHIP)],
    **{
        key: [({*CASEWORKER, "coordinator", "commissioner"}, ANY)]
        for key in ("commissioning.see", "commissioning.questions")
    },
    **{key: [({*CASEWORKER, "coordinator"}, ANY)] for key in ("commissioning.review", "commissioning.fill")},
    "returns.explain": [({"manager"}, OWN_PARTNERSHIP)],
    "returns.open_explaining": [({"manager"}, ANY)],
    "returns.take_back_words": [({"manager"}, OWN_AGENCY)],
    "people.find_names": [({*CASEWORKER, "checking"}, ANY)],
    "commissioning.set": [({"manager"}, OWN_AGENCY), ({"coordinator"}, OWN_PARTNERSHIP)],
    **{
        key: [({"manager", "coordinator"}, ANY)]
        for key in ("commissioning.open_setting", "commissioning.answer", "commissioning.old_returns")
    },
    **{key: [({"commissioner"}, ANY)] for key in ("commissioning.ask", "commissioning.open_closing")},
    "commissioning.areas": [({*CASEWORKER, "coordinator", "commissioner"}, ANY)],
    "commissioning.set_area": [({"coordinator"}, ANY)],
    "commissioning.change_area": [({"coordinator"}, OWN_PARTNERSHIP)],
    "commissioning.close": [({"commissioner"}, OWN_AGENCY)],
    "commissioning.throw_away": [({"manager", "coordinator"}, OWN_AGENCY)],
}
