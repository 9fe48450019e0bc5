"""Name a list, and say who may see it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from omni_sync.lists.share import share

WishList = get_model("wishlists", "WishList")
MOST = 20


class ListForm(forms.ModelForm):  # type: ignore[type-arg]
    """A list of ``user``'s; the people named may see it once they sign in with that address."""

    name = forms.CharField(label=_("Name of the list"), max_length=255)
    visibility = forms.ChoiceField(
        label=_("Who may see it"),
        choices=[
            (WishList.PRIVATE, _("Only you, and our staff when you ask them")),
            (WishList.SHARED, _("Only the people you name")),
            (WishList.PUBLIC, _("Everybody who has the link")),
        ],
        widget=forms.RadioSelect,
        initial=WishList.PRIVATE,
    )
    people = forms.CharField(
        label=_("Their e-mail addresses"),
        help_text=_("One on each line. They sign in with that address to see the list."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=6000,
    )

    class Meta:
        model = WishList
        fields = ("name", "visibility")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.owner = user
        if self.instance.pk:
            named = self.instance.shared_emails.order_by("pk").values_list("email", flat=True)
            self.initial["people"] = "\n".join(named)

    def clean_people(self) -> list[str]:
        """The addresses, each once. Raises ValidationError with the first that is none, or for too many."""
        named = list(dict.fromkeys(self.cleaned_data["people"].replace(",", " ").split()))
        if len(named) > MOST:
            raise ValidationError(_("No more than %(most)s people, please."), params={"most": MOST})
        for address in named:
            try:
                validate_email(address)
            except ValidationError:
                raise ValidationError(
                    _("“%(address)s” is not an e-mail address."), params={"address": address}
                ) from None
        return named

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("visibility") == WishList.SHARED and cleaned.get("people") == []:
            self.add_error("people", _("Name at least one person."))
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> Any:
        saved = super().save()
        if saved.visibility == WishList.PUBLIC:
            share(wishlist_id=saved.pk)
        wanted = self.cleaned_data["people"]
        saved.shared_emails.exclude(email__in=wanted).delete()
        there = set(saved.shared_emails.values_list("email", flat=True))
        for address in wanted:
            if address not in there:
                saved.shared_emails.create(email=address)
        return saved
