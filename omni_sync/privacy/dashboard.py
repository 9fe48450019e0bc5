"""Who asked for their data or to be forgotten, and by when: for head office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from omni_sync.oscar.navigation import BackOffice
from omni_sync.privacy.ask import agree, register, take_back
from omni_sync.privacy.exceptions import StillOpen, WorksHere
from omni_sync.privacy.human import human_of, humans_at
from omni_sync.privacy.models import PrivacyRequest

ANSWERED: Final = 50
DIGITS: Final = 8
LOOK: Final = {"class": "form-control"}


class Register(forms.Form):
    """What somebody asked for by letter, by phone or at a counter."""

    kind = forms.ChoiceField(label=_("They want"), choices=PrivacyRequest.Kind.choices, widget=forms.Select(attrs=LOOK))
    contact = forms.CharField(
        label=_("Their e-mail address or phone number"), max_length=254, widget=forms.TextInput(attrs=LOOK)
    )
    reply_to = forms.EmailField(
        widget=forms.EmailInput(attrs=LOOK),
        label=_("E-mail address for the answer"),
        required=False,
        help_text=_("Where the link to their data goes; needed if they gave a phone number."),
    )

    def clean_contact(self) -> str:
        """An address, or a number long enough to be one person's."""
        contact = str(self.cleaned_data["contact"]).strip()
        if "@" in contact:
            validate_email(contact)
        elif sum(letter.isdigit() for letter in contact) < DIGITS:
            raise ValidationError(_("This is neither an e-mail address nor a phone number."))
        return contact

    def clean(self) -> dict[str, Any]:
        """The answer goes to the address they wrote from unless another is given."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        contact = cleaned.get("contact", "")
        if not cleaned.get("reply_to") and "@" in contact:
            cleaned["reply_to"] = contact
        if cleaned.get("kind") == PrivacyRequest.Kind.EXPORT and contact and not cleaned.get("reply_to"):
            self.add_error("reply_to", _("Where shall the link go?"))
        return cleaned


@dataclass(frozen=True, slots=True)
class Found:
    """How many rows of persons and accounts a request is about."""

    persons: int
    accounts: int


class PrivacyRequests(BackOffice, TemplateView):
    """The open requests, the one that is due next first, and the last ones that were answered."""

    template_name = "omni_sync/dashboard/privacy.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        done = PrivacyRequest.objects.exclude(done_at=None).select_related("noted_by").order_by("-done_at", "-pk")
        open_still = PrivacyRequest.objects.open().select_related("noted_by", "person")
        context = {
            "open": list(open_still),
            "done": list(done[:ANSWERED]),
            "form": kwargs.pop("form", None) or Register(),
        }
        return {**super().get_context_data(**kwargs), **context}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Write down what somebody asked for: their days are counted from now."""
        form = Register(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        told = form.cleaned_data
        with transaction.atomic():
            noted = register(**told, language=get_language() or "", by=self.reader)
        messages.success(request, gettext("Noted. Look who it is, then let it be done."))
        return redirect("lintas-privacy:request", pk=noted.pk)


class PrivacyRequestPage(BackOffice, TemplateView):
    """One open request, whom it is about, and the word that lets it be done."""

    template_name = "omni_sync/dashboard/privacy_request.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = PrivacyRequest.objects.select_related("person", "noted_by").filter(pk=self.kwargs["pk"]).first()
        if asked is None:
            raise Http404
        return {**super().get_context_data(**kwargs), "asked": asked, "found": _found(asked)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let it be done, or put it aside."""
        pk, here = self.kwargs["pk"], reverse("lintas-privacy:request", args=[self.kwargs["pk"]])
        try:
            with transaction.atomic():
                if request.POST.get("do") == "take-back":
                    take_back(request_id=pk)
                else:
                    agree(request_id=pk)
        except PrivacyRequest.DoesNotExist:
            messages.info(request, gettext("This is done already."))
        except StillOpen as refusal:
            words = gettext("Not yet: %(orders)s is not over.") % {"orders": ", ".join(refusal.orders)}
            messages.error(request, words)
        except WorksHere:
            messages.error(request, gettext("This is an account of a member of staff. Take their rights away first."))
        return redirect(here)


def _found(asked: PrivacyRequest) -> Found | None:
    if asked.done_at:
        return None
    with transaction.atomic():
        human = human_of(asked.person) if asked.person else humans_at(asked.contact)
    return Found(len(human.person_ids), len(human.user_ids))
