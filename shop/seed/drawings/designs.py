"""Which drawing belongs to which style, from which sides, and the paints of the colours."""

from collections.abc import Callable
from typing import Final

from shop.seed.drawings import (
    bags,
    canvas,
    casual,
    coats,
    denim,
    dresses,
    knits,
    leather,
    sandals,
    shirts,
    small,
    sneakers,
    tees,
    trousers,
)
from shop.seed.drawings.pen import Colour, Pen, both, moved

Drawing = Callable[[Pen], str]

PAINTS: Final[dict[str, Colour]] = {
    "BLK": (50, 50, 54),
    "WHT": (252, 250, 245),
    "CRM": (236, 225, 203),
    "SEA": (42, 116, 118),
    "SND": (214, 193, 160),
    "SKY": (163, 193, 216),
    "GRY": (156, 159, 164),
    "NVY": (44, 58, 94),
    "IND": (66, 90, 134),
    "KHK": (181, 162, 120),
    "OLV": (108, 112, 76),
    "MUS": (217, 164, 65),
    "BRK": (184, 92, 62),
    "ROS": (217, 163, 156),
    "BRN": (118, 74, 48),
    "TAN": (192, 142, 94),
}


def _pair(
    shoe: Drawing,
    *,
    behind: tuple[float, float] = (34, -128),
    front: tuple[float, float] = (-18, 62),
    size: float = 1.0,
) -> Drawing:
    """Two shoes from the side, the second one further back."""

    def draw(pen: Pen) -> str:
        piece = shoe(pen)
        return moved(piece, *behind, scale=0.94 * size) + moved(piece, *front, scale=1.04 * size)

    return draw


def _from_above(shoe: Drawing) -> Drawing:
    """Two shoes from above, side by side."""

    def draw(pen: Pen) -> str:
        return both(moved(shoe(pen), 28, 0, turn=4, about="526 500"))

    return draw


def _close(drawing: Drawing, x: float, y: float, zoom: float = 1.9, turn: float = 0) -> Drawing:
    """``drawing`` so near that ``x``, ``y`` is the middle of the sheet."""

    def draw(pen: Pen) -> str:
        return moved(drawing(pen), 400 - x, 500 - y, scale=zoom, turn=turn, about=f"{x} {y}")

    return draw


#: The first is what a shelf shows; the others are for the product page.
DRAWINGS: Final[dict[str, tuple[Drawing, ...]]] = {
    "TEE": (tees.tee, _close(tees.tee, 400, 260, 1.9)),
    "STR": (tees.striped_tee, _close(tees.striped_tee, 400, 300, 1.9)),
    "LST": (tees.long_tee, _close(tees.long_tee, 400, 280, 1.9)),
    "POL": (tees.polo, _close(tees.polo, 400, 270, 2.0)),
    "LIN": (shirts.linen_shirt, _close(shirts.linen_shirt, 400, 280, 1.9)),
    "OXF": (shirts.oxford_shirt, _close(shirts.oxford_shirt, 400, 280, 1.9)),
    "BTK": (shirts.kawung_shirt, _close(shirts.kawung_shirt, 400, 290, 1.9)),
    "FLN": (shirts.flannel_shirt, _close(shirts.flannel_shirt, 400, 290, 1.9)),
    "BLS": (shirts.blouse, _close(shirts.blouse, 400, 280, 1.9)),
    "HOO": (knits.hoodie, _close(knits.hoodie, 400, 290, 1.8)),
    "SWT": (knits.sweatshirt, _close(knits.sweatshirt, 400, 280, 1.9)),
    "CRD": (knits.cardigan, _close(knits.cardigan, 400, 330, 1.9)),
    "KNT": (knits.jumper, _close(knits.jumper, 400, 280, 1.9)),
    "RAI": (coats.rain_jacket, coats.rain_jacket_back),
    "DNM": (denim.denim_jacket, denim.denim_jacket_back),
    "BOM": (coats.bomber, coats.bomber_back),
    "CHI": (trousers.chinos, _close(trousers.chinos, 400, 240, 2.0)),
    "JNS": (trousers.jeans, _close(trousers.jeans, 400, 240, 2.0)),
    "SHO": (casual.shorts, _close(casual.shorts, 400, 400, 1.7)),
    "JOG": (casual.joggers, _close(casual.joggers, 400, 240, 2.0)),
    "WID": (trousers.wide_trousers, _close(trousers.wide_trousers, 400, 240, 2.0)),
    "DRS": (dresses.dress, _close(dresses.dress, 400, 260, 1.9)),
    "SKT": (dresses.pleated_skirt, _close(dresses.pleated_skirt, 400, 320, 1.8)),
    "SHD": (dresses.shirt_dress, _close(dresses.shirt_dress, 400, 280, 1.9)),
    "RUN": (_pair(sneakers.runner), _close(sneakers.runner, 370, 510, 2.0, -4)),
    "CRT": (_pair(sneakers.court), _close(sneakers.court, 380, 520, 2.1, -4)),
    "HIT": (_pair(canvas.high_top), _close(canvas.high_top, 360, 470, 1.6, -4)),
    "SLP": (_pair(canvas.slip_on), _close(canvas.slip_on, 330, 545, 2.3, -4)),
    "SAN": (_from_above(sandals.sandal), _close(sandals.sandal, 526, 420, 1.75, 14)),
    "FLP": (_from_above(sandals.flip_flop), _close(sandals.flip_flop, 526, 410, 1.75, 14)),
    "STP": (_from_above(sandals.trek_sandal), _close(sandals.trek_sandal, 526, 430, 1.75, 14)),
    "LOA": (_pair(leather.loafer), _close(leather.loafer, 350, 530, 2.3, -4)),
    "BAL": (_from_above(sandals.ballet_flat), _close(sandals.ballet_flat, 526, 400, 1.85, 14)),
    "DRB": (_pair(leather.derby), _close(leather.derby, 390, 510, 2.1, -4)),
    "CHB": (
        _pair(leather.chelsea_boot, behind=(70, -40), front=(-34, 110), size=0.92),
        _close(leather.chelsea_boot, 320, 380, 1.6, -4),
    ),
    "TOT": (bags.tote, _close(bags.tote, 400, 420, 1.7)),
    "BPK": (bags.backpack, _close(bags.backpack, 400, 420, 1.7)),
    "CAP": (small.cap, _close(small.cap, 400, 500, 1.6)),
    "SOX": (small.socks, _close(small.socks, 400, 380, 1.8)),
    "BLT": (small.belt, _close(small.belt, 400, 500, 1.7)),
}
