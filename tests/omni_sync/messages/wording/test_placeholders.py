"""Names in braces: a closed list, filled in once, whatever is put in their place."""

import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from omni_sync.messages.wording.check import check_words, own_address
from omni_sync.messages.wording.chosen import said_by
from omni_sync.messages.wording.html import html_of
from omni_sync.messages.wording.placeholders import filled, known_names

NAMES = st.sampled_from(["what", "name", "link"])
ANYTHING = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60)
PLAIN = st.text(alphabet=st.characters(exclude_characters="{}", exclude_categories=["Cs"]), max_size=20)


@pytest.fixture(autouse=True)
def the_shop(settings):
    settings.BASE_URL = "https://shop.example"


def wrong(title="News", text="Look: {what}", channel="email"):
    with pytest.raises(ValidationError) as refusal:
        check_words(trigger="nothing_knows_it", channel=channel, title=title, text=text)
    return refusal.value.message_dict


def fine(title="News", text="Look: {what}", channel="email"):
    check_words(trigger="nothing_knows_it", channel=channel, title=title, text=text)


@given(st.lists(st.tuples(PLAIN, NAMES), max_size=5), ANYTHING, ANYTHING)
def test_what_a_fact_says_is_never_read_as_a_name(parts, what, name):
    words = "".join(f"{plain}{{{place}}}" for plain, place in parts)
    facts = {"what": what, "name": name, "link": "{name}"}
    made = filled(words, facts)
    used = {place for _, place in parts}
    shown = {place: " ".join(re.sub(r"\s", " ", fact).split()) for place, fact in facts.items()}
    if made is None:
        assert used
    elif not used & {"what", "name"}:
        assert made == "".join(plain + shown[place] for plain, place in parts)
    assert (
        made is None
        or "\n" not in made.replace("".join(plain for plain, _ in parts), "")
        or any("\n" in plain for plain, _ in parts)
    )


def test_a_thing_with_braces_in_its_name_stays_as_it_is():
    assert filled("{what} for {name}", {"what": "{name} & {{ x }} {% y %}", "name": "Sari"}) == (
        "{name} & {{ x }} {% y %} for Sari"
    )


def test_a_name_of_several_lines_makes_no_line_of_its_own():
    assert filled("{what}!", {"what": "a\r\nBcc: x@y.z\u2028b\x00c"}) == "a Bcc: x@y.z b c!"


@pytest.mark.parametrize("fact", [None, "", "\n", [], {}, True])
def test_nobody_is_sent_a_hole(fact):
    assert filled("Hello {name}", {"name": fact}) is None


@given(ANYTHING)
def test_html_has_no_tag_but_ours(words):
    found = re.findall(r"<(/?\w+)", html_of(words))
    assert set(found) <= {"p", "/p", "br", "a", "/a"}


@given(ANYTHING)
def test_html_links_nowhere_else(words):
    for address in re.findall(r'href="([^"]*)"', html_of(f"https://evil.example/{words} https://shop.example/{words}")):
        assert address.startswith("https://shop.example/")


def test_of_several_things_the_first_is_named():
    draft = {"title": "{what}", "text": "{what}"}
    goods = [{"title": "Senja"}, {"title": "Pagi"}, {"title": "Fajar"}]
    assert said_by({"draft": draft, "goods": goods}).title == "Senja and 2 more"
    assert said_by({"draft": draft, "goods": goods[:1]}).title == "Senja"
    assert said_by({"draft": draft, "goods": []}) is None


def test_a_line_that_is_a_link_is_a_button_and_html_is_text():
    html = html_of("<b>Hi</b> & you\n\nhttps://shop.example/x?a=1&b=2\n\nor (https://shop.example/y).")
    assert "&lt;b&gt;Hi&lt;/b&gt; &amp; you" in html
    assert '<a href="https://shop.example/x?a=1&amp;b=2" style=' in html
    assert 'or (<a href="https://shop.example/y">https://shop.example/y</a>).' in html


def test_an_unknown_name_is_told_with_those_that_are_known():
    (said,) = wrong(text="Hello {nmae}")["text"]
    assert "{nmae}" in said
    assert all(name in said for name in ("{what}", "{name}", "{link}", "{shop}"))


@pytest.mark.parametrize("text", ["a { b", "a } b", "{{what}}", "{what", "{ what }", "{what.pk}", "{}"])
def test_braces_that_are_no_name_are_refused(text):
    assert "text" in wrong(text=text)


def test_the_example_of_a_link_leads_to_the_shop():
    assert known_names("welcome")["link"] == known_names("nothing_knows_it")["link"] == "https://shop.example/"


def test_braces_and_tags_of_other_languages_are_words():
    fine(text="100% <b>off</b> $x ${ what".replace("${ what", "$what"))


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "http://shop.example/", "https://shop.example.evil.example/", "https://{what}",
     "https://shop.example@evil.example/", "https://shop.example:8443/", "javascript://x", "ftp://shop.example/",
     "https://shop.example{link}", "HTTPS://EVIL.EXAMPLE", "https://[", "https://[x", "https://[::1"],
)  # fmt: skip
def test_links_lead_to_the_shop_alone(address):
    assert "text" in wrong(text=f"See {address} now")


def test_a_link_to_the_shop_is_fine():
    fine(text="See https://shop.example/sale/, or (https://shop.example/new).")
    assert own_address("https://shop.example/x")


@given(st.text(alphabet="[]:/@%x.\u2100 ", max_size=12))
def test_whatever_looks_like_an_address_is_ours_or_is_not(rest):
    assert not own_address(f"https://[{rest}")
    assert "<p>" in html_of(f"https://[{rest}")


def test_titles_are_one_line_without_links():
    assert "title" in wrong(title="a\nBcc: b@c.d")
    assert "title" in wrong(title="a\u202eb")
    assert "title" in wrong(title="{link}")
    assert "title" in wrong(title=" ")
    fine(title="", channel="sms")


def test_a_note_adds_its_link_by_itself_and_is_short():
    assert "text" in wrong(text="{link}", channel="push")
    assert "text" in wrong(text="x" * 500, channel="sms")
    assert "text" in wrong(text=" \n ", channel="sms")
