"""A worker is asked once for what it finds by itself, and nobody waits for a broker that is gone."""

import pytest

from omni_sync import poke as poking
from omni_sync.poke import begin, poke_once

pytestmark = pytest.mark.usefixtures("transactional_db", "clean_cache")


class Task:
    """What was asked of it."""

    name = "tests.look"

    def __init__(self) -> None:
        self.asked = 0

    def apply_async(self, **_: object) -> None:
        self.asked += 1


@pytest.fixture
def task():
    task = Task()
    begin(task)  # whatever an earlier test left
    return task


def test_a_task_that_is_asked_for_and_has_not_begun_is_not_asked_again(task):
    for _ in range(50):
        assert poke_once(task)
    assert task.asked == 1


def test_from_its_beginning_on_it_is_asked_again(task):
    poke_once(task)
    begin(task)  # it looks now: what is written from here on it may miss
    poke_once(task)
    poke_once(task)
    assert task.asked == 2


def test_what_was_asked_for_and_lost_is_asked_again_soon(task, monkeypatch):
    monkeypatch.setattr(poking, "FORGOTTEN", 1)
    poke_once(task)
    while task.asked < 2:
        poke_once(task)


def test_tasks_are_asked_for_by_name(task):
    other = Task()
    other.name = "tests.look.elsewhere"
    begin(other)
    assert poke_once(task)
    assert poke_once(other)
    assert (task.asked, other.asked) == (1, 1)


def test_without_the_server_nothing_is_asked_and_nothing_is_raised(task, settings):
    settings.LINTAS_LIVE_URL = "redis://127.0.0.1:1/0"
    assert poke_once(task) is False
    begin(task)
    assert task.asked == 0


def test_where_nothing_is_shared_every_poke_is_sent(task, settings):
    settings.LINTAS_LIVE_URL, settings.REDIS_URL = None, None
    poke_once(task)
    poke_once(task)
    assert task.asked == 2
