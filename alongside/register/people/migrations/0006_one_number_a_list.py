from django.db import migrations, models

from alongside.register.people.codes import HandoutKind


class Migration(migrations.Migration):
    dependencies = [("people", "0005_private")]
    operations = [
        migrations.AlterField(
            model_name="handout",
            name="kind",
            field=models.CharField(choices=HandoutKind.choices(), max_length=20),
        ),
        migrations.RemoveConstraint(model_name="handout", name="handout_number"),
        migrations.AddConstraint(
            model_name="handout",
            constraint=models.UniqueConstraint(fields=("agency", "number", "record"), name="handout_number"),
        ),
    ]
