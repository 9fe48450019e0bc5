"""Who may speak at the till's door: whoever signed these very bytes, a short while ago."""

import json
import time
from pathlib import Path

import pytest
from standardwebhooks.webhooks import Webhook

from omni_sync.pos.adapters.native.till import NativeTill
from omni_sync.pos.models import Delivery
from omni_sync.pos.secrets import new_secret, seal, secrets_of
from tests.factories import as_body, make_connection, make_record, make_store, post, sale, sign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]


@pytest.fixture
def till():
    store = make_store("menteng")
    make_record(store)
    return make_connection(store)


@pytest.fixture
def body():
    return as_body([sale("menteng", "R-1", {"TEE": 1})])


def refused(answer, status=401):
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, problem["status"]) == (status, status)
    assert {"type", "title", "detail"} <= problem.keys()
    return True


def test_a_signed_delivery_is_taken(client, till, body):
    answer = post(client, till, body)
    assert (answer.status_code, answer.json()) == (202, {"accepted": 1, "duplicates": 0, "rejected": []})


def test_a_signature_of_the_standards_own_library_is_taken(client, till, body):
    from datetime import UTC, datetime

    now = datetime.now(UTC)
    signature = Webhook(secrets_of(till)[0]).sign("msg_1", now, body.decode())
    headers = {"webhook-id": "msg_1", "webhook-timestamp": str(int(now.timestamp())), "webhook-signature": signature}
    assert post(client, till, body, headers=headers).status_code == 202


def test_the_vector_of_the_standard_is_signed_as_we_sign(root):
    path = root.parent / "shared" / "pos_samples" / "signature_vectors.json"
    if not path.is_file():
        pytest.skip("the collected vectors of other systems are not beside this checkout")
    vector = json.loads(Path(path).read_text())["standard_webhooks"]
    made = sign(vector["secret"], vector["body"].encode(), number=vector["webhook-id"], at=vector["webhook-timestamp"])
    assert made["webhook-signature"] == vector["webhook-signature"]


@pytest.mark.parametrize("missing", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_a_delivery_without_one_of_the_headers_is_refused(client, till, body, missing):
    headers = sign(secrets_of(till)[0], body)
    del headers[missing]
    assert refused(post(client, till, body, headers=headers))
    assert Delivery.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"webhook-signature": "v1,AAAA"},
        {"webhook-signature": "v1,not base64 é"},
        {"webhook-signature": "v1"},
        {"webhook-signature": "v1,"},
        {"webhook-signature": ","},
        {"webhook-signature": "v2,"},
        {"webhook-id": "another"},
        {"webhook-timestamp": "now"},
        {"webhook-timestamp": "nan"},
        {"webhook-timestamp": "1e400"},
        {"webhook-timestamp": "9" * 40},
        {"webhook-timestamp": "-1"},
        {"webhook-timestamp": "١٢٣"},
    ],
)
def test_a_wrong_header_is_refused(client, till, body, wrong):
    assert refused(post(client, till, body, headers={**sign(secrets_of(till)[0], body), **wrong}))
    assert Delivery.objects.count() == 0


def test_other_bytes_than_those_that_were_signed_are_refused(client, till, body):
    assert refused(post(client, till, body + b" ", headers=sign(secrets_of(till)[0], body)))


def test_another_tills_secret_is_refused(client, till, body):
    assert refused(post(client, till, body, headers=sign(new_secret(), body)))


@pytest.mark.parametrize("off", [-301, -3600, 302, 86400])
def test_a_timestamp_more_than_five_minutes_off_is_refused(client, till, body, off):
    assert refused(post(client, till, body, headers=sign(secrets_of(till)[0], body, at=int(time.time()) + off)))


@pytest.mark.parametrize("off", [-290, 290])
def test_a_timestamp_less_than_five_minutes_off_is_taken(client, till, body, off):
    headers = sign(secrets_of(till)[0], body, at=int(time.time()) + off)
    assert post(client, till, body, headers=headers).status_code == 202


def test_while_a_secret_is_changed_the_old_one_still_opens(client, till, body):
    old = secrets_of(till)[0]
    till.secret = seal([new_secret(), old])
    till.save()
    assert post(client, till, body, headers=sign(old, body)).status_code == 202
    assert post(client, till, body).json()["duplicates"] == 1


def test_one_good_signature_among_others_is_enough(client, till, body):
    headers = sign(secrets_of(till)[0], body)
    headers["webhook-signature"] = f"v1a,xyz v1,AAAA {headers['webhook-signature']}"
    assert post(client, till, body, headers=headers).status_code == 202


@pytest.mark.parametrize("name", ["nobody", "%00", "é", "x" * 400])
def test_an_unknown_connection_is_not_found(client, till, body, name):
    answer = client.post(f"/api/v1/pos/{name}/events", data=body, content_type="application/json")
    assert refused(answer, 404)


def test_getting_the_door_is_no_method(client, till):
    assert client.get(f"/api/v1/pos/{till.name}/events").status_code == 405


def test_secrets_are_not_stored_in_the_clear(till):
    assert secrets_of(till)[0].encode() not in bytes(till.secret)


def test_an_adapter_knows_no_secret_nobody_has():
    from omni_sync.pos.exceptions import Unauthorised

    with pytest.raises(Unauthorised):
        NativeTill().authenticate(body=b"{}", headers=sign(new_secret(), b"{}"), secrets=[], url="")
