"""What a broken line means: nothing was sent, or nobody knows."""

import socket

import pytest

from omni_sync.messages.channels.line import Line
from omni_sync.messages.exceptions import Reject, Retry, Unheard
from omni_sync.messages.stub.server import Fault


def post(url, **options):
    return Line().post(url, data=b"x", **options)


def test_where_nobody_listens_nothing_was_sent():
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        with pytest.raises(Retry):
            post(f"http://127.0.0.1:{nobody.getsockname()[1]}/")


def test_a_wire_that_was_cut_may_have_carried_it(stub):
    stub.faults.append(Fault())
    with pytest.raises(Unheard):
        post(f"{stub.address}/push/a")


def test_whoever_is_silent_may_have_taken_it(stub):
    stub.faults.append(Fault(silent=5))
    with pytest.raises(Unheard):
        post(f"{stub.address}/push/a", whole=0.3)


def test_our_own_house_is_never_written_to(stub):
    with pytest.raises(Reject, match="public"):
        post(f"{stub.address}/push/a", guarded=True)
    assert not stub.taken


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (429, Retry),
        (503, Retry),
        (401, Retry),
        (302, Retry),
        (400, Reject),
        (413, Reject),
        (500, Unheard),
        (504, Unheard),
    ],
)
def test_each_status_means_one_of_three_things(stub, status, kind):
    stub.faults.append(Fault(status, {"Retry-After": "7", "Location": "/elsewhere"}))
    answer = post(f"{stub.address}/push/a")
    assert type(answer.refusal()) is kind
    if status in (429, 503):
        assert answer.refusal().after == 7
