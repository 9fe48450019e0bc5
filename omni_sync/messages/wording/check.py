"""Whether what a marketer wrote can be sent: one check, whichever page it was written on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from omni_sync import conf
from omni_sync.messages.models import Channel
from omni_sync.messages.wording.placeholders import UNSEEN, has_loose_braces, known_names, strange_names

LONGEST_TITLE: Final = 120
#: Characters; of a note no more than people read, and providers take.
LONGEST: Final = {Channel.EMAIL: 5000, Channel.SMS: 459, Channel.WHATSAPP: 1024, Channel.PUSH: 240}
#: These show the title apart.
TITLED: Final = (Channel.EMAIL, Channel.PUSH, Channel.WHATSAPP)
ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]*:/{1,2}\S*", re.IGNORECASE)


def check_words(*, trigger: str, channel: str, title: str, text: str, offer: str = "") -> None:
    """Raises ValidationError with everything that is wrong, by field."""
    wrong = {"title": _of_title(title, channel), "text": _of_text(text, channel)}
    known = names_for(trigger, channel, offer)
    for field, words in (("title", title), ("text", text)):
        wrong[field] += _of_names(words, known, channel)
    if any(wrong.values()):
        raise ValidationError({field: said for field, said in wrong.items() if said})


def own_address(address: str) -> bool:
    """Whether it leads to this shop and nowhere else, as safely as the shop itself is reached."""
    own = urlsplit(conf.base_url())
    try:
        said = urlsplit(address)
    except ValueError:  # no address at all: "https://["
        return False
    return (said.scheme, said.netloc) == (own.scheme, own.netloc)


def _of_title(title: str, channel: str) -> list[str]:
    if UNSEEN.search(title):
        return [_("This is one line, without characters that nobody sees.")]
    if channel in TITLED and not title.strip():
        return [_("Write a subject: it is what people see first.")]
    return [_("Links stand in the text.")] if ADDRESS.search(title) or "{link}" in title else []


def _of_text(text: str, channel: str) -> list[str]:
    if not text.strip():
        return [_("Write what it says.")]
    wrong = []
    longest = LONGEST.get(Channel(channel), LONGEST[Channel.EMAIL])
    if len(text) > longest:
        said = {"longest": longest, "count": len(text)}
        wrong.append(_("At most %(longest)s characters; these are %(count)s.") % said)
    if UNSEEN.search(text.replace("\r\n", "").replace("\n", "").replace("\t", "")):
        wrong.append(_("There are characters in it that nobody sees."))
    strangers = [address for address in ADDRESS.findall(text) if "{" in address or not own_address(_bare(address))]
    if strangers:
        wrong.append(
            _("Links lead to this shop only: write {link}, or an address that begins with %(shop)s/. Not so: %(what)s")
            % {"shop": conf.base_url(), "what": ", ".join(strangers)}
        )
    return wrong


def _of_names(words: str, names: Mapping[str, str], channel: str) -> list[str]:
    known = [f"{{{name}}}" for name in names]
    strange = [f"{{{name}}}" for name in strange_names(words, names)]
    if channel != Channel.EMAIL and "{link}" in words:
        return [_("The link is added by itself: leave {link} out.")]
    if strange:
        said = {"strange": ", ".join(strange), "known": ", ".join(known)}
        return [_("There is nothing called %(strange)s here. What can stand in braces: %(known)s") % said]
    if has_loose_braces(words):
        return [_("A brace is open or closed alone. What can stand in braces: %(known)s") % {"known": ", ".join(known)}]
    return []


def names_for(trigger: str, channel: str, offer: str = "") -> dict[str, str]:
    """What may stand in braces there, with examples: a note's link is added by itself."""
    known = known_names(trigger, offer=offer)
    return known if channel == Channel.EMAIL else {name: said for name, said in known.items() if name != "link"}


def _bare(address: str) -> str:
    """An address in a sentence, without the sentence's end."""
    return address.rstrip(".,;:!?)\"'")
