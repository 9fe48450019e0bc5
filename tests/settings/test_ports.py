import socket

import pytest

from settings.demonstration import ports


@pytest.fixture
def taken():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_taken_port_is_passed_over(taken):
    assert ports.first_free(taken) > taken


def test_a_free_port_is_used(taken):
    free = ports.first_free(taken)
    assert ports.first_free(free) == free


def test_a_port_that_only_ipv6_has_taken_is_taken():
    try:
        server = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("no IPv6 here")
    with server:
        assert not ports.is_free(server.getsockname()[1])
