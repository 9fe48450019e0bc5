"""Goods in their reader's language, and what stands beside their titles."""

import pytest
from django.utils import translation

from omni_sync.catalogue.beside import facts_beside
from omni_sync.catalogue.identify import describe
from omni_sync.catalogue.worded import product_worded, worded
from omni_sync.oscar.models import Product
from tests.instore.places import make_product

STYLE = "Kawan tee, black"


def test_a_colour_that_the_title_says_is_said_once_in_each_language():
    assert worded(STYLE, colour="black", size="S").facts == ("S",)
    with translation.override("id"):
        words = worded(STYLE, colour="black", size="S")
    assert (words.title, words.colour, words.colour_beside) == ("Kaos Kawan, hitam", "hitam", "")
    assert words.facts == ("S",)


def test_a_colour_stands_beside_a_title_that_is_silent_about_it():
    with translation.override("id"):
        words = worded("Hujan Hujan", colour="black")
    assert (words.title, words.facts, words.colour_beside) == ("Hujan Hujan", ("hitam",), "hitam")


def test_a_title_that_no_catalogue_knows_still_says_its_colour():
    with translation.override("id"):
        assert worded("Hujan tee, black", colour="black").facts == ()


@pytest.mark.parametrize("title", ["Santai sandals", "Men's tee", "Men\N{RIGHT SINGLE QUOTATION MARK}s tee", "S-line"])
def test_a_letter_of_a_title_is_no_size(title):
    assert facts_beside(title, "S") == ("S",)


@pytest.mark.parametrize("title", ["Santai sandals, S", "Tee S", "tee (s)"])
def test_a_size_in_a_title_is_not_said_again(title):
    assert facts_beside(title, "S") == ()


@pytest.mark.django_db
def test_a_size_is_named_after_its_style_without_a_query(django_assert_num_queries):
    style = make_product(STYLE, structure="parent")
    small = make_product(f"{STYLE}, S", parent=style)
    describe(product=small, size="S", size_system="SML", colour="black")
    found = Product.objects.select_related("parent", "entry").get(pk=small.pk)
    with django_assert_num_queries(0), translation.override("id"):
        words = product_worded(found)
    assert words.title == "Kaos Kawan, hitam, S"
    assert words.facts == ()
