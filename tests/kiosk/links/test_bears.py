"""What the resolver says of itself, and what it bears: odd servers, odd letters, the vectors of the standard."""

import json
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.handlers.asgi import ASGIRequest
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.links.later import later
from kiosk.links.models import ProductLink
from kiosk.links.raw import raw_path
from settings.exchange import Answer, environ_of
from tests.instore.places import make_product
from tests.kiosk.links.answers import BROWSER, LINKSET, is_refused, leads_to
from tests.kiosk.links.conftest import GLN, GTIN

pytestmark = pytest.mark.django_db


def test_the_resolver_describes_itself(client):
    answer = client.get("/.well-known/gs1resolver")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    said = json.loads(answer.content)
    assert said["resolverRoot"] == "https://shop.example"
    assert said["supportedPrimaryKeys"] == ["01", "414"]
    assert said["supportedLinkType"] == [{"namespace": "https://ref.gs1.org/voc/", "prefix": "gs1"}]
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_words_of_pages_are_no_compressed_links(client):
    assert client.get("/exhibitions-and-other-things/").status_code == 404
    assert client.get("/ehrenfeld/").status_code == 404


def test_a_server_of_ours_keeps_the_address_as_it_was_sent():
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/01/0/21/A/B",
        "raw_path": b"/01/0/21/A%2FB",
        "query_string": b"a=%2F",
        "http_version": "1.1",
        "headers": [],
    }
    assert environ_of(scope, BytesIO())["REQUEST_URI"] == "/01/0/21/A%2FB?a=%2F"
    assert environ_of({**scope, "query_string": b""}, BytesIO())["REQUEST_URI"] == "/01/0/21/A%2FB"


@pytest.mark.django_db(transaction=True)
def test_a_slash_in_a_value_survives_our_own_server(on_shelf):
    """The whole way from what the socket said, with every middleware."""
    scope = {
        "method": "GET",
        "path": f"/414/{GLN}/254/A-12/B",
        "raw_path": f"/414/{GLN}/254/A-12%2FB".encode(),
        "query_string": b"",
        "http_version": "1.1",
        "headers": [(b"host", b"testserver")],
    }
    answer = Answer(get_wsgi_application(), environ_of(scope, BytesIO()))
    answer.whole()
    later.settle()
    assert (answer.status, dict(answer.headers)[b"location"]) == (307, b"/shelf/at/menteng/A-12%2FB/")


def test_a_slash_in_a_value_survives_django_under_asgi():
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/01/A/B",
        "raw_path": b"/01/A%2FB",
        "query_string": b"",
        "headers": [],
    }
    assert raw_path(ASGIRequest(scope, BytesIO())) == "/01/A%2FB"
    assert raw_path(ASGIRequest({**scope, "raw_path": b""}, BytesIO())) == "/01/A/B"


def test_a_slash_in_a_value_survives_wherever_servers_leave_it(client, on_shelf):
    raw = f"/414/{GLN}/254/A-12%2FB"
    for more in ({"RAW_URI": raw}, {"REQUEST_URI": f"https://shop.example{raw}?x"}, {"REQUEST_URI": raw}):
        leads_to(client.get(raw, **more), "/shelf/at/menteng/A-12%2FB/")
    is_refused(client.get(raw), 400)  # a server that keeps nothing: one word too many
    leads_to(client.get(f"/414/{GLN}", REQUEST_URI="/rewritten/by/a/proxy"), "/stores/menteng/")


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=150)
@given(
    start=st.sampled_from(
        ["/01/", "/414/", "/S/M/01/", f"/01/{GTIN}", f"/01/{GTIN}/10/", f"/414/{GLN}/254/", "/eh", "/ex"]
    ),
    rest=st.text(max_size=40) | st.text("0123456789/%?&=;.\x00\x1d\uffff ABCF", max_size=40),
    query=st.text(max_size=30) | st.text("linkType=gs1:?&;0%2\x00", max_size=30),
    accept=st.sampled_from(["", "*/*", BROWSER, LINKSET, "application/json", "text/html;q=x", "\x00"]),
    language=st.text("aeing-*,;q=0.51", max_size=20),
)
def test_whatever_is_asked_is_answered(db, start, rest, query, accept, language):
    client = Client(raise_request_exception=True)
    sent = (start + rest).encode("utf-8", "surrogatepass").decode("latin-1")
    answer = client.generic(
        "GET",
        start,
        PATH_INFO=sent,
        QUERY_STRING=query.encode("utf-8", "surrogatepass").decode("latin-1"),
        HTTP_ACCEPT=accept,
        HTTP_ACCEPT_LANGUAGE=language,
    )
    assert answer.status_code in {200, 300, 301, 302, 307, 400, 404}


#: Vectors that name pages of GS1's own resolver, and why they are left out.
LEFT_OUT = {
    "GET /01/09506000134376/10/LOT01": "a template that puts the lot into the address: MAY, and not done",
    "GET /ARFKk4XB0CDKWcnpq": "a compressed link as of 2018: MAY, and not done",
}


@pytest.fixture
def vectors(root):
    path = root.parent / "shared" / "standards" / "gs1_vectors.json"
    if not path.is_file():
        pytest.skip("the collected vectors of the standard are not beside this checkout")
    return json.loads(path.read_text())["resolver"]


@pytest.fixture
def medicine(say):
    """What the vectors suppose to be known of it."""
    medicine = make_product("Medicinal compound", gtin="09506000134376")
    say("epil", "https://dalgiardino.com/medicinal-compound/pil.html", of=medicine, is_default=True)
    for language in ("en", "vi"):
        say("pip", f"https://x.example/?test_lt=gs1:pip&test_lang={language}", hreflang=language)
    for language in ("en-GB", "en-US"):
        say("registerProduct", f"https://x.example/?register={language}", of=medicine, hreflang=language)
    say("registerProduct", "https://x.example/?register=non-English", of=medicine, hreflang="fr")
    for number in "123":
        say("certificationInfo", f"https://x.example/{number}")
    return medicine


def test_vectors_of_the_standard(client, vectors, medicine):
    asked = [vector for vector in vectors if vector["request"] not in LEFT_OUT]
    assert len(asked) == len(vectors) - len(LEFT_OUT) == 17
    for vector in asked:
        method, target = vector["request"].replace("{gtin}", GTIN).partition(" (")[0].split(" ", 1)
        headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in vector["headers"].items()}
        answer = client.generic(method, target, **headers)
        for what, wanted in vector["expect"].items():
            assert is_as_expected(answer, what, str(wanted)), (vector, answer.status_code, answer.headers)


def is_as_expected(answer, what, wanted):
    if what in ("status", "status_not"):
        return (str(answer.status_code) in wanted.split("|")) == (what == "status")
    if what == "Location":
        return answer["Location"] == wanted or wanted.startswith("{")
    if what == "Location~":
        return wanted in answer["Location"]
    if what == "Link~":
        return answer["Link"].endswith(wanted.partition("/linkset-context>")[2])
    if what in ("Allow~", "content_type", "content_type~"):
        said = answer["Allow"] if what == "Allow~" else answer["Content-Type"]
        return said in wanted.split("|")
    return what in ("schema", "no_redirect", "body")  # said of the answer's content: see the tests above


def test_a_link_can_only_lead_to_the_web():
    for href in (
        "javascript:alert(1)",
        "//evil.example",
        "/\\evil.example",
        "ftp://x",
        "data:,x",
        "x",
        "https://",
        "/a b",
    ):
        with pytest.raises(ValidationError):
            ProductLink(link_type="pip", href=href, title="x").clean_fields(exclude=["product"])
    for href in ("https://a.example", "http://a.example/x?y#z", "/", "/id/p/1/"):
        ProductLink(link_type="pip", href=href, title="x").clean_fields(exclude=["product"])
