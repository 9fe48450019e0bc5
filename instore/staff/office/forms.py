from __future__ import annotations

from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from instore.devices.models import Device, Kind
from instore.staff.exceptions import Weakness, WeakPin
from instore.staff.models import Associate, Role
from instore.staff.pins import LONGEST, check_pin
from instore.stores.models import Store

REFUSED: Final = {
    Weakness.NOT_DIGITS: _("A PIN has nothing but digits."),
    Weakness.TOO_SHORT: _("A PIN has at least six digits."),
    Weakness.TOO_LONG: _("A PIN has at most twelve digits."),
    Weakness.GUESSABLE: _("This is among the first that somebody would try. Take one without a pattern."),
}


class _OfStores(forms.Form):
    """A form that names one of the stores that its reader may see."""

    store = forms.ModelChoiceField(Store.objects.none(), label=_("Store"))

    def __init__(self, *args: Any, stores: QuerySet[Store], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["store"].queryset = stores  # type: ignore[attr-defined]


class InviteForm(_OfStores):
    """A code for one more device."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    name = forms.CharField(label=_("Name"), max_length=64, help_text=_("What people call it, such as “Till side”."))

    place = forms.CharField(
        label=_("Where in the store"),
        max_length=64,
        required=False,
        help_text=_("Where a shopper waits who asks there."),
    )

    field_order = ("store", "kind", "name", "place")

    def clean_kind(self) -> Kind:
        return Kind(self.cleaned_data["kind"])


class DeviceForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a device is called, and where it stands by now."""

    class Meta:
        model = Device
        fields = ("name", "place")


class AssignForm(_OfStores):
    """A store where somebody works, and as what."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class HireForm(AssignForm):
    """Somebody new."""

    display_name = forms.CharField(label=_("Name on the tablet"), max_length=64)
    till_id = forms.CharField(
        label=_("Number at the till"), max_length=64, required=False, help_text=_("As the till writes it on its sales.")
    )

    field_order = ("display_name", "till_id", "store", "role")


class NamesForm(forms.ModelForm):  # type: ignore[type-arg]
    """What somebody is called, here and at the till."""

    class Meta:
        model = Associate
        fields = ("display_name", "till_id")


class PinForm(forms.Form):
    """A PIN, typed twice by whom it belongs to."""

    pin = forms.CharField(
        label=_("New PIN"),
        strip=False,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": LONGEST}),
        help_text=_("Six to twelve digits. Let them type it themselves."),
    )
    again = forms.CharField(
        label=_("The same again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": LONGEST}),
    )

    def clean_pin(self) -> str:
        """A PIN that is not among the first to be tried."""
        pin = str(self.cleaned_data["pin"])
        try:
            check_pin(pin)
        except WeakPin as refusal:
            raise forms.ValidationError(REFUSED[refusal.why]) from refusal
        return pin

    def clean_again(self) -> str:
        """The same."""
        again = str(self.cleaned_data["again"])
        if "pin" in self.cleaned_data and again != self.cleaned_data["pin"]:
            raise forms.ValidationError(_("The two are not the same."))
        return again
