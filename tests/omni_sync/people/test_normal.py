"""How identifiers are written: each is its own normal form, and how it was typed does not matter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omni_sync.people.models import Identifier
from omni_sync.people.normal import normal

KINDS = st.sampled_from(Identifier.Kind.values)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
MAILBOXES = st.from_regex(r"[a-zA-Z0-9.+_-]{1,20}", fullmatch=True)
DOMAINS = st.from_regex(r"([a-zA-Z0-9]{1,10}\.){1,2}[a-zA-Z]{2,6}", fullmatch=True)
BLANKS = st.text(" \t\n", max_size=3)


@given(KINDS, TEXTS)
def test_what_is_normal_stays_as_it_is(kind, text):
    once = normal(kind, text)
    assert normal(kind, once) == once


@given(KINDS, TEXTS, BLANKS, BLANKS)
def test_blanks_around_it_say_nothing(kind, text, before, after):
    assert normal(kind, before + text + after) == normal(kind, text)


@given(MAILBOXES, DOMAINS)
def test_an_address_is_the_same_in_any_case(mailbox, domain):
    written = {f"{mailbox}@{domain}", f"{mailbox}@{domain}".upper(), f"{mailbox}@{domain}".lower()}
    assert len({normal("email", address) for address in written}) == 1


@given(st.integers(811, 819), st.from_regex(r"[0-9]{7,8}", fullmatch=True), st.sampled_from(["0", "+62", "+62 ", "62"]))
def test_a_phone_is_the_same_however_it_is_dialled(network, rest, prefix):
    dialled = f"{prefix}{network}-{rest[:4]} {rest[4:]}"
    assert normal("phone", dialled) == f"+62{network}{rest}"


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        ("email", " Sari@Example.COM ", "sari@example.com"),
        ("email", "sari@bücher.example", "sari@xn--bcher-kva.example"),
        ("email", "sari@BÜCHER.example", "sari@xn--bcher-kva.example"),
        ("email", "ÖRJAN@example.com", "örjan@example.com"),
        ("email", "no address", "no address"),
        ("email", "", ""),
        ("phone", "0812 3456 789", "+628123456789"),
        ("phone", "+44 20 7946 0958", "+442079460958"),
        ("phone", " call me ", "call me"),
        ("phone", "", ""),
        ("loyalty", " lk-7100 ", "LK-7100"),
        ("till", " cus_NffrFeUf ", "cus_NffrFeUf"),
    ],
)
def test_each_kind_has_one_form(kind, written, kept):
    assert normal(kind, written) == kept


def test_no_letter_becomes_somebody_elses():
    assert normal("email", "\N{LATIN SMALL LETTER LONG S}ari@example.com") != "sari@example.com"
    assert normal("email", "mi\N{KELVIN SIGN}e@example.com") != "mike@example.com"
    assert normal("email", "sari@stra\N{LATIN SMALL LETTER SHARP S}e.example") != "sari@strasse.example"
