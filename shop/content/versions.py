"""Blocks in one language, for what is not a page of its own in each."""

import json
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ChoiceBlock, StructBlock

from shop.content.blocks.body import BodyBlock


def languages() -> list[tuple[str, str]]:
    """Those of the shop."""
    return [(code, str(name)) for code, name in settings.LANGUAGES]


class VersionBlock(StructBlock):
    """One language and what is said in it."""

    language = ChoiceBlock(label=_("language"), choices=languages, default=settings.LANGUAGE_CODE)
    body = BodyBlock(label=_("body"))

    class Meta:
        icon = "globe"
        label = _("In one language")
        label_format = "{language}"


Versions = tuple[tuple[str, str], ...]


def versions_of(body: Any) -> Versions:
    """Each language with its body as it is kept (see ``show.kept``), in the order they stand."""
    told = (item["value"] for item in body.raw_data)
    return tuple((one["language"], json.dumps(one["body"], cls=DjangoJSONEncoder)) for one in told if one["body"])


def best_version(versions: Versions, language: str) -> str:
    """That for ``language``; without one the shop's first language's, else the first there is; else nothing."""
    told = dict(reversed(versions))
    return told.get(language) or told.get(settings.LANGUAGE_CODE) or (versions[0][1] if versions else "")
