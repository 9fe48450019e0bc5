"""kill -9 in the middle of a replay of real sales; started again and told everything again, nothing differs."""

import json

import psutil
import pytest

from tests.stress.crowd import eventually
from tests.stress.house import Shop, kill
from tests.stress.journey import SALES

pytestmark = pytest.mark.timeout(400)


def in_the_middle(shop: Shop, replay) -> None:
    """Wait until a good part is applied, and not too much."""

    def far_enough():
        assert replay.poll() is None or shop.applied() > 0, replay.communicate()
        return shop.applied() > SALES // 10

    eventually(far_enough, seconds=120, pause=0.005)


def struck(shop: Shop, record_property) -> None:
    """What was applied when it struck: some, and not all."""
    left = shop.applied()
    record_property("applied when it struck", left)
    assert 0 < left < SALES


def test_a_worker_is_killed(house, log, record_property):
    shop = house.shop()
    replay = shop.begin("replay", log.source, "--workers", 2)
    in_the_middle(shop, replay)
    workers = [p for p in psutil.Process(replay.pid).children() if "spawn_main" in " ".join(p.cmdline())]
    assert len(workers) == 2
    workers[0].kill()
    replay.wait(120)
    assert replay.returncode != 0  # it says that it lost one
    shop.applied() == SALES or struck(shop, record_property)
    log.told_again(shop)
    log.assert_nothing_differs(shop)


def test_the_whole_replay_is_killed(house, log, record_property):
    shop = house.shop()
    replay = shop.begin("replay", log.source)
    in_the_middle(shop, replay)
    kill(psutil.Process(replay.pid))
    struck(shop, record_property)
    report = log.told_again(shop)
    assert report["duplicates"] > 0
    log.assert_nothing_differs(shop)


@pytest.fixture
def open_shop(house, log):
    """A web server, a Celery worker of two processes and a clock."""
    shop = house.shop()
    shop.open("web", "worker", "beat")
    yield shop
    shop.close()


def test_celery_is_killed(open_shop, log, record_property):
    replay = open_shop.begin("replay", log.source, "--via", "http")
    in_the_middle(open_shop, replay)
    open_shop.kill("worker")
    struck(open_shop, record_property)
    eventually(lambda: open_shop.ask("SELECT count(*) FROM omni_sync_inboxevent") == SALES)  # the door stays open
    struck(open_shop, record_property)
    open_shop.open("worker")
    assert replay.wait(120) == 0
    log.assert_nothing_differs(open_shop)


def test_one_process_of_celery_is_killed(open_shop, log, record_property):
    replay = open_shop.begin("replay", log.source, "--via", "http")
    in_the_middle(open_shop, replay)
    child, *_ = psutil.Process(open_shop.crew["worker"].pid).children()
    child.kill()
    struck(open_shop, record_property)
    assert replay.wait(120) == 0
    log.assert_nothing_differs(open_shop)


def test_postgres_is_killed(house, open_shop, log, record_property):
    replay = open_shop.begin("replay", log.source, "--via", "http")
    in_the_middle(open_shop, replay)
    house.kill_engine("postgres")
    eventually(lambda: open_shop.applied() >= 0)
    struck(open_shop, record_property)
    replay.communicate(timeout=120)  # the till got an error, or not; it tells everything again
    report = log.told_again(open_shop, "--via", "http")
    assert report["duplicates"] > 0
    log.assert_nothing_differs(open_shop)


def test_valkey_is_killed_and_comes_back_empty(house, open_shop, log, record_property):
    replay = open_shop.begin("replay", log.source, "--via", "http")
    in_the_middle(open_shop, replay)
    house.kill_engine("valkey")
    struck(open_shop, record_property)
    out, err = replay.communicate(timeout=150)
    assert replay.returncode == 0, err  # no till noticed
    assert json.loads(out)["accepted"] == SALES
    log.assert_nothing_differs(open_shop)


def test_everything_is_killed(house, open_shop, log, record_property):
    replay = open_shop.begin("replay", log.source, "--via", "http")
    in_the_middle(open_shop, replay)
    for member in ("web", "worker", "beat"):
        open_shop.kill(member)
    kill(psutil.Process(replay.pid))
    for engine in ("valkey", "postgres"):
        house.kill_engine(engine)
    eventually(lambda: open_shop.applied() >= 0)
    struck(open_shop, record_property)
    open_shop.open("web", "worker", "beat")
    log.told_again(open_shop, "--via", "http")
    log.assert_nothing_differs(open_shop)
