import pytest

from omni_sync.catalogue.exceptions import InvalidGtin
from omni_sync.catalogue.scanned import gtin_in

NUMBER = "09521234500018"


@pytest.mark.parametrize(
    "said",
    [
        "9521234500018",
        " 9521234500018\r\n",
        "]E09521234500018",
        "(01)09521234500018(10)L1",
        "010952123450001810L1\x1d217",
        "]Q30109521234500018",
        "]d2\x1d0109521234500018",
        "\u241d0109521234500018",
        "https://id.gs1.org/01/09521234500018/10/L1?17=271231",
        "HTTPS://SHOP.EXAMPLE/S/MENTENG/01/09521234500018",
        "https://shop.example/01/9521234500018",
    ],
)
def test_whatever_is_printed_on_an_article_is_its_number(said):
    assert gtin_in(said) == NUMBER


def test_shorter_numbers_are_filled_up():
    assert gtin_in("036000291452") == "00036000291452"
    assert gtin_in("96385074") == "00000096385074"


@pytest.mark.parametrize(
    "said",
    ["", "9521234500019", "TEE", "https://shop.example/collect/abc", "https://x/01/9521234500019", "01952", "²" * 13],
)
def test_anything_else_is_none(said):
    with pytest.raises(InvalidGtin):
        gtin_in(said)
