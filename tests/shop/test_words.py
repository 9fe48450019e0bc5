"""The merchant's words in the reader's language."""

from django.utils import translation

from shop.storefront.words import as_sold, own_words

STYLE = "Kawan tee, black"


def test_a_line_says_its_style_in_the_readers_language_and_the_rest_as_it_was_sold():
    with translation.override("id"):
        assert own_words(STYLE) == "Kaos Kawan, hitam"
        assert as_sold(f"{STYLE}, XL", STYLE) == as_sold(f"{STYLE}, XL", "") == "Kaos Kawan, hitam, XL"


def test_a_line_that_was_sold_under_another_name_keeps_it():
    with translation.override("id"):
        assert as_sold("Old tee, black, XL", STYLE) == "Old tee, black, XL"
        assert as_sold("Old tee, black, XL", "") == "Old tee, black, XL"
