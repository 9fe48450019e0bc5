"""One page, one way to write a day and a time: pages of staff name the form, and let the language translate it."""

import re

import pytest

from settings.environment import ROOT

PAGES = (
    *(f"instore/templates/instore/{name}" for name in ("customers", "dashboard", "exchanges", "returns", "staff")),
    *(f"instore/templates/instore/{name}" for name in ("tablet", "visits")),
    "kiosk/templates/kiosk/dashboard",
    "omni_sync/templates/omni_sync/dashboard",
)
#: What staff read: a day, a moment, a time; to the second where machines are watched.
FORMS = {"j M", "j M Y", "j M, H:i", "j M Y, H:i", "j M Y, H:i:s", "H:i", "H:i:s"}
FILTER = re.compile(r"\|(?:date|time)\b(:_\(\"(?P<form>[^\"]+)\"\)|:\"(?P<literal>[^\"]*)\")?")
FOR_MACHINES = {"c", "Y-m-d"}


def wrong_dates(text):
    """The filters of ``text`` that write a moment in another way, or in one that no language changes."""
    for found in FILTER.finditer(text):
        if found["literal"] not in FOR_MACHINES and found["form"] not in FORMS:
            yield found[0]


@pytest.mark.parametrize("folder", PAGES)
def test_dates_of_staff_have_a_form_that_a_language_translates(folder):
    pages = list((ROOT / folder).rglob("*.html"))
    assert pages
    assert [(page.name, *wrong) for page in pages if (wrong := list(wrong_dates(page.read_text())))] == []


@pytest.mark.parametrize("wrong", ['|date:"j M Y, H:i"', '|date:"DATE_FORMAT"', "|date", '|time:_("P")'])
def test_other_ways_to_write_a_date_are_found(wrong):
    assert list(wrong_dates(f"{{{{ at{wrong} }}}}")) == [wrong]


def test_a_machines_date_may_stand_anywhere():
    assert list(wrong_dates('<time datetime="{{ at|date:"c" }}">')) == []
