"""Journeys, and words of messages, as snippets."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter  # type: ignore[import-untyped]
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from omni_sync.messages.journeys.models import Journey
from omni_sync.messages.wording.models import Wording
from shop.content.messages.forms import JourneyForm, WordingForm

ABOUT = "shop/content/messages/about.html"


class OnlyChanged(ModelPermissionPolicy):
    """What is neither made nor thrown away by anybody: it comes with what can happen."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in {"add", "delete"} and bool(super().user_has_permission(user, action))


class NeverDeleted(ModelPermissionPolicy):
    """What went out once can be read for ever."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and bool(super().user_has_permission(user, action))


class WordingFilter(WagtailFilterSet):
    """By what a marketer calls them: a language has a name."""

    language = ChoiceFilter(label=_("language"), choices=settings.LANGUAGES)

    class Meta:
        model = Wording
        fields = ["channel", "language", "variant"]


class Journeys(SnippetViewSet):
    model = Journey
    icon = "route"
    menu_label = _("Journeys")
    list_display = ("__str__", BooleanColumn("is_on", label=_("On"), sort_key="is_on"), "hold_out", "on_since")
    list_filter = ("is_on",)
    edit_handler = ObjectList(
        [
            HelpPanel(template=ABOUT, heading=_("In the dashboard")),
            FieldPanel("is_on"),
            FieldPanel("hold_out"),
            FieldPanel("seen"),
        ],
        base_form_class=JourneyForm,
    )


class Wordings(SnippetViewSet):
    model = Wording
    icon = "edit"
    menu_label = _("Words of messages")
    list_display = ("__str__", "title", "changed_at", BooleanColumn("is_live", label=_("Live")))
    filterset_class = WordingFilter
    edit_handler = ObjectList(
        [
            HelpPanel(template=ABOUT, heading=_("In the dashboard")),
            FieldPanel("step"),
            FieldRowPanel([FieldPanel("channel"), FieldPanel("language"), FieldPanel("variant")]),
            FieldPanel("title"),
            FieldPanel("text"),
            FieldPanel("seen"),
        ],
        base_form_class=WordingForm,
    )

    def get_queryset(self, request: Any) -> Any:
        return Wording.objects.select_related("step__journey", "live").order_by(
            "step", "channel", "variant", "language"
        )


def register_policies() -> None:
    """Before Wagtail asks who may do what with them."""
    register_permission_policy(Journey, OnlyChanged(Journey))
    register_permission_policy(Wording, NeverDeleted(Wording))


class Messages(SnippetViewSetGroup):
    items = (Journeys, Wordings)
    menu_label = _("Follow-up messages")
    menu_icon = "mail"
