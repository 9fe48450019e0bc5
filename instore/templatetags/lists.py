"""``{% load lists %}``: for pages of an owner's list."""

from dataclasses import dataclass

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.debug import sensitive_variables

from instore.lists.shown import Said, said_of
from omni_sync.design.qr import qr_svg
from omni_sync.lists.share import token_of
from omni_sync.oscar.models import WishLine, WishList

register = template.Library()


@dataclass(frozen=True, slots=True)
class Link:
    """The whole address, and the same as a QR."""

    url: str
    qr: SafeString


@register.simple_tag(takes_context=True)
@sensitive_variables()
def list_link(context: Context, wishlist: WishList) -> Link | None:
    """``{% list_link wishlist as link %}``: what shows it to others; None where it is not shown by a link."""
    token = token_of(wishlist_id=wishlist.pk)
    if not token:
        return None
    url = context["request"].build_absolute_uri(reverse("lists:open", args=[token]))
    return Link(url, qr_svg(url))


@register.filter
def said(line: WishLine) -> Said | None:
    """``{{ line|said }}``, for ``instore/lists/parts/said.html``: who put it there and why; None for nobody."""
    return said_of(line)
