"""Production as an operator sets it up: what is missing is said, what is there is safe, and the guide is true."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from prometheus_client import values

from settings import environment
from settings.environment import ROOT
from settings.metrics import parts, traffic

GUIDE = ROOT / "docs" / "operate.md"
COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "settings.production",
    "SECRET_KEY": "k3y-0f-many-different-letters-and-more-than-fifty-of-them!",
    "ENCRYPTION_KEYS": "new,old",
    "ALLOWED_HOSTS": "shop.example,www.shop.example",
    "BASE_URL": "https://shop.example",
    "DATABASE_URL": "postgresql://lintas:geheim@db/lintas",
    "REDIS_URL": "rediss://:geheim@cache/0",
}


@pytest.fixture
def run(bare_environ):
    def run(*command, **given):
        return subprocess.run(
            [sys.executable, *command],
            cwd=ROOT, env={**bare_environ, **given}, capture_output=True, text=True, check=False, timeout=200,
        )  # fmt: skip

    return run


@pytest.fixture
def read(run):
    """Some settings, as production has them."""

    def read(*names, **given):
        shown = ", ".join(f"{name!r}: s.{name}" for name in names)
        script = f"import json, settings.production as s; print(json.dumps({{{shown}}}, default=str))"
        done = run("-c", script, **{**COMPLETE, **given})
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return read


def test_everything_that_is_missing_is_named_in_one_line(run):
    done = run("manage.py", "check", DJANGO_SETTINGS_MODULE="settings.production")
    named = "SECRET_KEY, ENCRYPTION_KEYS, DATABASE_URL, REDIS_URL, BASE_URL, ALLOWED_HOSTS are not set."
    assert done.returncode != 0
    assert done.stderr.splitlines()[-1].endswith(f"{named} Lintas needs them in production.")


def test_djangos_check_for_deployment_has_nothing_to_say(run):
    done = run("manage.py", "check", "--deploy", "--fail-level", "INFO", **COMPLETE)
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (2 silenced).\n"), done.stderr


def test_a_browser_keeps_to_https_and_its_cookies_to_itself(read):
    seen = read(
        "DEBUG", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER", "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE", "OSCAR_BASKET_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY",
        "CSRF_TRUSTED_ORIGINS", "METRICS_OPEN", "METRICS_TOKEN", "SESSION_COOKIE_NAME", "X_FRAME_OPTIONS",
    )  # fmt: skip
    assert seen == {
        "DEBUG": False, "SECURE_SSL_REDIRECT": True, "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"], "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True, "LANGUAGE_COOKIE_SECURE": True, "OSCAR_BASKET_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True, "CSRF_TRUSTED_ORIGINS": ["https://shop.example"], "METRICS_OPEN": False,
        "METRICS_TOKEN": "", "SESSION_COOKIE_NAME": "__Host-session", "X_FRAME_OPTIONS": "DENY",
    }  # fmt: skip


def test_connections_persist_or_are_shared(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", COMPLETE["DATABASE_URL"])
    alone = environment.database(None).as_django()
    assert (alone["CONN_MAX_AGE"], "pool" in alone["OPTIONS"]) == (600, False)
    monkeypatch.setenv("DATABASE_CONN_MAX_AGE", "30")
    assert environment.database(None).as_django()["CONN_MAX_AGE"] == 30
    monkeypatch.setenv("DATABASE_POOL_SIZE", "3")
    shared = environment.database(None).as_django()
    assert (shared["CONN_MAX_AGE"], shared["OPTIONS"]["pool"]["max_size"]) == (0, 3)


def test_a_pool_really_is_shared(run):
    """Five threads at once, two connections: all are answered."""
    from tests.settings.office import database_url

    script = """
import django; django.setup()
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from django.db import connection
together = Barrier(5)
def ask(n):
    together.wait(20)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    connection.close()
    return pid
with ThreadPoolExecutor(5) as threads:
    print(len(set(threads.map(ask, range(5)))))
connection.close_pool()
"""
    done = run("-c", script, **{**COMPLETE, "DATABASE_URL": database_url(), "DATABASE_POOL_SIZE": "2"})
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) <= 2


# The guide

OURS_ALONE = {
    "CHROMIUM",
    "LINTAS_TEST_RUN",
    "LINTAS_TEST_EMBEDDED",
    "LINTAS_BENCH",
    "DJANGO_SETTINGS_MODULE",
    "DISPLAY",
}
READERS = {"text", "number", "flag", "words", "require", "group"}


def names_in(file: Path) -> set[str]:
    """The variables that a module reads: through ``environment``, or by itself."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            owner = ast.unparse(called.value) if isinstance(called, ast.Attribute) else ""
            through = name in READERS and (owner == "environment" or file.name == "environment.py")
            if (
                through
                or (owner == "os.environ" and name in {"get", "setdefault", "pop"})
                or owner + name == "osgetenv"
            ):
                found |= {
                    a.value
                    for a in node.args[: None if name in {"require", "group"} else 1]
                    if isinstance(a, ast.Constant)
                }
        read = isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load)
        if read and ast.unparse(node.value) == "os.environ" and isinstance(node.slice, ast.Constant):
            found.add(node.slice.value)
    return found


def test_the_guide_names_every_variable_that_is_read_and_no_other():
    rooms = ("settings", "omni_sync", "instore", "kiosk", "shop")
    read = set().union(
        *(names_in(file) for room in rooms for file in (ROOT / room).rglob("*.py") if "test" not in file.name)
    )
    table = GUIDE.read_text().partition("## What they are told")[2].partition("\n## ")[0]
    told = {
        name for row in re.findall(r"^\|([^|]*)\|", table, re.MULTILINE) for name in re.findall(r"`([A-Z_]+)`", row)
    }
    assert told == read - OURS_ALONE


@pytest.mark.django_db
def test_the_guide_names_every_figure_and_the_rules_no_other(tmp_path, settings, monkeypatch):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "set to be put back")
    monkeypatch.setattr(values, "ValueClass", values.ValueClass)
    settings.METRICS_FOLDER = str(tmp_path)
    traffic._made.cache_clear()
    try:
        counting = traffic.instruments()
        counting.requests.labels("GET", "x", "200").inc()
        counting.request_seconds.labels("x").observe(1)
        counting.tasks.labels("x", "success").inc()
        counting.task_seconds.labels("x").observe(1)
        families = {metric.name: metric.type for metric in parts.Scrape().collect()}
    finally:
        traffic._made.cache_clear()
    suffix = {"counter": "_total", "info": "_info"}
    scraped = {name + suffix.get(kind, "") for name, kind in families.items()}
    histograms = {f"{name}_bucket" for name, kind in families.items() if kind == "histogram"}
    table = GUIDE.read_text().partition("## Metrics")[2].partition("\n## ")[0].partition("| metric | is |")[2]
    told = {name for row in re.findall(r"^\|([^|]*)\|", table, re.MULTILINE) for name in re.findall(r"lintas_\w+", row)}
    # There is no newest event in an empty shop.
    assert told == scraped | {"lintas_outbox_newest_age_seconds"}
    rules = (ROOT / "docs" / "prometheus-rules.yml").read_text()
    assert set(re.findall(r"lintas_\w+", rules)) <= scraped | histograms
    alerts = set(re.findall(r"alert: (\w+)", rules))
    assert alerts == set(re.findall(r"`(Lintas\w+)`", GUIDE.read_text().partition("## Alerts")[2]))
