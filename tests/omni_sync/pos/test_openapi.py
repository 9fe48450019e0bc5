"""The API against its own OpenAPI document: whatever is sent, no crash, and every answer as documented."""

import io

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from omni_sync.pos.drain import drain
from omni_sync.pos.models import InboxEvent
from omni_sync.pos.secrets import secrets_of
from tests.factories import NOON, make_connection, make_record, make_store, sign, violations

# One bad event does not make its delivery bad (202), and a document can't say all of the contract (422).
BY_DESIGN = [positive_data_acceptance, negative_data_rejection]


def signed(application, secret):
    """The application as a till meets it that signs the bytes it sends."""

    def call(environ, start_response):
        if environ["PATH_INFO"].startswith("/api/v1/pos/"):
            body = environ["wsgi.input"].read()
            environ["wsgi.input"] = io.BytesIO(body)
            for name, value in sign(secret, body).items():
                environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
        return application(environ, start_response)

    return call


def sensible(event):
    """The event with what no document can say: a store of its till, an instant, money that can be counted, names."""
    if not isinstance(event, dict) or not isinstance(event.get("data"), dict):
        return event
    data = event["data"]
    event = {**event, "store": "menteng", "occurred_at": NOON.isoformat(), "data": data}
    if "currency" in data:
        event["data"] = data = {**data, "currency": "USD"}
    lines = data.get("lines")
    if isinstance(lines, list) and all(isinstance(line, dict) for line in lines):
        named = [{**line, "line": str(n), "sku": line.get("sku") or "TEE"} for n, line in enumerate(lines)]
        event["data"] = {**data, "lines": named}
    return event


@pytest.fixture
def same_connection():
    """The test's own transaction lives on between requests, as with Django's test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def api(db, clean_cache, same_connection):
    store = make_store("menteng")
    make_record(store)
    till = make_connection(store, name="till")
    application = signed(get_wsgi_application(), secrets_of(till)[0])
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)

    @schema.hook
    def map_path_parameters(context, path_parameters):
        if "connection" in (path_parameters or {}) and len(path_parameters["connection"]) % 8:
            path_parameters["connection"] = "till"
        return path_parameters

    @schema.hook
    def map_body(context, body):
        return [sensible(event) for event in body] if isinstance(body, list) else sensible(body)

    return schema


def test_every_answer_is_as_documented_and_whatever_was_accepted_can_be_applied(api):
    for found in api.get_all_operations():
        ask(found.ok())
    drain()
    states = set(InboxEvent.objects.values_list("state", flat=True))
    assert "applied" in states
    assert not states & {"failed", "pending"}
    assert violations() == []


def ask(operation):
    @settings(
        max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), database=None,
        phases=[Phase.explicit, Phase.generate],
        derandomize=True,  # or now and then nothing of what it makes up could be accepted at all
    )  # fmt: skip
    @given(case=operation.as_strategy())
    def every_answer_is_as_documented(case):
        case.call_and_validate(excluded_checks=BY_DESIGN)

    every_answer_is_as_documented()
