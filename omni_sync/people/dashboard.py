"""Who may be one human: what was not proved is asked here, and what was said can be unsaid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.generic import TemplateView, View

from omni_sync.oscar.keyset import key_of, newest_first
from omni_sync.oscar.navigation import BackOffice
from omni_sync.people.exceptions import AnsweredBefore
from omni_sync.people.masked import initials, masked
from omni_sync.people.merge import dismiss, merge, undo
from omni_sync.people.models import Identifier, Match, Person

#: Who may say that two are one: what one of them bought is the other's from then on.
MAY_ANSWER: Final = "omni_sync.change_match"
JOINED: Final = "joined"
_ROOT: Final = Coalesce("merged_into", "pk")


@dataclass(frozen=True, slots=True)
class Side:
    """A row of a person as staff see it who were shown no code: initials, and where it comes from."""

    initials: str
    has_account: bool
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Something that points at the row, half of it hidden."""

    kind: str
    value: str
    source: str
    is_proved: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A match, and both of its sides."""

    match: Match
    sides: tuple[Side, Side]


class Matches(BackOffice, TemplateView):
    """Whom to ask about, the newest first; ``?of=joined`` shows who was joined."""

    template_name = "omni_sync/dashboard/matches.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        joined = self.request.GET.get("of") == JOINED
        page = newest_first(_matches(joined=joined), before=key_of(self.request.GET.get("before", "")))
        facts = {"page": page, "rows": _rows(page.rows), "joined": joined}
        return {**super().get_context_data(**kwargs), **facts, "may_answer": self.reader.has_perm(MAY_ANSWER)}


class Answer(BackOffice, View):
    """One human, two humans, or not one after all."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what the button says. Somebody who was faster is said so."""
        if not self.reader.has_perm(MAY_ANSWER):
            return HttpResponse(status=403)
        match = get_object_or_404(Match, pk=pk)
        try:
            with transaction.atomic():
                words = _answer(match, request.POST.get("say", ""), self.reader)
        except AnsweredBefore as before:
            words = gettext("Somebody has answered this already: %(state)s.") % {
                "state": Match.State(before.state).label
            }
        messages.info(request, words)
        of_joined = f"?of={JOINED}" if request.POST.get("say") == "part" else ""
        return redirect(reverse("lintas:matches") + of_joined)


def _answer(match: Match, said: str, by: Any) -> str:
    if said == "one":
        merge(person_ids=(match.left_id, match.right_id), by=by)
        return gettext("They are one person now. It can be undone under “Joined”.")
    if said == "two":
        dismiss(match_id=match.pk, by=by)
        return gettext("They stay two persons, and nobody is asked again.")
    if said == "part":
        undo(match_id=match.pk, by=by)
        if len(set(Person.objects.filter(pk__in=(match.left_id, match.right_id)).values_list(_ROOT, flat=True))) == 1:
            return gettext("They are one person still: other rows join them. Part those, too.")
        return gettext("They are parted, and won't be joined again by themselves.")
    return gettext("Nothing was changed.")


def _matches(*, joined: bool) -> QuerySet[Match]:
    return Match.objects.filter(state=Match.State.MERGED) if joined else Match.objects.open()


def _rows(matches: Iterable[Match]) -> list[Row]:
    """Three queries, however many they are."""
    ids = {person for match in matches for person in (match.left_id, match.right_id)}
    persons = Person.objects.in_bulk(sorted(ids))
    told: dict[int, list[Told]] = defaultdict(list)
    for one in Identifier.objects.filter(person__in=ids).order_by("kind", "pk"):
        label = str(Identifier.Kind(one.kind).label)
        told[one.person_id].append(Told(label, masked(one.kind, one.value), one.source, one.verified_at is not None))
    return [
        Row(match, (_side(persons, told, match.left_id), _side(persons, told, match.right_id))) for match in matches
    ]


def _side(persons: dict[int, Person], told: dict[int, list[Told]], pk: int) -> Side:
    person = persons[pk]
    return Side(initials(person.name), person.user_id is not None, tuple(told[pk]))
