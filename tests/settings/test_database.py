"""What a test may rely on: a migrated database of its own, put back after every test that commits."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import F, Value
from django.test.utils import CaptureQueriesContext
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


@pytest.mark.django_db(transaction=True)
def test_a_kept_connection_is_proved_by_a_look_at_its_line_and_asked_only_when_that_is_not_silent():
    connection.ensure_connection()
    with CaptureQueriesContext(connection) as asked:
        assert connection.is_usable()
    assert not asked.captured_queries
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])
            assert cursor.fetchone() == (True,)
    finally:
        other.close()
    assert not connection.is_usable()
    connection.close()
    assert not connection.is_usable()
    assert Partner.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_what_is_said_again_and_again_is_planned_once():
    connection.close()
    with connection.cursor() as cursor:
        for number in range(8):
            cursor.execute("SELECT %s::int + 1", [number])
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT $1::int + 1'")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [0, 1, -1, 2**15, 2**31 - 1, 2**31, -(2**31) - 1, 10**12, 2**62, 10**20])
def test_no_number_is_cut_to_fit(number):
    Partner.objects.create(name="Menteng", code="menteng")
    told = Partner.objects.annotate(told=Value(number), sum=Value(number) + F("pk")).values_list("told", "sum", "pk")
    found, total, pk = told.get()
    assert (found, total) == (number, number + pk)
