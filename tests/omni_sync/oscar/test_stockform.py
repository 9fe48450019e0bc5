import pytest
from django.contrib.auth import get_user_model
from oscar.apps.dashboard.catalogue.formsets import StockRecordFormSet

from omni_sync.oscar.models import StockRecord
from omni_sync.stock.count import count
from omni_sync.stock.models import Movement

pytestmark = pytest.mark.django_db


@pytest.fixture
def tee(product):
    return product()


@pytest.fixture
def record(place, tee, stocked):
    return stocked(tee, place("Online", sells_online=True), 10)


@pytest.fixture
def staff():
    return get_user_model().objects.create(email="sri@example.com", is_staff=True)


@pytest.fixture
def post(tee, record, staff):
    """Renders the formset as the dashboard does; what comes back posts it, changed, later."""

    def render(**changes):
        formset = StockRecordFormSet(tee.product_class, staff, instance=tee)
        bound = [form[name] for form in formset for name in form.fields]
        page = {field.html_name: field.value() for field in bound}
        page |= {field.html_initial_name: field.initial for field in bound if field.field.show_hidden_initial}
        page |= {f"{formset.prefix}-TOTAL_FORMS": len(formset.forms), f"{formset.prefix}-INITIAL_FORMS": 1}
        page = {name: "" if value is None else value for name, value in page.items()} | changes

        def save():
            posted = StockRecordFormSet(tee.product_class, staff, page, instance=tee)
            assert posted.is_valid(), posted.errors
            posted.save()

        return save

    return render


def counts(record):
    return list(Movement.objects.filter(stockrecord=record).order_by("pk").values_list("kind", "quantity"))


def test_the_number_shown_travels_along(tee, record, staff):
    html = StockRecordFormSet(tee.product_class, staff, instance=tee).forms[0].as_p()
    assert 'name="initial-stockrecords-0-num_in_stock"' in html
    assert 'type="hidden"' in html


def test_a_price_edit_writes_no_stock_whatever_happened_meanwhile(post, record):
    save = post(**{"stockrecords-0-price": "12.00"})
    count(stockrecord=record, quantity=4)
    save()
    record.refresh_from_db()
    assert (record.price, record.num_in_stock) == (12, 4)
    assert counts(record) == [("counted", 10), ("counted", 4)]


def test_a_changed_number_is_counted_even_if_it_is_what_the_books_say_now(post, record, staff):
    save = post(**{"stockrecords-0-num_in_stock": "4"})
    count(stockrecord=record, quantity=4)
    save()
    assert counts(record) == [("counted", 10), ("counted", 4), ("counted", 4)]
    assert Movement.objects.latest("pk").reference == f"user/{staff.pk}"


def test_a_page_that_hides_what_it_showed_may_not_count(tee, record, staff):
    """A template of the shop's own that renders the bare input."""
    data = {
        "partner": record.partner_id,
        "partner_sku": record.partner_sku,
        "price": "12.00",
        "price_currency": record.price_currency,
    }
    form_class = StockRecordFormSet.form
    counted = form_class(tee.product_class, staff, data | {"num_in_stock": "4"}, instance=record)
    assert "num_in_stock" in counted.errors
    record.refresh_from_db()
    priced = form_class(tee.product_class, staff, data | {"num_in_stock": "10"}, instance=record)
    assert priced.is_valid()
    assert priced.save().price == 12
    assert counts(record) == [("counted", 10)]


def test_a_new_record_opens_with_one_count_by_that_user(post, place, record, staff):
    partner = place("Street")
    new = {"partner": partner.pk, "partner_sku": "NEW", "price": "9.00", "price_currency": "IDR", "num_in_stock": "6"}
    post(**{f"stockrecords-1-{name}": value for name, value in new.items()})()
    made = StockRecord.objects.get(partner=partner)
    assert counts(made) == [("counted", 6)]
    assert Movement.objects.get(stockrecord=made).reference == f"user/{staff.pk}"
    assert made.num_in_stock == 6


def test_a_form_saved_later_counts_later(tee, record, staff):
    form_class = StockRecordFormSet.form
    data = {
        "partner": record.partner_id,
        "partner_sku": record.partner_sku,
        "price": "10.00",
        "price_currency": record.price_currency,
        "num_in_stock": "3",
        "initial-num_in_stock": "10",
    }
    form = form_class(tee.product_class, staff, data, instance=record)
    assert form.is_valid(), form.errors
    unsaved = form.save(commit=False)
    assert counts(record) == [("counted", 10)]
    unsaved.save()
    form.save_m2m()
    assert counts(record) == [("counted", 10), ("counted", 3)]
    assert record.num_in_stock == 3


def test_what_is_not_tracked_has_no_number(product, staff):
    voucher = product("Voucher", tracked=False)
    form = StockRecordFormSet(voucher.product_class, staff, instance=voucher).forms[0]
    assert "num_in_stock" not in form.fields
