import gettext
import os
from collections import defaultdict

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from settings import translations

PAGE = """{% load i18n %}
<p>{% translate "Where it is now" %}</p>
      {% blocktranslate count n=stores trimmed %}In {{ n }} store{% plural %}In {{ n }} stores{% endblocktranslate %}
{% comment %}Nobody's{% endcomment %}{% translate "Open" context "a door" %}
"""
CODE = """
from django.utils.translation import gettext as _, gettext_lazy
ROOM = gettext_lazy("Sold out")
def say(): return _("Collect today")
"""


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A house of one room with a page and some code."""
    room = tmp_path / "shop"
    (room / "templates").mkdir(parents=True)
    (room / "templates" / "page.html").write_text(PAGE)
    (room / "views.py").write_text(CODE)
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "ROOMS", ("shop",))
    return tmp_path


def test_texts_of_code_and_pages_are_found(house):
    found = {message.id: message.context for message in translations.texts("shop") if message.id}
    assert found == {
        "Where it is now": None,
        ("In %(n)s store", "In %(n)s stores"): None,
        "Open": "a door",
        "Sold out": None,
        "Collect today": None,
    }


def test_what_lacks_a_translation_is_named(house):
    list(translations.collect())
    assert len(list(translations.missing())) == 5


def test_translations_are_kept_and_compiled(house):
    (file,) = translations.collect()
    filled = file.read_text().replace('msgid "Sold out"\nmsgstr ""', 'msgid "Sold out"\nmsgstr "Habis"')
    file.write_text(filled)
    list(translations.collect())
    assert file.read_text() == filled
    translations.compile_all()
    with file.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Sold out") == "Habis"
    assert "'Sold out'" not in "".join(translations.missing())


def test_indonesian_has_one_plural(house):
    (file,) = translations.collect()
    with file.open("rb") as source:
        assert read_po(source, locale="id").num_plurals == 1


def test_a_current_file_is_not_compiled_again(house):
    (file,) = translations.collect()
    translations.compile_all()
    compiled = file.with_suffix(".mo")
    compiled.write_bytes(b"as it was")
    os.utime(file, (1, 1))
    translations.compile_all()
    assert compiled.read_bytes() == b"as it was"


def known():
    """Every text of ours, by room."""
    for file in translations.catalogues():
        if file.parts[-3] == "id":
            yield from ((file.parts[-5], message) for message in translations.read(file) if message.id)


def plain(message):
    """The text by which a catalogue knows it, and what it is translated with."""
    is_plain = isinstance(message.id, str)
    return (message.id, message.string) if is_plain else (message.id[0], message.string[0])


def test_no_two_rooms_translate_a_text_differently():
    said = defaultdict(dict)
    for room, message in known():
        text, words = plain(message)
        said[message.context, text][room] = words
    assert {key: rooms for key, rooms in said.items() if len(set(rooms.values())) > 1} == {}


def test_no_text_is_counted_in_one_place_and_not_in_another():
    counted = defaultdict(set)
    for _room, message in known():
        counted[message.context, plain(message)[0]].add(isinstance(message.id, str))
    assert [key for key, kinds in counted.items() if len(kinds) > 1] == []


def test_our_english_is_nobodys_else():
    texts = {(message.context, message.id) for _room, message in known() if isinstance(message.id, str)}
    with translation.override("en"):
        said = {key: translation.pgettext(*key) if key[0] else translation.gettext(key[1]) for key in texts}
    assert {text: words for (_, text), words in said.items() if words != text} == {}
