"""Figures in rows and columns: sizes, prices of delivery, hours."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from shop.content.blocks.found import Found


@dataclass(frozen=True, slots=True)
class Table:
    """The first cell of a row names it."""

    template: ClassVar[str] = "shop/content/blocks/table.html"

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table_block() -> TypedTableBlock:
    return TypedTableBlock([("text", CharBlock(label=_("text"), required=False))], label=_("Table"), icon="table")


def table(value: dict[str, Any], found: Found) -> Table:
    return Table(
        caption=value.get("caption") or "",
        columns=tuple(column["heading"] for column in value["columns"]),
        rows=tuple(tuple(cell or "" for cell in row["values"]) for row in value["rows"]),
    )
