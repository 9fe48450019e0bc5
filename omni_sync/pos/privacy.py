"""What tills told of a human: forgotten in events and in raw deliveries, which keep what is said of goods and money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import connection
from django.dispatch import receiver
from django.utils import timezone

from omni_sync.people.signals import person_erased, person_exported
from omni_sync.pos.models import Delivery, InboxEvent

State = InboxEvent.State
HIDDEN: Final = "***"
DIGITS: Final = 8  # at the end of a phone number, however it is written before them
SHORTEST: Final = 6  # letters: a shorter text is looked for nowhere, for it is in everything
#: An event about the person alone that is in one of these would be told again.
UNSAID: Final = frozenset({State.PENDING, State.WAITING, State.HINT, State.FAILED, State.CONFLICT})


@receiver(person_erased, dispatch_uid="lintas.pos.forget")
def forget(sender: Any, person_ids: list[int], values: list[str], **_: Any) -> None:
    """Events lose their customer; the raw bodies they came in go, others' events in them stay as events."""
    events = list(InboxEvent.objects.filter(pk__in=_events_of(person_ids, values)).order_by("pk"))
    told = {said for event in events for said in _words(_customer(event.payload))}
    words = sorted({word for word in (*values, *told) if len(word) >= SHORTEST}, key=len, reverse=True)
    for event in events:
        _forget(event, words)
    deliveries = {event.delivery_id for event in events} | _bodies_with(words)
    Delivery.objects.filter(pk__in=deliveries).update(body=None, answer={})


@receiver(person_exported, dispatch_uid="lintas.pos.export")
def export(sender: Any, person_ids: list[int], add: Any, **_: Any) -> None:
    """What tills told of this human's sales, returns and of themselves, word for word."""
    events = InboxEvent.objects.filter(pk__in=_documents_of(person_ids))
    add(
        "told_by_tills",
        (
            {"at": event.occurred_at, "store": event.store.name, "till": event.connection.name, "told": event.payload}
            for event in events.select_related("store", "connection").order_by("pk")
        ),
    )


def _forget(event: InboxEvent, words: Sequence[str]) -> None:
    """The event without its customer and without ``words``, wherever else somebody wrote them."""
    payload = dict(event.payload)
    data = payload.get("data")
    if event.type == "customer.upserted":
        payload["data"] = {}
        if event.state in UNSAID:
            event.state, event.resolution, event.resolved_at = State.IGNORED, event.Resolution.IGNORED, timezone.now()
    elif isinstance(data, dict):
        payload["data"] = {key: value for key, value in data.items() if key != "customer"}
    event.payload = _without(payload, words)
    event.error = ""
    event.save(update_fields=["payload", "error", "state", "resolution", "resolved_at"])


def _without(told: Any, words: Sequence[str]) -> Any:
    if isinstance(told, Mapping):
        return {key: _without(value, words) for key, value in told.items()}
    if isinstance(told, list):
        return [_without(value, words) for value in told]
    if isinstance(told, str) and any(word.casefold() in told.casefold() for word in words):
        return HIDDEN
    return told


def _customer(payload: Any) -> Any:
    data = payload.get("data") if isinstance(payload, dict) else None
    if not isinstance(data, dict):
        return {}
    return data if payload.get("type") == "customer.upserted" else data.get("customer") or {}


def _words(customer: Any) -> Iterable[str]:
    names = ("loyalty", "till", "email", "phone", "name")
    return (str(customer[name]) for name in names if customer.get(name)) if isinstance(customer, dict) else ()


def _documents_of(person_ids: Sequence[int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_DOCUMENTS, {"persons": list(person_ids)})
        return [pk for (pk,) in cursor.fetchall()]


def _events_of(person_ids: Sequence[int], values: Sequence[str]) -> list[int]:
    """Events of their sales and returns, and all that speak of who has one of these addresses or numbers."""
    digits = {"".join(filter(str.isdigit, value))[-DIGITS:] for value in values if value.startswith("+")}
    words = [value.lower() for value in values if len(value) >= SHORTEST]
    with connection.cursor() as cursor:
        cursor.execute(_SPOKEN_OF, {"words": words, "digits": [one for one in digits if len(one) == DIGITS]})
        spoken_of = [pk for (pk,) in cursor.fetchall()]
    return sorted({*_documents_of(person_ids), *spoken_of})


def _bodies_with(words: Sequence[str]) -> set[int]:
    """Deliveries that nothing, or not everything, could be read from: their bytes are looked through."""
    with connection.cursor() as cursor:
        cursor.execute(_BODIES, [[word.lower().encode() for word in words], [word.encode() for word in words]])
        return {pk for (pk,) in cursor.fetchall()}


_DOCUMENTS = """
    SELECT e.id FROM (SELECT source, event_id FROM omni_sync_sale WHERE person_id = ANY(%(persons)s)
                       UNION SELECT source, event_id FROM omni_sync_return WHERE person_id = ANY(%(persons)s)) told
      JOIN omni_sync_connection c ON c.name = told.source
      JOIN omni_sync_inboxevent e ON e.connection_id = c.id AND e.event_id = told.event_id
     UNION
    SELECT e.id FROM omni_sync_identifier i
      JOIN omni_sync_connection c ON c.name = i.source
      JOIN omni_sync_inboxevent e ON e.connection_id = c.id AND e.type = 'customer.upserted'
     WHERE i.person_id = ANY(%(persons)s)
       AND lower(i.value) IN (lower(btrim(e.payload->'data'->>'loyalty')), lower(btrim(e.payload->'data'->>'till')),
                              lower(btrim(e.payload->'data'->>'email')), btrim(e.payload->'data'->>'phone'))
"""

# Whoever writes +62 812-3456-7890 means 081234567890: of phone numbers the end is compared.
_SPOKEN_OF = """
    SELECT e.id FROM omni_sync_inboxevent e
     CROSS JOIN LATERAL (SELECT coalesce(e.payload->'data'->'customer', e.payload->'data')->>'phone' AS phone) told
     WHERE right(regexp_replace(told.phone, '[^0-9]', '', 'g'), 8) = ANY(%(digits)s)
        OR EXISTS (SELECT FROM unnest(%(words)s::text[]) AS w(word) WHERE strpos(lower(e.payload::text), w.word) > 0)
"""

_BODIES = """
    SELECT d.id FROM omni_sync_delivery d
     WHERE d.body IS NOT NULL
       AND (EXISTS (SELECT FROM unnest(%s::bytea[]) AS w(word) WHERE position(w.word IN d.body) > 0)
         OR EXISTS (SELECT FROM unnest(%s::bytea[]) AS w(word) WHERE position(w.word IN d.body) > 0))
"""
