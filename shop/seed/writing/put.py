"""The written pages, put where Wagtail keeps them; together or not at all."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from wagtail.images.models import Image
from wagtail.models import Locale, Page

from omni_sync.oscar.models import Category, Product
from shop.content.frame.models import Footer, Header, Notice
from shop.content.models import CampaignPage, ContentPage, HomePage, StoreFront
from shop.seed.day import Day
from shop.seed.writing import around, english, indonesian
from shop.seed.writing.pieces import Text, block, link
from shop.storefront.memory import catalogue_changed

Number = Callable[[str], int | None]

PAGES: Final[Mapping[str, Mapping[str, Text]]] = {"en": english.PAGES, "id": indonesian.PAGES}
CAMPAIGN: Final = "rain"
BEFORE, AFTER = timedelta(days=10), timedelta(days=60)


def key_of(page: str) -> UUID:
    """What the translations of a page have in common."""
    return uuid5(NAMESPACE_URL, f"langkah/{page}")


def are_written() -> bool:
    """Whether they were: what an editor removed afterwards is not written again."""
    keys = [key_of(page) for page in english.PAGES]
    return bool(Page.objects.filter(translation_key__in=keys).exists())


def write(day: Day) -> None:
    """Every page in every language that has a front page, then what refers to them."""
    homes = {home.locale.language_code: home for home in HomePage.objects.select_related("locale").order_by("-pk")}
    with transaction.atomic():
        for language in PAGES.keys() & homes.keys():
            _write(language, homes[language], day)
        _tell_of_menteng(_things({}))
    catalogue_changed()


def _write(language: str, home: HomePage, day: Day) -> None:
    made = {key: _add(home, key, text, day) for key, text in PAGES[language].items()}
    number = _things({f"page:{key}": page.pk for key, page in made.items()})
    for key, page in made.items():
        page.body = PAGES[language][key].body(number)
        if isinstance(page, CampaignPage):
            words = PAGES[language][key].action
            page.action = [block("link", link(words, category=number("category:Clothes > Outerwear")))]
        page.save()
    _frame(home.locale, language, number)
    if not len(home.body):
        home.body = around.front(language, PAGES[language][CAMPAIGN].title, number)
        home.save()


def _add(home: HomePage, key: str, text: Text, day: Day) -> Any:
    known: dict[str, Any] = {
        "title": text.title,
        "slug": text.slug,
        "intro": text.intro,
        "search_description": text.intro,
        "locale": home.locale,
        "translation_key": key_of(key),
        "first_published_at": day.midnight,
        "last_published_at": day.midnight,
    }
    if key == CAMPAIGN:
        image = _things({})("image:Langkah")
        page: Page = CampaignPage(
            **known, over_words=text.over, starts=day.midnight - BEFORE, ends=day.midnight + AFTER, picture_id=image
        )
    else:
        page = ContentPage(**known)
    return home.add_child(instance=page)


def _frame(locale: Locale, language: str, number: Number) -> None:
    for model, fields in ((Header, around.header), (Footer, around.footer), (Notice, around.notice)):
        if not model.objects.filter(locale=locale).exists():
            key = key_of(model.__name__)
            model.objects.create(locale=locale, translation_key=key, **fields(language, number))


def _tell_of_menteng(number: Number) -> None:
    front = StoreFront.objects.filter(store__partner__code="menteng").first()
    if front is not None and not len(front.body):
        front.body = around.menteng(number)
        front.save()


def _things(pages: Mapping[str, int]) -> Number:
    """Says which number a name has: ``page:faq``, ``image:Langkah Dago``, ``product:LK-…``, ``category:Clothes``."""
    known: dict[str, int] = dict(pages)
    known |= {f"image:{title}": pk for title, pk in Image.objects.order_by("-pk").values_list("title", "pk")}
    known |= {f"product:{code}": pk for code, pk in Product.objects.exclude(code=None).values_list("code", "pk")}
    above: dict[str, str] = {}
    for path, name, pk in Category.objects.order_by("path").values_list("path", "name", "pk"):
        above[path] = " > ".join(filter(None, [above.get(path[: -Category.steplen]), name]))
        known[f"category:{above[path]}"] = pk
    return known.get
