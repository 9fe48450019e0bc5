"""What somebody agreed to, as it stands: a function of the set of their statements, whoever told them in what order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from omni_sync.people.models import Consent, Identifier, Person
from omni_sync.people.reach import rows_of
from omni_sync.people.suppression import is_suppressed, suppressed_since

Granted = Consent.State.GRANTED
Withdrawn = Consent.State.WITHDRAWN
About = tuple[str, str]  # channel and purpose


def standing(statements: Iterable[Consent]) -> dict[About, Consent]:
    """By channel and purpose the statement that counts: the latest. Of two at one moment the refusal does.

    A claim is never a yes; it may be a no, for who heard a no must not go on.
    """
    latest: dict[About, Consent] = {}
    for said in sorted(statements, key=lambda one: (one.said_at, one.state == Withdrawn, one.pk or 0)):
        if said.state == Withdrawn or not said.is_claim:
            latest[said.channel, said.purpose] = said
    return latest


def history_of(person: Person) -> list[Consent]:
    """All that the human said, the newest first: one query."""
    rows = Person.objects.alike(person).values("pk")
    said = Consent.objects.filter(person__in=rows).select_related("store")
    return sorted(said, key=lambda one: (one.said_at, one.pk), reverse=True)


def consents_of(person: Person) -> dict[About, Consent]:
    """What counts of all that the human said: one query."""
    return standing(history_of(person))


def may(*, person_id: int, channel: str, purpose: str) -> bool:
    """Whether the human agreed, with proof, and has neither taken it back nor been forgotten since.

    What an order needs (a receipt, a pickup that is ready) asks nobody: it is no purpose of its own.
    """
    person = Person.objects.get(pk=person_id)
    said = consents_of(person).get((channel, purpose))
    if said is None or said.state != Granted:
        return False
    addresses = Identifier.objects.filter(person__in=Person.objects.alike(person).values("pk"))
    return not is_suppressed(addresses.values_list("value", flat=True), since=said.said_at)


def granted_to(root_ids: Sequence[int], *, purpose: str) -> dict[int, dict[str, Consent]]:
    """What ``may`` says of many humans and every channel at once, by root and channel: the statement it rests on."""
    roots = rows_of(root_ids)
    said: dict[int, list[Consent]] = defaultdict(list)
    for one in Consent.objects.filter(person__in=roots, purpose=purpose).defer("wording", "proof"):
        said[roots[one.person_id]].append(one)
    agreed = {
        root: {channel: one for (channel, _), one in standing(all_said).items() if one.state == Granted}
        for root, all_said in said.items()
    }
    wanted = [pk for pk, root in roots.items() if agreed.get(root)]
    values: dict[int, list[str]] = defaultdict(list)
    for person, value in Identifier.objects.filter(person__in=wanted).values_list("person", "value"):
        values[roots[person]].append(value)
    forgotten = suppressed_since(values)
    return {
        root: {
            channel: one for channel, one in channels.items() if root not in forgotten or forgotten[root] < one.said_at
        }
        for root, channels in agreed.items()
    }
