"""What is written, and what never is."""

import json
import logging
import re
import threading
from io import StringIO

import pytest
import structlog
from django.http import HttpResponse
from django.urls import get_resolver, path
from structlog.contextvars import get_contextvars

from settings.logs import work
from settings.logs.lines import formatter
from settings.logs.masking import masked, scrubbed
from settings.logs.requests import AccessLog, id_of

SECRET_PARAMETERS = {"token", "key", "to_key", "hash", "uidb64", "code", "secret", "claim"}
log = structlog.stdlib.get_logger("tests.logs")


class Refused(Exception):
    pass


def fails(request, token):
    address = "jane@example.com"
    raise Refused(
        f"cannot open {request.get_full_path()} for {address}\nDETAIL:  Key (name)=(Jane Doe) already exists."
    )


def binds(request):
    structlog.contextvars.bind_contextvars(left_behind=1)
    log.info("in the view")
    return HttpResponse(request.headers.get("X-Request-ID", ""))


urlpatterns = [path("r/<str:token>/", fails), path("binds/", binds)]


@pytest.fixture
def ours(settings):
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = ["settings.logs.requests.AccessLog"]


@pytest.fixture
def written(caplog):
    """The lines as they are written."""
    handler = logging.StreamHandler(StringIO())
    handler.setFormatter(formatter())
    root = logging.getLogger()
    root.addHandler(handler)
    with caplog.at_level(logging.INFO):
        yield lambda: [json.loads(line) for line in handler.stream.getvalue().splitlines()]
    root.removeHandler(handler)


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/r/k7qTOKEN", "/r/***"),
        ("/r/k7qTOKEN/claim/", "/r/***/claim/"),
        ("/v/k7qTOKEN/print/", "/v/***/print/"),
        ("/h/abc", "/h/***"),
        ("/h/list/abc/", "/h/list/***/"),
        ("/h/list/own/abc/share/", "/h/list/own/***/share/"),
        ("/pay/abc/paid/", "/pay/***/paid/"),
        ("/id/collect/abc", "/id/collect/***"),
        ("/screen/abc/", "/screen/***/"),
        ("/live/abc", "/live/***"),
        ("/search/", "/search/"),
        ("/catalogue/r/x", "/catalogue/r/x"),
        ("/id/accounts/wishlists/k3y/lines/5/move-to/k4y/", "/id/accounts/wishlists/***/"),
        ("/accounts/wishlists/create/", "/accounts/wishlists/create/"),
    ],
)
def test_a_token_in_a_path_is_never_shown(path, shown):
    assert masked(path) == shown
    assert scrubbed(f"Not Found: {path}") == f"Not Found: {shown}"
    assert scrubbed(f"<a href='https://shop.example{path}?x=1'>") == f"<a href='https://shop.example{shown}?***'>"


def patterns(resolver, above=""):
    for pattern in resolver.url_patterns:
        route = above + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from patterns(pattern, route)
        else:
            yield route


def test_no_address_of_the_shop_shows_what_opens_it():
    """Whatever is added: a part of an address that is called a token, a key or the like is masked."""
    part = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)|<(?:\w+:)?(\w+)>")
    found = 0
    for route in patterns(get_resolver()):
        if route.startswith(("dashboard/", "cms/", "documents/")) and "password" not in route:
            continue
        names = {first or second for first, second in part.findall(route)}
        if not names & SECRET_PARAMETERS:
            continue
        example = part.sub(
            lambda m: "geheim" if (m[1] or m[2]) in SECRET_PARAMETERS - {"uidb64", "code"} else "7", route
        )
        address = "/" + re.sub(r"[\^$\\]", "", example)
        assert "geheim" in address or names & {"code"}
        assert "geheim" not in masked(address), route
        assert "geheim" not in scrubbed(f"at {address}"), route
        found += 1
    assert found >= 10


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("asked for /search/?q=jane", "asked for /search/?***"),
        ("Error connecting to redis://:geheim@10.0.0.1/0", "Error connecting to redis://:***@10.0.0.1/0"),
        ("mail to jane.doe+x@example.co.id failed", "mail to ***@*** failed"),
        ("sms to +62 812-3456-7890", "sms to +***"),
        ("duplicate\nDETAIL:  Key (name)=(Jane) exists.", "duplicate\nDETAIL: ***"),
        ("Authorization: Bearer abcdefgh.ijk", "Authorization: Bearer ***"),
        ("secret whsec_c2VjcmV0", "secret whsec_***"),
        (
            "The full contents of the message body was: b'[1]' (3b)\nmore",
            "The full contents of the message body was: ***",
        ),
        ("at 2026-11-22T10:00:00+07:00, really? yes: a/b 3+4", "at 2026-11-22T10:00:00+07:00, really? yes: a/b 3+4"),
    ],
)
def test_a_text_keeps_its_sense_and_loses_its_secrets(text, shown):
    assert scrubbed(text) == shown


def test_what_is_named_like_a_secret_is_not_shown_however_deep(written):
    log.info("told", password="geheim", inner={"Api_Token": "geheim", "list": [("/h/geheim", 5)]}, count=3)
    (line,) = written()
    assert line["inner"] == {"Api_Token": "***", "list": [["/h/***", 5]]}
    assert (line["password"], line["count"], line["level"], line["logger"]) == ("***", 3, "info", "tests.logs")


@pytest.mark.parametrize("told", ["abc-123", "7f3a.B_9", "a" * 128])
def test_a_usable_id_is_kept(ours, client, told):
    assert client.get("/binds/", headers={"X-Request-ID": told})["X-Request-ID"] == told


@pytest.mark.parametrize("told", ["", "a" * 129, "a b", "x\ny", "jane@example.com", 'a"b', "é", "<script>", None])
def test_any_other_id_is_replaced(told):
    given = id_of(told)
    assert given != told
    assert re.fullmatch(r"[0-9a-f]{32}", given)
    assert given != id_of(told)


def test_every_line_of_a_request_has_its_id(ours, client, written):
    answer = client.get("/binds/", headers={"X-Request-ID": "one"})
    lines = written()
    assert [(line["event"], line["request_id"]) for line in lines] == [("in the view", "one"), ("request", "one")]
    assert (lines[1]["method"], lines[1]["path"], lines[1]["status"]) == ("GET", "/binds/", 200)
    assert answer["X-Request-ID"] == "one"


def test_a_thread_that_serves_another_request_remembers_nothing(ours, rf, written):
    """Without the clean sweep at the beginning the second has what the first bound and never ended."""
    seen = []

    def notes(request):
        seen.append(get_contextvars().copy())
        return HttpResponse()

    def serve():
        layers = AccessLog(binds)
        layers(rf.get("/binds/", headers={"X-Request-ID": "first"}))  # its end is never told
        AccessLog(notes)(rf.get("/", headers={"X-Request-ID": "second"}))

    thread = threading.Thread(target=serve)
    thread.start()
    thread.join()
    assert seen == [{"request_id": "second"}]


def test_what_is_said_between_requests_belongs_to_none(ours, client, written):
    client.get("/binds/").close()
    log.info("later")
    assert "request_id" not in written()[-1]


def test_an_error_is_told_with_its_place_and_without_its_secrets(ours, client, written):
    client.raise_request_exception = False
    client.get("/r/geheim/?name=geheim", headers={"X-Request-ID": "bad"})
    error, access = written()
    assert (error["level"], error["request_id"], error["event"]) == ("error", "bad", "Internal Server Error: /r/***/")
    trouble = error["exception"][0]
    assert trouble["exc_type"] == "Refused"
    assert trouble["frames"][-1]["name"] == "fails"
    assert "locals" not in trouble["frames"][-1]
    text = json.dumps([error, access])
    assert not [word for word in ("geheim", "jane", "Jane", "example.com") if word in text]
    assert (access["status"], access["path"]) == (500, "/r/***/")


def test_djangos_own_line_on_an_answer_has_the_id_too(settings, client, written):
    """It is written after the last middleware."""
    settings.MIDDLEWARE = ["settings.logs.requests.AccessLog", f"{__name__}.Unavailable"]
    client.get("/", headers={"X-Request-ID": "late"})
    assert [(line["logger"], line["request_id"]) for line in written()] == [
        ("lintas.access", "late"), ("django.request", "late"),
    ]  # fmt: skip


class Unavailable:
    def __init__(self, get_response):
        pass

    def __call__(self, request):
        return HttpResponse(status=503)


def test_a_task_is_sent_with_the_id_of_who_sends_it():
    headers = {}
    with structlog.contextvars.bound_contextvars(request_id="cause"):
        work.hand_on(headers=headers)
    assert headers == {"request_id": "cause"}
    work.hand_on(headers=(alone := {}))
    assert re.fullmatch(r"[0-9a-f]{32}", alone["request_id"])


@pytest.mark.parametrize(("command", "level"), [("manage.py", "WARNING"), ("celery", "INFO")])
def test_a_command_only_says_what_went_wrong(command, level, monkeypatch):
    from settings.logs import lines

    monkeypatch.delenv("LOG_LEVEL", raising=False)
    monkeypatch.setattr("sys.argv", [f"/srv/lintas/{command}", "replay"])
    assert lines.level() == level
    monkeypatch.setenv("LOG_LEVEL", "error")
    assert lines.level() == "ERROR"


def test_lines_for_a_persons_eyes_are_scrubbed_too(monkeypatch):
    monkeypatch.setenv("LOG_JSON", "off")
    record = logging.makeLogRecord({"name": "x", "msg": "at /r/geheim", "levelno": 30, "levelname": "WARNING"})
    try:
        raise Refused("for jane@example.com at /h/geheim")
    except Refused as refusal:
        record.exc_info = (type(refusal), refusal, refusal.__traceback__)
    told = formatter().format(record)
    assert "Refused: for ***@*** at /h/***" in told
    assert "at /r/***" in told


def test_the_row_that_a_database_refuses_is_not_quoted_in_an_errors_repr():
    said = repr(ValueError("duplicate key\nDETAIL:  Key (name)=(Jane Doe) exists.\nCONTEXT:  COPY person: Jane Doe"))
    assert scrubbed(f"reason={said}") == "reason=ValueError('duplicate key\\nDETAIL: ***"
