"""The home page's picture: a table of goods."""

from typing import Final

from shop.seed.drawings import bags, coats, sandals, shirts, small, sneakers, tees, trousers
from shop.seed.drawings.designs import PAINTS, Drawing
from shop.seed.drawings.pen import Paint, Pen, both, moved, placed


def _sandals(pen: Pen) -> str:
    return both(moved(sandals.sandal(pen), 20, 0, turn=4, about="526 500"))


def _runners(pen: Pen) -> str:
    shoe = sneakers.runner(pen)
    return moved(shoe, 40, -116, scale=0.96) + moved(shoe, -20, 62)


#: What lies where: drawing, shade, middle, size and turn; the first lies lowest.
TABLE: Final[tuple[tuple[Drawing, str, float, float, float, float], ...]] = (
    (trousers.jeans, "IND", 486, 590, 0.74, -8),
    (shirts.kawung_shirt, "BRN", 232, 400, 0.8, -9),
    (coats.rain_jacket, "MUS", 1000, 430, 0.88, 5),
    (tees.striped_tee, "NVY", 716, 366, 0.68, -4),
    (bags.tote, "CRM", 1428, 296, 0.68, 8),
    (small.cap, "NVY", 520, 148, 0.44, -8),
    (_sandals, "TAN", 724, 762, 0.4, 10),
    (small.belt, "BRN", 196, 776, 0.38, -6),
    (_runners, "SEA", 1312, 690, 0.74, -5),
)


def goods(defs: list[str]) -> str:
    """The table as SVG, 1600 by 900; what it refers to is added to ``defs``."""
    return "".join(
        placed(drawing(Pen(Paint(PAINTS[shade]), defs)), x, y, scale, turn)
        for drawing, shade, x, y, scale, turn in TABLE
    )
