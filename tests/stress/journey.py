"""A piece of the real till log as a file, and what its sales come to when nothing happens."""

import json
import subprocess
import sys
from dataclasses import dataclass

from settings.environment import ROOT
from tests.stress.crowd import eventually
from tests.stress.house import Books, House, Shop

SALES, STORES = 2000, 10

WRITE = """
import sys
from itertools import islice
from omni_sync.pos.replay.completejourney import CompleteJourney
source = CompleteJourney(weeks=(1, 6), stores=int(sys.argv[1]))
codes = source.stores()
from omni_sync.pos.connections import connect
connect(name="replay", stores=codes)
told = (event.event for event in source.events() if event.event is not None)
with open(sys.argv[2], "wb") as file:
    file.writelines(line + b"\\n" for line in islice(told, int(sys.argv[3])))
"""


@dataclass
class Log:
    """A till log as a file, and the stock it leads to when nothing happens."""

    house: House
    source: str
    books: Books

    def told_again(self, shop: Shop, *how: object) -> dict:
        """Tell all of it to the end, as tills do that got no answer."""
        report = json.loads(shop.manage("replay", self.source, *how))
        assert report["events"] == SALES
        assert report["rejected"] == 0
        return report

    def assert_nothing_differs(self, shop: Shop) -> None:
        eventually(lambda: shop.applied() == SALES, seconds=120, pause=0.2)
        assert shop.waiting() == 0
        assert shop.books() == self.books
        assert shop.ask("SELECT count(*) FROM omni_sync_sale") == SALES

    @classmethod
    def kept(cls, house: House) -> "Log":
        """Its shops and products go into the house's original, its sales into a file, and once into a shop."""
        source = str(house.folder / "sales.jsonl")
        script = "import django; django.setup()\n" + WRITE
        environ = {**house.environ, "DATABASE_URL": house.original.database_url, "REDIS_URL": house.engines.redis_url}
        command = [sys.executable, "-c", script, str(STORES), source, str(SALES)]
        subprocess.run(command, cwd=ROOT, env=environ, check=True, timeout=240)
        calm = house.shop()
        report = json.loads(calm.manage("replay", source))
        assert (report["accepted"], report["applied"]) == (SALES, SALES)
        books = calm.books()
        assert books.movements > SALES
        return cls(house, source, books)
