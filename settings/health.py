"""Liveness and readiness."""

from collections.abc import Callable
from functools import lru_cache

from django.core.cache import cache
from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

WORKER_KEY, WORKER_SECONDS = "worker-seen", 60


class NotReady(Exception):
    """A part does not work; its text says what is wrong, without secrets."""


def note_worker() -> None:
    """Remember for a minute that a worker was seen."""
    cache.set(WORKER_KEY, 1, WORKER_SECONDS)


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


def check_migrations() -> None:
    missing = known_migrations() - MigrationRecorder(connection).applied_migrations().keys()
    if missing:
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
