from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.translation import gettext_lazy as _

from instore.stores.language import language_of_country
from instore.stores.models import Store
from kiosk.labels import queries
from kiosk.labels.begin import MOST
from kiosk.labels.exceptions import UnreadableList
from kiosk.labels.models import PrintRun
from kiosk.labels.numbers import LARGEST, numbers_in, numbers_of
from kiosk.labels.queries import Found
from omni_sync.oscar.models import Category

PLAIN: Final = "form-control no-widget-init"  # Oscar's script would make a narrow box of it
UNREADABLE: Final = _("This is no list of at most %(most)s numbers, one a line.")


class Source(models.TextChoices):
    CHANGED = "changed", _("What changed since the last print")
    CATEGORY = "category", _("A category")
    NUMBERS = "numbers", _("These goods")
    FILE = "file", _("A file")
    ALL = "all", _("Everything in the shop")


class _Categories(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{'- ' * (obj.depth - 1)}{obj.name}"


class PrintForm(forms.Form):
    """Which labels, and on what paper."""

    source = forms.ChoiceField(label=_("Which labels"), choices=Source.choices, widget=forms.RadioSelect)
    category = _Categories(
        Category.objects.none(), label=_("Category"), required=False, help_text=_("With all that is below it.")
    )
    numbers = forms.CharField(
        label=_("SKUs or barcode numbers"),
        required=False,
        max_length=LARGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line."),
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("Text or CSV: one number a line, or a column with the heading “sku” or “gtin”."),
    )
    paper = forms.ChoiceField(label=_("Format"), choices=PrintRun.Paper.choices)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, store: Store, **kwargs: Any) -> None:
        kwargs["label_suffix"] = ""
        kwargs["initial"] = {
            "source": Source.CHANGED,
            "language": language_of_country(store.country_code),
            **kwargs.get("initial", {}),
        }
        super().__init__(*args, **kwargs)
        self.store = store
        for name in ("category", "numbers", "paper", "language"):
            self.fields[name].widget.attrs["class"] = PLAIN
        self.fields["category"].queryset = Category.objects.order_by("path")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What the chosen source needs is there."""
        said = super().clean() or self.cleaned_data
        source = said.get("source")
        if source in (Source.CATEGORY, Source.FILE, Source.NUMBERS) and source not in self.errors:
            self._read(Source(source), said)
        return said

    def found(self) -> Found:
        """The labels that were asked for."""
        said, store = self.cleaned_data, self.store.pk
        if said["source"] == Source.CHANGED:
            return queries.of_queue(store)
        if said["source"] == Source.CATEGORY:
            return queries.of_category(store, said["category"].pk)
        return queries.of_store(store) if said["source"] == Source.ALL else queries.of_numbers(store, said["listed"])

    def _read(self, source: Source, said: dict[str, Any]) -> None:
        if not said.get(source):
            self.add_error(source, self.fields[source].error_messages["required"])
            return
        try:
            if source == Source.FILE:
                said["listed"] = _listed(said["file"])
            elif source == Source.NUMBERS:
                said["listed"] = numbers_in(said["numbers"])
        except UnreadableList:
            self.add_error(source, UNREADABLE % {"most": MOST})


def _listed(upload: UploadedFile[Any]) -> list[str]:
    if (upload.size or 0) > LARGEST:
        raise UnreadableList
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "numbers"
        path.write_bytes(upload.read())
        return numbers_of(path)
