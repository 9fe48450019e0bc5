"""What a form on a customer's page asks for, and the use-case that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http import QueryDict

from instore.customers.exceptions import NoAccount, NotAllowed
from instore.customers.models import LONGEST_NONCE, CustomerAction, LookUp
from instore.customers.once import do_once
from instore.customers.write import write
from instore.staff.guard import OnDuty
from instore.tablet.acts import LONGEST_KEY, SHORTEST_NONCE, Unreadable
from omni_sync.customer_code.parts import Part, hidden_in, stated
from omni_sync.customer_code.send import language_for
from omni_sync.lists.add import Adviser, add_to_list
from omni_sync.lists.exceptions import UnknownProduct
from omni_sync.oscar.models import Basket, Product
from omni_sync.oscar.theirs import order_at_place, put_into_basket, put_into_basket_of
from omni_sync.people.models import Identifier, Person

Verb = CustomerAction.Verb


def act(*, verb: CustomerAction.Verb, look_up: LookUp, duty: OnDuty, form: QueryDict) -> CustomerAction:
    """Do what ``form`` asks for the customer, once for its nonce. Raises Unreadable or NonceSpent."""
    nonce, said = form.get("nonce", ""), form.get("product", "")
    if not (nonce.isascii() and nonce.isprintable() and SHORTEST_NONCE <= len(nonce) <= LONGEST_NONCE):
        raise Unreadable
    if not _names_article(said) and (said or verb != Verb.MESSAGE):
        raise Unreadable
    asked: dict[str, Any] = {"product": int(said or 0), "note": form.get("note", "").replace("\x00", "")}
    if verb == Verb.MESSAGE:
        asked |= {"preset": form.get("preset", ""), "key": nonce}
    does = ACTS[verb]
    return do_once(nonce=nonce, verb=verb, look_up=look_up, asked=asked, act=lambda: does(look_up, duty, asked))


def _names_article(said: str) -> bool:
    return said.isascii() and said.isdigit() and len(said) <= LONGEST_KEY


def _put_on_list(look_up: LookUp, duty: OnDuty, asked: Mapping[str, Any]) -> None:
    user = _person(look_up).user
    if user is None:
        raise NoAccount
    _assert_seen(look_up, Part.LIST)
    adviser = Adviser(name=str(duty.associate), store_id=duty.store.pk, associate_key=str(duty.associate.pk))
    add_to_list(user_id=user.pk, product_id=asked["product"], note=asked["note"], adviser=adviser)


def _put_into_basket(look_up: LookUp, duty: OnDuty, asked: Mapping[str, Any]) -> None:
    _assert_seen(look_up, Part.BASKET)
    user, product = _person(look_up).user, _product(asked["product"])
    if user is not None:
        put_into_basket_of(user=user, product=product)
        return
    mine = LookUp.objects.select_for_update(no_key=True, of=("self",)).select_related("basket").get(pk=look_up.pk)
    basket = mine.basket or Basket.objects.create()
    put_into_basket(basket=basket, product=product)
    LookUp.objects.filter(pk=mine.pk).update(basket=basket)


def _reserve(look_up: LookUp, duty: OnDuty, asked: Mapping[str, Any]) -> None:
    person = _person(look_up)
    email = person.user.email if person.user else _address_of(person)
    named = {"name": person.name} if person.name else {}
    order_at_place(
        user=person.user,
        email=email,
        product=_product(asked["product"]),
        place=duty.store.partner,
        asked={**named, "email": email, "language": language_for(person)},
    )


def _person(look_up: LookUp) -> Person:
    assert look_up.person is not None
    return look_up.person


def _assert_seen(look_up: LookUp, part: Part) -> None:
    if part in hidden_in(stated(_person(look_up))):
        raise NotAllowed(part.value)


def _write(look_up: LookUp, duty: OnDuty, asked: Mapping[str, Any]) -> None:
    about = _product(asked["product"]).pk if asked["product"] else None
    said = {"text": asked["note"], "preset": asked["preset"], "product_id": about}
    write(look_up=look_up, duty=duty, key=asked["key"], **said)


def _product(number: int) -> Product:
    rows = Product.objects.select_related("product_class", "parent__product_class")
    found = rows.filter(pk=number, is_public=True).first()
    if found is None or (found.parent is not None and not found.parent.is_public):
        raise UnknownProduct(number)
    return found


def _address_of(person: Person) -> str:
    """Where somebody without an account was written to: they came by a letter."""
    mine = Identifier.objects.filter(person__in=Person.objects.alike(person).values("pk"))
    proved = mine.filter(kind=Identifier.Kind.EMAIL).exclude(verified_at=None).order_by("verified_at")
    return str(proved.values_list("value", flat=True).first() or "")


ACTS: Final[Mapping[CustomerAction.Verb, Callable[[LookUp, OnDuty, Mapping[str, Any]], None]]] = {
    Verb.LIST: _put_on_list,
    Verb.BASKET: _put_into_basket,
    Verb.RESERVE: _reserve,
    Verb.MESSAGE: _write,
}
