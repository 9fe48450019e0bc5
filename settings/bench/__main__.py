"""One benchmark in a process of its own: ``python -m settings.bench NAME SIZE``, its rows as JSON on standard output.

``NAME`` may be ``schema``, which only brings the database up to date; ``SIZE`` is a Size as JSON.
"""

import json
import sys
from importlib import import_module

from settings.bench.rows import Size

SCHEMA = "schema"


def main(name: str, size: str) -> None:
    import django

    django.setup()
    if name == SCHEMA:
        from settings.bench.databases import is_embedded
        from settings.schema import bring_up_to_date

        bring_up_to_date(keep=is_embedded())
        return
    rows = import_module(f"settings.bench.{name}").run(Size(**json.loads(size)))
    json.dump([row.as_json() for row in rows], sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
