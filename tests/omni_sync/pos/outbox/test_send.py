"""Where events are sent, and where never: not into our own house, whatever a name resolves to."""

import datetime
import ipaddress
import socket
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from omni_sync.pos.outbox.addresses import check_webhook
from omni_sync.pos.outbox.exceptions import WebhookRefused
from omni_sync.pos.outbox.send import Line
from tests.omni_sync.pos.outbox.receiver import Receiver

INSIDE = [
    "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
    "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1",
    "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::",
    "2001:db8::1",
]  # fmt: skip


@pytest.fixture
def receiver():
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def nobody_allowed(settings):
    settings.LINTAS_WEBHOOK_ALLOWED_HOSTS = []


@pytest.fixture
def names(monkeypatch):
    """A name server of our own: what each name resolves to, one answer after the other."""
    answers, asked = {}, []
    real = socket.getaddrinfo

    def resolve(host, port, *args, **kwargs):
        found = answers.get(host)
        if found is None:
            return real(host, port, *args, **kwargs)
        asked.append(host)
        return real(found.pop(0) if len(found) > 1 else found[0], port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    answers["asked"] = asked
    return answers


@pytest.fixture
def wires(monkeypatch):
    """Where connections were tried to; none is made."""
    tried = []

    def create_connection(address, *args, **kwargs):
        tried.append(address[0])
        raise OSError

    monkeypatch.setattr("urllib3.util.connection.create_connection", create_connection)
    return tried


def send(url):
    with Line(url) as line:
        return line.send(b"{}", {"webhook-id": "1"})


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_of_an_address_inside_is_refused_and_nothing_is_tried(nobody_allowed, names, wires, address):
    names["hook.example"] = [address]
    answer = send("https://hook.example/")
    assert "not public" in answer.error
    assert (answer.status, wires) == (None, [])


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_refused_as_it_is(nobody_allowed, wires, address):
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(WebhookRefused):
        check_webhook(f"https://{host}/hook")
    assert "not public" in send(f"https://{host}/hook").error
    assert wires == []


def test_a_real_receiver_inside_hears_nothing_whatever_it_is_called(nobody_allowed, settings, names, receiver):
    settings.DEBUG = True  # http is fine here, inside is not
    names["hook.example"] = ["127.0.0.1"]
    port = receiver.server.server_port
    for host in ("hook.example", "127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]"):
        assert not send(f"http://{host}:{port}/hook").arrived
    assert receiver.heard == []


def test_the_address_that_was_checked_is_the_one_that_is_called(nobody_allowed, names, wires):
    """A name server that answers twice, and differently, is asked once."""
    names["hook.example"] = ["93.184.216.34", "127.0.0.1"]
    assert "could not be reached" in send("https://hook.example/").error
    assert (wires, names["asked"]) == (["93.184.216.34"], ["hook.example"])


def test_a_public_receiver_is_called_by_its_name(nobody_allowed, settings, monkeypatch, receiver):
    """The guarded way from end to end, with its check answered for this machine."""
    settings.DEBUG = True
    monkeypatch.setattr("requests_hardened.ip_filter_adapter.filter_host", lambda *_, **__: "127.0.0.1")
    port = receiver.server.server_port
    with Line(f"http://hook.example:{port}/hook") as line:
        assert line.send(b"{}", {"webhook-id": "1"}).arrived
        assert line.send(b"{}", {"webhook-id": "2"}).arrived
    assert receiver.numbers == ["1", "2"]
    assert receiver.heard[0].headers["host"] == f"hook.example:{port}"
    assert len({one.line for one in receiver.heard}) == 1


def test_a_host_that_is_allowed_by_name_may_be_inside(settings, receiver):
    settings.LINTAS_WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1"]
    assert send(receiver.url).arrived
    settings.LINTAS_WEBHOOK_ALLOWED_HOSTS = ["10.0.0.9"]
    assert not send(receiver.url).arrived


@pytest.mark.parametrize(
    "url",
    [
        "http://shop.example/hook", "ftp://shop.example/", "https://", "https://user:word@shop.example/",
        "https://shop.example/#there", "https://shop.example:0/", "https://shop.example:99999/", "javascript:alert(1)",
        "https://localhost/", "https://db.internal/", "https://printer.local/", "https://shop.example/a b",
        "https://shop.example/" + "a" * 200, "https://[::1/", "",
    ],
)  # fmt: skip
def test_what_is_no_address_for_events_is_refused(nobody_allowed, url):
    with pytest.raises(WebhookRefused):
        check_webhook(url)


def test_no_proxy_is_asked(nobody_allowed, names, wires, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    names["hook.example"] = ["93.184.216.34"]
    send("https://hook.example/")
    assert wires == ["93.184.216.34"]


@pytest.fixture
def forger(tmp_path, settings):
    """A receiver on TLS whose certificate nobody vouches for."""
    settings.LINTAS_WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1"]
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (tmp_path / "both.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "both.pem")
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.handle_error = lambda *_: None
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"https://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(forger):
    assert "certificate" in send(forger).error


def test_a_handshake_that_never_ends_is_left(settings, monkeypatch):
    from omni_sync.pos.outbox import send as sending

    settings.LINTAS_WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1"]
    monkeypatch.setattr(sending, "WHOLE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        answer = send(f"https://127.0.0.1:{silent.getsockname()[1]}/")
    assert "in time" in answer.error
