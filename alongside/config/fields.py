"""What each field of each model may hold. A model or field that is not here makes a house test red."""

from enum import StrEnum


class Klass(StrEnum):
    """`NAME`, `SPECIAL` and `RESTRICTED` fields of rows about women are sealed in the vault."""

    NAME = "name"  # tells who she is: names, date of birth, phone, description
    SPECIAL = "special"  # health, ethnic origin, sexual life, what was done to her
    RESTRICTED = "restricted"  # not for every holder of the row: workers' own accounts, free notes, whole rows of lists
    PSEUDONYMOUS = "pseudonymous"  # identifiers, days and codes that belong to one woman or one act, without a name
    OPEN = "open"  # nothing about a woman


# What every contact has, with a record or without.
_MEETING = (
    "id partnership agency shift session area occurred_at occurred_by outcome place hexagon staying given services"
    " brought_by next_step next_on recorded_at recorded_by withdrawn_at withdrawn_by"
)
# label of the model -> class -> names of its fields
_MODELS: dict[str, dict[Klass, str]] = {
    "trail.trailrow": {
        Klass.PSEUDONYMOUS: "id at partnership_id agency_id user_id subjects count",
        Klass.OPEN: "job purpose permission allowed rule kind field_groups route",
    },
    "trail.seal": {Klass.OPEN: "number first_id last_id rows root previous sealed_at note head signature"},
    "trail.kepthead": {Klass.OPEN: "id agency_id number head kept_at kept_by"},
    "agencies.partnership": {Klass.OPEN: "id slug name area is_invented"},
    "agencies.agency": {Klass.OPEN: "id partnership slug name kind setting prefix left_at left_by own_sign_in_only"},
    "agencies.identityprovider": {
        Klass.RESTRICTED: "sealed_secret",
        Klass.OPEN: "id agency issuer client_id strong_answers is_on set_up_at set_up_by ended_at ended_by",
    },
    "agencies.providersession": {
        Klass.RESTRICTED: "sealed_tokens",
        Klass.OPEN: "id provider worker began_at checked_at asked_at ended_at",
    },
    "agencies.staffcheck": {Klass.OPEN: "id agency checked_at checked_by stayed left"},
    "agencies.departure": {
        Klass.OPEN: "id agency counts parts asked_at asked_by taken_back_at taken_back_by confirmed_at confirmed_by"
        " shredded_at shredded_by"
    },
    "agencies.service": {Klass.OPEN: "id agency slug name kind takes answers_within_days lapses_after_days until"},
    "agencies.referralright": {Klass.OPEN: "id service agency source"},
    "agencies.worker": {
        Klass.RESTRICTED: "password last_login email name",
        Klass.OPEN: "id is_active made_at",
    },
    "agencies.membership": {Klass.OPEN: "id worker agency role since until"},
    "people.record": {
        Klass.PSEUDONYMOUS: "id partnership agency code first_seen_on last_seen_on source recorded_at recorded_by"
        " removed_at removed_by",
    },
    "people.identity": {
        Klass.NAME: "reference names last_names born age area marks phones",
        Klass.SPECIAL: "ethnicity",
        Klass.RESTRICTED: "note untold",
        Klass.PSEUDONYMOUS: "id partnership agency record version is_current source data_key seen_from seen_to"
        " reference_index content_index match_keys recorded_at recorded_by withdrawn_at withdrawn_by",
    },
    "people.person": {Klass.PSEUDONYMOUS: "id partnership"},
    "people.grouping": {Klass.PSEUDONYMOUS: "record person partnership"},
    "people.linkagerun": {
        Klass.PSEUDONYMOUS: "model figures evidence",
        Klass.OPEN: "id partnership state step percent made_at made_by",
    },
    "people.pair": {
        Klass.PSEUDONYMOUS: "id partnership a b agency_a agency_b held_by run probability weight gain evidence",
    },
    "people.decision": {
        Klass.RESTRICTED: "reason",
        Klass.PSEUDONYMOUS: "id partnership a b agency_a agency_b judgement basis probability evidence"
        " model_version undoes decided_at decided_by",
    },
    "people.acceptance": {
        Klass.RESTRICTED: "how_asked",
        Klass.PSEUDONYMOUS: "id partnership agency record basis asked_on until accepted_at accepted_by"
        " withdrawn_at withdrawn_by",
    },
    "people.caseworklink": {
        Klass.PSEUDONYMOUS: "id partnership a b agency_a agency_b decision acceptance_a acceptance_b until since_at"
        " since_by ended_at ended_by",
    },
    "directory.openplace": {
        Klass.OPEN: "id partnership agency name offers where phone about hours always looked_over_at looked_over_by"
        " closed_at closed_by",
    },
    "programs.programkey": {
        Klass.RESTRICTED: "digest",
        Klass.OPEN: "id partnership agency name reads until made_at made_by ended_at ended_by",
    },
    "supplies.stockplace": {Klass.OPEN: "id partnership agency name low_marks is_open"},
    "supplies.stockmove": {
        Klass.PSEUDONYMOUS: "id partnership agency place item change why contact moved_on recorded_at recorded_by",
    },
    "contacts.area": {
        Klass.OPEN: "id partnership name boundary drawn_at drawn_by named_at named_by closed_at closed_by"
    },
    "contacts.route": {Klass.OPEN: "id partnership agency name areas kept_at kept_by closed_at closed_by"},
    "contacts.shift": {
        Klass.RESTRICTED: "hand_over",
        Klass.OPEN: "id partnership agency starts ends kind route areas joint_with series said planned_at planned_by"
        " begun_at begun_by safety_call_at safety_call_by ended_at ended_by called_off_at called_off_by",
    },
    "contacts.onshift": {Klass.OPEN: "id partnership agency shift worker part seat"},
    "contacts.training": {
        Klass.OPEN: "id partnership agency worker course done_on until recorded_at recorded_by",
    },
    "contacts.dropinsession": {
        Klass.OPEN: "id partnership agency kind held_on services opened_at opened_by closed_at closed_by",
    },
    "contacts.contact": {
        Klass.SPECIAL: "matters",
        Klass.RESTRICTED: "note body",
        Klass.PSEUDONYMOUS: f"{_MEETING} record",
    },
    "contacts.unnamedcontact": {
        Klass.NAME: "description",
        Klass.SPECIAL: "matters",
        Klass.RESTRICTED: "note body",
        Klass.PSEUDONYMOUS: _MEETING,
    },
    "contacts.lookout": {
        Klass.RESTRICTED: "words",
        Klass.PSEUDONYMOUS: "id partnership agency record reason until asked_at asked_by ended_at ended_by",
    },
    "contacts.safecontact": {
        Klass.RESTRICTED: "words",
        Klass.PSEUDONYMOUS: "id partnership agency record calls texts messages visits told_at told_by",
    },
    "contacts.note": {
        Klass.RESTRICTED: "words",
        Klass.PSEUDONYMOUS: "id partnership agency record written_at written_by withdrawn_at withdrawn_by",
    },
    "contacts.notedraft": {
        Klass.RESTRICTED: "words",
        Klass.PSEUDONYMOUS: "id partnership agency record worker saved_at saved_by",
    },
    "contacts.notice": {
        Klass.RESTRICTED: "words",
        Klass.OPEN: "id partnership agency kind since until given_at given_by",
    },
    "accommodation.movesfeed": {
        Klass.RESTRICTED: "digest",
        Klass.OPEN: "id membership made_at made_by ended_at ended_by",
    },
    "contacts.feedkey": {Klass.RESTRICTED: "digest", Klass.OPEN: "id membership made_at ended_at"},
    "people.grant": {
        Klass.RESTRICTED: "how_asked",
        Klass.PSEUDONYMOUS: "id partnership agency record to_agency to_worker to_forum groups purpose basis asked_on"
        " given_at given_by until_at until_by withdrawn_at withdrawn_by",
    },
    "people.item": {
        Klass.PSEUDONYMOUS: "id partnership agency record forum meets_on until brought_at brought_by ended_at ended_by",
    },
    "agencies.forum": {
        Klass.OPEN: "id partnership agency name purpose made_at made_by changed_at ended_at ended_by",
    },
    "agencies.attendee": {Klass.OPEN: "id forum worker agency chairs since_at since_by until_at until_by"},
    "people.exclusion": {
        Klass.RESTRICTED: "words",
        Klass.PSEUDONYMOUS: "id partnership agency record worker feared_agency feared_role reason excluded_at"
        " excluded_by lifted_at lifted_by",
    },
    "people.handout": {
        Klass.PSEUDONYMOUS: "id partnership agency record number kind groups made_at made_by destroyed_at destroyed_by",
    },
    "people.standing": {
        Klass.RESTRICTED: "words",
        Klass.PSEUDONYMOUS: "id partnership agency record kind on noted_at noted_by lifted_at lifted_by",
    },
    "people.lead": {
        Klass.PSEUDONYMOUS: "id partnership agency record worker woman since_at since_by offered_to reads_on offered_at"
        " offered_by ended_at ended_by",
    },
    "people.matter": {
        Klass.SPECIAL: "words risk",
        Klass.PSEUDONYMOUS: "id partnership agency record group written_at written_by ended_at ended_by",
    },
    "people.readreason": {
        Klass.RESTRICTED: "words",
        Klass.PSEUDONYMOUS: "id partnership agency record given_at given_by until",
    },
    "people.recalldone": {Klass.PSEUDONYMOUS: "id partnership agency grant done_at done_by"},
    "agencies.suspension": {Klass.OPEN: "id worker agency cause begins_at lifted_at lifted_by"},
    "rights.outsiderequest": {
        Klass.RESTRICTED: "asked_by_whom power_words purpose necessity extract told_words given_words",
        Klass.PSEUDONYMOUS: "id partnership agency record asker received_on in_writing power is_harmed points"
        " counselling told written_at written_by signed_at signed_by signed_again_at signed_again_by turned_down_at"
        " turned_down_by turned_down_for given_at given_by",
    },
    "rights.disclosure": {
        Klass.RESTRICTED: "necessity risk told_words",
        Klass.PSEUDONYMOUS: "id partnership agency record to_agency ground groups told until review_on grant written_at"
        " written_by signed_at signed_by turned_down_at turned_down_by reviewed_at reviewed_by ended_at ended_by",
    },
    "rights.emergencylook": {
        Klass.RESTRICTED: "reason finding_words",
        Klass.PSEUDONYMOUS: "id partnership agency holder record started_from groups grant until review_due opened_at"
        " opened_by closed_at closed_by reviewed_at reviewed_by finding",
    },
    "rights.herrequest": {
        Klass.NAME: "others",
        Klass.RESTRICTED: "words extended_words decided_words held_back done_words",
        Klass.PSEUDONYMOUS: "id partnership agency record kind way received_on received_at received_by"
        " identity_asked_at identity_asked_by identity_checked_at identity_checked_by acknowledged_at acknowledged_by"
        " extended_at extended_by decision decided_at decided_by exemptions checked_at checked_by done_at done_by",
    },
    "rights.legalhold": {
        Klass.RESTRICTED: "words lifted_words",
        Klass.PSEUDONYMOUS: "id partnership agency record authority placed_at placed_by lifted_at lifted_by",
    },
    "rights.retentionrule": {
        Klass.OPEN: "id partnership agency record_class years authority changed_at changed_by",
    },
    "rights.kepton": {
        Klass.RESTRICTED: "reason",
        Klass.PSEUDONYMOUS: "id partnership agency record until decided_at decided_by",
    },
    "rights.breach": {
        Klass.RESTRICTED: "words closed_words",
        Klass.PSEUDONYMOUS: "id partnership agency known_since worker since until frozen written_at written_by"
        " frozen_at frozen_by thawed_at thawed_by reported_at reported_by closed_at closed_by",
    },
    "referrals.referral": {
        Klass.RESTRICTED: "summary",
        Klass.PSEUDONYMOUS: "id partnership agency record number service answering for_worker source from_agency"
        " follows groups opens_months how_agreed agreed_on asked_on sent_on lapses_on data_key recorded_at"
        " recorded_by",
    },
    "referrals.referralstep": {
        Klass.PSEUDONYMOUS: "id partnership agency record answering referral number state reason occurred_on starts_on"
        " other_service recorded_at recorded_by",
    },
    "referrals.openreferral": {Klass.PSEUDONYMOUS: "partnership agency record answering referral service"},
    "referrals.package": {
        Klass.NAME: "known",
        Klass.RESTRICTED: "words",
        Klass.PSEUDONYMOUS: "partnership agency record answering referral data_key",
    },
    "referrals.openedrecord": {
        Klass.PSEUDONYMOUS: "id partnership agency record referral opened_at opened_by",
    },
    "referrals.learnt": {Klass.PSEUDONYMOUS: "id partnership agency record referral number learnt_at learnt_by"},
    **{
        f"needs.{kind}answer": {
            Klass.PSEUDONYMOUS: "id partnership agency record subject answer on recorded_at recorded_by taken_back_at"
            " taken_back_by",
        }
        for kind in ("health", "court", "life")
    },
    "referrals.turnedaway": {
        Klass.RESTRICTED: "words",
        Klass.PSEUDONYMOUS: "id partnership agency record service kind reason occurred_on recorded_at recorded_by",
    },
    "interchange.handedin": {
        Klass.RESTRICTED: "file_name reading prints",
        Klass.PSEUDONYMOUS: "id partnership agency state data_key file_index headings_index counts copies position"
        " with_gaps handed_in_at handed_in_by asked_at asked_by worked_at worked_by taken_in_at taken_in_by"
        " undone_at undone_by",
        Klass.OPEN: "form size",
    },
    "interchange.filepart": {
        Klass.RESTRICTED: "content",
        Klass.PSEUDONYMOUS: "id partnership agency handed_in reading number",
    },
    "interchange.stagedrow": {
        Klass.RESTRICTED: "cells",
        Klass.PSEUDONYMOUS: "id partnership agency handed_in sheet number state corrected_at corrected_by taken_in_at"
        " taken_in_by",
    },
    "interchange.rememberedmapping": {
        Klass.RESTRICTED: "mapping",
        Klass.PSEUDONYMOUS: "id partnership agency headings_index data_key chosen_at chosen_by",
    },
    "phone.device": {
        Klass.RESTRICTED: "token_digest",
        Klass.PSEUDONYMOUS: "id partnership agency membership set_up_at set_up_by seen_at seen_by skew_seconds highest"
        " list_taken_at list_taken_by list_number closed_at closed_by wiped_at wiped_by",
        Klass.OPEN: "name",
    },
    "phone.envelope": {
        Klass.RESTRICTED: "sealed",
        Klass.PSEUDONYMOUS: "id partnership agency device op number digest state held_for received_at received_by"
        " claimed_at claimed_by skew_seconds aside_for resolved_at resolved_by",
    },
    "population.picture": {
        Klass.PSEUDONYMOUS: "id partnership as_of since until inside made_from made_at made_by",
    },
    "population.outsidepicture": {
        Klass.PSEUDONYMOUS: "picture",
        Klass.OPEN: "id partnership as_of since until number quarter outside given_at given_by",
    },
    "accommodation.unit": {
        Klass.OPEN: "id partnership agency service name step staffed takes leads_to emergency_minutes recorded_at"
        " recorded_by",
    },
    "accommodation.bed": {
        Klass.OPEN: "id partnership agency unit number kind opened_on is_emergency recorded_at recorded_by",
    },
    "accommodation.beduse": {
        Klass.PSEUDONYMOUS: "id partnership agency bed unit record kind begins ends leaves_on void_reason end_reason"
        " where_to waited recorded_at recorded_by closed_at closed_by",
    },
    "accommodation.away": {
        Klass.PSEUDONYMOUS: "id partnership agency stay record kind begins ends back_on recorded_at recorded_by"
        " closed_at closed_by",
    },
    "accommodation.blocked": {
        Klass.PSEUDONYMOUS: "id partnership agency stay unit record to_step reason begins ends recorded_at recorded_by"
        " closed_at closed_by",
    },
    "accommodation.movetask": {
        Klass.PSEUDONYMOUS: "id partnership agency stay record kind due_on done_at done_by recorded_at recorded_by",
    },
    "accommodation.waiting": {
        Klass.PSEUDONYMOUS: "id partnership agency unit record source referral needs leaves_on bed_due joined_at"
        " joined_by ended_at ended_by ended_as",
    },
    "accommodation.waitingevent": {
        Klass.PSEUDONYMOUS: "id partnership agency waiting record what needs recorded_at recorded_by",
    },
    "accommodation.listorder": {Klass.OPEN: "id partnership agency unit needs recorded_at recorded_by"},
    "accommodation.whatif": {
        Klass.PSEUDONYMOUS: "asked answer",
        Klass.OPEN: "id partnership made_at made_by given_at given_by",
    },
    "monitoring.snapshot": {Klass.OPEN: "id partnership as_of facts files digest made_at made_by"},
    "monitoring.return": {
        Klass.PSEUDONYMOUS: "figures by_agency",
        Klass.OPEN: "id partnership agency framework framework_version since until as_of snapshot digest made_at"
        " made_by",
    },
    "monitoring.release": {
        Klass.OPEN: "id partnership of_return framework since until as_of figures follows prepared_at prepared_by",
    },
    "monitoring.given": {
        Klass.OPEN: "release partnership framework quarter number prepared_by given_at given_by",
    },
    "monitoring.preparation": {
        Klass.OPEN: "id partnership of_return asked_at asked_by checked_at checked_by why_not",
    },
    "monitoring.passage": {
        Klass.OPEN: "id partnership agency release key words written_at written_by withdrawn_at withdrawn_by",
    },
    "commissioning.plan": {
        Klass.OPEN: "id partnership agency service funder name framework since until about about_source set_at set_by"
        " ended_at ended_by",
    },
    "commissioning.target": {
        Klass.OPEN: "id partnership plan agency key aim measure value set_at set_by ended_at ended_by",
    },
    "commissioning.areafigure": {
        Klass.OPEN: "id partnership key area count of since until meaning source set_at set_by ended_at ended_by",
    },
    "commissioning.question": {
        Klass.OPEN: "id partnership agency release key words asked_at asked_by closed_at closed_by",
    },
    "commissioning.answer": {Klass.OPEN: "id partnership agency question words answered_at answered_by"},
    "commissioning.oldreturn": {
        Klass.OPEN: "id partnership agency title since until lines faults handed_in_at handed_in_by thrown_away_at"
        " thrown_away_by",
    },
    "monitoring.returnwoman": {Klass.PSEUDONYMOUS: "id partnership agency of_return record number"},
}

FIELD_CLASSES: dict[str, Klass] = {
    f"{model}.{field}": klass
    for model, classes in _MODELS.items()
    for klass, fields in classes.items()
    for field in fields.split()
}
