"""Pictures of every page of the walk, at three widths and in both languages; a few of them for the guide."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from PIL import Image

from settings.environment import ROOT
from settings.walk.browser import begin_shift, sign_in, stand_at_kiosk
from settings.walk.stops import Read, Stop, Who, address_of, stops

GUIDE: Final = ROOT / "docs" / "images"
WIDTHS: Final = {"phone": (390, 844), "tablet": (820, 1180), "desk": (1440, 900)}
LANGUAGES: Final = {"en": "", "id": "/id"}
QUALITY: Final = 78
TALLEST: Final = 6000
#: (page, width, language): those that the repository keeps.
KEPT: Final = frozenset(
    {
        ("home", "desk", "en"), ("home", "phone", "id"), ("catalogue", "desk", "en"),
        ("catalogue-filtered", "phone", "en"), ("product", "desk", "en"), ("product", "phone", "id"),
        ("search", "tablet", "en"), ("my-basket", "phone", "en"), ("my-basket", "desk", "id"),
        ("account", "desk", "id"), ("stores", "tablet", "en"), ("order", "phone", "id"),
    }
)  # fmt: skip


def take(browser: Any, base: str, folder: Path, *, email: str, password: str) -> Iterator[Path]:
    """Every picture, in ``folder``; those that are kept also in docs/images, as one sees them first."""
    for language, prefix in LANGUAGES.items():
        for who in Who:
            context = browser.new_context(base_url=base, locale=language)
            if who == Who.MEMBER:
                sign_in(context, prefix, email=email, password=password)
            elif who == Who.STAFF:
                begin_shift(context)
            elif who == Who.KIOSK:
                stand_at_kiosk(context)
            page = context.new_page()
            for stop in stops(who):
                address = address_of(stop, _reading(context), prefix)
                if address is not None:
                    page.goto(address)
                    yield from _pictures(page, stop, language, folder)
            context.close()


def _reading(context: Any) -> Read:
    return lambda at: str(context.request.get(at).text())


def _pictures(page: Any, stop: Stop, language: str, folder: Path) -> Iterator[Path]:
    for width, (wide, high) in WIDTHS.items():
        page.set_viewport_size({"width": wide, "height": high})
        page.evaluate("document.querySelectorAll('img[loading=lazy]').forEach(picture => picture.loading = 'eager')")
        page.wait_for_load_state("networkidle")
        name = f"{stop.name}-{width}-{language}.webp"
        yield _write(page.screenshot(full_page=True), folder / name)
        if (stop.name, width, language) in KEPT:
            yield _write(page.screenshot(), GUIDE / name)


def _write(shot: bytes, file: Path) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(BytesIO(shot)) as picture:
        shown = picture.crop((0, 0, picture.width, min(picture.height, TALLEST)))
        shown.convert("RGB").save(file, "WEBP", quality=QUALITY, method=6)
    return file
