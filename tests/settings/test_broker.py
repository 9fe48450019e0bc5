"""A broker that is gone, or hangs, is never felt by who sends a task."""

import socket
from collections.abc import Iterator

import pytest
from kombu.exceptions import OperationalError

from settings.celery import PACKAGES, app
from settings.tasks import heartbeat


@pytest.fixture
def silent_server() -> Iterator[str]:
    """Takes connections and says nothing."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


@pytest.fixture
def nobody() -> str:
    """An address where nobody listens."""
    return "redis://127.0.0.1:1/0"


@pytest.mark.parametrize("address", ["silent_server", "nobody"])
def test_sending_fails_instead_of_waiting(address, request):
    # Without the time-outs this would hang until the test is ended from outside.
    with app.connection_for_write(request.getfixturevalue(address)) as connection, pytest.raises(OperationalError):
        heartbeat.apply_async(connection=connection, retry=False)


def test_settings_of_the_app_that_sends():
    assert heartbeat.app.main == "lintas"
    assert app.conf.broker_transport_options["socket_timeout"] == 0.2
    assert app.conf.task_publish_retry is False
    assert app.conf.accept_content == ["json"]


def test_every_beat_entry_names_a_task_that_exists(settings):
    for package in PACKAGES:
        __import__(f"{package}.tasks")
    named = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert named <= set(app.tasks)
