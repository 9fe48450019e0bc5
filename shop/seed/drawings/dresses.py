# ruff: noqa: E501  (a path is one line)
"""Skirts and dresses."""

from shop.seed.drawings.cloth import shirt_collar
from shop.seed.drawings.paths import folded
from shop.seed.drawings.pen import Pen, both


def dress(pen: Pen) -> str:
    """Angin: a wrap neck, flutter sleeves, a tied waist and a tier that swings."""
    top = folded(
        "M 400 350 C 430 300 452 240 466 174 L 560 204 C 552 260 548 310 550 356 C 540 400 520 440 508 478 C 470 488 440 490 400 490"
    )
    skirt = folded("M 400 484 C 440 486 476 484 508 476 C 552 600 592 740 616 872 C 540 900 470 908 400 908")
    folds = "".join(
        pen.fold(f"M {a} 490 C {b} 600 {c} 740 {d} 900", w, 0.3)
        for a, b, c, d, w in (
            (312, 292, 262, 236, 40),
            (346, 336, 320, 306, 34),
            (384, 380, 374, 366, 38),
            (424, 430, 440, 450, 34),
            (456, 474, 500, 522, 40),
            (490, 516, 552, 580, 36),
        )
    )
    gathers = "".join(
        pen.fold(f"M {x} 486 C {x + s} 510 {x + s} 530 {x + 2 * s} 560", 12, 0.34)
        for x, s in ((300, -6), (326, -5), (362, -3), (404, 0), (440, 3), (474, 5), (498, 6))
    )
    return (
        pen.fill(folded("M 400 184 C 436 184 458 178 468 176 C 458 240 430 310 400 350"), -0.45)
        + _sleeves(pen)
        + pen.part(
            skirt,
            0.0,
            folds,
            gathers,
            pen.stitch("M 188 866 C 300 904 500 904 612 866"),
            pen.line("M 452 486 C 478 620 490 760 494 900", -0.5, 2),
            pen.soft("M 458 490 C 486 620 498 760 502 904", -0.9, 20, 0.3),
        )
        + pen.part(
            top,
            0.0,
            pen.fold("M 548 330 C 510 370 470 400 430 440", 26, 0.28),
            pen.fold("M 252 330 C 290 360 320 390 352 420", 24, 0.26),
            pen.soft("M 336 180 C 360 280 410 390 470 486", -0.9, 26, 0.34),
            pen.line("M 334 174 C 356 280 408 386 464 484", -0.5, 2.2),
            pen.stitch("M 324 174 C 348 284 398 390 454 488"),
        )
        + both(pen.seam("M 558 208 C 551 260 548 310 550 352"))
        + _bow(pen)
    )


def _bow(pen: Pen) -> str:
    return (
        pen.part(
            folded("M 400 468 C 440 470 476 466 510 458 L 512 488 C 476 498 440 500 400 500"),
            -0.08,
            pen.line("M 290 480 C 350 490 450 490 512 474", -0.5, 1.4, opacity=0.5),
            round_=0.6,
        )
        + pen.soft("M 476 490 C 500 560 486 620 506 680", -0.9, 22, 0.3)
        + pen.part("M 466 482 C 488 540 472 600 492 668 L 512 662 C 496 600 508 540 484 480 Z", -0.04, round_=0.5)
        + pen.part("M 474 480 C 510 530 520 570 552 612 L 568 598 C 540 556 522 516 488 474 Z", 0.02, round_=0.5)
        + pen.part(
            "M 458 466 C 470 456 492 458 498 470 C 500 490 480 500 464 494 C 456 486 454 474 458 466 Z",
            0.02,
            round_=0.6,
        )
    )


def _sleeves(pen: Pen) -> str:
    sleeve = "M 556 206 C 610 214 650 250 676 318 C 650 346 600 360 556 352 C 548 300 548 250 556 206 Z"
    return both(
        pen.part(
            sleeve,
            -0.04,
            pen.fold("M 566 220 C 600 250 626 290 640 336", 22, 0.3),
            pen.fold("M 560 232 C 582 270 596 310 600 350", 22, 0.3),
            pen.stitch("M 562 344 C 602 350 646 336 668 314"),
        )
    )


def pleated_skirt(pen: Pen) -> str:
    feet = [182 + 436 / 12 * step for step in range(13)]
    tops = [304 + 192 / 12 * step for step in range(13)]
    pleats = "".join(
        pen.fill(f"M {a} 240 L {b} 240 L {d} 840 L {c} 840 Z", -0.12 if step % 2 else 0.07)
        + pen.soft(f"M {b} 240 C {b} 400 {d - (d - b) * 0.2:.1f} 640 {d} 840", -0.95, 26, 0.42)
        + pen.line(f"M {b} 240 L {d} 840", -0.5, 1.8)
        + pen.line(f"M {b + 5:.1f} 240 L {d + 5:.1f} 840", 0.6, 2, opacity=0.4)
        for step, (a, b, c, d) in enumerate(zip(tops, tops[1:], feet, feet[1:], strict=False))
    )
    foot = "M 182 800 " + " ".join(
        f"L {left + 18:.0f} {802 + 22 - abs(left - 400) * 0.06:.0f} L {left + 36:.0f} {792 + 22 - abs(left + 36 - 400) * 0.06:.0f}"
        for left in feet[:-1]
    )
    cut = f"{foot} L 618 800 L 496 230 L 304 230 Z"
    return (
        pen.fill(folded("M 400 190 C 440 190 470 188 492 194 C 470 202 440 206 400 206"), -0.5)
        + pen.part(cut, 0.0, pleats, pen.soft("M 300 250 L 500 250", -0.9, 30, 0.3), round_=0.8)
        + pen.part(folded("M 400 202 C 440 202 470 198 492 192 L 498 246 C 470 252 440 254 400 254"), 0.04, round_=0.5)
        + pen.stitch("M 304 238 C 340 246 460 246 496 238")
        + pen.stitch("M 308 204 C 340 210 460 210 492 204")
    )


def shirt_dress(pen: Pen) -> str:
    sleeve = (
        "M 572 214 C 616 228 646 262 660 316 L 694 452 C 668 472 636 482 606 484 L 558 384 C 556 320 562 268 572 214 Z"
    )
    cuff = "M 686 424 L 698 470 C 668 494 634 502 600 500 L 588 456 C 626 458 660 448 686 424 Z"
    shape = folded(
        "M 400 232 C 438 232 462 206 469 174 L 578 214 C 568 276 562 330 562 384 C 552 430 534 456 526 488 C 560 620 588 740 602 842 C 590 886 500 906 400 906"
    )
    return (
        both(
            pen.part(
                sleeve,
                -0.03,
                pen.fold("M 574 420 C 602 416 626 406 642 388", 20, 0.3),
                pen.soft("M 562 230 C 554 280 554 330 558 390", -0.9, 34, 0.22),
            ),
            pen.part(cuff, 0.05, pen.stitch("M 596 490 C 630 492 664 484 692 462"), round_=0.6),
        )
        + _buttoned_front(pen, shape)
        + both(pen.seam("M 577 216 C 567 276 561 330 561 384"), pen.seam("M 540 560 C 552 600 560 640 566 690"))
        + pen.inside(
            shape,
            pen.soft("M 419 226 L 419 906", -0.9, 16, 0.32),
            pen.fill("M 383 220 L 417 220 L 417 920 L 383 920 Z", 0.08, edge=-0.4),
            pen.stitch("M 388 220 L 388 920"),
            pen.stitch("M 412 220 L 412 920"),
        )
        + "".join(pen.button(400, y, 6.5, "#6b4a33") for y in (300, 360, 420, 560, 626, 692, 758, 824))
        + pen.soft("M 274 502 C 340 514 460 514 526 502", -0.9, 18, 0.34)
        + pen.part(folded("M 400 474 C 440 474 490 472 528 464 L 530 496 C 490 504 440 506 400 506"), -0.1, round_=0.6)
        + pen.soft("M 372 500 C 350 570 370 620 354 690", -0.9, 22, 0.32)
        + pen.part("M 376 490 C 350 550 366 610 340 684 L 362 692 C 386 614 376 560 396 498 Z", -0.06, round_=0.5)
        + pen.part("M 384 490 C 362 530 344 560 312 594 L 330 610 C 364 576 388 540 402 500 Z", 0.0, round_=0.5)
        + pen.part(
            "M 372 474 C 384 464 408 466 414 478 C 416 500 396 510 380 504 C 370 496 368 484 372 474 Z", 0.0, round_=0.6
        )
        + f'<g transform="translate(0 -20)">{shirt_collar(pen)}</g>'
        + pen.button(400, 238, 6.5, "#6b4a33")
    )


def _buttoned_front(pen: Pen, shape: str) -> str:
    return pen.part(
        shape,
        0.0,
        pen.fold("M 560 396 C 530 430 500 452 460 466", 22, 0.3),
        pen.fold("M 240 396 C 268 426 300 446 336 460", 20, 0.28),
        *(
            pen.fold(f"M {x} 500 C {x + s} 600 {x + 2 * s} 740 {x + 3 * s} 890", 34, 0.28)
            for x, s in ((306, -18), (346, -9), (446, 8), (484, 18))
        ),
        *(
            pen.fold(f"M {x} 500 C {x + s} 520 {x + s} 540 {x + s} 566", 12, 0.34)
            for x, s in ((290, -6), (326, -4), (366, -2), (436, 2), (466, 4), (508, 6))
        ),
        *(
            pen.fold(f"M {x} 470 C {x} 456 {x} 440 {x + s} 420", 12, 0.3)
            for x, s in ((300, 4), (336, 2), (460, -2), (496, -4))
        ),
        pen.stitch("M 202 836 C 220 880 320 892 400 892 C 480 892 580 880 598 836"),
    )
