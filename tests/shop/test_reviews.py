"""What people say of a style: on its page, on a page of its own, and how one says it."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from oscar.core.loading import get_model

from tests.instore.places import make_product
from tests.shop.pages import text_of, words

pytestmark = pytest.mark.django_db
Review = get_model("reviews", "ProductReview")


@pytest.fixture
def style():
    return make_product("Kawan tee", structure="parent")


@pytest.fixture
def member(client):
    user = get_user_model().objects.create_user(email="sari@langkah.example", first_name="Sari", last_name="Wulandari")
    client.force_login(user)
    return user


def say(product, score, title, *, days=0, votes=0, status=Review.APPROVED, by="Budi Santoso"):
    made = Review.objects.create(
        product=product, score=score, title=title, body="Said.", name=by, email="b@langkah.example", status=status,
        delta_votes=votes, total_votes=votes,
    )  # fmt: skip
    Review.objects.filter(pk=made.pk).update(date_created=timezone.now() - timedelta(days=days))
    return made


def reviews_url(product, *more):
    return f"{product.get_absolute_url()}reviews/{''.join(f'{one}/' for one in more)}"


def titles(response):
    return re.findall(r'id="review-\d+">.*?<h[123]>(.*?)</h', response.content.decode(), re.DOTALL)


def test_a_product_says_its_stars_its_figures_and_the_first_of_its_reviews(style, client):
    for score, title in ((5, "Soft"), (4, "Good"), (4, "Fine"), (1, "Torn")):
        say(style, score, title)
    response = client.get(style.get_absolute_url())
    text = text_of(response)
    assert "3.5 4 reviews" in text
    assert "5 stars 25 % 1 4 stars 50 % 2 3 stars 0 % 0 2 stars 0 % 0 1 star 25 % 1" in text
    assert len(titles(response)) == 3
    assert "All 4 reviews" in text
    assert 'aria-label="3.5 of 5 stars"' in response.content.decode()


def test_indonesian_readers_read_figures_their_way(style, client):
    say(style, 4, "Bagus")
    say(style, 5, "Halus")
    assert "4,5" in text_of(client.get(f"/id{style.get_absolute_url()}"))


def test_a_product_nobody_spoke_of_asks_for_the_first_review(style, client):
    response = client.get(style.get_absolute_url())
    assert "Nobody has said anything yet." in text_of(response)
    assert reviews_url(style, "add") in response.content.decode()


def test_what_was_not_approved_is_nowhere(style, client):
    say(style, 5, "Good")
    for status in (Review.FOR_MODERATION, Review.REJECTED):
        hidden = say(style, 1, "Rubbish", status=status)
        assert client.get(reviews_url(style, hidden.pk)).status_code == 404
    for url in (style.get_absolute_url(), reviews_url(style)):
        assert "Rubbish" not in client.get(url).content.decode()
    assert "5 1 review" in text_of(client.get(style.get_absolute_url()))


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        ("", ["New", "Middle", "Old"]),
        ("?sort=nonsense", ["New", "Middle", "Old"]),
        ("?sort=best", ["Middle", "Old", "New"]),
        ("?sort=worst", ["New", "Old", "Middle"]),
        ("?sort=helpful", ["Old", "New", "Middle"]),
    ],
)
def test_reviews_stand_in_the_order_asked_for(style, client, order, wanted):
    say(style, 3, "Old", days=9, votes=4)
    say(style, 5, "Middle", days=5)
    say(style, 1, "New")
    assert titles(client.get(reviews_url(style) + order)) == wanted


def test_many_reviews_come_in_pages_and_cost_the_same(style, client, settings, django_assert_max_num_queries):
    settings.OSCAR_REVIEWS_PER_PAGE = 20
    costs = []
    for count in (1, 49):
        for number in range(count):
            say(style, 1 + number % 5, f"No {number}", days=number)
        client.get(reviews_url(style))
        with django_assert_max_num_queries(10) as captured:
            response = client.get(reviews_url(style))
        costs.append(len(captured))
    assert costs[0] == costs[1]
    assert len(titles(response)) == 20
    assert "Page 1 of 3" in text_of(response)
    assert len(titles(client.get(f"{reviews_url(style)}?page=3&sort=worst"))) == 10
    assert "sort=worst&amp;page=2" in client.get(f"{reviews_url(style)}?page=3&sort=worst").content.decode()


def test_another_address_of_the_same_leads_to_the_one_there_is(style, client):
    size = make_product("Kawan tee, M", parent=style, size="M")
    assert client.get(reviews_url(size)).url == reviews_url(style)
    assert client.get(f"/catalogue/else_{style.pk}/reviews/").url == reviews_url(style)


def test_a_review_of_another_product_is_not_there(style, client):
    other = say(make_product("Other"), 4, "Elsewhere")
    assert client.get(reviews_url(style, other.pk)).status_code == 404
    own = say(style, 4, "Here")
    assert titles(client.get(reviews_url(style, own.pk))) == ["Here"]


def test_a_guest_writes_a_review_and_sees_it_on_the_page(style, client):
    given = {
        "score": "4",
        "title": "Good",
        "body": "Wears well.",
        "name": "Sari Wulandari",
        "email": "s@langkah.example",
    }
    response = client.post(reviews_url(style, "add"), given, follow=True)
    text = text_of(response)
    assert "Thank you. Your review is on the page." in text
    assert "Sari W." in text
    assert "Wulandari" not in response.content.decode()
    assert Review.objects.get().product == style


def test_a_review_that_is_moderated_is_not_promised_at_once(style, client, settings):
    settings.OSCAR_MODERATE_REVIEWS = True
    given = {"score": "4", "title": "Good", "body": "Wears well.", "name": "Sari", "email": "s@langkah.example"}
    text = text_of(client.post(reviews_url(style, "add"), given, follow=True))
    assert "We read your review before it is shown." in text
    assert "Wears well." not in text


def test_what_is_missing_of_a_review_is_said(style, client):
    response = client.post(reviews_url(style, "add"), {"score": "0", "title": " ", "body": "x" * 4001})
    assert response.status_code == 200
    assert not Review.objects.exists()
    assert len(re.findall(r'class="field[^"]*is-wrong', response.content.decode())) == 5


def test_a_member_reviews_once_and_need_not_say_who_they_are(style, client, member):
    url = reviews_url(style, "add")
    assert 'name="email"' not in client.get(url).content.decode()
    given = {"score": "5", "title": "Soft", "body": "Very."}
    assert "Sari W." in text_of(client.post(url, given, follow=True))
    assert "You have reviewed this already." in text_of(client.get(url, follow=True))
    client.post(url, given)
    assert Review.objects.count() == 1


def test_where_guests_may_not_review_they_sign_in_first(style, client, settings):
    settings.OSCAR_ALLOW_ANON_REVIEWS = False
    url = reviews_url(style, "add")
    assert client.get(url).url == f"/accounts/login/?next={url}"


def test_a_member_says_that_a_review_helped(style, client, member):
    helped = say(style, 4, "Good")
    page = client.get(reviews_url(style)).content.decode()
    (vote,) = re.findall(r'class="helpful" method="post" action="([^"]+)"', page)
    client.post(vote, {"delta": "1"})
    helped.refresh_from_db()
    assert (helped.total_votes, helped.delta_votes) == (1, 1)
    assert "1 person found this helpful" in words(client.get(reviews_url(style)).content.decode())


@pytest.mark.django_db(transaction=True)
def test_a_review_is_on_the_page_at_once_and_gone_when_it_is_taken_back(client):
    product = make_product("Tee")
    url = product.get_absolute_url()
    assert "Soft" not in text_of(client.get(url))
    review = say(product, 5, "Soft")
    assert "Soft" in text_of(client.get(url))
    review.status = Review.REJECTED
    review.save()
    assert "Soft" not in text_of(client.get(url))
