import pytest
from oscar.apps.order.utils import OrderCreator
from oscar.core.loading import default_class_loader, get_class, get_classes

from omni_sync.oscar.loader import OVERRIDES, lay, load_classes


class Ours:
    def name(self):
        return f"ours over {super().name()}"


class Theirs:
    """A class of the shop."""

    def name(self):
        return "theirs"


def inner(module_label, classnames, module_prefix):
    return [Theirs for _ in classnames]


def test_a_mixin_is_laid_over_the_class_it_finds():
    laid = lay(Ours, Theirs)
    assert laid().name() == "ours over theirs"
    assert (laid.__name__, laid.__module__, laid.__doc__) == ("Theirs", __name__, "A class of the shop.")


def test_the_same_class_comes_back_each_time():
    assert lay(Ours, Theirs) is lay(Ours, Theirs)
    assert get_class("order.utils", "OrderCreator") is get_class("order.utils", "OrderCreator")


def test_a_class_that_has_the_mixin_is_left_as_it_is():
    laid = lay(Ours, Theirs)
    assert lay(Ours, laid) is laid
    assert lay(Ours, type("Fork", (laid,), {})).name(laid()) == "ours over theirs"


def test_classes_we_do_not_change_are_oscars():
    asked = ["OrderNumberGenerator", "OrderCreator"]
    generator, creator = get_classes("order.utils", asked)
    plain = default_class_loader("order.utils", asked, "oscar.apps")
    assert generator is plain[0]
    assert creator is not plain[1]
    assert issubclass(creator, OrderCreator)


def test_the_shops_own_loader_is_asked(settings):
    settings.LINTAS_INNER_CLASS_LOADER = f"{__name__}.inner"
    assert load_classes("anything.views", ["View"]) == [Theirs]
    (selector,) = load_classes("partner.strategy", ["Selector"])
    assert issubclass(selector, Theirs)
    assert selector is not Theirs


@pytest.mark.parametrize(("name", "mixin"), OVERRIDES.items())
def test_every_override_is_in_the_class_that_oscar_uses(name, mixin):
    module, _, classname = name.rpartition(".")
    used = get_class(module, classname)
    assert mixin in {f"{base.__module__}.{base.__name__}" for base in used.__mro__}


def test_oscars_own_pages_are_built_on_them():
    from django.apps import apps
    from oscar.apps.dashboard.catalogue.formsets import StockRecordFormSet
    from oscar.apps.order.mixins import EventHandlerMixin

    from omni_sync.oscar.events import LedgerEvents
    from omni_sync.oscar.payment import PaidOrLater
    from omni_sync.oscar.placement import PromisedPlacement
    from omni_sync.oscar.stockform import CountedStock

    pays = apps.get_app_config("checkout").payment_details_view
    assert issubclass(pays, PaidOrLater)
    assert issubclass(pays, PromisedPlacement)
    assert issubclass(StockRecordFormSet.form, CountedStock)
    assert issubclass(EventHandlerMixin.handler_class, LedgerEvents)
