# ruff: noqa: E501  (a path is one line)
"""Knitwear and hoodies."""

from shop.seed.drawings.cloth import (
    GATHERED,
    armhole,
    body,
    collar_rib,
    drape,
    hood,
    inside_neck,
    long_sleeve,
    rib,
    waist_rib,
    wrist,
)
from shop.seed.drawings.fabrics import grain
from shop.seed.drawings.paths import SHEET, folded
from shop.seed.drawings.pen import Pen, both


def hoodie(pen: Pen) -> str:
    cord = "#f4efe4"
    pouch = folded("M 400 570 L 486 570 L 536 676 L 536 766 C 490 770 440 772 400 772")
    return (
        both(long_sleeve(pen, shape=GATHERED), wrist(pen))
        + hood(pen)
        + pen.part(
            folded(
                "M 400 318 C 434 304 462 278 482 240 L 502 204 L 588 233 C 578 296 573 356 572 414 C 570 560 574 700 580 786 C 520 797 460 799 400 799"
            ),
            0.0,
            drape(pen),
            pen.soft("M 298 210 C 330 280 360 310 400 324 C 440 310 470 280 502 210", -0.9, 30, 0.26),
        )
        + armhole(pen)
        + pen.soft("M 262 770 C 300 778 500 778 540 770 L 540 680", -0.9, 14, 0.24)
        + pen.part(pouch, 0.03, pen.fold("M 330 620 C 350 660 356 700 352 760", 26, 0.18), round_=0.5)
        + both(pen.stitch("M 480 578 L 528 680 L 528 762"), pen.line("M 486 570 L 536 676", -0.45, 2.2))
        + pen.stitch("M 322 578 L 478 578")
        + waist_rib(pen)
        + both(pen.fill("M 428 301 L 440 292 L 446 304 L 434 312 Z", -0.3))
        + pen.soft("M 370 306 C 366 360 376 410 372 470", -0.9, 12, 0.3)
        + pen.soft("M 436 306 C 444 360 434 400 440 446", -0.9, 12, 0.3)
        + pen.line("M 366 304 C 360 356 370 410 366 466", cord, 6)
        + pen.line("M 433 304 C 440 356 430 396 436 440", cord, 6)
        + pen.line("M 366 466 L 366 484", "#c9c2b2", 7)
        + pen.line("M 436 440 L 436 458", "#c9c2b2", 7)
    )


def sweatshirt(pen: Pen) -> str:
    notch = pen.line("M 380 256 L 400 296 L 420 256", -0.45, 2) + pen.inside(
        "M 380 256 L 400 296 L 420 256 Z",
        pen.fill(SHEET, -0.1),
        pen.line("M 400 240 L 400 310", -0.5, 44, dash="1.6 4", opacity=0.4),
    )
    return (
        inside_neck(pen)
        + both(long_sleeve(pen, shape=GATHERED), wrist(pen))
        + pen.part(body(hem=786), 0.0, drape(pen, 792))
        + armhole(pen)
        + notch
        + waist_rib(pen)
        + collar_rib(pen, 25, "M 327 189 C 335 232 362 256 400 256 C 438 256 465 232 473 189")
    )


def cardigan(pen: Pen) -> str:
    knit = grain(pen, "knit")
    front = folded(
        "M 400 470 C 424 410 452 300 468 190 L 588 233 C 578 296 573 356 572 414 C 570 560 574 700 580 786 C 520 797 460 799 400 799"
    )
    band = "M 326 190 C 344 300 372 420 400 486 L 400 836"
    other = "M 474 190 C 456 300 428 420 400 486"
    pouch = "M 440 616 L 540 616 L 540 736 C 540 744 536 748 528 748 L 452 748 C 444 748 440 744 440 736 Z"
    return (
        pen.fill(folded("M 400 176 C 440 176 462 180 474 190 C 460 300 430 420 400 480"), -0.55)
        + pen.inside(
            folded("M 400 176 C 440 176 462 180 474 190 C 460 300 430 420 400 480"),
            knit,
            pen.soft("M 318 190 C 340 300 372 420 400 486 C 428 420 460 300 482 190", -1, 60, 0.4),
            pen.fill("M 382 204 L 418 204 L 418 226 L 382 226 Z", "#f4efe4"),
            pen.line("M 391 215 L 409 215", "#1f6f73", 2.4),
        )
        + rib(pen, "M 326 188 C 356 202 444 202 474 188", 18, -0.14)
        + both(long_sleeve(pen, knit, shape=GATHERED), wrist(pen))
        + pen.part(front, 0.0, knit, drape(pen, 792))
        + armhole(pen)
        + waist_rib(pen)
        + both(
            pen.soft("M 438 750 L 542 750 L 544 620", -0.9, 12, 0.3),
            pen.part(pouch, 0.02, knit, round_=0.4),
            rib(pen, "M 440 628 L 540 628", 22),
        )
        + rib(pen, other, 26)
        + pen.soft("M 416 490 L 416 838", -0.9, 14, 0.34)
        + rib(pen, band, 28)
        + "".join(pen.button(399, y, 9, "#6b4a33") for y in (506, 582, 658, 734, 808))
    )


def jumper(pen: Pen) -> str:
    knit = grain(pen, "knit")
    raised, gloom = (0.12, -0.6) if pen.paint.is_dark else (0.14, -0.5)

    def cable(x: float) -> str:
        rows = range(190, 830, 48)
        over = " ".join(f"M {x - 15} {y} C {x - 15} {y + 22} {x + 15} {y + 26} {x + 15} {y + 48}" for y in rows)
        light = " ".join(f"M {x - 11} {y + 5} C {x - 11} {y + 22} {x + 11} {y + 28} {x + 13} {y + 43}" for y in rows)
        under = " ".join(
            f"M {x + 15} {y} C {x + 15} {y + 14} {x + 10} {y + 18} {x + 5} {y + 21} "
            f"M {x - 15} {y + 48} C {x - 15} {y + 36} {x - 10} {y + 31} {x - 6} {y + 28}"
            for y in rows
        )
        return (
            pen.soft(f"M {x} 190 L {x} 830", -0.9, 62, 0.3)
            + pen.band(f"M {x} 186 L {x} 840", -0.5, 34, opacity=0.5)
            + pen.band(under, gloom, 17)
            + pen.band(under, 0.06, 13)
            + pen.band(over, gloom, 18)
            + pen.band(over, raised, 13.5)
            + pen.line(light, 0.45, 2, opacity=0.5)
            + pen.line(f"M {x - 32} 190 L {x - 32} 830 M {x + 32} 190 L {x + 32} 830", -0.5, 3, opacity=0.5)
        )

    sleeve = pen.part(
        GATHERED,
        -0.03,
        knit,
        '<g transform="rotate(-8 620 230) translate(228 40)">' + cable(400) + "</g>",
        pen.fold("M 600 470 C 626 466 650 452 666 430", 22, 0.3),
        pen.fold("M 620 570 C 640 576 664 570 686 550", 20, 0.26),
        pen.soft("M 574 240 C 566 300 566 360 572 424", -0.9, 34, 0.24),
    )
    return (
        both(sleeve, wrist(pen))
        + pen.part(body(244, 786), 0.0, knit, cable(400), cable(302), cable(498), drape(pen, 792))
        + armhole(pen)
        + waist_rib(pen)
        + pen.soft("M 322 226 C 340 262 460 262 478 226", -0.9, 26, 0.4)
        + _roll_neck(pen)
    )


def _roll_neck(pen: Pen) -> str:
    roll = folded("M 400 130 C 440 130 462 134 468 142 C 476 176 478 204 474 226 C 456 250 428 258 400 258")
    return pen.part(
        roll,
        0.0,
        *(
            pen.line(
                f"M {400 + x} 120 C {400 + x * 1.08} 180 {400 + x * 1.08} 220 {400 + x * 0.96} 270",
                -0.5,
                1.6,
                opacity=0.5,
            )
            for x in range(-72, 73, 8)
        ),
        pen.soft("M 326 204 C 360 226 440 226 476 204", -0.9, 26, 0.24),
    ) + pen.fill(folded("M 400 132 C 438 132 460 136 466 142 C 452 152 430 156 400 156"), -0.4)
