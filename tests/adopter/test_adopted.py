"""docs/adopt.md, followed line by line, makes this very project."""

import re
from pathlib import Path

import pytest
from boutique.celery import app
from django.core.management import call_command
from oscar.core.loading import get_class

from omni_sync.oscar.loader import OVERRIDES

HERE = Path(__file__).parent
GUIDE = (HERE.parent.parent / "docs" / "adopt.md").read_text()
BLOCKS = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS)
def test_every_line_of_the_guide_is_in_the_shop(block):
    files = [(HERE / "boutique" / name).read_text() for name in ("settings.py", "urls.py", "celery.py", "collect.py")]
    assert any(block in text for text in files)


def test_the_shop_has_no_wagtail_and_not_our_storefront(settings):
    assert not [app for app in settings.INSTALLED_APPS if app.startswith(("wagtail", "shop", "settings"))]


def test_the_guide_leaves_nothing_to_complain_of(shop):
    call_command("check", databases=["default"], fail_level="WARNING")


def test_the_worker_knows_every_task_of_the_schedule(settings):
    app.loader.import_default_modules()
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


@pytest.mark.parametrize(("name", "mixin"), OVERRIDES.items())
def test_oscar_uses_our_class(name, mixin):
    module, _, classname = name.rpartition(".")
    used = get_class(module, classname)
    assert mixin in {f"{base.__module__}.{base.__name__}" for base in used.__mro__}


@pytest.mark.parametrize(
    ("module", "classname"), [("order.utils", "OrderCreator"), ("order.processing", "EventHandler")]
)
def test_the_shops_own_fork_is_under_it(module, classname):
    assert f"boutique.{module}" in {base.__module__ for base in get_class(module, classname).__mro__}
