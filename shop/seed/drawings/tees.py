# ruff: noqa: E501  (a path is one line)
"""Tees and the polo."""

from shop.seed.drawings.cloth import (
    armhole,
    body,
    collar_rib,
    drape,
    inside_neck,
    long_sleeve,
    pocket,
    rib,
    short_sleeve,
)
from shop.seed.drawings.fabrics import grain
from shop.seed.drawings.paths import SHEET, folded
from shop.seed.drawings.pen import Pen, both


def tee(pen: Pen) -> str:
    jersey = grain(pen, "jersey")
    hem = pen.stitch("M 218 808 C 300 822 500 822 582 808", -0.35)
    return (
        inside_neck(pen)
        + both(short_sleeve(pen, jersey))
        + pen.part(body(), 0.0, jersey, drape(pen), hem)
        + armhole(pen)
        + collar_rib(pen)
    )


def striped_tee(pen: Pen) -> str:
    ground = "#f3ecdd"
    row = f'<rect width="800" height="21" y="16" fill="{pen.paint.tone(0.0)}"/>'
    stripes = pen.fill(SHEET, pen.pattern(800, 50, row))
    slanted = pen.fill(
        "M 0 0 L 1200 0 L 1200 1200 L 0 1200 Z",
        pen.pattern(1400, 50, row.replace("800", "1400"), turn="rotate(-25 572 404)"),
    )
    neck = "M 324 188 C 338 236 364 262 400 262 C 436 262 462 236 476 188"
    light = Pen(pen.paint.__class__((243, 236, 221)), pen.defs)
    return (
        inside_neck(light, 262)
        + both(
            light.part(
                "M 584 231 C 618 243 644 266 660 298 L 704 392 C 674 418 648 434 622 444 L 572 404 C 570 350 574 290 584 232 Z",
                ground,
                slanted,
                light.fold("M 580 396 C 606 392 628 382 644 366", 18, 0.3),
                light.soft("M 574 240 C 566 300 566 360 572 414", -0.9, 30, 0.24),
                light.stitch("M 612 432 C 644 424 672 406 692 382"),
            )
        )
        + light.part(
            body(262), ground, stripes, drape(light), light.stitch("M 218 808 C 300 822 500 822 582 808", -0.4)
        )
        + armhole(light)
        + collar_rib(pen, 15, neck)
    )


def long_tee(pen: Pen) -> str:
    jersey = grain(pen, "jersey")
    return (
        inside_neck(pen)
        + both(long_sleeve(pen, jersey), rib(pen, "M 638 772 C 664 774 692 768 717 755", 30))
        + pen.part(body(hem=822), 0.0, jersey, drape(pen), pen.stitch("M 218 804 C 300 818 500 818 582 804", -0.35))
        + armhole(pen)
        + pocket(pen, 446, 352, 88, 98, point=0)
        + collar_rib(pen, 21)
    )


def polo(pen: Pen) -> str:
    pique = grain(pen, "pique")
    cuff = rib(pen, "M 626 474 C 662 466 696 450 722 428", 20)
    front = (
        pen.fill("M 382 240 L 418 240 L 418 410 L 382 410 Z", 0.06, edge=-0.4)
        + pen.stitch("M 386 404 L 414 404")
        + pen.soft("M 421 250 L 421 412", -0.9, 12, 0.3)
    )
    leaf = "M 400 254 C 430 244 458 214 474 172 C 490 182 500 194 506 210 C 496 250 472 286 440 312 C 424 296 410 276 400 254 Z"
    return (
        pen.fill(folded("M 400 172 C 440 172 466 174 474 182 C 466 230 440 254 400 258"), -0.42)
        + both(short_sleeve(pen, pique), cuff)
        + pen.part(body(), 0.0, pique, drape(pen), pen.stitch("M 218 808 C 300 822 500 822 582 808", -0.35))
        + armhole(pen)
        + front
        + "".join(pen.button(400, y, 6.5) for y in (286, 334, 382))
        + both(
            pen.soft("M 444 316 C 478 290 500 252 510 212", -0.9, 16, 0.32),
            pen.part(leaf, -0.05, round_=0.5),
            pen.line("M 498 214 C 488 248 466 280 438 303", 0.45, 2.5, opacity=0.7),
        )
    )
