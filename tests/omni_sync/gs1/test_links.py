"""Our own examples of what the standard says, and whatever else may come."""

import json
from datetime import date, timedelta

import pytest
from biip.checksums import gs1_standard_check_digit
from biip.gs1_application_identifiers import _GS1_APPLICATION_IDENTIFIERS as OF_BIIP
from django.core.management import call_command
from hypothesis import assume, given
from hypothesis import strategies as st

from omni_sync.gs1.associations import KEYS, NEVER_IN_QUERY
from omni_sync.gs1.dictionary import identifier, leading
from omni_sync.gs1.elements import Element, bracketed, element_string, parse_elements
from omni_sync.gs1.exceptions import InvalidGs1
from omni_sync.gs1.link import canonical, link_of, parse_link

G = "https://shop.example/01/09506000134352"
SIGNS = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    ("uri", "elements"),
    [
        (f"{G}/22/V1/10/L1/21/S1?17=271231", "(01)09506000134352(22)V1(10)L1(21)S1(17)271231"),
        (f"{G}?17=271200&&3103=000195&", "(01)09506000134352(17)271200(3103)000195"),
        (f"{G}/21/A%2FB%22%3C?99=a+b".replace("+", "%2B"), '(01)09506000134352(21)A/B"<(99)a+b'),
        (f"{G}/10/AB%2", "(01)09506000134352(10)AB%2"),
        (f"{G}?", "(01)09506000134352"),
        (f"{G}?3103=000195;3922=0299", "(01)09506000134352(3103)000195(3922)0299"),
        ("HTTP://A.:80/x/01/09506000134352#/10/", "(01)09506000134352"),
        ("https://[2001:db8::1]/01/09506000134352", "(01)09506000134352"),
        ("https://a/01/x/414/9520123456788/254/A", "(414)9520123456788(254)A"),
        ("https://a/415/9520123456788/8020/R-1?3902=1050", "(415)9520123456788(8020)R-1(3902)1050"),
        ("https://a/8006/095060001343520102/21/S", "(8006)095060001343520102(21)S"),
        ("https://a/8010/9506000ABC/8011/12", "(8010)9506000ABC(8011)12"),
        ("https://a/8013/1987654Ad4X4bL5ttr2310c2K", "(8013)1987654Ad4X4bL5ttr2310c2K"),
        ("https://a/8004/95060001", "(8004)95060001"),
        ("https://a/8004/9520614141234567?01=9520123456788", "(8004)9520614141234567(01)09520123456788"),
        (f"{G}/235/T1?10=L1", "(01)09506000134352(235)T1(10)L1"),
        (f"{G}?423=360702", "(01)09506000134352(423)360702"),
        (f"{G}?423=360", "(01)09506000134352(423)360"),
        (f"{G}?8008=26022823", "(01)09506000134352(8008)26022823"),
        (f"{G}?8008=260228235959", "(01)09506000134352(8008)260228235959"),
        (f"{G}?7003=2602282359", "(01)09506000134352(7003)2602282359"),
        (f"{G}?7007=260101260131", "(01)09506000134352(7007)260101260131"),
    ],
)
def test_what_a_link_says(uri, elements):
    assert bracketed(parse_link(uri).elements).replace("\\(", "(") == elements


@pytest.mark.parametrize(
    ("uri", "reason"),
    [
        ("", "scheme"),
        ("HtTp://a/01/09506000134352", "scheme"),
        ("https:///01/09506000134352", "host"),
        ("https://01/09506000134352", "no key"),
        ("https://a_b/01/09506000134352", "host"),
        (f"{G} ", "characters"),
        (f"{G}/10/é", "characters"),
        (f'{G}/10/a"', "characters"),
        (f"{G}/", "no key"),
        (f"{G}/10", "no key"),
        (f"{G}/89/X", "no key"),
        (f"{G}//10/L", "no key"),
        ("https://a/gtin/09506000134352/lot/L1", "no key"),
        (f"{G}/10/", "empty"),
        (f"{G}?17=", "empty"),
        (f"{G}/10/ABC%00", "form"),
        (f"{G}/21/%E2%82%AC", "form"),
        (f"{G}/10/a%5Eb", "form"),
        ("https://a/01/09506000134353", "check digit"),
        ("https://a/00/106141411234567890", "check digit"),
        ("https://a/8013/1987654Ad4X4bL5ttr2310c2L", "content"),
        ("https://a/8004/ABCD", "content"),
        (f"{G}?17=261332", "date"),
        (f"{G}?17=260230", "date"),
        (f"{G}?17=270229", "date"),
        (f"{G}?7006=260100", "date"),
        (f"{G}?7003=2602282400", "time"),
        (f"{G}?423=3607", "form"),
        (f"{G}/21/S1/10/L1", "order"),
        (f"{G}/10/L1/22/V1", "order"),
        (f"{G}/235/T1/21/S1", "order"),
        (f"{G}/17/261231", "order"),
        (f"{G}/10/L1/10/L1", "order"),
        (f"{G}?10=L1", "in the query"),
        (f"{G}/21/S?22=V", "in the query"),
        (f"{G}?254=A", "not in a link"),
        (f"{G}/10/L1?10=L1", "twice"),
        (f"{G}?99=A&99=A", "twice"),
        (f"{G}?999=x", "unknown identifier"),
        (f"{G}?3922=0299", "missing"),
        (f"{G}?37=5", "together"),
        (f"{G}?3102=000100&3103=000100", "together"),
        ("https://a/415/9520123456788", "missing"),
        ("https://a/8006/095060001343520301", "content"),
        ("https://a/8006/095060001343520102/22/V", "missing"),
        (f"{G}?99={'9' * 91}", "too long"),
        (f"{G}?{'a=b&' * 4000}", "too long"),
        (f"{G}?{'&'.join(f'31{n}{d}=000001' for n in range(7) for d in range(6))}&{'90=1&' * 40}", "too many"),
    ],
)
def test_why_it_is_none(uri, reason):
    with pytest.raises(InvalidGs1) as refusal:
        parse_link(uri)
    assert refusal.value.reason == reason


@pytest.mark.parametrize("gtin", ["9506000134352", "416000336108", "02345673"])
def test_shorter_numbers_are_filled_up_only_where_that_is_asked_for(gtin):
    with pytest.raises(InvalidGs1, match="too short"):
        parse_link(f"https://a/01/{gtin}")
    assert parse_link(f"https://a/01/{gtin}", lenient=True).key == ("01", gtin.zfill(14))


def test_every_application_identifier_of_the_dictionary_is_known():
    assert len(OF_BIIP) > 530
    for ai, known in OF_BIIP.items():
        found = identifier(ai)
        assert found == leading(f"{ai}0")
        assert found.fixed != known.separator_required
        assert 0 < found.shortest <= found.longest <= 90
        assert not found.fixed or found.shortest == found.longest
    for unknown in ("23", "235X", "", "1", "89", "\u0660\u0661", "AB", "01x"):
        assert identifier(unknown) is None
    assert {*KEYS, *NEVER_IN_QUERY, *(ai for rows in KEYS.values() for row in rows for ai in row)} <= OF_BIIP.keys()


def test_the_canonical_link_is_the_same_for_all_links_to_a_thing():
    one = parse_link("HTTP://SHOP.EXAMPLE/S/X/01/9506000134352/10/a+b?s=x&99=Z&17=271231#f", lenient=True)
    other = parse_link(f"{G}/10/a%2Bb?17=271231&99=Z&utm_source=mail")
    assert canonical(one) == canonical(other) == "https://id.gs1.org/01/09506000134352/10/a%2Bb?17=271231&99=Z"
    assert (one.stem, one.path) == ("HTTP://SHOP.EXAMPLE/S/X", "/01/09506000134352/10/a%2Bb")
    assert one.ignored == ("s=x",)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "(",
        "()",
        "(01)",
        "(01)123",
        "(10)",
        "1(0)",
        "(10)A(",
        "(1A)2",
        "(99999)2",
        "(15",
        "01",
        "\x1d",
        "(01)x(10)y",
    ],
)
def test_what_is_no_element_string(text):
    with pytest.raises(InvalidGs1):
        parse_elements(text)


def test_separators_end_what_nothing_else_ends():
    elements = parse_elements("(01)09506000134352(10)L\\(1)(17)271231(21)S")
    text = element_string(elements)
    assert text == "010950600013435210L(1)\x1d1727123121S"
    assert parse_elements(text) == parse_elements(f"\x1d{text}") == elements


def test_two_values_of_one_identifier_contradict_each_other():
    assert parse_elements("(01)09506000134352(10)A(10)A")
    with pytest.raises(InvalidGs1, match="twice"):
        parse_elements("(01)09506000134352(10)A(10)B")


values = st.text(SIGNS, min_size=1, max_size=20)
gtins = (
    st.integers(0, 10**13 - 1).map(lambda n: f"{n:013}").map(lambda body: body + str(gs1_standard_check_digit(body)))
)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(lambda day: f"{day:%y%m%d}")
optional = {
    "22": values, "10": values, "21": values, "17": days, "15": days, "99": st.text(SIGNS, min_size=1, max_size=90),
    "240": st.text(SIGNS, min_size=1, max_size=30), "3103": st.integers(0, 999_999).map(lambda n: f"{n:06}"),
}  # fmt: skip


@st.composite
def things(draw):
    """Goods, and in any order what may be said of them."""
    said = draw(st.fixed_dictionaries({"01": gtins}, optional=optional))
    return tuple(Element(*pair) for pair in draw(st.permutations(list(said.items()))))


@given(things())
def test_links_come_back_as_they_were_made(elements):
    uri = link_of(elements, stem="https://shop.example/S/MENTENG")
    link = parse_link(uri)
    assert sorted(link.elements) == sorted(elements)
    assert link_of(link.elements, stem=link.stem) == uri
    assert canonical(parse_link(canonical(link))) == canonical(link)


@given(things())
def test_element_strings_come_back_as_they_were_made(elements):
    assert parse_elements(element_string(elements)) == elements
    assert parse_elements(bracketed(elements)) == elements


@given(
    st.text(max_size=200)
    | st.text("htps:/.?&;=%#()0123456789ABab+\x1d", max_size=120)
    | st.lists(
        st.sampled_from(["01", "414", "10", "21", "17", "09506000134352", "%2F", "%", "", "x"]), max_size=12
    ).map(lambda words: "https://a/" + "/".join(words))
)
def test_nothing_but_the_one_refusal_comes_out(text):
    for read in (parse_link, parse_elements):
        assert read_or_refused(read, text)


def read_or_refused(read, text):
    """What was read, or the words of the one refusal there is."""
    try:
        return read(text)
    except InvalidGs1 as refusal:
        return str(refusal)


@given(st.sampled_from(sorted(OF_BIIP)), st.text(SIGNS + "\x00\n²", max_size=95))
def test_any_value_of_any_identifier_is_taken_or_refused(ai, value):
    assert read_or_refused(parse_elements, f"({ai}){value}")


@given(things(), st.data())
def test_a_wrong_check_digit_is_never_taken(elements, data):
    gtin = dict(elements)["01"]
    wrong = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != gtin[-1]))
    assume(gtin.strip("0"))
    with pytest.raises(InvalidGs1, match="check digit"):
        parse_link(f"https://a/01/{gtin[:-1]}{wrong}")


def test_the_command_says_it_in_json(capsys):
    call_command("digital_link", f"{G}/10/L1?x=y", "https://a/01/9506000134352")
    call_command("digital_link", "--lenient", "https://a/01/9506000134352")
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        {
            "uri": f"{G}/10/L1?x=y",
            "valid": True,
            "elements": [["01", "09506000134352"], ["10", "L1"]],
            "ignored": ["x=y"],
        },
        {"uri": "https://a/01/9506000134352", "valid": False, "error": "(01) too short: 9506000134352"},
        {"uri": "https://a/01/9506000134352", "valid": True, "elements": [["01", "09506000134352"]], "ignored": []},
    ]


def test_a_leap_day_comes_every_four_years():
    for day in (date(2028, 2, 29), date(2028, 2, 29) + timedelta(days=1)):
        assert parse_link(f"{G}?17={day:%y%m%d}")
