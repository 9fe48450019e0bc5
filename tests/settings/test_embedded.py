"""The engines from wheels: shared, ended with their last user, and unharmed by kill -9."""

import contextlib
import os
import signal
import socket
import threading

import psutil
import psycopg
import pytest
import redis

from settings.embedded import valkey
from settings.embedded.attach import attach
from settings.embedded.place import EngineError, Place
from settings.embedded.postgres import Postgres
from tests.settings.conftest import processes_of


def ask(url, query="SELECT 1"):
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(query).fetchone()[0]


def test_both_engines_answer_and_stop_with_their_last_user(folder):
    engines = attach(folder)
    assert ask(engines.database_url) == 1
    assert redis.Redis.from_url(engines.redis_url).ping()
    engines.leave()
    assert processes_of(folder) == []


def test_postgres_is_durable_and_speaks_utf8(engines):
    shown = {
        name: ask(engines.database_url, f"SHOW {name}") for name in ("fsync", "synchronous_commit", "full_page_writes")
    }
    assert set(shown.values()) == {"on"}
    assert ask(engines.database_url, "SHOW server_encoding") == "UTF8"
    assert (
        ask(engines.database_url, "SELECT datlocale FROM pg_database WHERE datname = current_database()") == "C.UTF-8"
    )


def test_postgres_listens_on_no_port(engines):
    assert ask(engines.database_url, "SHOW listen_addresses") == ""


def test_the_shops_role_is_no_superuser(engines):
    assert ask(engines.database_url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False


def test_valkey_refuses_whoever_has_no_password(engines):
    stranger = redis.Redis(port=int(engines.redis_url.split(":")[-1].split("/")[0]))
    with pytest.raises(redis.AuthenticationError):
        stranger.ping()


def test_a_second_user_joins_and_the_first_may_leave(folder, someone_else):
    first = attach(folder)
    pid = first.pid("postgres")
    someone_else()
    first.leave()
    again = attach(folder)
    assert again.pid("postgres") == pid
    again.leave()


def test_many_at_once_start_one_set_of_engines(folder):
    found = []
    threads = [threading.Thread(target=lambda: found.append(attach(folder))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({engines.pid("postgres") for engines in found}) == 1
    for engines in found:
        engines.leave()
    assert processes_of(folder) == []


def test_engines_end_when_their_only_user_is_killed(folder, someone_else, eventually):
    someone_else().kill()
    eventually(lambda: processes_of(folder) == [])


@pytest.mark.parametrize("engine", ["postgres", "valkey"])
def test_a_killed_engine_is_started_again_at_the_same_address(engine, engines, eventually):
    before = engines.pid(engine)
    os.kill(before, signal.SIGKILL)
    eventually(lambda: engines.pid(engine) != before)
    assert ask(engines.database_url) == 1
    assert redis.Redis.from_url(engines.redis_url).ping()


def test_a_start_that_fails_after_a_crash_is_tried_again(folder, engines, eventually):
    before = engines.pid("postgres")
    hint = folder / "postgres" / "data" / "postgresql.auto.conf"
    sound = hint.read_text()
    hint.write_text(f"{sound}\nthere_is_no_such_setting = on\n")
    os.kill(before, signal.SIGKILL)
    eventually(lambda: "PostgreSQL did not start" in (folder / "log" / "keeper.log").read_text())
    hint.write_text(sound)
    eventually(lambda: engines.pid("postgres") != before)
    assert ask(engines.database_url) == 1
    assert redis.Redis.from_url(engines.redis_url).ping()


def test_engines_that_never_start_again_are_given_up(folder, engines, eventually):
    (folder / "postgres" / "data" / "postgresql.auto.conf").write_text("there_is_no_such_setting = on\n")
    os.kill(engines.pid("postgres"), signal.SIGKILL)
    eventually(lambda: processes_of(folder) == [])


def test_committed_rows_survive_kill_9_of_everything(folder, someone_else, eventually):
    user = someone_else()
    engines = attach(folder)
    with psycopg.connect(engines.database_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept VALUES (7)")
    user.kill()
    for process in processes_of(folder):
        with contextlib.suppress(psutil.NoSuchProcess):  # gone with the one killed before it
            process.kill()
    eventually(lambda: processes_of(folder) == [])
    os.close(engines.lock)
    again = attach(folder)
    assert ask(again.database_url, "SELECT n FROM kept") == 7
    again.leave()


def test_a_stale_pid_file_that_names_a_stranger_does_no_harm(folder):
    attach(folder).leave()
    stale = folder / "postgres" / "data" / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{stale.parent}\n1700000000\n5432\n{folder}\n\n  0 0\nready   \n")
    engines = attach(folder)
    assert ask(engines.database_url) == 1
    engines.leave()


def test_a_cluster_that_was_not_finished_is_made_anew(folder):
    place = Place(folder)
    Postgres(place).account.own(folder / "postgres")
    (folder / "postgres" / "unfinished").mkdir()
    engines = attach(folder)
    assert ask(engines.database_url) == 1
    engines.leave()


def test_a_path_too_long_for_a_socket(folder):
    deep = folder / ("x" * 60) / ("y" * 60)
    engines = attach(deep)
    assert ask(engines.database_url) == 1
    assert not (deep / "postgres" / "run").exists()
    engines.leave()


def test_valkey_takes_another_port_when_its_own_is_taken(folder):
    with socket.socket() as taken:
        taken.bind((valkey.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        Place(folder).write("valkey.json", {"port": port})
        engines = attach(folder)
        assert f":{port}/" not in engines.redis_url
        assert redis.Redis.from_url(engines.redis_url).ping()
        engines.leave()


def test_another_major_version_is_refused_in_one_line(folder):
    attach(folder).leave()
    (folder / "postgres" / "data" / "PG_VERSION").write_text("15\n")
    with pytest.raises(EngineError, match="made by PostgreSQL 15"):
        attach(folder)


def test_a_full_disk_is_said_in_one_line(folder, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Postgres, "_make_cluster", full)
    with pytest.raises(EngineError, match=r"The disk of .* is full"):
        Postgres(Place(folder)).start()
