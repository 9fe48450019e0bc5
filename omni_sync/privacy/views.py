"""A member's page of messages and data: what they allow, what we hold of them, and the way out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from omni_sync.design.private import private
from omni_sync.limits import Limit, caller
from omni_sync.people.account import person_of
from omni_sync.people.consent import Statement, answer, note
from omni_sync.people.exceptions import UnknownPurpose
from omni_sync.people.models import Consent, Person
from omni_sync.people.sizes.mine import members_own
from omni_sync.people.standing import consents_of
from omni_sync.people.wordings import OFFERED, PERSONALISATION
from omni_sync.privacy.ask import ask
from omni_sync.privacy.exceptions import PacketGone, StillOpen, WorksHere
from omni_sync.privacy.models import PrivacyRequest
from omni_sync.privacy.page import PURPOSES, page_of
from omni_sync.privacy.take import is_there, take_by_link, take_mine
from omni_sync.seal import seal, unseal

Kind = PrivacyRequest.Kind
WEB: Final = "web"
#: What this session has opened: the token of a letter's link, sealed.
LINKED: Final = "privacy_linked"
RECENT: Final = timedelta(minutes=10)
FILE: Final = "my-data.zip"
passwords: Final = Limit("forget-me", most=10, seconds=600)
looks: Final = Limit("packets", most=60, seconds=60)


@login_required
@require_safe
@private
def page(request: HttpRequest) -> HttpResponse:
    """All of it, on one page."""
    with transaction.atomic():
        facts = page_of(user=request.user)
    context = {"page": facts, "active_tab": "privacy", "page_title": gettext("Messages and data")}
    return render(request, "omni_sync/privacy/page.html", context)


@login_required
@require_POST
@private
def say(request: HttpRequest) -> HttpResponse:
    """Yes, or no more: one tap either way. What was never offered nor told can't be agreed to."""
    about = (request.POST.get("channel", ""), request.POST.get("purpose", ""))
    state = Consent.State.GRANTED if request.POST.get("state") == "granted" else Consent.State.WITHDRAWN
    try:
        with transaction.atomic():
            person = person_of(user=request.user)
            if about not in OFFERED and about not in consents_of(person):
                raise UnknownPurpose(about[1])
            _answer(person, about, state)
    except UnknownPurpose:
        messages.error(request, gettext("Nothing was changed."))
    else:
        if about[1] == PERSONALISATION:
            members_own.look(request, request.user.pk or 0)
        granted = state == Consent.State.GRANTED
        messages.success(request, gettext("Noted: you allow it.") if granted else gettext("Noted: no more of that."))
    return _to(request, "page")


@login_required
@require_POST
@private
def collect(request: HttpRequest) -> HttpResponse:
    """Let everything that is held of this member be put together."""
    with transaction.atomic():
        ask(person=person_of(user=request.user), kind=Kind.EXPORT, language=get_language() or "")
    return _to(request, "page", "#data")


@login_required
@require_POST
@private
def packet(request: HttpRequest, request_id: int) -> HttpResponse:
    """The file, once."""
    try:
        with transaction.atomic():
            body = take_mine(request_id=request_id, user_id=request.user.pk or 0)
    except PacketGone:
        return _gone(request)
    return _file(body)


@sensitive_variables("token")
@require_safe
@private
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """For who got the link in a letter: remember it, and go where the address says nothing. A look takes nothing."""
    if looks.refusal(caller(request)) is not None:
        return _gone(request, status=429)
    if not is_there(token=token):
        return _gone(request)
    request.session[LINKED] = seal(token).decode()
    response = redirect("privacy-linked")
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@private
def linked(request: HttpRequest) -> HttpResponse:
    """What the link opened; posted, the file, once."""
    token = unseal(request.session[LINKED].encode()) if LINKED in request.session else ""
    if request.method == "POST":
        try:
            with transaction.atomic():
                return _file(take_by_link(token=token))
        except PacketGone:
            return _gone(request)
    return render(request, "omni_sync/privacy/packet.html") if is_there(token=token) else _gone(request)


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@private
def forget_me(request: HttpRequest) -> HttpResponse:
    """What goes and what stays; posted with the password, it is done."""
    if request.method != "POST":
        return _forget_page(request)
    if passwords.refusal(str(request.user.pk)) is not None:
        return _forget_page(request, wrong=gettext("Too many tries. Wait ten minutes."), status=429)
    if not _is_really(request):
        return _forget_page(request, wrong=gettext("This is not your password."), status=422)
    try:
        with transaction.atomic():
            ask(person=person_of(user=request.user), kind=Kind.ERASURE, language=get_language() or "")
    except StillOpen as refusal:
        return _forget_page(request, orders=refusal.orders, status=409)
    except WorksHere:
        return _forget_page(request, works_here=True, status=409)
    goodbye = reverse("privacy:goodbye", current_app=_here(request))
    logout(request)
    return redirect(goodbye)


@require_safe
@private
def goodbye(request: HttpRequest) -> HttpResponse:
    """The last page."""
    return render(request, "omni_sync/privacy/goodbye.html")


def _answer(person: Person, about: tuple[str, str], state: Consent.State) -> None:
    """A no counts without words of ours, too: a till may have asked in its own."""
    if state == Consent.State.WITHDRAWN and about[1] not in PURPOSES:
        note(statements=[Statement(person.pk, *about, state, at=timezone.now())], source=WEB)
        return
    language = get_language() or ""
    answer(person=person, channel=about[0], purpose=about[1], state=state, language=language, source=WEB)


def _is_really(request: HttpRequest) -> bool:
    user: Any = request.user
    if user.has_usable_password():
        return bool(user.check_password(request.POST.get("password", "")))
    return bool(user.last_login and user.last_login > timezone.now() - RECENT)


def _forget_page(request: HttpRequest, *, status: int = 200, **facts: Any) -> HttpResponse:
    user: Any = request.user
    context: dict[str, Any] = {"page_title": gettext("Forget me"), "active_tab": "privacy"}
    context["needs_password"] = user.has_usable_password()
    return render(request, "omni_sync/privacy/forget.html", {**context, **facts}, status=status)


def _file(body: bytes) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{FILE}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(body, content_type="application/zip", headers=headers)


def _gone(request: HttpRequest, status: int = 404) -> HttpResponse:
    return render(request, "omni_sync/privacy/gone.html", status=status)


def _to(request: HttpRequest, name: str, part: str = "") -> HttpResponse:
    return redirect(reverse(f"privacy:{name}", current_app=_here(request)) + part)


def _here(request: HttpRequest) -> str:
    return request.resolver_match.namespace if request.resolver_match else ""
