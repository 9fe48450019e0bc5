"""What is held of a human, as a file that people and programmes can read: one JSON, and a sheet for every kind."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder

from omni_sync.people.models import Person
from omni_sync.people.signals import person_exported
from omni_sync.privacy.human import Human

Rows = dict[str, list[dict[str, Any]]]
NAME: Final = "data.json"
#: A spreadsheet takes what begins so for a formula.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class _Encoder(DjangoJSONEncoder):
    """What has no form of its own in JSON, such as a phone number, is its text."""

    def default(self, o: Any) -> Any:
        try:
            return super().default(o)
        except TypeError:
            return str(o)


def held_of(human: Human) -> Rows:
    """Every kind of row that some capability holds of them; kinds without any are there and empty."""
    rows: Rows = {}

    def add(kind: str, told: Iterable[Mapping[str, object]]) -> None:
        rows.setdefault(kind, []).extend(_plain(row) for row in told)

    ids = {"person_ids": list(human.person_ids), "user_ids": list(human.user_ids)}
    person_exported.send(sender=Person, **ids, add=add)
    return dict(sorted(rows.items()))


def zipped(rows: Rows) -> bytes:
    """The zip."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packet:
        packet.writestr(NAME, json.dumps(rows, indent=2, ensure_ascii=False))
        for kind, told in rows.items():
            if told:
                packet.writestr(f"{kind}.csv", _sheet(told))
    return target.getvalue()


def _plain(row: Mapping[str, object]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(dict(row), cls=_Encoder))
    return {name.replace("__", "_"): value for name, value in plain.items()}


def _sheet(rows: list[dict[str, Any]]) -> str:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    sheet = io.StringIO(newline="")
    sheet.write("\ufeff")  # or a spreadsheet reads it in some other encoding
    writer = csv.DictWriter(sheet, columns)
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return sheet.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if text.startswith(FORMULA) and isinstance(value, str) else text
