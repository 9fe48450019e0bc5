"""A code or a token finds its pickup; any other says what is the matter with it."""

import pytest

from instore.pickup.code import code_of, token_of
from instore.pickup.exceptions import CodeEnded, CodeOfAnotherStore, CodeUnknown, TokenUnknown
from instore.pickup.find import by_code, by_token
from instore.pickup.models import OPEN, State
from omni_sync import conf
from tests.instore.pickup.conftest import bring
from tests.instore.places import make_store

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("said", ["{}", " {} ", "{}\n"])
def test_a_code_is_understood_as_it_is_said(pickup, shop, said):
    code = code_of(pickup)
    assert by_code(code=said.format(code.lower()), store=shop.store) == pickup
    assert by_code(code=f"{code[:3]}-{code[3:]}", store=shop.store) == pickup


@pytest.mark.parametrize("state", list(State))
def test_a_code_works_while_the_shopper_is_expected(pickup, shop, state):
    bring(pickup, state)
    if state in OPEN:
        assert by_code(code=code_of(pickup), store=shop.store).state == state
        return
    with pytest.raises(CodeEnded) as refused:
        by_code(code=code_of(pickup), store=shop.store)
    pickup.refresh_from_db()
    assert (refused.value.state, refused.value.at) == (state, pickup.ended_at)


def test_a_code_of_another_store_says_which(pickup):
    with pytest.raises(CodeOfAnotherStore) as refused:
        by_code(code=code_of(pickup), store=make_store("dago"))
    assert refused.value.store == "menteng"


def test_an_ended_code_of_another_store_says_nothing(pickup):
    bring(pickup, State.CANCELLED)
    with pytest.raises(CodeUnknown):
        by_code(code=code_of(pickup), store=make_store("dago"))


@pytest.mark.parametrize("said", ["", "AAAAAA", "0OI1LS", "AAAAAAA", "é" * 6, "\ud800AAAAA"])
def test_what_nobody_was_given_is_unknown(pickup, shop, said):
    with pytest.raises(CodeUnknown):
        by_code(code=said, store=shop.store)


def test_a_token_finds_its_pickup_in_any_state(pickup):
    bring(pickup, State.CANCELLED)
    assert by_token(token=token_of(pickup)) == pickup


@pytest.mark.parametrize("token", ["", "100042", "\ud800", "x" * 43])
def test_no_other_token_finds_anything(pickup, token):
    with pytest.raises(TokenUnknown):
        by_token(token=token)


def test_a_code_found_after_the_keys_changed(pickup, shop, settings):
    code, token = code_of(pickup), token_of(pickup)
    settings.LINTAS_ENCRYPTION_KEYS = ["a new key", *conf.encryption_keys()]
    assert by_code(code=code, store=shop.store) == pickup
    assert by_token(token=token) == pickup
