"""A receipt's pages: who may see them, what they give, and what they never give away."""

import re
import threading

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import connection, transaction

from instore.receipts import make, pdf, views
from instore.receipts.address import link_of, path_of
from instore.receipts.exceptions import ReceiptUnknown
from instore.receipts.find import by_number, by_token, gift_by_token
from instore.receipts.gift import gift_token
from instore.receipts.models import Receipt
from instore.receipts.prints import count_print
from omni_sync.design.paper import NoPaper
from omni_sync.messages.drain import send_messages
from omni_sync.messages.models import Message
from omni_sync.people.account import person_of
from omni_sync.sales.models import Sale
from settings.logs.masking import masked, scrubbed
from tests.factories import make_connection, make_line, returned, sale, tell_all, voided
from tests.instore.pickup import conftest as pickups
from tests.instore.receipts import test_paper as papers
from tests.instore.receipts.reading import of_html, of_pdf, symbols, words
from tests.stress.crowd import at_once

basket, order, product, request_of, strategy, shop, collected, pickup = (
    pickups.basket, pickups.order, pickups.product, pickups.request_of, pickups.strategy, pickups.shop,
    pickups.collected, pickups.pickup,
)  # fmt: skip
store, sold = papers.store, papers.sold
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]


@pytest.fixture
def receipt(store):
    sold(store)
    return by_number("R-1")


@pytest.fixture
def path(receipt):
    return path_of(receipt)


def said(answer):
    return of_html(answer.content.decode())


@pytest.mark.parametrize("number", [1, 50])
def test_page_takes_eight_queries_however_long_it_is(store, client, number, django_assert_max_num_queries):
    lines = [make_line(n, "TEE", 1, unit_price="1000") for n in range(1, number + 1)]
    sold(store, lines=lines, rounding="0", paid=str(1000 * number))
    path = path_of(by_number("R-1"))
    client.get(path)
    with django_assert_max_num_queries(8):
        assert said(client.get(path)).count("1 \N{MULTIPLICATION SIGN}") == number


@pytest.mark.parametrize("slash", ["", "/"])
def test_page_is_for_its_reader_alone(path, client, slash):
    answer = client.get(path + slash)
    assert answer.status_code == 200
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "Rp339,900" in said(answer)


def test_page_speaks_its_readers_language(path, client):
    answer = client.get(path, headers={"accept-language": "id"})
    assert answer.headers["Content-Language"] == "id"
    assert "Rp339.900" in said(answer)


def test_tokens_are_in_no_log(path, receipt):
    gift = path_of(receipt, is_gift=True)
    for address in (path, f"{path}/print/", gift, f"{gift}/"):
        assert masked(address).startswith("/r/***")
        assert address.split("/")[2] not in scrubbed(f"GET https://shop.example{address} 200")


def test_unknown_token_says_what_to_do_and_is_not_tried_for_long(client, receipt):
    answers = [client.get(f"/r/{'x' * 42}{number}") for number in range(views.guesses.most + 1)]
    assert [answer.status_code for answer in answers] == [404] * views.guesses.most + [429]
    assert "open this page again" in answers[0].content.decode()
    assert answers[-1].headers["Retry-After"]
    assert client.get(path_of(receipt)).status_code == 200


def test_paper_says_what_the_page_says_and_only_the_first_is_no_copy(path, client, receipt):
    screen = words(said(client.get(path)))
    first, second = (client.post(f"{path}/print/", {"paper": paper}) for paper in ("a4", "80mm"))
    assert first.headers["Content-Type"] == "application/pdf"
    assert words(of_pdf(first.content)) == screen
    assert words(of_pdf(second.content)) - screen == {"COPY": 1}
    assert symbols(first.content, dots=2) == [link_of(receipt)]
    receipt.refresh_from_db()
    assert receipt.printed == 2
    assert "COPY" not in said(client.get(path))
    assert client.get(f"{path}/print/").status_code == 405


@pytest.mark.django_db(transaction=True)
def test_of_prints_at_the_same_moment_one_is_the_original(store):
    sold(store)
    receipt = by_number("R-1")
    assert sorted(at_once(*[lambda: count_print(receipt=receipt)] * 6)) == [1, 2, 3, 4, 5, 6]


@pytest.mark.django_db(transaction=True)
def test_prints_that_are_read_before_they_are_counted_are_both_originals(store):
    """The control: what happens where the database does not count."""
    sold(store)
    by_number("R-1")
    both_have_read = threading.Barrier(2)

    def count():
        receipt = Receipt.objects.get()
        both_have_read.wait(timeout=30)
        receipt.printed += 1
        receipt.save(update_fields=["printed"])
        return receipt.printed

    assert at_once(count, count) == [1, 1]


@pytest.mark.django_db(transaction=True)
def test_no_pdf_is_made_inside_a_transaction(store, client, monkeypatch):
    sold(store)
    asked = []

    def draws(html, *, form):
        asked.append(connection.in_atomic_block)
        return pdf.pdf_of(html, form=form)

    monkeypatch.setattr(make, "pdf_of", draws)
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    assert client.post(f"{path_of(by_number('R-1'))}/print/", {"paper": "a4"}).status_code == 200
    assert asked == [False]


def test_machine_without_pango_says_what_to_install_and_counts_no_print(path, client, receipt, monkeypatch):
    def nothing_draws():
        raise NoPaper

    monkeypatch.setattr(make, "can_draw", nothing_draws)
    answer = client.post(f"{path}/print/", {"paper": "a4"})
    assert answer.status_code == 503
    assert "libpango" in answer.content.decode()
    receipt.refresh_from_db()
    assert receipt.printed == 0


def test_gift_receipt_has_an_address_of_its_own_which_opens_no_prices(path, client, receipt):
    gift = client.get(f"{path}/gift/").headers["Location"]
    assert gift != path
    page = client.get(gift)
    assert "Gift receipt" in said(page)
    assert "Tee, black, M" in said(page)
    noise = r"data:[^\"']+|[\w-]{30,}"  # a picture written as text, and a token, have any letters
    shown = re.sub(noise, "", page.content.decode())
    for told in (shown, of_pdf(client.post(f"{gift}/print/", {"paper": "80mm"}).content)):
        assert "Rp" not in told
        assert "000" not in told.replace(gift, "").replace(link_of(receipt, is_gift=True), "")
        assert path not in told
    assert client.get(f"{gift}/gift/").headers["Location"] == gift
    assert client.post(f"{gift}/send/", {"email": "a@b.example"}).headers["Location"] == gift
    assert not Message.objects.exists()


def test_gift_token_is_made_once_and_claims_nothing(receipt):
    token = gift_token(receipt=receipt)
    assert gift_token(receipt=Receipt.objects.get()) == token
    assert gift_by_token(token) == receipt
    with pytest.raises(ReceiptUnknown):
        by_token(token)
    with pytest.raises(ReceiptUnknown):
        gift_by_token(path_of(receipt).split("/")[2])


def test_receipt_whose_token_the_till_printed_has_no_code_of_ours(store):
    sold(store, claim=papers.CLAIM)
    receipt = by_number("R-1")
    page = make.make(receipt=receipt, kind="html", language="en").decode()
    assert "<img" not in page
    assert "on the one that the till printed" in page


def test_voided_sale_says_so_on_its_receipt(store, client):
    till = make_connection(store.partner)
    tell_all(till, sale(store.partner, "R-9", {"TEE": 1}), voided(store.partner, sale="R-9"))
    assert "no longer good" in said(client.get(path_of(by_number("R-9"))))


def test_money_that_went_back_is_on_the_receipt(store, client):
    till = make_connection(store.partner)
    back = [{"method": "cash", "amount": "1000"}]
    sold_two = sale(store.partner, "R-9", {"TEE": 2})
    tell_all(till, sold_two, returned(store.partner, "B-9", {"TEE": 1}, of="R-9", refunds=back))
    told = said(client.get(path_of(by_number("R-9"))))
    assert "Rp1,000 of the money went back." in told
    assert "-Rp1,000" in told


def test_letter_goes_once_to_who_asked_with_the_link_in_it(path, client, receipt):
    for _ in range(2):
        assert client.post(f"{path}/send/", {"email": "Ayu@example.com"}).status_code == 302
    send_messages()
    (letter,) = mail.outbox
    assert letter.to == ["Ayu@example.com"]
    assert "R-1" in letter.subject
    assert link_of(receipt) in letter.body
    assert "Rp339,900" in letter.body
    assert client.post(f"{path}/send/", {"email": "nobody"}).status_code == 422


def test_who_only_looks_where_letters_are_asked_for_is_led_to_the_receipt(path, client):
    answer = client.get(f"{path}/send/", {"email": "ayu@example.com"})
    assert (answer.status_code, answer.url) == (302, path)
    assert not Message.objects.exists()


def test_letters_are_limited(path, client):
    answers = [client.post(f"{path}/send/", {"email": f"a{n}@example.com"}) for n in range(views.letters.most + 1)]
    assert answers[-1].status_code == 429
    assert Message.objects.count() == views.letters.most


def test_owner_of_an_order_needs_no_token(store, client):
    ayu, other = (get_user_model().objects.create_user(f"{name}@example.com", "x") for name in ("ayu", "other"))
    order = sold(store, claim=papers.CLAIM)
    order.user = ayu
    order.save(update_fields=["user"])
    path = f"/accounts/receipts/{order.number}/"
    assert "login" in client.get(path).headers["Location"]
    client.force_login(other)
    assert client.get(path).status_code == 404
    client.force_login(ayu)
    answer = client.get(path)
    assert "Rp339,900" in said(answer)
    assert client.post(f"{path}print/", {"paper": "a4"}).content.startswith(b"%PDF")
    assert client.get(f"{path}gift/").headers["Location"].startswith("/r/")
    assert client.get(f"{path}send/").headers["Location"] == path


def test_who_bought_at_a_till_finds_the_receipt_in_their_account(store, client):
    order = sold(store)
    user = get_user_model().objects.create_user("ayu@example.com", "x")
    client.force_login(user)
    assert client.get(f"/accounts/receipts/{order.number}/").status_code == 404
    with transaction.atomic():
        person = person_of(user=user)
    Sale.objects.filter(order=order).update(person=person)
    assert "Rp339,900" in said(client.get(f"/accounts/receipts/{order.number}/"))
    assert f"/accounts/receipts/{order.number}/" in client.get(f"/accounts/orders/{order.number}/").content.decode()


def test_owner_of_what_is_not_paid_reads_what_is_due(pickup, client):
    user = get_user_model().objects.create_user("ayu@example.com", "x")
    pickup.order.user = user
    pickup.order.save(update_fields=["user"])
    client.force_login(user)
    answer = client.get(f"/accounts/receipts/{pickup.order.number}/")
    assert answer.status_code == 404
    assert "Rp447,000" in answer.content.decode()
