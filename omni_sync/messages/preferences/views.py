"""A member's page of what they hear from us: by which way, when, and what it was and why."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from omni_sync.design.private import private
from omni_sync.messages.preferences.choose import allow, choose
from omni_sync.messages.preferences.exceptions import NotOffered
from omni_sync.messages.preferences.forms import PreferenceForm
from omni_sync.messages.preferences.page import own_preference, page_of
from omni_sync.people.account import person_of
from omni_sync.people.models import Person


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@private
def page(request: HttpRequest) -> HttpResponse:
    """All of it; posted, it keeps language and hours."""
    with transaction.atomic():
        person = person_of(user=request.user)
        if request.method != "POST":
            return _shown(request, person, PreferenceForm(instance=own_preference(person)))
        form = PreferenceForm(request.POST)
        if not form.is_valid():
            return _shown(request, person, form, status=422)
        choose(person=person, **form.cleaned_data)
    messages.success(request, gettext("Saved."))
    return _back(request)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@private
def say(request: HttpRequest) -> HttpResponse:
    """Yes, or no more, by one channel: one tap either way; who only looks is led to the page."""
    if request.method != "POST":
        return _back(request)
    is_allowed = request.POST.get("state") == "granted"
    channel, language = request.POST.get("channel", ""), get_language() or ""
    try:
        with transaction.atomic():
            allow(person=person_of(user=request.user), channel=channel, is_allowed=is_allowed, language=language)
    except NotOffered:
        messages.error(request, gettext("Nothing was changed."))
    else:
        messages.success(request, gettext("Noted: you allow it.") if is_allowed else gettext("Noted: no more of that."))
    return _back(request)


def _shown(request: HttpRequest, person: Person, form: PreferenceForm, *, status: int = 200) -> HttpResponse:
    facts = page_of(person=person)
    context: dict[str, Any] = {"page": facts, "form": form, "active_tab": "my-messages"}
    context["page_title"] = gettext("What you hear from us")
    with timezone.override(facts.zone):
        return render(request, "omni_sync/messages/preferences.html", context, status=status)


def _back(request: HttpRequest) -> HttpResponse:
    here = request.resolver_match.namespace if request.resolver_match else ""
    return redirect(reverse("my-messages:page", current_app=here))
