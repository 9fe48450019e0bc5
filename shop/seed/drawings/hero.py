"""The home page's picture: a table of goods."""

from typing import Final

from shop.seed.drawings import bottoms, coats, extras, sandals, sneakers, tops
from shop.seed.drawings.designs import PAINTS, Drawing
from shop.seed.drawings.pen import Paint, Pen, both, moved, placed


def _sandals(pen: Pen) -> str:
    return both(moved(sandals.sandal(pen), 20, 0, turn=4, about="526 500"))


def _runners(pen: Pen) -> str:
    shoe = sneakers.runner(pen)
    return moved(shoe, 40, -116, scale=0.96) + moved(shoe, -20, 62)


#: What lies where: drawing, shade, middle, size and turn; the first lies lowest.
TABLE: Final[tuple[tuple[Drawing, str, float, float, float, float], ...]] = (
    (bottoms.jeans, "IND", 470, 560, 0.78, -7),
    (tops.kawung_shirt, "BRN", 180, 400, 0.84, -9),
    (coats.rain_jacket, "MUS", 1010, 420, 0.92, 5),
    (tops.striped_tee, "NVY", 700, 360, 0.72, -4),
    (extras.tote, "CRM", 1450, 300, 0.74, 9),
    (extras.cap, "NVY", 560, 150, 0.5, -10),
    (_sandals, "TAN", 700, 780, 0.48, 12),
    (extras.belt, "BRN", 190, 800, 0.42, -6),
    (_runners, "SEA", 1320, 700, 0.8, -5),
)


def goods(defs: list[str]) -> str:
    """The table as SVG, 1600 by 900; what it refers to is added to ``defs``."""
    return "".join(
        placed(drawing(Pen(Paint(PAINTS[shade]), defs)), x, y, scale, turn)
        for drawing, shade, x, y, scale, turn in TABLE
    )
