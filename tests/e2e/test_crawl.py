"""Whatever link one follows, as a guest or as a member, there is a dressed page at its end."""

import re
from collections import Counter, deque
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import Resolver404, resolve

from shop.seed.people import SHOPPER
from tests.e2e.looks import oscars

pytestmark = pytest.mark.django_db(transaction=True)
ALIKE = 3  # pages of one view that are looked at; the next hundred products are like the first
NOT_OURS = re.compile(r"^(?:/id)?/(?:cms|dashboard|api|static|media|documents|healthz|readyz|metrics|live)\b")
LINK = re.compile(r'<a\b[^>]*?\shref="([^"#]*)')
BEGINNINGS = ("/", "/id/", "/catalogue/", "/search/?q=tee", "/stores/", "/basket/", "/accounts/", "/offers/")


def kind_of(path, query):
    """What pages of one view and the same questions have in common, in a language."""
    try:
        name = resolve(path).view_name or resolve(path).route
    except Resolver404:
        name = path
    return path.startswith("/id/"), name, tuple(sorted(re.findall(r"(?:^|&)([^=&]+)=", query)))


def crawl(client):
    """(address, where the link to it was, answer) of every page that links lead to."""
    waiting, known, seen = deque((path, "the beginning") for path in BEGINNINGS), set(BEGINNINGS), Counter()
    while waiting:
        address, origin = waiting.popleft()
        parts = urlsplit(address)
        kind = kind_of(parts.path, parts.query)
        seen[kind] += 1
        if seen[kind] > ALIKE:
            continue
        answer = client.get(address)
        yield address, origin, answer
        if 300 <= answer.status_code < 400:
            found = [answer.headers["Location"]]
        elif "text/html" in answer.headers.get("Content-Type", "") and not answer.streaming:
            found = [unescape(link) for link in LINK.findall(answer.content.decode())]
        else:
            found = []
        for link in found:
            onward = urljoin(f"http://testserver{address}", link)
            split = urlsplit(onward)
            target = split.path + (f"?{split.query}" if split.query else "")
            is_ours = split.scheme == "http" and split.netloc == "testserver" and not NOT_OURS.match(split.path)
            if is_ours and target not in known:
                known.add(target)
                waiting.append((target, address))


def wrong(client):
    for address, origin, answer in crawl(client):
        if answer.status_code >= 400:
            yield f"{answer.status_code} {address} (from {origin})"
        elif "text/html" in answer.headers.get("Content-Type", "") and not answer.streaming:
            yield from (f"{line} at {address} (from {origin})" for line in oscars(answer.content.decode()))


def test_every_link_leads_to_a_dressed_page():
    call_command("seed", small=True, accounts=True, no_pictures=True, verbosity=0)
    found = [f"guest: {line}" for line in wrong(Client())]
    member = Client()
    assert member.login(username=SHOPPER.email, password=SHOPPER.password)
    found += [f"member: {line}" for line in wrong(member)]
    assert not found, "\n".join(found)
