from typing import Any

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.contrib.postgres.operations import TrigramExtension
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, migrations, models


class Trigrams(TrigramExtension):
    """The same, and says what to do where it may not be created."""

    def database_forwards(self, *args: Any, **kwargs: Any) -> None:
        try:
            super().database_forwards(*args, **kwargs)
        except ProgrammingError as error:
            raise ImproperlyConfigured(
                "Search needs PostgreSQL's extension pg_trgm, and this role may not create it. Have the owner of the "
                f"database run: CREATE EXTENSION pg_trgm; then migrate again. PostgreSQL says: {error}"
            ) from error


SHOWN = models.Q(on_shelf=True)


class Migration(migrations.Migration):
    """The entry becomes the searchable row beside a product; ``post_migrate`` fills it."""

    dependencies = [("omni_sync", "0007_drift"), ("catalogue", "0001_initial")]

    operations = [
        Trigrams(),
        migrations.AddField(
            "entry",
            "style",
            models.ForeignKey(
                null=True,
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="family",
                to="catalogue.product",
            ),
        ),
        migrations.AddField("entry", "on_shelf", models.BooleanField(db_default=False, default=False, editable=False)),
        migrations.AddField(
            "entry",
            "categories",
            django.contrib.postgres.fields.ArrayField(
                models.IntegerField(), db_default=[], default=list, editable=False, size=None
            ),
        ),
        migrations.AddField(
            "entry", "shade", models.CharField(blank=True, db_default="", editable=False, max_length=64)
        ),
        migrations.AddField(
            "entry", "price", models.DecimalField(decimal_places=2, editable=False, max_digits=12, null=True)
        ),
        migrations.AddField("entry", "created", models.DateTimeField(editable=False, null=True)),
        migrations.AddField("entry", "title", models.TextField(blank=True, db_default="", editable=False)),
        migrations.AddField("entry", "titles", models.JSONField(db_default={}, default=dict, editable=False)),
        migrations.AddField(
            "entry", "search", django.contrib.postgres.search.SearchVectorField(editable=False, null=True)
        ),
        migrations.AddIndex(
            "entry",
            models.Index(models.F("created").desc(), models.F("style").desc(), name="entry_newest", condition=SHOWN),
        ),
        migrations.AddIndex("entry", models.Index(fields=["price", "style"], name="entry_cheapest", condition=SHOWN)),
        migrations.AddIndex(
            "entry",
            django.contrib.postgres.indexes.GinIndex(fields=["categories"], name="entry_categories", condition=SHOWN),
        ),
        migrations.AddIndex("entry", django.contrib.postgres.indexes.GinIndex(fields=["search"], name="entry_search")),
        migrations.CreateModel(
            name="Word",
            fields=[("text", models.CharField(max_length=64, primary_key=True, serialize=False))],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["text"], name="word_trigrams", opclasses=["gin_trgm_ops"]
                    )
                ]
            },
        ),
    ]
