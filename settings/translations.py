"""Our own catalogues, collected, checked and compiled with Babel: a bare machine has no GNU gettext."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from settings.environment import ROOT

ROOMS = ("omni_sync", "instore", "kiosk", "shop")


def catalogues() -> Iterator[Path]:
    """Every .po file of ours."""
    for room in ROOMS:
        yield from sorted((ROOT / room).glob("locale/*/LC_MESSAGES/*.po"))


def read(file: Path) -> Catalog:
    with file.open("rb") as source:
        return read_po(source, locale=file.parts[-3])


def compile_all() -> None:
    """Write every .mo that is older than its .po."""
    for file in catalogues():
        compiled = file.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= file.stat().st_mtime:
            continue
        unfinished = compiled.with_suffix(".unfinished")
        with unfinished.open("wb") as target:
            write_mo(target, read(file))
        unfinished.replace(compiled)
