"""All that somebody at a door could have changed."""

from functools import cache

from django.apps import apps
from django.db import connection

from omni_sync.messages.journeys.models import FollowUp
from omni_sync.messages.models import Message
from omni_sync.oscar.models import Basket, BasketLine, Order, PaymentSource, WishLine
from omni_sync.stock.models import Hold, Level, Movement

LOG = ("staffevent", "codetry", "codewatch", "codelookup", "tabletaction", "customeraction", "lookup")
THEIRS = (Order, PaymentSource, Hold, Level, Movement, Basket, BasketLine, WishLine, FollowUp, Message)
COUNTED = ("last_seen", "failed_tries", "paused_until")


def books():
    """All that somebody could have changed, row by row."""
    return _rows(*(model for model in _own() + THEIRS if model._meta.model_name not in LOG))


def log():
    """What is written down of who did what."""
    return _rows(*(model for model in _own() if model._meta.model_name in LOG))


def _own():
    return tuple(apps.get_app_config("instore").get_models())


def _rows(*models):
    """Each row with the name of its table, in one question: it is asked of everybody at every door."""
    with connection.cursor() as cursor:
        cursor.execute(_all_of(models))
        return cursor.fetchall()


@cache
def _all_of(models):
    return " UNION ALL ".join(map(_row_by_row, models)) + " ORDER BY 1, 2"


def _row_by_row(model):
    columns = [f'"{field.column}"' for field in model._meta.concrete_fields if field.name not in COUNTED]
    return f"SELECT '{model._meta.label}', ROW({', '.join(columns)})::text FROM \"{model._meta.db_table}\""
