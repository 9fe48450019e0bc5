"""What each form of a receipt says, read back from it."""

import html
import io
import re
import unicodedata
from collections import Counter
from decimal import Decimal

import pypdfium2
import zxingcpp

MONEY = re.compile(r"(-?)(?:Rp|€|JP¥|¥)\s*(\d[\d.,]*)")


def of_html(text):
    (article,) = re.findall(r"<article.*</article>", text, re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", " ", article))


def of_pdf(pdf):
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def of_escpos(printed):
    """The text between the commands; the symbol's own bytes are left out."""
    symbol = re.compile(rb"\x1d\(k(.)(.)", re.DOTALL)
    while found := symbol.search(printed):
        end = found.end() + found[1][0] + 256 * found[2][0]
        printed = printed[: found.start()] + printed[end:]
    for command in (rb"\x1b[!Eat].", rb"\x1bd.", rb"\x1b@", rb"\x1dV."):
        printed = re.sub(command, b"", printed, flags=re.DOTALL)
    return printed.decode("cp858")


def words(text):
    return Counter(unicodedata.normalize("NFKC", text).split())


def letters(text):
    return Counter("".join(unicodedata.normalize("NFKC", text).split()))


def amounts(text, language):
    """Every amount of money, as often as it is there."""
    group, point = (".", ",") if language == "id" else (",", ".")
    found = MONEY.findall(text)
    return Counter(Decimal(sign + digits.replace(group, "").replace(point, ".").rstrip(".")) for sign, digits in found)


def symbols(pdf, *, dots=4):
    """What the codes on its first page say."""
    page = pypdfium2.PdfDocument(io.BytesIO(pdf))[0]
    return [code.text for code in zxingcpp.read_barcodes(page.render(scale=dots).to_pil())]


def sizes(pdf):
    """Width and height of each page in millimetres."""
    return [
        tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in pypdfium2.PdfDocument(io.BytesIO(pdf))
    ]
