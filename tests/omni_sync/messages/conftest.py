"""A letter of our own, whose words are in a folder of the test's."""

import pytest
from django.db import transaction

from omni_sync.messages.models import Message
from omni_sync.messages.say import say

TEXT = """{% extends "lintas/letters/base.txt" %}{% load i18n %}{% block subject %}News
 of {{ what }}{% endblock %}
{% block body %}{% translate "Hello," %} {{ what }}, {{ link }}{% endblock %}"""
HTML = """{% extends "lintas/letters/base.html" %}{% block body %}<p><b>{{ what }}</b></p>{% endblock %}"""


@pytest.fixture(autouse=True)
def letters(tmp_path, settings):
    """Templates for the kind ``test_news``."""
    folder = tmp_path / "lintas" / "letters"
    folder.mkdir(parents=True)
    (folder / "test_news.txt").write_text(TEXT)
    (folder / "test_news.html").write_text(HTML)
    first, *others = settings.TEMPLATES
    settings.TEMPLATES = [{**first, "DIRS": [str(tmp_path), *first.get("DIRS", [])]}, *others]
    settings.BASE_URL = "https://shop.example"


def told(key="news-1", *, kind="test_news", to="sari@example.com", language="en", **data):
    """Say it in a transaction of its own."""
    with transaction.atomic():
        return say(key=key, kind=kind, to=to, language=language, data={"what": "a <bag> & a hat", **data})


def the_message():
    return Message.objects.get()
