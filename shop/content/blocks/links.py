"""A link: to a page, to a place of the shop, to a category, or to an address."""

from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, PageChooserBlock, StructBlock, StructBlockValidationError

from shop.content.blocks.choosing import CategoryChooserBlock
from shop.content.blocks.found import Found

#: The places of the shop that are no pages of an editor's.
PLACES: Final = {
    "everything": ("shop-shelf", _("Everything")),
    "stores": ("shop-stores", _("Shops")),
    "account": ("customer:summary", _("Account")),
    "basket": ("basket:summary", _("Your basket")),
}
TARGETS: Final = ("page", "place", "category", "address")


@dataclass(frozen=True, slots=True)
class Link:
    """Where it leads and what it says; ``language`` is said where the page is not in the reader's."""

    url: str
    text: str
    language: str = ""


class LinkBlock(StructBlock):
    """One target, and words for it; a page and a category have words of their own."""

    text = CharBlock(label=_("words"), max_length=60, required=False)
    page = PageChooserBlock(label=_("page"), required=False)
    place = ChoiceBlock(
        label=_("place of the shop"), required=False, choices=[(key, name) for key, (_view, name) in PLACES.items()]
    )
    category = CategoryChooserBlock(label=_("category"), required=False)
    address = CharBlock(
        label=_("address"),
        required=False,
        validators=[RegexValidator(r"^(https?://|/(?!/)|mailto:|tel:)\S+$|^/$", _("Begin with https:// or with /."))],
        help_text=_("https://… or a path of this shop"),
    )

    class Meta:
        icon = "link"
        label = _("link")
        label_format = "{text}"
        required = True

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        targets = [key for key in TARGETS if cleaned.get(key)]
        if len(targets) > 1:
            wrong = ValidationError(_("One target only: a page, a place, a category or an address."))
            raise StructBlockValidationError(block_errors=dict.fromkeys(targets[1:], wrong))
        if not targets and (cleaned.get("text") or self.meta.required):
            raise StructBlockValidationError(block_errors={"page": ValidationError(_("Where does it lead?"))})
        if targets == ["address"] and not cleaned.get("text"):
            raise StructBlockValidationError(block_errors={"text": ValidationError(_("An address needs words."))})
        return cleaned


def link_of(value: dict[str, Any] | None, found: Found) -> Link | None:
    """The link as it is kept, for ``found.language``; None where it leads nowhere, or no longer."""
    if not value:
        return None
    text = value.get("text") or ""
    if value.get("page"):
        page = found.pages.get(value["page"])
        other = page.language if page and page.language != found.language else ""
        return Link(page.url(found.language), text or page.title, other) if page else None
    if value.get("category"):
        shelf = found.shelves.get(value["category"])
        return Link(shelf.url, text or shelf.name) if shelf else None
    if value.get("place") in PLACES:
        view, name = PLACES[value["place"]]
        with translation.override(found.language):
            return Link(reverse(view), text or str(name))
    return Link(value["address"], text) if value.get("address") else None
