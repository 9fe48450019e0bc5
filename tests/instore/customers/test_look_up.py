"""Whose page opens, for whom, and how long."""

from datetime import timedelta

import pytest
from django.utils import timezone

from instore.customers.models import LookUp
from instore.staff.models import StaffEvent
from omni_sync.customer_code.models import CustomerCode
from omni_sync.messages.models import Message
from tests.instore.customers.conftest import code_of, open_at, the_look
from tests.instore.places import make_store
from tests.instore.tablet.conftest import sign_in_at
from tests.instore.tablets import PIN, has_word, make_associate, read, type_pin

pytestmark = pytest.mark.django_db(transaction=True)
THEIRS = ("Ayu", "Lestari", "Pagi cap", "Kawan tee", "Web jacket", "Till hat")


def shows_nothing(answer):
    said = answer.content.decode() + str(answer.headers)
    return not any(has_word(said, word) for word in THEIRS)


def test_a_code_opens_the_page_and_is_written_down(on_duty, ayu, shop):
    page = open_at(on_duty, ayu.person)
    said = read(on_duty.get(page))
    assert all(word in said for word in THEIRS)
    look = the_look()
    assert (look.person, look.store, look.who, look.why) == (ayu.person, shop.store, "Sari", "shown")
    assert look.associate.display_name == "Sari"
    assert str(ayu.person.pk) not in page.split("/")


def test_a_qr_opens_it_too(on_duty, ayu):
    answer = on_duty.post("/staff/customer/", {"code": code_of(ayu.person).payload})
    assert read(on_duty.get(answer.url)).count("Ayu Lestari")


def test_no_cache_keeps_the_page(on_duty, ayu):
    page = open_at(on_duty, ayu.person)
    for path in (page, f"{page}find/?q=cap", f"{page}hand/", "/staff/customer/"):
        assert "no-store" in on_duty.get(path).headers["Cache-Control"]


@pytest.mark.parametrize(
    ("change", "said"), [({}, "This code was used already."), ({"used_at": None, "until": None}, "too old")]
)
def test_a_used_or_an_old_code_says_so_and_shows_nothing(on_duty, ayu, change, said):
    code = code_of(ayu.person).code
    on_duty.post("/staff/customer/", {"code": code})
    if change:
        CustomerCode.objects.update(used_at=None, until=timezone.now() - timedelta(seconds=1))
    answer = on_duty.post("/staff/customer/", {"code": code})
    assert said in read(answer, 422)
    assert shows_nothing(answer)
    assert LookUp.objects.count() == 1


def test_five_guesses_a_minute_and_no_more(on_duty, ayu):
    for _ in range(5):
        assert on_duty.post("/staff/customer/", {"code": "AAAAAA"}).status_code == 422
    answer = on_duty.post("/staff/customer/", {"code": code_of(ayu.person).code})
    assert answer.status_code == 429
    assert shows_nothing(answer)
    assert not LookUp.objects.exists()
    kinds = [event.kind for event in StaffEvent.objects.all()]
    assert kinds.count(StaffEvent.Kind.WRONG_CODE) == 5
    assert StaffEvent.Kind.CODES_LOCKED in kinds


def test_wrong_codes_count_together_with_those_of_bags(on_duty, ayu):
    for _ in range(5):
        on_duty.post("/staff/collect/", {"code": "AAAAAA"})
    assert on_duty.post("/staff/customer/", {"code": code_of(ayu.person).code}).status_code == 429


def test_another_tablet_sees_nothing_at_that_address(on_duty, ayu, shop):
    page = open_at(on_duty, ayu.person)
    for other in (
        sign_in_at(shop.store, "Rina", device="Shelves"),
        sign_in_at(make_store("dago"), "Budi"),
    ):
        for path in (page, f"{page}find/?q=cap", f"{page}hand/"):
            answer = other.get(path)
            assert answer.status_code == 404
            assert shows_nothing(answer)
        assert other.post(f"{page}basket/", {"product": ayu.cap.pk, "nonce": "n" * 20}).status_code == 404
    assert ayu.basket.lines.count() == 1


def test_a_colleague_at_the_same_tablet_sees_nothing(on_duty, ayu, shop):
    page = open_at(on_duty, ayu.person)
    type_pin(on_duty, make_associate(shop.store, "Rina"))
    answer = on_duty.get(page)
    assert answer.status_code == 404
    assert shows_nothing(answer)


def test_a_locked_tablet_shows_nothing_and_unlocked_asks_again(on_duty, ayu, shop):
    page = open_at(on_duty, ayu.person)
    on_duty.post("/staff/lock/")
    answer = on_duty.get(page)
    assert answer.status_code == 401
    assert shows_nothing(answer)
    sari = the_look().associate
    on_duty.post("/staff/", {"who": sari.pk, "pin": PIN})
    answer = on_duty.get(page)
    assert answer.status_code == 404
    assert shows_nothing(answer)


def test_a_guessed_address_shows_nothing(on_duty, ayu):
    open_at(on_duty, ayu.person)
    for key in ("a" * 22, str(the_look().pk), str(ayu.person.pk), "\x00", "é"):
        answer = on_duty.get(f"/staff/customers/{key}/")
        assert answer.status_code == 404
        assert shows_nothing(answer)


def test_after_a_quarter_of_an_hour_it_is_over(on_duty, ayu):
    page = open_at(on_duty, ayu.person)
    LookUp.objects.update(at=timezone.now() - timedelta(minutes=16), until=timezone.now() - timedelta(minutes=1))
    assert on_duty.get(page).status_code == 404
    again = on_duty.get(page, headers={"HX-Request": "true", "Lintas-Untapped": "1"})
    assert again.headers["HX-Redirect"] == "/staff/customer/"
    assert shows_nothing(again)


def test_done_closes_it(on_duty, ayu):
    page = open_at(on_duty, ayu.person)
    assert on_duty.post(f"{page}done/").url == "/staff/customer/"
    assert on_duty.get(page).status_code == 404
    assert the_look().ended_at


def test_the_next_customer_closes_the_one_before(on_duty, ayu, django_user_model):
    from django.db import transaction

    from omni_sync.people.account import person_of

    before = open_at(on_duty, ayu.person)
    with transaction.atomic():
        wulan = person_of(user=django_user_model.objects.create_user("wulan@example.com", "x", first_name="Wulan"))
    after = open_at(on_duty, wulan)
    assert on_duty.get(before).status_code == 404
    assert "Wulan" in read(on_duty.get(after))
    assert LookUp.objects.filter(ended_at=None).count() == 1


def test_asking_for_a_code_says_the_same_of_everybody_and_writes_once(on_duty, ayu):
    known = on_duty.post("/staff/customer/send/", {"who": "ayu@example.com"})
    stranger = on_duty.post("/staff/customer/send/", {"who": "nobody@example.com"})
    assert read(known) == read(stranger)
    on_duty.post("/staff/customer/send/", {"who": "ayu@example.com"})
    (letter,) = Message.objects.all()
    answer = on_duty.post("/staff/customer/", {"code": letter.facts["code"]})
    assert "Ayu Lestari" in read(on_duty.get(answer.url))
    assert the_look().why == "sent"


def test_a_code_we_sent_opens_nothing_in_another_shop(on_duty, ayu):
    on_duty.post("/staff/customer/send/", {"who": "ayu@example.com"})
    elsewhere = sign_in_at(make_store("dago"), "Budi")
    answer = elsewhere.post("/staff/customer/", {"code": Message.objects.get().facts["code"]})
    assert answer.status_code == 422
    assert not LookUp.objects.exists()


def test_a_tablet_asks_for_no_more_than_ten_codes_in_ten_minutes(on_duty):
    for number in range(10):
        assert on_duty.post("/staff/customer/send/", {"who": f"a{number}@example.com"}).status_code == 200
    assert on_duty.post("/staff/customer/send/", {"who": "a@example.com"}).status_code == 429
