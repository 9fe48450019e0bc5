"""The sockets that the web server's processes listen on."""

import select
import socket
import sys

import pytest

from settings.demonstration.ports import first_free
from settings.web import listen

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux deals connections out")
PROCESSES = 2
VISITORS = 64


@pytest.fixture
def sockets():
    opened = listen("127.0.0.1", first_free(8300), PROCESSES)
    for one in opened:
        one.listen(VISITORS)
    yield opened
    for one in opened:
        one.close()


def test_connections_that_arrive_together_are_dealt_out(sockets):
    port = sockets[0].getsockname()[1]
    visitors = [socket.create_connection(("127.0.0.1", port)) for _ in range(VISITORS)]
    taken = dict.fromkeys(sockets, 0)
    for _ in range(VISITORS):
        one, *_ = select.select(sockets, [], [], 5)[0]
        one.accept()[0].close()
        taken[one] += 1
    assert min(taken.values()) > VISITORS / 8, taken  # all at one: 1 in 2 ** 63
    for visitor in visitors:
        visitor.close()


def test_a_port_that_others_listen_on_is_refused_though_theirs_could_be_shared(sockets):
    host, port = sockets[0].getsockname()
    with pytest.raises(OSError, match="in use"):
        listen(host, port, PROCESSES)
