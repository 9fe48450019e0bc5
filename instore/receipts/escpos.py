"""A receipt as the bytes that a till's own printer takes (Epson's ESC/POS)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext

from instore.receipts.written import Said, Written

#: Characters of font A on a line, by the width of the roll in millimetres.
COLUMNS: Final = {80: 42, 58: 32}
PRINTER: Final = "TM-T88V"
CODE_PAGE: Final = "CP858"  # Western European with the euro: every printer of note has it
DOTS: Final = 6  # of a module: 37 of them are 27 mm at 203 dots an inch, 31 mm at 180
INSTEAD: Final = {"\N{RUPEE SIGN}": "Rs", "\N{EN DASH}": "-", "\N{EM DASH}": "-", "\N{MINUS SIGN}": "-"} | {
    "\N{LEFT SINGLE QUOTATION MARK}": "'", "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{LEFT DOUBLE QUOTATION MARK}": '"', "\N{RIGHT DOUBLE QUOTATION MARK}": '"', "\N{HORIZONTAL ELLIPSIS}": "...",
}  # fmt: skip


def escpos_of(said: Written, *, roll: int = 80) -> bytes:
    """What is sent to the printer, from waking it to cutting the paper, for a roll of 80 or 58 mm."""
    from escpos.constants import QR_ECLEVEL_M, QR_MODEL_2
    from escpos.printer import Dummy

    columns = COLUMNS[roll]
    printer = Dummy(profile=PRINTER)
    printer.hw("INIT")
    printer.charcode(CODE_PAGE)
    with translation.override(said.language):
        _head(printer, said, columns)
        _body(printer, said, columns)
    printer.set(align="center")
    if said.link:
        printer.text("\n")
        printer.qr(said.link, ec=QR_ECLEVEL_M, size=DOTS, model=QR_MODEL_2, native=True)
        printer.text("\n")
    _say(printer, filter(None, [said.ending, *said.sender.below]), columns)
    printer.cut()
    return bytes(printer.output)


def _head(printer: Any, said: Written, columns: int) -> None:
    sender = said.sender
    printer.set(align="center", bold=True, double_height=True, double_width=True, normal_textsize=False)
    _say(printer, [sender.name], columns // 2)
    printer.set(align="center", bold=False, normal_textsize=True)
    _say(
        printer,
        filter(None, [sender.legal_name, *sender.address, sender.phone, said.tax_number, *sender.above]),
        columns,
    )
    printer.text("\n")
    printer.set(bold=True)
    _say(printer, [said.heading, *said.marks], columns)
    printer.set(align="left", bold=False)


def _body(printer: Any, said: Written, columns: int) -> None:
    rule = "-" * columns
    _say(printer, [*_rows(said.facts, columns), rule], columns)
    for good in said.goods:
        title = f"{good.each} {good.title}" if said.is_gift else good.title
        _say(printer, [title], columns)
        _say(
            printer,
            _pair(" - ".join(([] if said.is_gift else [good.each]) + [*good.beside]), good.amount, columns),
            columns,
        )
        if good.discount:
            _say(printer, _pair(gettext("Discount"), good.discount, columns), columns)
    if said.sums:
        _say(printer, [rule, *_rows(said.sums[:-1], columns)], columns)
        printer.set(bold=True, double_height=True, double_width=False, normal_textsize=False)
        _say(printer, _rows(said.sums[-1:], columns), columns)
        printer.set(bold=False, normal_textsize=True)
        _say(printer, _rows(said.paid, columns), columns)
    for one in said.taxes:
        _say(printer, [rule, *_pair(gettext("Tax rate"), one.rate, columns)], columns)
        named = ((gettext("Without tax"), one.net), (gettext("Tax"), one.tax), (gettext("With tax"), one.gross))
        _say(printer, [line for label, amount in named for line in _pair(label, amount, columns)], columns)


def _rows(rows: Iterable[Said], columns: int) -> Iterator[str]:
    for row in rows:
        yield from _pair(row.label, row.value, columns)


def _pair(label: str, value: str, columns: int) -> Iterator[str]:
    """The label at the left and the value at the right, on one line where both fit."""
    label, value = printable(label), printable(value)
    if len(label) + 1 + len(value) <= columns:
        yield f"{label}{value:>{columns - len(label)}}".rstrip()
        return
    yield from _wrapped(label, columns)
    yield from (f"{part:>{columns}}" for part in _wrapped(value, columns))


def _say(printer: Any, lines: Iterable[str], columns: int) -> None:
    for line in lines:
        said = printable(line)
        fits = [said] if len(said) <= columns else _wrapped(said, columns)
        printer.text("".join(f"{part}\n" for part in fits))


def _wrapped(text: str, columns: int) -> list[str]:
    return wrap(text, columns, break_on_hyphens=False)  # no minus is left behind


def printable(text: str) -> str:
    """What the printer has of ``text``: accents go where it lacks the letter, other letters become question marks.

    Nothing in it can be a command.
    """
    return "".join(map(_letter, unicodedata.normalize("NFC", text)))


def _letter(letter: str) -> str:
    if unicodedata.category(letter)[0] in "CZ":  # commands; spaces of all kinds
        return " " if letter.isspace() else ""
    if _has(letter):
        return letter
    plain = "".join(filter(_has, INSTEAD.get(letter) or unicodedata.normalize("NFKD", letter)))
    return plain or ("" if unicodedata.combining(letter) else "?")


def _has(letter: str) -> bool:
    try:
        letter.encode(CODE_PAGE)
    except UnicodeEncodeError:
        return False
    return True
