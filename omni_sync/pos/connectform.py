"""The forms that make a connection, and say for which stores it speaks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from omni_sync.oscar.models import Partner
from omni_sync.pos.adapters import adapters
from omni_sync.pos.connections import connect
from omni_sync.pos.models import Connection


class _Exists(Exception):
    """Somebody was faster with that name."""


class ConnectForm(forms.Form):
    """A new connection."""

    name = forms.SlugField(
        label=_("Name"),
        max_length=48,
        help_text=_("Letters, digits and hyphens, such as menteng-till. It becomes part of the till's address."),
    )
    adapter = forms.ChoiceField(label=_("Adapter"), help_text=_("The till system it speaks with."))
    stores = forms.ModelMultipleChoiceField(
        Partner.objects.order_by("name"),
        label=_("Stores"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("It speaks only for these. What its till calls them can be said later."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = sorted(adapters(), key=lambda name: (name != "native", name))
        self.fields["adapter"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]

    def connect(self) -> tuple[Connection, str] | None:
        """Make it; the connection and its secret. None, with an error on the form, when the name is taken."""
        facts = self.cleaned_data
        codes = [store.code for store in facts["stores"]]
        try:
            with transaction.atomic():
                made, secret = connect(name=facts["name"], adapter=facts["adapter"], stores=codes)
                if secret is None:
                    raise _Exists
        except _Exists:
            self.add_error("name", _("There is a connection of this name already."))
            return None
        return made, secret


class MapForm(forms.Form):
    """One more store for a connection."""

    store = forms.ModelChoiceField(Partner.objects.none(), label=_("Store"))
    code = forms.CharField(label=_("The till calls it"), max_length=128)

    def __init__(self, *args: Any, connection: Connection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left = Partner.objects.exclude(pk__in=connection.store_map.values("store")).order_by("name")
        self.fields["store"].queryset = left  # type: ignore[attr-defined]

    @property
    def has_stores(self) -> bool:
        """There is a store that the connection does not speak for."""
        return self.is_bound or self.fields["store"].queryset.exists()  # type: ignore[attr-defined]
