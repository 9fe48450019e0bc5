from django.db import migrations


class Migration(migrations.Migration):
    """Levels and lanes change all the time: leave room on their pages so that a change touches no index."""

    dependencies = [("omni_sync", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE omni_sync_level SET (fillfactor = 70); ALTER TABLE omni_sync_lane SET (fillfactor = 50)",
            "ALTER TABLE omni_sync_level RESET (fillfactor); ALTER TABLE omni_sync_lane RESET (fillfactor)",
        )
    ]
