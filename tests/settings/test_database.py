"""What a test may rely on: a migrated database of its own, put back after every test that commits."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Page

from omni_sync.oscar.models import Partner


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_what_a_test_commits_is_gone_in_the_next(time):
    assert not Partner.objects.exists()
    assert Page.objects.filter(depth=1).count() == 1
    kinds = ContentType.objects.count()
    Partner.objects.create(name="Menteng", code="menteng")
    Page.objects.filter(depth=1).update(title="changed")
    ContentType.objects.create(app_label="nobody", model="nothing")
    assert ContentType.objects.count() == kinds + 1


@pytest.mark.django_db
def test_the_database_is_of_this_worker_alone(settings):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone() == (f"lintas_test_{settings.TEST_NAME}",)


@pytest.mark.django_db
def test_the_migrations_rows_are_there():
    assert Page.objects.filter(depth=1, title="Root").exists()
