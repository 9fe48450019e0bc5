"""Events out under fire: writers of every speed against a reader; a worker that is killed while it pushes."""

import random
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
from django.db import connection, transaction

from omni_sync.pos.models import OutboxEvent
from omni_sync.pos.outbox.read import read
from tests.factories import make_connection, make_store
from tests.omni_sync.pos.outbox.receiver import Receiver, say, settle
from tests.stress.crowd import eventually

WRITERS, TRANSACTIONS = 6, 40


def write(store, seed):
    """Many transactions, of one event or several, some with a pause in the middle; the ids they told."""
    dice, told = random.Random(seed), []
    for _ in range(TRANSACTIONS):
        with transaction.atomic():
            told += say(store)
            if dice.random() < 0.3:
                time.sleep(dice.random() * 0.05)
            told += say(store, dice.randrange(3))
    connection.close()
    return told


def follow(news, store):
    """Read on while the writers write, and once more when all is done: what was told, and what was heard."""
    heard = []
    with ThreadPoolExecutor(WRITERS) as pool:
        writers = [pool.submit(write, store, seed) for seed in range(WRITERS)]
        while not all(writer.done() for writer in writers):
            heard += news()
    settle()
    while more := news():
        heard += more
    return [number for writer in writers for number in writer.result()], heard


@pytest.mark.django_db(transaction=True)
def test_a_reader_among_writers_of_every_speed_hears_everything_once():
    store = make_store("menteng")
    till, after = make_connection(store), None

    def news():
        nonlocal after
        page = read(connection=till, after=after, limit=50)
        after = page.next
        return [event.id for event in page.events]

    told, heard = follow(news, store)
    assert len(heard) == len(set(heard))
    assert set(heard) == set(told)


@pytest.mark.django_db(transaction=True)
def test_control_a_reader_that_remembers_the_last_id_misses_some():
    store, last = make_store("menteng"), 0

    def news():
        nonlocal last
        ids = list(OutboxEvent.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:50])
        last = ids[-1] if ids else last
        return [f"evt_{pk}" for pk in ids]

    told, heard = follow(news, store)
    assert set(heard) < set(told)


EVENTS = 3000
TELL = """
    INSERT INTO omni_sync_outboxevent (type, store_id, data)
    SELECT 'stock.changed', p.id, jsonb_build_object('sku', n) FROM partner_partner p, generate_series(1, %s) n
     WHERE p.code = 'menteng' ORDER BY n
    RETURNING (SELECT count(*) FROM omni_sync_endpoint)
"""
#: As if the minute of the lease were over.
TIME_PASSES = "UPDATE omni_sync_endpoint SET leased_until = now() - interval '1 second' RETURNING lease IS NOT NULL"
STORE = "INSERT INTO partner_partner (code, name) VALUES ('menteng', 'Menteng') RETURNING id"


@pytest.fixture
def receiver():
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def shop(house, receiver):
    """A shop that pushes to the receiver, with a worker and a clock."""
    shop = house.shop()
    shop.ask(STORE)
    shop.manage("connection", "till", "--webhook", receiver.url)
    shop.open("worker", "beat")
    yield shop
    shop.close()


def strike(shop, receiver, after):
    """Wait until so many have arrived, then end whoever pushes, at once."""
    eventually(lambda: len(receiver.heard) > after, pause=0.002)
    shop.kill("worker")
    return len(receiver.heard)


@pytest.mark.timeout(300)
def test_a_worker_killed_while_it_pushes_loses_nothing_and_repeats_one_at_most(shop, receiver, record_property):
    assert shop.ask(TELL, EVENTS) == 1
    struck = []
    for part in (0.2, 0.6):
        struck.append(strike(shop, receiver, part * EVENTS))
        assert struck[-1] < EVENTS
        shop.open("worker")
        assert shop.ask(TIME_PASSES)
    record_property("arrived when it struck", struck)
    eventually(lambda: len(set(receiver.numbers)) == EVENTS, seconds=120)
    numbers = [int(number.removeprefix("evt_")) for number in receiver.numbers]
    assert list(dict.fromkeys(numbers)) == sorted(set(numbers))  # in order, by when each was first heard
    assert len(numbers) <= EVENTS + len(struck)


@pytest.mark.timeout(300)
def test_one_process_of_the_worker_killed_while_it_pushes_loses_nothing(shop, receiver):
    assert shop.ask(TELL, EVENTS) == 1
    eventually(lambda: len(receiver.heard) > EVENTS / 3, pause=0.002)
    for child in psutil.Process(shop.crew["worker"].pid).children():
        child.kill()
    assert len(receiver.heard) < EVENTS
    shop.ask(TIME_PASSES)
    eventually(lambda: len(set(receiver.numbers)) == EVENTS, seconds=120)
    numbers = [int(number.removeprefix("evt_")) for number in receiver.numbers]
    assert list(dict.fromkeys(numbers)) == sorted(set(numbers))
