from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0003_suspension"),
    ]

    operations = [
        migrations.AlterField(
            model_name="membership",
            name="role",
            field=models.CharField(
                choices=[
                    ("outreach_worker", "Outreach worker"),
                    ("key_worker", "Key worker"),
                    ("hostel_worker", "Hostel worker"),
                    ("nurse", "Nurse or prescriber"),
                    ("court_worker", "Court and prison link worker"),
                    ("treatment_worker", "Treatment key worker"),
                    ("manager", "Service manager"),
                    ("coordinator", "Partnership co-ordinator"),
                    ("commissioner", "Commissioner"),
                    ("contributor", "Contributor"),
                    ("dp_lead", "Data protection lead"),
                    ("system_admin", "System administrator"),
                ],
                max_length=20,
            ),
        ),
    ]
