"""Our own catalogues, collected, checked and compiled with Babel: a bare machine has no GNU gettext."""

import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from settings.environment import ROOT

ROOMS = ("omni_sync", "instore", "kiosk", "shop")
PLURALS = {"id": "nplurals=1; plural=0;"}
LOCALES = tuple(PLURALS)
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


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


def as_python(file: Path) -> bytes:
    """The file as something Babel's Python extractor reads; a template's texts become gettext calls."""
    text = file.read_text()
    if file.suffix == ".py":
        return text.encode()
    lines = (line.strip() for line in templatize(text, origin=str(file)).splitlines())
    return "\n".join(lines).encode()


def texts(room: str) -> Catalog:
    """Every text to translate that this room's code and templates name."""
    found = Catalog()
    files = [*(ROOT / room).rglob("*.py"), *(ROOT / room).glob("**/templates/**/*.*")]
    for file in sorted(files):
        try:
            messages = list(extract("python", io.BytesIO(as_python(file)), KEYWORDS, ("Translators:",)))
        except (SyntaxError, tokenize.TokenError, UnicodeDecodeError) as error:
            raise ValueError(f"{file}: {error}") from error
        for line, text, comments, context in messages:
            found.add(text, None, [(str(file.relative_to(ROOT)), line)], auto_comments=comments, context=context)
    return found


def empty(locale: str) -> Catalog:
    """A new catalogue; the plural rule is ours to say, Babel does not know it for every language."""
    header = (
        f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {PLURALS[locale]}\\n"\n'
    )
    return read_po(io.BytesIO(header.encode()), locale=locale)


def file_of(room: str, locale: str) -> Path:
    return ROOT / room / "locale" / locale / "LC_MESSAGES" / "django.po"


def collect() -> Iterator[Path]:
    """Bring each room's catalogues up to date with its texts; translations are kept, dropped texts go."""
    for room in ROOMS:
        wanted = texts(room)
        for locale in LOCALES:
            file = file_of(room, locale)
            if not len(wanted) and not file.exists():
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            catalogue = read(file) if file.exists() else empty(locale)
            begun = catalogue.creation_date
            catalogue.update(wanted, no_fuzzy_matching=True)
            catalogue.obsolete.clear()
            catalogue.creation_date = begun  # or every run would change every file
            with file.open("wb") as target:
                write_po(target, catalogue, omit_header=False, include_lineno=False, sort_by_file=True, width=120)
            yield file


def is_translated(message: Message) -> bool:
    words = message.string if isinstance(message.string, tuple | list) else [message.string]
    return all(words) and not message.fuzzy


def missing() -> Iterator[str]:
    """What a reader of another language would see in English: a line per text."""
    for room in ROOMS:
        wanted = texts(room)
        for locale in LOCALES:
            file = file_of(room, locale)
            known = read(file) if file.exists() else Catalog(locale=locale)
            for message in wanted:
                translation = known.get(message.id, message.context) if message.id else None
                if message.id and (translation is None or not is_translated(translation)):
                    where = message.locations[0][0] if message.locations else room
                    yield f"{locale}: {where}: {message.id!r}"
