"""``manage.py check`` says what an adopter's shop still lacks, and the lines that add it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string

from omni_sync.money import checks as money_checks  # noqa: F401
from omni_sync.oscar.loader import OVERRIDES

LOADER: Final = "omni_sync.oscar.loader.load_classes"
MIDDLEWARE: Final = "omni_sync.oscar.middleware.BasketMiddleware"
OSCARS_MIDDLEWARE: Final = "oscar.apps.basket.middleware.BasketMiddleware"
ROOMS: Final = ("omni_sync", "instore", "kiosk")
URLS: Final = "kiosk.urls"
OLDEST: Final = 15_00_00  # as PostgreSQL counts its versions

Found = list[CheckMessage]


@register(Tags.compatibility)
def check_apps(**_: Any) -> Found:
    """The three rooms of the plugin are installed."""
    missing = [room for room in ROOMS if not apps.is_installed(room)]
    lines = f"INSTALLED_APPS += {missing!r}"
    return [_error("E001", f"Lintas is not complete: {', '.join(missing)} is not installed.", lines)] if missing else []


@register(Tags.compatibility)
def check_loader(**_: Any) -> Found:
    """Oscar asks our loader for its classes."""
    present = getattr(settings, "OSCAR_DYNAMIC_CLASS_LOADER", None)
    if present == LOADER:
        return []
    lines = f'OSCAR_DYNAMIC_CLASS_LOADER = "{LOADER}"'
    if present and not present.startswith("oscar."):
        lines += f'\nLINTAS_INNER_CLASS_LOADER = "{present}"'
    return [_error("E002", "Oscar loads its classes without Lintas: stock would be promised twice.", lines)]


@register(Tags.compatibility)
def check_middleware(**_: Any) -> Found:
    """One basket middleware, and it is ours or built on ours."""
    if any(_is_our_middleware(path) for path in settings.MIDDLEWARE):
        return []
    verb = "Replace Oscar's by" if OSCARS_MIDDLEWARE in settings.MIDDLEWARE else "Add, after the authentication,"
    return [_error("E003", "The basket middleware of Lintas is missing.", f'MIDDLEWARE: "{MIDDLEWARE}"', verb)]


@register(Tags.urls)
def check_urls(**_: Any) -> Found:
    """The pages and doors of Lintas have their addresses."""
    if not apps.is_installed("kiosk") or _includes_our_urls(get_resolver().url_patterns):
        return []
    lines = f'urlpatterns = [path("", include("{URLS}")), *urlpatterns]'
    return [_error("E004", "The addresses of Lintas are missing.", lines, f"Add to {settings.ROOT_URLCONF}:")]


@register(Tags.compatibility)
def check_engine(**_: Any) -> Found:
    """The books are kept in PostgreSQL."""
    if connections["default"].vendor == "postgresql":
        return []
    engine = settings.DATABASES.get("default", {}).get("ENGINE", "")
    lines = 'DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", …}}'
    return [_error("E005", f"Lintas runs on PostgreSQL 15 or newer only, not on {engine or 'nothing'}.", lines)]


@register(Tags.compatibility)
def check_alerts(**_: Any) -> Found:
    """Oscar's alerts follow the ledger, not the saving of a row."""
    if not getattr(settings, "OSCAR_EAGER_ALERTS", True):
        return []
    problem = "Oscar would tell shoppers that a product is back when its row is saved, and again from the ledger."
    return [_error("E006", problem, "OSCAR_EAGER_ALERTS = False")]


@register(Tags.compatibility)
def check_overrides(**_: Any) -> Found:
    """Every class we mean to change exists in this Oscar, under that name."""
    return [
        _error(
            "E007", f"Lintas means to lay {mixin} over {name}: one of them does not exist.", "", "This is our fault."
        )
        for name, mixin in OVERRIDES.items()
        if not _resolves(f"oscar.apps.{name}") or not _resolves(mixin)
    ]


@register(Tags.database)
def check_version(databases: Sequence[str] | None = None, **_: Any) -> Found:
    """The server is new enough."""
    version = getattr(connections["default"], "pg_version", OLDEST) if "default" in (databases or ()) else OLDEST
    if version >= OLDEST:
        return []
    problem = f"Lintas needs PostgreSQL 15 or newer; this server is {version // 10_000}."
    return [_error("E008", problem, "", "Upgrade the server.")]


@register(Tags.database)
def check_ledger(databases: Sequence[str] | None = None, **_: Any) -> Found:
    """Every stock record has a ledger. Asked with ``manage.py check --database default``."""
    from omni_sync.oscar.models import StockRecord
    from omni_sync.stock.models import Level

    if "default" not in (databases or ()):
        return []
    tables = connections["default"].introspection.table_names()
    if not {Level._meta.db_table, StockRecord._meta.db_table} <= set(tables):
        return []
    missing = StockRecord.objects.filter(level=None).count()
    if not missing:
        return []
    return [
        checks.Warning(
            f"{missing} stock records have no ledger: they show as sold out.",
            hint="Run: manage.py adopt_stock",
            id="lintas.W001",
        )
    ]


def _error(number: str, problem: str, lines: str, verb: str = "Add to the settings:") -> Error:
    return Error(problem, hint=f"{verb} {lines}".strip(), id=f"lintas.{number}")


def _is_our_middleware(path: str) -> bool:
    if path == MIDDLEWARE:
        return True
    try:
        found = import_string(path)
    except ImportError:
        return False  # Django says so itself
    return isinstance(found, type) and issubclass(found, import_string(MIDDLEWARE))


def _includes_our_urls(patterns: Sequence[URLPattern | URLResolver]) -> bool:
    inner = _resolvers(patterns)
    return any(_module_name(resolver) == URLS or _includes_our_urls(resolver.url_patterns) for resolver in inner)


def _resolvers(patterns: Sequence[URLPattern | URLResolver]) -> Iterator[URLResolver]:
    return (pattern for pattern in patterns if isinstance(pattern, URLResolver))


def _module_name(resolver: URLResolver) -> str:
    return getattr(resolver.urlconf_module, "__name__", "")


def _resolves(path: str) -> bool:
    module, _, name = path.rpartition(".")
    try:
        return hasattr(import_module(module), name)
    except ImportError:
        return False
