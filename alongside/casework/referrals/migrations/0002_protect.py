"""Row-level security of referrals: each side its own, the co-ordinator without what is sealed."""

from django.db import migrations

from alongside.foundation.gate.level import OWN_AGENCY, OWN_PARTNERSHIP, ROLES, Condition, protect
from alongside.register.people.about import protect_about
from alongside.register.people.codes import FieldGroup
from alongside.register.people.second_line import own, unbarred

APP, COORDINATOR = ROLES["agency"], ROLES["coordinator"]
ANSWERS = "answering_id = (SELECT nullif(current_setting('app.agency', true), '')::uuid)"
EITHER_SIDE = f"({OWN_AGENCY} OR {ANSWERS})"
# Never about a woman from whom the reader is kept. The sender alone adds a referral; either side adds a step.
SENT = Condition(f"{EITHER_SIDE} AND {unbarred()}", OWN_AGENCY)
STEPS = Condition(f"{EITHER_SIDE} AND {unbarred()}", EITHER_SIDE)
# What she agreed to pass on is out of the service's reach until its own step says that it accepted her.
PACKAGES = Condition(
    f"({OWN_AGENCY} OR ({ANSWERS} AND referral_id IN"
    f" (SELECT referral_id FROM referrals_referralstep WHERE state = 'accepted' AND {ANSWERS}))) AND {unbarred()}",
    OWN_AGENCY,
)
READ, ADD = "SELECT", "SELECT, INSERT"


CODED = (
    "id, partnership_id, agency_id, record_id, number, service_id, answering_id, for_worker, source, from_agency_id,"
    " follows_id, groups, opens_months, how_agreed, agreed_on, asked_on, sent_on, lapses_on, recorded_at, recorded_by"
)
REFUSED = "id, partnership_id, agency_id, record_id, service_id, kind, reason, occurred_on, recorded_at, recorded_by"


def counted(table: str, columns: str) -> migrations.RunSQL:
    """The co-ordinator and the counting job read these columns of the partnership, and nothing that is sealed."""
    return migrations.RunSQL(
        f"CREATE POLICY {COORDINATOR}_counts ON {table} FOR SELECT TO {COORDINATOR} USING ({OWN_PARTNERSHIP});"
        f"GRANT SELECT ({columns}) ON {table} TO {COORDINATOR}",
        migrations.RunSQL.noop,
    )


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial"), ("people", "0003_sharing"), ("trail", "0002_protect")]
    operations = [
        protect("referrals_referral", {APP: SENT}, {APP: ADD}),
        counted("referrals_referral", CODED),
        protect("referrals_referralstep", {APP: STEPS, COORDINATOR: OWN_PARTNERSHIP}, {APP: ADD, COORDINATOR: READ}),
        protect(
            "referrals_openreferral",
            {APP: STEPS, COORDINATOR: OWN_PARTNERSHIP},
            {APP: "SELECT, INSERT, DELETE", COORDINATOR: READ},
        ),
        protect("referrals_package", {APP: PACKAGES}, {APP: ADD}),
        protect_about("referrals_openedrecord", FieldGroup.NOTES, ADD),
        protect("referrals_learnt", {APP: own()}, {APP: ADD}),
        protect_about("referrals_turnedaway", FieldGroup.NOTES, ADD),
        counted("referrals_turnedaway", REFUSED),
    ]
