"""What a reader sees of an answer."""

import re


def text_of(response):
    """The words in ``<main>``."""
    return words(re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)[0])


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def ways_of(response):
    """The chosen shop's line, if there is one, and that of the parcel."""
    return [_line(html) for html in re.findall(r'<div class="way[^"]*" data-place.*?(?=<div class="way"|</section>)',
                                               response.content.decode(), re.DOTALL)]  # fmt: skip


def lines_of(response):
    """Each store's line in the list, without its button."""
    return [_line(html) for html in re.findall(r'<li class="place".*?</li>', response.content.decode(), re.DOTALL)]


def _line(html):
    return words(re.sub(r"<button.*?</button>", "", html, flags=re.DOTALL))
