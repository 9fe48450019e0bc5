# ruff: noqa: E501  (a path is one line)
"""Shirts and the blouse."""

from shop.seed.drawings.cloth import (
    armhole,
    body,
    drape,
    elbow_sleeve,
    long_sleeve,
    placket,
    pocket,
    shirt_collar,
    short_sleeve,
)
from shop.seed.drawings.fabrics import grain
from shop.seed.drawings.paths import folded
from shop.seed.drawings.pen import Pen, both


def linen_shirt(pen: Pen) -> str:
    linen = grain(pen, "linen")
    cuff = pen.part(
        "M 700 516 L 712 566 C 684 590 648 600 612 598 L 598 548 C 636 550 672 540 700 516 Z",
        0.12,
        linen,
        pen.stitch("M 608 586 C 646 588 680 576 706 556"),
    )
    return (
        both(elbow_sleeve(pen, linen), cuff)
        + pen.part(
            body(hem=838, round_hem=True),
            0.0,
            linen,
            drape(pen, 838),
            pen.stitch("M 222 770 C 262 828 330 842 400 842 C 470 842 538 828 578 770", -0.35),
        )
        + armhole(pen)
        + pen.inside(body(hem=838, round_hem=True), placket(pen, 232, 856, buttons=7, button="#8a6a48"))
        + pocket(pen, 448, 366, 88, 100, point=0)
        + shirt_collar(pen, linen)
        + pen.button(400, 256, 6.5, "#8a6a48")
    )


def oxford_shirt(pen: Pen) -> str:
    oxford = grain(pen, "oxford")
    cuff = pen.part(
        "M 711 706 L 720 772 C 696 790 664 796 636 792 L 624 726 C 654 730 686 724 711 706 Z",
        0.08,
        oxford,
        pen.stitch("M 640 784 C 666 786 692 780 713 768"),
        pen.stitch("M 632 733 C 660 735 688 728 708 716"),
    ) + pen.button(694, 752, 5.5)
    hem = body(hem=850, round_hem=True)
    return (
        both(long_sleeve(pen, oxford), cuff)
        + pen.part(
            hem,
            0.0,
            oxford,
            drape(pen, 850),
            pen.stitch("M 222 782 C 262 840 330 854 400 854 C 470 854 538 840 578 782", -0.35),
        )
        + armhole(pen)
        + pen.inside(hem, placket(pen, 232, 868, buttons=7))
        + pocket(pen, 446, 362)
        + shirt_collar(pen, oxford)
        + both(pen.button(459, 296, 4.5))
        + pen.button(400, 252, 6)
    )


def kawung_shirt(pen: Pen) -> str:
    cream, deep = "#efe0bf", pen.paint.tone(-0.35)
    petal = "".join(
        f'<ellipse cx="0" cy="-19" rx="9.5" ry="16" transform="translate(28 28) rotate({45 + 90 * turn})" fill="{cream}"/>'
        f'<circle r="2" transform="translate(28 28) rotate({45 + 90 * turn}) translate(0 -16)" fill="{deep}"/>'
        for turn in range(4)
    )
    spot = "".join(
        f'<circle cx="{x}" cy="{y}" r="4.5" fill="#c98f45"/>'
        for x, y in ((28, 28), (0, 0), (56, 0), (0, 56), (56, 56), (28, 0), (0, 28), (56, 28), (28, 56))
    )
    motif = pen.fill(
        "M -400 -400 L 1400 -400 L 1400 1400 L -400 1400 Z",
        pen.pattern(56, 56, petal, spot, turn="translate(6 0) scale(1.3)"),
    )
    turned = pen.fill(
        "M -400 -400 L 1400 -400 L 1400 1400 L -400 1400 Z",
        pen.pattern(56, 56, petal, spot, turn="rotate(-22 580 320) scale(1.3)"),
    )
    shape = folded(
        "M 400 330 C 424 280 450 230 470 190 L 588 233 C 578 296 573 356 572 414 C 570 560 576 690 584 812 C 520 820 460 822 400 822"
    )
    lapel = "M 400 336 C 420 296 450 240 472 168 C 488 176 500 190 508 208 L 536 270 L 494 284 L 500 304 C 470 330 432 342 400 336 Z"
    return (
        pen.fill(folded("M 400 176 C 440 176 466 172 474 180 C 460 260 420 320 400 336"), -0.5)
        + both(short_sleeve(pen, turned))
        + pen.part(shape, 0.0, motif, drape(pen, 812))
        + armhole(pen)
        + pen.soft("M 416 340 L 416 818", -0.9, 16, 0.4)
        + pen.line("M 412 338 L 412 821", -0.6, 2)
        + "".join(pen.button(398, y, 6.5, "#3a2a20") for y in (392, 494, 596, 698))
        + both(pen.soft("M 500 306 C 470 334 432 346 404 342", -0.9, 14, 0.4), pen.part(lapel, 0.0, turned, round_=0.6))
    )


def flannel_shirt(pen: Pen) -> str:
    dark, light = pen.paint.tone(-0.62), "#f1e3c8"
    check = (
        f'<rect width="84" height="30" y="4" fill="{dark}" opacity=".5"/><rect width="30" height="84" x="4" fill="{dark}" opacity=".5"/>'
        f'<rect width="84" height="4" y="58" fill="{light}" opacity=".75"/><rect width="4" height="84" x="58" fill="{light}" opacity=".75"/>'
        f'<rect width="84" height="2" y="17" fill="{light}" opacity=".4"/><rect width="2" height="84" x="17" fill="{light}" opacity=".4"/>'
    )
    everywhere = "M -400 -400 L 1400 -400 L 1400 1400 L -400 1400 Z"
    plaid = pen.fill(everywhere, pen.pattern(84, 84, check, turn="translate(22 0)"))
    sleeve = pen.fill(everywhere, pen.pattern(84, 84, check, turn="rotate(-7 600 300) translate(8 20)"))
    bias = pen.fill(everywhere, pen.pattern(84, 84, check, turn="rotate(45)"))
    shape = body(hem=850, round_hem=True)
    cuff = pen.part(
        "M 711 706 L 720 772 C 696 790 664 796 636 792 L 624 726 C 654 730 686 724 711 706 Z", 0.0, sleeve
    ) + pen.button(694, 752, 5.5, "#2f2a28")
    flap = "M 438 366 L 536 366 L 536 392 L 487 412 L 438 392 Z"
    bag = "M 442 374 L 532 374 L 532 472 L 442 472 Z"
    patch = (
        pen.soft("M 440 474 L 534 474 L 536 380", -0.9, 12, 0.36)
        + pen.part(bag, 0.0, bias, round_=0.3)
        + pen.soft("M 440 394 L 487 416 L 536 394", -0.9, 10, 0.4)
        + pen.part(flap, 0.0, bias, round_=0.3)
        + pen.button(487, 396, 5, "#2f2a28")
    )
    return (
        both(long_sleeve(pen, sleeve), cuff)
        + pen.part(shape, 0.0, plaid, drape(pen, 850))
        + armhole(pen)
        + pen.inside(
            shape,
            pen.soft("M 420 240 L 420 870", -0.9, 16, 0.4),
            pen.part("M 383 232 L 417 232 L 417 900 L 383 900 Z", 0.0, bias, round_=0.2),
            *(pen.button(400, y, 6.5, "#2f2a28") for y in (330, 420, 510, 600, 690, 780)),
        )
        + both(patch)
        + shirt_collar(pen, bias)
        + pen.button(400, 254, 6, "#2f2a28")
    )


def blouse(pen: Pen) -> str:
    puff = "M 578 240 C 640 236 690 276 700 340 C 716 420 724 500 706 560 C 690 586 640 600 612 586 C 594 530 578 470 570 414 C 568 350 570 290 578 240 Z"
    gathers = "".join(
        pen.fold(f"M {a} {b} C {c} {d} {e} {f} {g} {h}", 16, 0.26)
        for a, b, c, d, e, f, g, h in (
            (600, 246, 634, 300, 650, 380, 648, 590),
            (588, 260, 606, 330, 616, 420, 626, 588),
            (630, 250, 676, 330, 690, 430, 676, 586),
        )
    )
    cuff = pen.part(
        "M 704 552 L 706 588 C 684 606 640 612 610 602 L 606 568 C 640 578 680 572 704 552 Z", 0.05
    ) + pen.stitch("M 612 594 C 644 602 680 596 702 582")
    shape = folded(
        "M 400 226 C 430 222 450 210 458 190 L 580 236 C 572 296 568 356 568 414 C 560 470 558 520 562 560 C 572 650 586 720 594 792 C 530 806 460 810 400 810"
    )
    neck_band = folded("M 400 226 C 436 222 456 204 460 184 L 450 176 C 440 196 424 206 400 208")
    yoke = "".join(
        pen.fold(f"M {x} 300 C {x + s} 380 {x + s} 440 {x + 2 * s} 520", 12, 0.2)
        for x, s in ((446, 8), (478, 12), (508, 16), (354, -8), (322, -12), (292, -16))
    )
    return (
        pen.fill(folded("M 400 170 C 430 170 446 172 452 178 C 444 204 424 220 400 222"), -0.4)
        + both(pen.part(puff, -0.02, gathers), cuff)
        + pen.part(
            shape,
            0.0,
            yoke,
            pen.fold("M 520 600 C 532 680 528 740 520 806", 36, 0.22),
            pen.fold("M 286 590 C 272 680 280 740 290 806", 34, 0.22),
            pen.fold("M 440 640 C 444 700 438 750 442 810", 28, 0.16),
            pen.stitch("M 210 782 C 300 796 500 796 590 782"),
        )
        + both(pen.seam("M 579 238 C 571 296 567 356 567 412"), pen.seam("M 404 298 C 460 300 530 296 574 286"))
        + pen.inside(
            shape,
            pen.fill("M 386 222 L 414 222 L 414 560 L 386 560 Z", 0.1, edge=-0.35),
            pen.soft("M 417 230 L 417 562", -0.9, 12, 0.26),
        )
        + "".join(pen.button(400, y, 4.8, "#f3ead8") for y in range(250, 560, 40))
        + pen.part(neck_band, 0.05, round_=0.4)
    )
