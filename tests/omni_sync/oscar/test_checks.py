import sys
from types import ModuleType

import pytest
from django.core.checks import run_checks
from django.db import connections
from django.urls import path
from oscar.apps.basket.middleware import BasketMiddleware as OscarsMiddleware

from omni_sync import checks
from omni_sync.oscar.loader import OVERRIDES
from omni_sync.stock.models import Level


class Theirs(OscarsMiddleware):
    """Somebody's own, not built on ours."""


def own_loader(module_label, classnames, module_prefix):
    """Somebody's own, not built on ours."""


@pytest.fixture
def bare_urls():
    """A URL conf with nothing of ours in it."""
    module = ModuleType("bare_urls")
    module.urlpatterns = [path("", lambda _: None)]
    sys.modules["bare_urls"] = module
    yield "bare_urls"
    del sys.modules["bare_urls"]


def said(found):
    """Ids and hints of what was found."""
    return [(message.id, message.hint) for message in found]


def test_this_project_lacks_nothing():
    assert [message for message in run_checks() if message.id.startswith("lintas.")] == []


def test_missing_apps_are_named(monkeypatch):
    monkeypatch.setattr(checks.apps, "is_installed", lambda app: app != "kiosk")
    assert said(checks.check_apps()) == [("lintas.E001", "Add to the settings: INSTALLED_APPS += ['kiosk']")]


@pytest.mark.parametrize("loader", ["oscar.core.loading.default_class_loader", f"{__name__}.own_loader"])
def test_a_loader_that_is_not_ours_is_named_and_kept(settings, loader):
    settings.OSCAR_DYNAMIC_CLASS_LOADER = loader
    ((number, hint),) = said(checks.check_loader())
    assert number == "lintas.E002"
    assert 'OSCAR_DYNAMIC_CLASS_LOADER = "omni_sync.oscar.loader.load_classes"' in hint
    assert (f'LINTAS_INNER_CLASS_LOADER = "{loader}"' in hint) is (not loader.startswith("oscar."))


def test_oscars_middleware_is_to_be_replaced(settings):
    settings.MIDDLEWARE = [checks.OSCARS_MIDDLEWARE]
    ((number, hint),) = said(checks.check_middleware())
    assert number == "lintas.E003"
    assert hint.startswith("Replace Oscar's by")
    assert checks.MIDDLEWARE in hint


def test_a_middleware_built_on_ours_will_do(settings):
    from omni_sync.oscar.middleware import BasketMiddleware

    settings.MIDDLEWARE = [f"{__name__}.Theirs"]
    assert said(checks.check_middleware())[0][0] == "lintas.E003"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys.modules[__name__], "Theirs", type("Theirs", (BasketMiddleware,), {}))
        assert checks.check_middleware() == []


def test_missing_addresses_are_named(settings, bare_urls):
    settings.ROOT_URLCONF = bare_urls
    ((number, hint),) = said(checks.check_urls())
    assert number == "lintas.E004"
    assert 'path("", include("kiosk.urls"))' in hint


def test_another_engine_is_refused(monkeypatch):
    monkeypatch.setattr(connections["default"], "vendor", "sqlite")
    assert said(checks.check_engine())[0][0] == "lintas.E005"


def test_an_old_server_is_refused(db, monkeypatch):
    assert checks.check_version(databases=["default"]) == []
    monkeypatch.setattr(checks, "OLDEST", 99_00_00)
    assert said(checks.check_version(databases=["default"]))[0][0] == "lintas.E008"
    assert checks.check_version() == []


def test_eager_alerts_are_refused(settings):
    settings.OSCAR_EAGER_ALERTS = True
    assert said(checks.check_alerts()) == [("lintas.E006", "Add to the settings: OSCAR_EAGER_ALERTS = False")]


@pytest.mark.parametrize(
    ("name", "mixin"),
    [
        ("order.utils.OrderMaker", "omni_sync.oscar.creator.PromisedOrder"),
        ("order.utils.OrderCreator", "omni_sync.oscar.creator.Promised"),
        ("ordr.utils.OrderCreator", "omni_sync.oscar.creator.PromisedOrder"),
    ],
)
def test_a_misspelt_override_is_named(monkeypatch, name, mixin):
    assert checks.check_overrides() == []
    monkeypatch.setitem(OVERRIDES, name, mixin)
    assert said(checks.check_overrides())[0][0] == "lintas.E007"


def test_records_without_a_ledger_are_counted(db, product, place, stocked):
    record = stocked(product(), place("Online"), 3)
    assert checks.check_ledger(databases=["default"]) == []
    Level.objects.filter(stockrecord=record).delete()
    assert checks.check_ledger() == []
    ((number, hint),) = said(checks.check_ledger(databases=["default"]))
    assert (number, hint) == ("lintas.W001", "Run: manage.py adopt_stock")
