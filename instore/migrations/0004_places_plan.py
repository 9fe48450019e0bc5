from django.db import migrations


class Migration(migrations.Migration):
    """Let ``lintas_places`` really keep its plan: left to choose, PostgreSQL planned it anew at every call."""

    dependencies = [("instore", "0003_places")]

    operations = [
        migrations.RunSQL(
            "ALTER FUNCTION lintas_places SET plan_cache_mode = force_generic_plan",
            "ALTER FUNCTION lintas_places RESET plan_cache_mode",
        )
    ]
