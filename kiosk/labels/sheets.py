"""Sheets of labels as PDF. WeasyPrint lays out some pages at a time, so that a long run takes no more memory."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext

from instore.stores.models import Store
from kiosk.labels.drawn import drawn
from kiosk.labels.formats import FORMATS, Format
from kiosk.labels.says import Label
from omni_sync.design.paper import laid_out

PORTION: Final = 100  # labels, or the pages that they begin


def sheets(labels: Sequence[Label], *, store: Store, paper: str, language: str, at: datetime) -> bytes:
    """The PDF of ``labels`` in their order, on ``paper``, in ``language``, dated ``at`` by the store's clock.

    Raises NoPaper where the machine cannot draw.
    """
    from pypdf import PdfReader, PdfWriter

    joined = PdfWriter()
    for html in pages(labels, store=store, paper=paper, language=language, at=at):
        joined.append(PdfReader(io.BytesIO(printed(html))), import_outline=False)
    with translation.override(language):
        joined.add_metadata({"/Title": gettext("Shelf labels: %(store)s") % {"store": store}})
    out = io.BytesIO()
    joined.write(out)
    return out.getvalue()


def pages(labels: Sequence[Label], *, store: Store, paper: str, language: str, at: datetime) -> Iterator[str]:
    """The HTML of some pages at a time."""
    form = FORMATS[paper]
    portion = max(PORTION // form.per_page, 1) * form.per_page
    with translation.override(language), timezone.override(_zone(store)):
        day = timezone.localtime(at)
        for start in range(0, len(labels), portion):
            yield _html(labels[start : start + portion], form=form, store=store, language=language, day=day)


def printed(html: str) -> bytes:
    """One HTML document as PDF; nothing that it might name is fetched. Raises NoPaper."""
    pdf: bytes = laid_out(html).write_pdf()
    return pdf


def _html(labels: Sequence[Label], *, form: Format, store: Store, language: str, day: datetime) -> str:
    shown = [drawn(label, form=form, store=store, language=language) for label in labels]
    sheet = [
        [(form.place(number), label) for number, label in enumerate(shown[start : start + form.per_page])]
        for start in range(0, len(shown), form.per_page)
    ]
    facts = {"form": form, "sheets": sheet, "language": language, "day": day, "store": store}
    with translation.override(language):
        return render_to_string("kiosk/labels/sheets.html", facts)


def _zone(store: Store) -> ZoneInfo | None:
    location = getattr(store.partner, "location", None)
    return ZoneInfo(location.timezone) if location else None
