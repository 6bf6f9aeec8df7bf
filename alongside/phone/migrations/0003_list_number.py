from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("phone", "0002_protect"),
    ]

    operations = [
        migrations.AddField(
            model_name="device",
            name="list_number",
            field=models.CharField(blank=True, max_length=12),
        ),
    ]
