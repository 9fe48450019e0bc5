"""Open pages hear of a list, and a human who is forgotten leaves none."""

import pytest

from omni_sync.lists import live
from omni_sync.lists.add import add_to_list
from omni_sync.lists.exceptions import ListGone
from omni_sync.lists.find import by_token
from omni_sync.lists.live import list_topic
from omni_sync.lists.models import ListNote
from omni_sync.lists.share import share
from omni_sync.oscar.models import WishLine
from omni_sync.people.signals import person_erased, person_exported
from tests.factories import make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch):
    topics = []
    monkeypatch.setattr(live, "publish", topics.extend)
    return topics


def test_whatever_happens_to_a_list_is_told(ayu, sari, told, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        line = add_to_list(user_id=ayu.pk, product_id=make_product().pk)
    topic = list_topic(line.wishlist_id)
    changes = [
        lambda: add_to_list(user_id=ayu.pk, product_id=line.product_id, note="Wider.", adviser=sari),
        lambda: share(wishlist_id=line.wishlist_id),
        line.delete,
    ]
    for change in changes:
        told.clear()
        with django_capture_on_commit_callbacks(execute=True):
            change()
        assert topic in told


def test_a_human_who_is_forgotten_leaves_no_list_note_or_link(ayu, made, sari):
    line = add_to_list(user_id=ayu.pk, product_id=make_product().pk, note="Wider.", adviser=sari)
    token = share(wishlist_id=line.wishlist_id)
    theirs = add_to_list(user_id=made.pk, product_id=line.product_id)
    person_erased.send(None, person_ids=[1], user_ids=[ayu.pk], values=["ayu@example.com", "Ayu"])
    assert WishLine.objects.get() == theirs
    assert not ListNote.objects.exists()
    with pytest.raises(ListGone):
        by_token(token)


def test_what_is_told_of_a_human_has_what_was_said_to_them_and_no_token(ayu, made, sari):
    wanted = make_product("Tee")
    line = add_to_list(user_id=ayu.pk, product_id=wanted.pk, note="Wider.", adviser=sari)
    token = share(wishlist_id=line.wishlist_id)
    add_to_list(user_id=made.pk, product_id=wanted.pk, note="Softer.", adviser=sari)
    told = {}
    person_exported.send(None, person_ids=[], user_ids=[ayu.pk], add=lambda kind, rows: told.update({kind: list(rows)}))
    (note,) = told["list_notes"]
    facts = [note[name] for name in ("line__title", "note", "adviser_name", "store__name")]
    assert facts == ["Tee", "Wider.", "Sari", "Menteng"]
    (link,) = told["list_links"]
    assert link["made_at"]
    assert token not in str(told)
