"""A header, a footer or a notice before it is saved: a page with it, and nothing remembered."""

import json
from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import translation

from shop.content.blocks.show import kept
from shop.content.frame.models import Part
from shop.content.frame.read import Frame, frame_from
from shop.storefront.memory import forget


def frame_preview(part: Part, request: HttpRequest) -> TemplateResponse:
    """A page of the shop in the part's language, with that part alone."""
    forget(request)
    language = part.locale.language_code
    with translation.override(language):
        request._frame = _frame(part, language)  # type: ignore[attr-defined]
        return TemplateResponse(request, "shop/content/preview.html", {"part": part}).render()  # type: ignore[return-value]


def _frame(part: Part, language: str) -> Frame:
    values: dict[str, Any] = {"id": part.pk or 0}
    for field in part._meta.concrete_fields:
        value = getattr(part, field.attname)
        values[field.attname] = json.loads(kept(value) or "[]") if hasattr(value, "raw_data") else value
    return frame_from([(part._meta.model_name or "", values)], language)
