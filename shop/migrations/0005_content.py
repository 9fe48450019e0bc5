from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("shop", "0004_pictures_and_memory")]

    operations = []
