from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("interchange", "0002_protect")]
    operations = [
        migrations.AddField(model_name="handedin", name="copies", field=models.JSONField(default=list)),
    ]
