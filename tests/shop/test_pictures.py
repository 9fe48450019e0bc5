from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat

from shop.seed.drawings.designs import DRAWINGS, PAINTS
from shop.seed.pictures import FRONT, HERO, WIDTHS, hero, render, render_all, shop_front, views
from shop.seed.places import SHOPS
from shop.seed.styles import DESIGNS, STYLES

SMALL = 120
SHOWN = [(style, view) for style in STYLES for view in range(views(style))]


def opened(content):
    picture = Image.open(BytesIO(content))
    assert picture.format == "WEBP"
    return picture.convert("RGB")


@pytest.fixture(scope="module")
def drawn():
    with ThreadPoolExecutor() as pool:
        pictures = pool.map(lambda one: render(*one, width=SMALL), SHOWN)
        return {(style.key, view): picture for (style, view), picture in zip(SHOWN, pictures, strict=True)}


def test_every_style_is_drawn_in_every_colour_and_view(drawn):
    assert len(DESIGNS) == len(DRAWINGS) == 40
    assert {style.shade for style in STYLES} == set(PAINTS)
    assert {opened(picture).size for picture in drawn.values()} == {(SMALL, SMALL * 5 // 4)}


def test_no_two_products_and_no_two_views_share_a_picture(drawn):
    assert len(set(drawn.values())) == len(drawn)


def test_no_two_styles_look_the_same_in_the_same_colour():
    one_of_each = {style.code: replace(style, shade="SEA") for style in STYLES}
    assert len({render(style, width=SMALL) for style in one_of_each.values()}) == len(DESIGNS)


def test_shoes_and_coats_have_something_to_turn_to():
    alone = {str(style.shelf) for style in STYLES if views(style) == 1}
    assert alone.isdisjoint({"Sneakers", "Sandals", "Loafers & flats", "Boots", "Outerwear"})


def test_goods_stand_out_from_the_paper_and_keep_off_its_edge(drawn):
    for (key, view), content in drawn.items():
        picture = opened(content)
        paper = Image.new("RGB", picture.size, picture.getpixel((3, 3)))
        apart = ImageChops.difference(picture, paper).convert("L").point(lambda level: 255 if level > 14 else 0)
        share = ImageStat.Stat(apart).mean[0] / 255
        assert 0.1 < share < 0.98, key
        if view == 0:
            left, top, right, foot = apart.getbbox()
            assert min(left, top) > 2, key
            assert max(right - picture.width, foot - picture.height) < -2, key


def test_a_picture_is_rendered_in_the_widths_that_pages_ask_for():
    drawn = render_all(STYLES[-1])
    assert [opened(drawn[width]).size for width in WIDTHS] == [(400, 500), (800, 1000), (1200, 1500)]
    assert all(2_000 < len(content) < 60_000 for content in drawn.values())


def test_pictures_are_the_same_every_time_and_in_any_thread():
    style = next(style for style in STYLES if style.code == "BTK")
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(lambda _: render(style, width=SMALL), range(8)))) == 1


def test_the_home_page_and_every_shop_have_a_picture():
    assert opened(hero(400)).size == (400, 400 * HERO[1] // HERO[0])
    fronts = {shop.code: shop_front(shop.code, 300) for shop in SHOPS}
    assert {opened(front).size for front in fronts.values()} == {(300, 300 * FRONT[1] // FRONT[0])}
    assert len(set(fronts.values())) == len(SHOPS) == 5


def test_the_range_is_as_wide_as_a_shop_needs():
    variants = [variant for style in STYLES for variant in style.variants()]
    assert 75 <= len(STYLES) <= 80
    assert 390 <= len(variants) <= 420
    assert len({sku for sku, _, _ in variants}) == len({gtin for _, _, gtin in variants}) == len(variants)
