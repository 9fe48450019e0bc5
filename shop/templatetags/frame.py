"""``{% load frame %}``: what stands around every page of the shop."""

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.safestring import SafeString

from shop.content.frame.closing import closed_by
from shop.content.frame.read import Frame, NoticeLine, frame_of, notices_on
from shop.content.sharing import Sharing, sharing_of

register = template.Library()


@register.simple_tag(takes_context=True)
def sharing(context: Context) -> Sharing | None:
    """``{% sharing as here %}``: what other sites are told of this page; None without a request."""
    request: HttpRequest | None = context.get("request")
    return sharing_of(request) if request else None


@register.simple_tag(takes_context=True)
def site_frame(context: Context) -> Frame:
    """``{% site_frame as frame %}``: the header, the footer and the notices in the reader's language."""
    request: HttpRequest | None = context.get("request")
    return frame_of(request) if request else Frame()


@register.simple_tag(takes_context=True)
def site_notices(context: Context, frame: Frame) -> tuple[NoticeLine, ...]:
    """``{% site_notices frame as notices %}``: those whose time it is and that this reader did not close."""
    request: HttpRequest | None = context.get("request")
    return notices_on(frame, closed=closed_by(request) if request else ())


@register.simple_tag(takes_context=True)
def words_of_block(context: Context, name: str) -> SafeString:
    """``{% words_of_block "title" %}``: what this page writes into that block, said a second time.

    Django lets a block stand once; a page's title stands in its head and is what it is shared under.
    """
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    return SafeString(" ".join(block.render(context).split()) if block else "")
