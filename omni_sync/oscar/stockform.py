"""Oscar's dashboard form of a stock record: a changed number is a count, everything else leaves stock alone (R5)."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from omni_sync.stock.count import count

if TYPE_CHECKING:
    from oscar.apps.dashboard.catalogue.forms import StockRecordForm
else:
    StockRecordForm = object

NUMBER = "num_in_stock"


class CountedStock(StockRecordForm):
    """Sends the number it was rendered with along, hidden, and compares with that instead of with today's stock."""

    def __init__(self, product_class: Any, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(product_class, user, *args, **kwargs)
        self._is_new = self.instance.pk is None
        if NUMBER in self.fields:
            self.fields[NUMBER].show_hidden_initial = True
            self.fields[NUMBER].help_text = _ledger_of(self.instance.pk)

    def clean(self) -> Any:
        """Refuse a new number from a page that doesn't say which number it showed: it may be days old."""
        cleaned = super().clean()
        posted = self.cleaned_data.get(NUMBER, self.instance.num_in_stock)
        if posted != self.instance.num_in_stock and not self._knows_what_was_shown():
            self.add_error(NUMBER, _("This page does not say which number it showed. Load it again, then count."))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """Save all but the number, then count it if it was changed: now, by this user."""
        with transaction.atomic():
            return super().save(commit=commit)

    def _post_clean(self) -> None:
        before = self.instance.num_in_stock
        super()._post_clean()  # type: ignore[misc]
        self.instance.num_in_stock = before

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]
        if self._is_count():
            count(stockrecord=self.instance, quantity=self.cleaned_data[NUMBER], by=self.user)
            self.instance.refresh_from_db(fields=[NUMBER, "num_allocated"])

    def _is_count(self) -> bool:
        return (
            NUMBER in self.changed_data and self.cleaned_data.get(NUMBER) is not None and self._knows_what_was_shown()
        )

    def _knows_what_was_shown(self) -> bool:
        return self._is_new or self[NUMBER].html_initial_name in self.data


def _ledger_of(record: int | None) -> str:
    """The way to the movements behind a record's number; nothing where there is none, or no page for them."""
    with suppress(NoReverseMatch):
        if record:
            return format_html('<a href="{}">{}</a>', reverse("lintas:ledger", args=[record]), gettext("Ledger"))
    return ""
