"""What she talked of, and what worries us, is sealed like a note; the counting job opens it, by the key process alone."""

from django.db import migrations, models

from alongside.foundation.gate.level import ROLES

TABLES = ("contact", "unnamedcontact")


class Migration(migrations.Migration):
    dependencies = [("contacts", "0101_ground")]
    operations = [
        *(migrations.RemoveField(table, field) for table in TABLES for field in ("topics", "worry")),
        *(migrations.AddField(table, "matters", models.BinaryField(null=True)) for table in TABLES),
        *(
            migrations.RunSQL(
                f"GRANT SELECT (matters) ON contacts_{table} TO {ROLES['coordinator']}", migrations.RunSQL.noop
            )
            for table in TABLES
        ),
    ]
