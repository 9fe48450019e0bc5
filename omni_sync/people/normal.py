"""How identifiers are written, so that the same thing told twice is the same text. Each is its own normal form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import idna
import phonenumbers

from omni_sync.people.models import Identifier


def email(address: str) -> str:
    """The address with its letters folded and its domain as it goes over the wire (IDNA, UTS 46).

    In the mailbox no letter becomes an ASCII one that it was not: to a mail server a long s and an s are two persons'.
    """
    mailbox, at, domain = address.strip().rpartition("@")
    return f"{''.join(map(_folded, mailbox))}{at}{_domain(domain)}"


def phone(number: str) -> str:
    """The number in E.164 where it can be read (Indonesia's where it has no country), else as it was given."""
    try:
        parsed = phonenumbers.parse(number, "ID")
    except phonenumbers.NumberParseException:
        return number.strip()
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def phone_digits(number: str) -> list[str]:
    """The digits of a number as people write it: with its country's, with a nought or two before, or without."""
    try:
        parsed = phonenumbers.parse(number, "ID")
    except phonenumbers.NumberParseException:
        return []
    national = phonenumbers.national_significant_number(parsed)
    whole = f"{parsed.country_code}{national}"
    return [whole, f"00{whole}", f"0{national}", national, f"{parsed.country_code}0{national}"]


def loyalty(number: str) -> str:
    """The number of a card, whoever typed it."""
    return number.strip().upper()


def till(number: str) -> str:
    """The number as its till writes it: only that till compares it, some with case, and it is told back to it."""
    return number.strip()


_FORMS: Final[Mapping[str, Callable[[str], str]]] = {
    Identifier.Kind.EMAIL.value: email,
    Identifier.Kind.PHONE.value: phone,
    Identifier.Kind.LOYALTY.value: loyalty,
    Identifier.Kind.TILL.value: till,
}


def normal(kind: str, value: str) -> str:
    """``value`` as an identifier of this kind is kept; empty for one that says nothing."""
    return _FORMS[kind](value)


def _folded(letter: str) -> str:
    folded = letter.casefold()
    return letter if folded.isascii() and not letter.isascii() else folded


def _domain(domain: str) -> str:
    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError:  # no domain: then it is only compared
        return "".join(map(_folded, domain))
