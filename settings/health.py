"""Liveness and readiness."""

import time
from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Final

from django.core.cache import cache
from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import resolve
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from settings.logs.requests import PROBES

WORKER_KEY, WORKER_SECONDS = "worker-seen", 60
WORKER_AT: Final = "worker-seen-at"
REMEMBERED_SECONDS: Final = 7 * 24 * 3600


class NotReady(Exception):
    """A part does not work; its text says what is wrong, without secrets."""


def note_worker() -> None:
    """Remember for a minute that a worker was seen, and for a week when."""
    cache.set(WORKER_KEY, 1, WORKER_SECONDS)
    cache.set(WORKER_AT, time.time(), REMEMBERED_SECONDS)


def worker_seen_at() -> float | None:
    """When a worker was last seen, by its own clock; None if that is forgotten."""
    found: float | None = cache.get(WORKER_AT)
    return found


def check_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def check_redis() -> None:
    cache.get("ready")


def check_worker() -> None:
    if cache.get(WORKER_KEY) is None:
        raise NotReady(f"no worker seen for {WORKER_SECONDS} seconds")


@lru_cache(maxsize=1)
def known_migrations() -> frozenset[tuple[str, str]]:
    """(app, name) of every migration in the code; it cannot change while the process lives."""
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    return frozenset(loader.disk_migrations)


def missing_migrations() -> Collection[tuple[str, str]]:
    """Those the code has and the database lacks."""
    return known_migrations() - MigrationRecorder(connection).applied_migrations().keys()


def check_migrations() -> None:
    if missing := missing_migrations():
        raise NotReady(f"{len(missing)} migrations not applied")


CHECKS: dict[str, Callable[[], None]] = {
    "database": check_database,
    "migrations": check_migrations,
    "redis": check_redis,
    "worker": check_worker,
}


def verdict(check: Callable[[], None]) -> str:
    """``ok``, or what is wrong."""
    try:
        check()
    except NotReady as reason:
        return str(reason)
    except (DatabaseError, RedisError, OSError) as error:
        return f"unreachable ({type(error).__name__})"
    return "ok"


class ProbesFirst:
    """Load balancers and scrapers ask by address: any Host is right then, and nothing redirects them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info in PROBES:
            answer: HttpResponseBase = resolve(request.path_info).func(request)
            return answer
        return self.get_response(request)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when everything a shopper or a till needs works, else 503; either way each part's verdict."""
    parts = {name: verdict(check) for name, check in CHECKS.items()}
    ready = all(found == "ok" for found in parts.values())
    return JsonResponse({"ready": ready, **parts}, status=200 if ready else 503)
