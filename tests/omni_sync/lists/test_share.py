"""A list is shown by a link that nobody guesses, until its owner revokes it."""

import pytest
from django.db import IntegrityError, transaction

from omni_sync.lists.exceptions import Gone, ListGone
from omni_sync.lists.find import by_token
from omni_sync.lists.models import ShareLink
from omni_sync.lists.share import revoke, share, token_of
from omni_sync.oscar.models import WishList
from omni_sync.seal import unseal
from tests.stress.crowd import at_once, failures

pytestmark = pytest.mark.django_db


def why(token):
    with pytest.raises(ListGone) as over:
        by_token(token)
    return over.value.why


def test_a_list_has_one_link_which_its_owner_sees_again(listed):
    mine = listed("Tee")
    token = share(wishlist_id=mine.pk)
    assert len(token) >= 43
    assert by_token(token).shared == mine
    assert share(wishlist_id=mine.pk) == token == token_of(wishlist_id=mine.pk)
    link = ShareLink.objects.get()
    assert token.encode() not in bytes(link.token_hash) + bytes(link.sealed)
    assert unseal(link.sealed) == token


def test_a_revoked_link_shows_nothing_at_once_and_keeps_no_token(listed):
    mine = listed("Tee")
    token = share(wishlist_id=mine.pk)
    assert revoke(wishlist_id=mine.pk)
    assert not revoke(wishlist_id=mine.pk)
    assert why(token) == Gone.REVOKED
    assert (token_of(wishlist_id=mine.pk), bytes(ShareLink.objects.get().sealed)) == ("", b"")
    assert WishList.objects.get().visibility == WishList.PRIVATE
    other = share(wishlist_id=mine.pk)
    assert (other != token, why(token)) == (True, Gone.REVOKED)


@pytest.mark.parametrize("visibility", ["Private", "Shared"])
def test_a_list_that_is_made_private_on_any_page_has_no_link(listed, visibility):
    mine = listed("Tee")
    token = share(wishlist_id=mine.pk)
    mine.refresh_from_db()
    mine.visibility = visibility
    mine.save()
    assert why(token) == Gone.REVOKED
    WishList.objects.update(visibility=WishList.PUBLIC)
    assert why(token) == Gone.REVOKED


def test_a_list_made_private_behind_our_back_is_not_shown(listed):
    token = share(wishlist_id=listed("Tee").pk)
    WishList.objects.update(visibility=WishList.PRIVATE)
    assert why(token) == Gone.REVOKED


@pytest.mark.parametrize("guessed", ["", "abc", "x" * 43, "\ud800"])
def test_a_guessed_link_opens_nothing(listed, guessed):
    share(wishlist_id=listed("Tee").pk)
    assert why(guessed) == Gone.UNKNOWN


def test_a_deleted_list_is_unknown(listed):
    mine = listed("Tee")
    token = share(wishlist_id=mine.pk)
    mine.delete()
    assert why(token) == Gone.UNKNOWN


def test_a_link_that_no_key_of_ours_opens_any_more_gives_way_to_a_new_one(listed, settings):
    mine = listed("Tee")
    settings.LINTAS_ENCRYPTION_KEYS = ["old"]
    old = share(wishlist_id=mine.pk)
    settings.LINTAS_ENCRYPTION_KEYS = ["new"]
    assert token_of(wishlist_id=mine.pk) == ""
    assert by_token(share(wishlist_id=mine.pk)).shared == mine
    assert why(old) == Gone.REVOKED


def test_the_database_keeps_one_open_link_for_a_list(listed):
    mine = listed("Tee")
    share(wishlist_id=mine.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        ShareLink.objects.create(wishlist=mine, token_hash=b"x" * 32, sealed=b"x")


@pytest.mark.django_db(transaction=True)
def test_shared_in_two_windows_at_once_it_has_one_link(listed):
    mine = listed("Tee")
    outcomes = at_once(*[lambda: share(wishlist_id=mine.pk)] * 4)
    assert failures(outcomes) == []
    assert len(set(outcomes)) == 1
    assert ShareLink.objects.count() == 1
