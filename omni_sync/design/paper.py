"""What draws every paper: WeasyPrint, and beneath it libraries of the machine that no wheel brings."""

import gc
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

LACKING: Final = (
    "WeasyPrint needs Pango and HarfBuzz. Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0; macOS: brew install pango"
)


@dataclass
class NoPaper(Exception):
    """This machine draws no PDF; ``lacking`` says what to install."""

    lacking: str = LACKING


def can_draw() -> None:
    """Raises NoPaper where the machine lacks what draws."""
    try:
        import weasyprint  # noqa: F401
    except OSError as error:  # it loads Pango when it is imported
        raise NoPaper from error
    _leave_alone_what_is_there()


@cache
def _leave_alone_what_is_there() -> None:
    """Once in a process: what it has now, the garbage collector looks through no more.

    A page of paper is laid out in so many objects that every seventh or so had the collector go through the whole
    process, a quarter of a second, to find nothing there.
    """
    gc.collect()
    gc.freeze()


def laid_out(html: str, *, may_read: tuple[str, ...] = ()) -> Any:
    """WeasyPrint's document of ``html``; nothing it names is fetched but by the schemes that it ``may_read``.

    Raises NoPaper.
    """
    can_draw()
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    return HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=may_read))
