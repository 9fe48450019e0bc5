"""What tills told of a human: forgotten in events and in raw deliveries, which keep what is said of goods and money.

Names and customer numbers are looked for only in what is theirs anyway: elsewhere they may be another's, or a price.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from django.db import connection
from django.dispatch import receiver
from django.utils import timezone

from omni_sync.people.normal import phone_digits
from omni_sync.people.signals import person_erased, person_exported
from omni_sync.pos.models import Delivery, InboxEvent

State = InboxEvent.State
HIDDEN: Final = "***"
SHORTEST: Final = 4  # letters of a word that is looked for in free text
#: An event about the person alone that is in one of these would be told again.
UNSAID: Final = frozenset({State.PENDING, State.WAITING, State.HINT, State.FAILED, State.CONFLICT})
#: What is bought, for how much, and under which number is said in these; whoever bears such a name.
OF_GOODS: Final = frozenset(
    {
        "id",
        "type",
        "store",
        "line",
        "sku",
        "gtin",
        "quantity",
        "unit_price",
        "amount",
        "discount",
        "tax",
        "total",
        "sale",
    }
)


@receiver(person_erased, dispatch_uid="lintas.pos.forget")
def forget(sender: Any, person_ids: list[int], values: list[str], words: Sequence[str] = (), **_: Any) -> None:
    """Their events lose their customer, others' an address they quote; the bodies of both go, others' events stay."""
    addresses = [value for value in values if "@" in value or value.startswith("+")]
    theirs, quoting = _events_with(person_ids, addresses)
    events = list(InboxEvent.objects.filter(pk__in=theirs | quoting).order_by("pk"))
    told = {said for event in events if event.pk in theirs for said in _words(_customer(event.payload))}
    struck = [word for word in (*words, *told) if len(word) >= SHORTEST]
    for event in events:
        _forget(event, struck if event.pk in theirs else addresses, whole=event.pk in theirs)
    typed = [word for word in told if "@" in word or sum(map(str.isdigit, word)) * 2 > len(word) > 2 * SHORTEST]
    deliveries = {event.delivery_id for event in events} | _bodies_with([*addresses, *typed])
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


def _forget(event: InboxEvent, words: Sequence[str], *, whole: bool) -> None:
    """The event without its customer, where that is them, and without ``words`` wherever else somebody wrote them."""
    payload = dict(event.payload)
    data = payload.get("data")
    if whole and event.type == "customer.upserted":
        payload["data"] = {}
        if event.state in UNSAID:
            event.state, event.resolution, event.resolved_at = State.IGNORED, event.Resolution.IGNORED, timezone.now()
    elif whole and isinstance(data, dict):
        payload["data"] = {key: value for key, value in data.items() if key != "customer"}
    event.payload = _without(payload, [word.casefold() for word in words])
    event.error = ""
    event.save(update_fields=["payload", "error", "state", "resolution", "resolved_at"])


def _without(told: Any, words: Sequence[str]) -> Any:
    if isinstance(told, Mapping):
        return {key: value if key in OF_GOODS else _without(value, words) for key, value in told.items()}
    if isinstance(told, list):
        return [_without(value, words) for value in told]
    if isinstance(told, str) and any(word in told.casefold() for word in words):
        return HIDDEN
    return told


def _customer(payload: Any) -> Any:
    data = payload.get("data") if isinstance(payload, dict) else None
    if not isinstance(data, dict):
        return {}
    return data if payload.get("type") == "customer.upserted" else data.get("customer")


def _words(customer: Any) -> Iterator[str]:
    if isinstance(customer, dict):
        yield from (str(customer[key]) for key in ("loyalty", "till", "email", "phone", "name") if customer.get(key))


def _documents_of(person_ids: Sequence[int]) -> set[int]:
    """Events of their sales and returns, and those that name them as their own till does."""
    with connection.cursor() as cursor:
        cursor.execute(_DOCUMENTS, {"persons": list(person_ids)})
        return {pk for (pk,) in cursor.fetchall()}


def _events_with(person_ids: Sequence[int], addresses: Collection[str]) -> tuple[set[int], set[int]]:
    """Events about them, and those that only quote one of their addresses."""
    emails = [address.lower() for address in addresses if "@" in address]
    phones = [digits for address in addresses if "@" not in address for digits in phone_digits(address)]
    with connection.cursor() as cursor:
        cursor.execute(_SPOKEN_OF, {"emails": emails, "phones": phones, "words": [one.lower() for one in addresses]})
        found = cursor.fetchall()
    theirs = _documents_of(person_ids) | {pk for pk, is_theirs in found if is_theirs}
    return theirs, {pk for pk, _ in found} - theirs


def _bodies_with(words: Collection[str]) -> set[int]:
    """Deliveries that nothing, or not everything, could be read from: their bytes are looked through."""
    spelled = {spelling.encode() for word in words for spelling in (word, word.lower())}
    with connection.cursor() as cursor:
        cursor.execute(_BODIES, [sorted(spelled)])
        return {pk for (pk,) in cursor.fetchall()}


_DOCUMENTS = """
    SELECT e.id FROM (SELECT source, event_id FROM omni_sync_sale WHERE person_id = ANY(%(persons)s)
                       UNION SELECT source, event_id FROM omni_sync_return WHERE person_id = ANY(%(persons)s)) told
      JOIN omni_sync_connection c ON c.name = told.source
      JOIN omni_sync_inboxevent e ON e.connection_id = c.id AND e.event_id = told.event_id
     UNION
    SELECT e.id FROM omni_sync_identifier i
      JOIN omni_sync_connection c ON c.name = i.source
      JOIN omni_sync_inboxevent e ON e.connection_id = c.id
     CROSS JOIN LATERAL (SELECT coalesce(e.payload->'data'->'customer', e.payload->'data') AS customer) told
     WHERE i.person_id = ANY(%(persons)s)
       AND e.type IN ('customer.upserted', 'sale.completed', 'sale.returned')
       AND CASE i.kind WHEN 'loyalty' THEN i.value = upper(btrim(told.customer->>'loyalty'))
                       WHEN 'till' THEN i.value = btrim(told.customer->>'till')
                       WHEN 'email' THEN lower(i.value) = lower(btrim(told.customer->>'email'))
                       ELSE i.value = btrim(told.customer->>'phone') END
"""

# Whoever writes +62 812-3456-7890 means 081234567890: the digits are compared.
_SPOKEN_OF = """
    SELECT e.id, coalesce(lower(btrim(told.customer->>'email')) = ANY(%(emails)s), false)
              OR coalesce(regexp_replace(told.customer->>'phone', '[^0-9]', '', 'g') = ANY(%(phones)s), false) AS theirs
      FROM omni_sync_inboxevent e
     CROSS JOIN LATERAL (SELECT coalesce(e.payload->'data'->'customer', e.payload->'data') AS customer) told
     WHERE regexp_replace(told.customer->>'phone', '[^0-9]', '', 'g') = ANY(%(phones)s)
        OR EXISTS (SELECT FROM unnest(%(words)s::text[]) AS w(word) WHERE strpos(lower(e.payload::text), w.word) > 0)
"""

_BODIES = """
    SELECT d.id FROM omni_sync_delivery d
     WHERE d.body IS NOT NULL
       AND EXISTS (SELECT FROM unnest(%s::bytea[]) AS w(word) WHERE position(w.word IN d.body) > 0)
"""
