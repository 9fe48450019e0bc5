import json
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.db import connection
from redis.exceptions import ConnectionError as RedisConnectionError

from instore.stores import api, limits
from instore.stores.exceptions import UnknownProduct
from instore.stores.limits import SampledLimit
from instore.stores.queries import Point, availability, level_of
from tests.instore.places import make_product, make_store, make_warehouse, put

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]
GTIN = "9521234543213"
NOON = datetime(2026, 11, 21, 5, 30, tzinfo=UTC)
URL = "/api/v1/availability"


@pytest.fixture
def tee():
    """A tee at two stores and in the warehouse; a third store has never had it."""
    product = make_product(gtin=GTIN)
    menteng = make_store("menteng", at=("-6.1967", "106.8316"))
    sanur = make_store("sanur", at=("-8.6939", "115.2636"), zone="Asia/Makassar")
    make_store("dago", at=("-6.8853", "107.6135"))
    put(product, menteng.partner, 2)
    put(product, sanur.partner, 9)
    put(product, make_warehouse(), 40)
    return product


def test_the_answer_has_the_shape_of_the_contract(tee):
    assert availability(sku="TEE", near=Point(-6.2, 106.8), now=NOON) == {
        "sku": "TEE",
        "gtin": "09521234543213",
        "online": {"available": 40},
        "stores": [
            {
                "store": "menteng",
                "name": "Menteng",
                "distance_km": 3.5,
                "available": 2,
                "level": "low",
                "collect_from": "2026-11-21T13:30:00+07:00",
            },
            {
                "store": "dago",
                "name": "Dago",
                "distance_km": 117.8,
                "available": 0,
                "level": "out",
                "collect_from": None,
            },
            {
                "store": "sanur",
                "name": "Sanur",
                "distance_km": 973.4,
                "available": 9,
                "level": "in",
                "collect_from": "2026-11-21T14:30:00+08:00",
            },
        ],
    }


def test_a_gtin_of_any_length_finds_the_same(tee, client):
    by_sku = client.get(URL, {"sku": "TEE"}).json()
    assert client.get(URL, {"gtin": GTIN}).json() == by_sku
    assert client.get(URL, {"gtin": GTIN.zfill(14)}).json() == by_sku
    assert client.get(URL, {"sku": "UNKNOWN", "gtin": GTIN}).json() == by_sku


def test_without_a_position_stores_stand_by_name_without_a_distance(tee, client):
    stores = client.get(URL, {"sku": "TEE"}).json()["stores"]
    assert [(store["store"], store["distance_km"]) for store in stores] == [
        ("dago", None),
        ("menteng", None),
        ("sanur", None),
    ]


def test_a_store_without_a_position_stands_last(tee):
    make_store("nowhere")
    assert [store["store"] for store in availability(sku="TEE", near=Point(-8.7, 115.3))["stores"]] == [
        "sanur",
        "dago",
        "menteng",
        "nowhere",
    ]


def test_one_store_can_be_asked_alone(tee, client):
    answer = client.get(URL, {"sku": "TEE", "store": "menteng"}).json()
    assert [store["store"] for store in answer["stores"]] == ["menteng"]
    assert answer["online"] == {"available": 40}


def test_a_closed_store_is_not_shown_and_cannot_be_asked(tee, client):
    put(tee, make_store("closed", public=False).partner, 5)
    assert "closed" not in {store["store"] for store in client.get(URL, {"sku": "TEE"}).json()["stores"]}
    assert client.get(URL, {"sku": "TEE", "store": "closed"}).status_code == 404


def test_online_is_what_one_place_can_send_not_a_sum(tee):
    put(tee, make_warehouse("second"), 50)
    assert availability(sku="TEE")["online"] == {"available": 50}


@pytest.mark.parametrize(("available", "level"), [(0, "out"), (1, "low"), (3, "low"), (4, "in")])
def test_three_or_fewer_are_low(available, level):
    assert level_of(available) == level


@pytest.mark.parametrize("shops", [1, 50])
@pytest.mark.parametrize(("asked", "queries"), [({"sku": "TEE"}, 1), ({"gtin": GTIN}, 1)])
def test_the_number_of_queries_does_not_grow_with_the_stores(shops, asked, queries, client, django_assert_num_queries):
    product = make_product(gtin=GTIN)
    for number in range(shops):
        put(product, make_store(f"shop-{number}", at=("-6.2", "106.8")).partner, number)
    with django_assert_num_queries(queries):
        answer = client.get(URL, {**asked, "near": "-6.2,106.8"}).json()
    assert len(answer["stores"]) == shops


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 422),
        ({"sku": ""}, 422),
        ({"gtin": "123"}, 422),
        ({"gtin": "9521234543214"}, 422),
        ({"sku": "TEE", "near": "here"}, 422),
        ({"sku": "TEE", "near": "NaN,0"}, 422),
        ({"sku": "TEE", "near": ""}, 422),
        ({"sku": "TEE", "near": "91,0"}, 422),
        ({"sku": "TEE", "near": "0,180.5"}, 422),
        ({"sku": "T\x00E"}, 422),
        ({"sku": "TEE", "store": "a\x00"}, 422),
        ({"sku": "nothing"}, 404),
        ({"sku": "x" * 5000}, 404),
        ({"gtin": "4006381333931"}, 404),
        ({"sku": "TEE", "store": "gudang"}, 404),
        ({"sku": "TEE", "store": "nowhere"}, 404),
    ],
)
def test_a_refusal_is_a_problem_document(tee, client, asked, status):
    response = client.get(URL, asked)
    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/problem+json")
    problem = response.json()
    assert problem["status"] == status
    assert problem.keys() >= {"type", "title", "detail"}


def test_a_sku_and_a_gtin_of_two_products_are_not_guessed_between(tee, client):
    put(make_product("Other", gtin="4006381333931"), make_warehouse(), 1, sku="OTHER")
    assert client.get(URL, {"sku": "TEE", "gtin": "4006381333931"}).status_code == 422


def test_a_product_in_the_books_of_nobody_is_unknown():
    make_product(gtin=GTIN)
    with pytest.raises(UnknownProduct) as refusal:
        availability(gtin=GTIN.zfill(14))
    assert refusal.value.gtin == GTIN.zfill(14)


def test_too_many_questions_from_one_address_wait(tee, client, monkeypatch):
    monkeypatch.setattr(api, "limit", SampledLimit("test", most=25, seconds=3600))
    answers = [client.get(URL, {"sku": "TEE"}).status_code for _ in range(30)]
    assert answers == [200] * 25 + [429] * 5
    refused = client.get(URL, {"sku": "TEE"})
    assert 0 < int(refused.headers["Retry-After"]) <= 3600
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert client.get(URL, {"sku": "TEE"}, REMOTE_ADDR="10.0.0.2").status_code == 200


def test_processes_count_together_with_little_slack():
    first, second = (SampledLimit("test", most=50, seconds=3600) for _ in range(2))
    let_in = 0
    for _ in range(100):
        let_in += (first.refusal("somebody") is None) + (second.refusal("somebody") is None)
    assert 50 <= let_in <= 50 + 2 * (limits.STEP - 1)


def test_a_process_does_not_remember_every_address_for_ever(monkeypatch):
    monkeypatch.setattr(limits, "MOST_KEYS", 5)
    limit = SampledLimit("test", most=1, seconds=3600)
    for number in range(50):
        limit.refusal(str(number))
    assert len(limit._seen) <= 6


def test_without_the_cache_everybody_is_answered(tee, client, monkeypatch):
    def silent(*args, **kwargs):
        raise RedisConnectionError

    monkeypatch.setattr(api, "limit", SampledLimit("test", most=0, seconds=60))
    monkeypatch.setattr(cache, "add", silent)
    monkeypatch.setattr(cache, "incr", silent)
    assert client.get(URL, {"sku": "TEE"}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_connection_the_database_dropped_is_opened_again():
    put(make_product(), make_warehouse(), 3)
    assert availability(sku="TEE")["online"] == {"available": 3}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    with connection.copy().cursor() as other:
        other.execute("SELECT pg_terminate_backend(%s)", [backend])
        other.connection.close()
    assert availability(sku="TEE")["online"] == {"available": 3}


def test_where_somebody_is_standing_is_not_written_down(tee, client, monkeypatch):
    written = []
    monkeypatch.setattr(api.log, "debug", lambda _event, **facts: written.append(facts), raising=False)
    client.get(URL, {"sku": "TEE", "near": "-6.196789,106.831654"})
    assert written == [{"sku": "TEE", "near": [-6.2, 106.83]}]


def test_the_openapi_document_knows_the_question_and_its_answers(client):
    document = client.get("/api/v1/openapi.json").json()
    operation = document["paths"][URL]["get"]
    assert {parameter["name"] for parameter in operation["parameters"]} == {"sku", "gtin", "near", "store"}
    assert operation["responses"].keys() == {"200", "404", "422", "429"}
    assert "collect_from" in json.dumps(document)
