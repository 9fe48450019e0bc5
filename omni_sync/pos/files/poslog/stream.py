"""The transactions of a POSLog, one at a time: however long the file is, one transaction is held."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from omni_sync.pos.files.exceptions import Unreadable

ARTS: Final = "http://www.nrf-arts.org/IXRetail/namespace/"
PORTION: Final = 64 * 1024
LONGEST: Final = 16 * 1024 * 1024


class Transactions:
    """Iterates over (line, transaction): elements by their local names, those of other namespaces left out.

    ``broken`` says where and why reading stopped before the end; what came before is told all the same.
    Raises Unreadable at once for what is not XML, and for a document type: entities can hide anything.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.broken = ""
        self._file = file
        self._builder = _Builder()
        self._parser = DefusedXMLParser(target=self._builder, forbid_dtd=True)
        self._builder.expat = self._parser.parser
        while not self._builder.root and not self.broken and self._feed():
            pass
        if not self._builder.root:
            raise Unreadable(f"this is no XML: {self.broken or 'it is empty'}")

    def __iter__(self) -> Iterator[tuple[int, Element]]:
        more = True
        while more:
            yield from self._builder.done
            self._builder.done.clear()
            if self._builder.size > LONGEST:
                self.broken = f"line {self._builder.line}: more than {LONGEST} bytes without the end of a transaction"
            more = not self.broken and self._feed()
        yield from self._builder.done

    def _feed(self) -> bool:
        """Read one portion more; False at the end, in whatever way it came."""
        portion = self._file.read(PORTION)
        self._builder.size += len(portion)
        try:
            if portion:
                self._parser.feed(portion)
            else:
                self._parser.close()
        except DefusedXmlException as refusal:
            raise Unreadable("it declares a document type or entities (a DTD), which a POSLog never needs") from refusal
        except ParseError as error:
            line, column = error.position
            self.broken = f"line {line}, column {column + 1}: {str(error).partition(':')[0]}"
        except (ValueError, LookupError) as error:
            self.broken = f"line {self._parser.parser.CurrentLineNumber}: {error}"
        return bool(portion) and not self.broken


class _Builder:
    """Builds the transactions and nothing else."""

    def __init__(self) -> None:
        self.done: list[tuple[int, Element]] = []
        self.root = ""
        self.size = self.line = 0
        self.expat: object = None
        self._open: list[Element] = []
        self._home = ""
        self._foreign = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition("}")
        space = space[1:]
        self.root = self.root or tag
        if not self._open:
            if name == "Transaction" and space in (ARTS, self.root.rpartition("}")[0][1:]):
                self._home, self.line = space, self.expat.CurrentLineNumber  # type: ignore[attr-defined]
                self._open.append(_element(name, attributes))
        elif self._foreign or space != self._home:
            self._foreign += 1
        else:
            child = _element(name, attributes)
            self._open[-1].append(child)
            self._open.append(child)

    def end(self, tag: str) -> None:
        if self._foreign:
            self._foreign -= 1
        elif self._open:
            element = self._open.pop()
            if not self._open:
                self.done.append((self.line, element))
                self.size = 0

    def data(self, text: str) -> None:
        if self._open and not self._foreign and not len(self._open[-1]):
            self._open[-1].text = (self._open[-1].text or "") + text

    def close(self) -> None:
        """Nothing is left to do: a transaction that did not end is no transaction."""


def _element(name: str, attributes: dict[str, str]) -> Element:
    return Element(name, {key: value for key, value in attributes.items() if not key.startswith("{")})
