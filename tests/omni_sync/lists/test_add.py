"""A thing comes onto a shopper's own list, once, with who advised it and why."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from omni_sync.lists.add import add_to_list
from omni_sync.lists.exceptions import NoteTooLong, UnknownProduct
from omni_sync.lists.models import NOTE, ListNote
from omni_sync.oscar.models import Partner, Product, WishLine, WishList
from tests.factories import make_product

pytestmark = pytest.mark.django_db


def test_the_first_thing_makes_the_list_and_others_join_it(ayu):
    lines = [add_to_list(user_id=ayu.pk, product_id=make_product(title).pk) for title in ("Tee", "Hat")]
    assert WishList.objects.get().owner == ayu
    assert [line.title for line in lines] == ["Tee", "Hat"]
    assert not ListNote.objects.exists()


def test_it_goes_onto_the_list_that_was_there_first(ayu):
    first, _ = ayu.wishlists.create(name="First"), ayu.wishlists.create(name="Second")
    assert add_to_list(user_id=ayu.pk, product_id=make_product().pk).wishlist == first


def test_an_associate_says_who_where_and_why(ayu, sari):
    line = add_to_list(user_id=ayu.pk, product_id=make_product().pk, note=" Wider at the toe. ", adviser=sari)
    note = ListNote.objects.get(line=line)
    assert (note.note, note.adviser_name, note.store.code) == ("Wider at the toe.", "Sari", "menteng")
    assert (note.associate_key, line.quantity) == ("7", 1)


def test_said_again_nothing_is_doubled_and_no_note_is_lost(ayu, sari):
    wanted = make_product()
    said = {"user_id": ayu.pk, "product_id": wanted.pk}
    first = add_to_list(**said, note="Wider.", adviser=sari)
    before = first.list_note.added_at
    assert add_to_list(**said, note="Wider.", adviser=sari) == first == add_to_list(**said)
    note = ListNote.objects.get()
    assert (note.note, note.added_at, WishLine.objects.get().quantity) == ("Wider.", before, 1)


def test_a_newer_note_takes_the_place_of_an_older_one(ayu, sari):
    said = {"user_id": ayu.pk, "product_id": make_product().pk}
    add_to_list(**said, note="Wider.", adviser=sari)
    add_to_list(**said, note="Softer.", adviser=replace(sari, name="Dewi", associate_key="9"))
    note = ListNote.objects.get()
    assert (note.note, note.adviser_name, note.associate_key) == ("Softer.", "Dewi", "9")


def test_what_is_refused_changes_nothing(ayu, sari):
    hidden = make_product("Hidden")
    Product.objects.filter(pk=hidden.pk).update(is_public=False)
    for unknown in (hidden.pk, 0):
        with pytest.raises(UnknownProduct) as refused:
            add_to_list(user_id=ayu.pk, product_id=unknown, adviser=sari)
        assert refused.value.product_id == unknown
    with pytest.raises(NoteTooLong) as long:
        add_to_list(user_id=ayu.pk, product_id=make_product().pk, note="x" * (NOTE + 1), adviser=sari)
    assert (long.value.length, long.value.most) == (NOTE + 1, NOTE)
    assert not WishList.objects.exists()


def test_a_size_of_a_hidden_style_is_unknown(ayu):
    style = make_product("Style")
    Product.objects.filter(pk=style.pk).update(is_public=False, structure="parent")
    size = Product.objects.create(title="", structure="child", parent=style)
    with pytest.raises(UnknownProduct):
        add_to_list(user_id=ayu.pk, product_id=size.pk)


def test_the_note_outlives_the_store_and_goes_with_its_line(ayu, sari):
    line = add_to_list(user_id=ayu.pk, product_id=make_product().pk, note="Wider.", adviser=sari)
    Partner.objects.get(pk=sari.store_id).delete()
    note = ListNote.objects.get()
    assert (note.store, note.adviser_name) == (None, "Sari")
    line.delete()
    assert not ListNote.objects.exists()


@pytest.mark.parametrize("said", [{}, {"note": "Wider.", "associate_key": "7"}])
def test_the_database_keeps_no_note_that_says_nothing_and_no_adviser_without_a_name(ayu, said):
    line = add_to_list(user_id=ayu.pk, product_id=make_product().pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        ListNote.objects.create(line=line, **said)
