import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A picture for the home page and for every store, and the figure that says whether the catalogue changed."""

    dependencies = [
        ("instore", "0001_initial"),
        ("shop", "0003_first_home"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [
        migrations.AddField(
            model_name="homepage",
            name="picture",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+",
                to="wagtailimages.image", verbose_name="picture beside the headline",
            ),
        ),
        migrations.CreateModel(
            name="StoreFront",
            fields=[
                ("store", models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="front",
                    serialize=False, to="instore.store",
                )),
                ("words", models.TextField(blank=True, verbose_name="a few words")),
                ("picture", models.ForeignKey(
                    blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+",
                    to="wagtailimages.image", verbose_name="picture",
                )),
            ],
            options={"verbose_name": "store front", "verbose_name_plural": "store fronts"},
        ),
        migrations.RunSQL("CREATE SEQUENCE shop_catalogue_version", "DROP SEQUENCE shop_catalogue_version"),
    ]
