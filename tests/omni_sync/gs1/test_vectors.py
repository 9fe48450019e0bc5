"""The collected vectors of GS1's own engine: those beside the checkout, in full."""

import json
import re
from functools import cache
from pathlib import Path

import pytest
from biip.checksums import gs1_standard_check_digit

from omni_sync.catalogue.exceptions import InvalidGtin
from omni_sync.catalogue.gtin import check_digit, normalise
from omni_sync.gs1.elements import bracketed, parse_elements
from omni_sync.gs1.exceptions import InvalidGs1
from omni_sync.gs1.link import CANONICAL, link_of, parse_link
from omni_sync.gs1.said import Item, Text, read

#: Those that do not apply, and why.
LEFT_OUT = {
    "compression": "links compressed as of 2018 are read by nobody any more (Resolver 1.2: MAY): no Digital Links here",
    "resolver": "asked of the resolver itself, in tests/kiosk/links",
    "linkset": "asked of the resolver itself, in tests/kiosk/links",
}


@cache
def read_vectors(path):
    return json.loads(Path(path).read_text())


@pytest.fixture
def vectors(root):
    path = root.parent / "shared" / "standards" / "gs1_vectors.json"
    if not path.is_file():
        pytest.skip("the collected vectors of the standard are not beside this checkout")
    return read_vectors(path)


def test_every_kind_of_vector_is_asked_or_left_out_for_a_reason(vectors):
    asked = {"meta", "parse", "generate", "gtin", "check_digit", "scan", "biip_differs"}
    assert set(vectors) == asked | set(LEFT_OUT)


def test_links_are_read_as_the_engine_reads_them(vectors):
    for vector in vectors["parse"]:
        lenient = vector["id"].startswith("legacy")
        if not vector["valid"]:
            with pytest.raises(InvalidGs1):
                parse_link(vector["in"], lenient=lenient)
            continue
        link = parse_link(vector["in"], lenient=lenient)
        assert [list(element) for element in link.elements] == vector["ais"], vector["id"]
        assert bracketed(link.elements) == vector["ai"]
        assert list(link.ignored) == vector["ignored_query"]
        assert link_of(link.elements) == vector["engine_uri"]


def test_links_are_made_as_the_engine_makes_them(vectors):
    for vector in vectors["generate"]:
        elements = parse_elements(vector["ai"])
        if vector["uri"] is None:
            with pytest.raises(InvalidGs1):
                link_of(elements)
        else:
            assert link_of(elements, stem=vector["stem"] or CANONICAL) == vector["uri"]


def test_trade_numbers_are_those_they_should_be(vectors):
    for vector in vectors["gtin"]:
        if vector["valid"]:
            assert normalise(vector["in"]) == vector["gtin14"]
            assert read(vector["in"]).gtin == vector["gtin14"]
        else:
            with pytest.raises(InvalidGtin):
                normalise(vector["in"])


def test_check_digits_are_those_they_should_be(vectors):
    for vector in vectors["check_digit"]:
        assert gs1_standard_check_digit(vector["body"]) == vector["check"]
        if len(vector["body"]) in {7, 11, 12, 13}:
            assert check_digit(vector["body"]) == vector["check"]


def test_scans_say_what_the_engine_says(vectors):
    for vector in vectors["scan"]:
        found = read(vector["scan"].replace("<GS>", "\x1d"))
        if "error" in vector:  # the engine knows no more than GS1's own symbols; a shop has others, and they are texts
            assert isinstance(found, Text)
        elif vector["ai"]:
            assert bracketed(found.elements) == vector["ai"]
        else:
            assert found == Item(vector["data"].zfill(14), (("01", vector["data"].zfill(14)),))


def test_where_biip_is_too_kind_we_are_not(vectors):
    for vector in vectors["biip_differs"]:
        if vector["engine"].startswith("accept"):
            assert parse_link(vector["uri"])
        else:
            with pytest.raises(InvalidGs1):
                parse_link(vector["uri"])


def test_compressed_links_are_none(vectors):
    for vector in vectors["compression"]:
        assert re.match(r"https?://", vector["compressed"]) or vector["compressed"].startswith("/")
        with pytest.raises(InvalidGs1):
            parse_link(vector["compressed"])
