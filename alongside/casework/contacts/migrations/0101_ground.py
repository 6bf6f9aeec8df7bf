"""The finest place that a contact can have is a hexagon; who drew an area, and when."""

from django.db import migrations, models

COORDINATOR = "alongside_coordinator"
HEXAGON = models.Q(hexagon="") | models.Q(hexagon__regex="^88[0-9a-f]{8}fffff$")


def hexagon(model: str) -> list[migrations.operations.base.Operation]:
    return [
        migrations.AddField(model, "hexagon", models.CharField(max_length=15, blank=True, default="")),
        migrations.AddConstraint(model, models.CheckConstraint(condition=HEXAGON, name=f"{model}_hexagon")),
        # The counting job reads it as it reads the other coded columns.
        migrations.RunSQL(f"GRANT SELECT (hexagon) ON contacts_{model} TO {COORDINATOR}", migrations.RunSQL.noop),
    ]


class Migration(migrations.Migration):
    dependencies = [("contacts", "0002_protect")]
    operations = [
        *hexagon("contact"),
        *hexagon("unnamedcontact"),
        migrations.AddField("area", "drawn_at", models.DateTimeField(null=True)),
        migrations.AddField("area", "drawn_by", models.UUIDField(null=True)),
    ]
