"""The denim jacket, from the front and from behind."""

from shop.seed.drawings.cloth import (
    armhole,
    drape,
    long_sleeve,
)
from shop.seed.drawings.fabrics import grain
from shop.seed.drawings.paths import folded
from shop.seed.drawings.pen import Pen, both

THREAD = "#d8a253"


def _denim_sleeve(pen: Pen, denim: str) -> str:
    cuff = (
        pen.part("M 632 728 C 664 732 692 726 714 716 L 722 772 C 694 786 664 790 638 788 Z", 0.04, denim, round_=0.5)
        + pen.stitch("M 638 736 C 666 739 690 734 713 724", THREAD)
        + pen.stitch("M 641 780 C 668 782 692 778 717 767", THREAD)
        + pen.button(664, 760, 6.5, "#b98a4e")
    )
    wear = pen.soft("M 650 470 C 660 540 674 600 682 680", 1.0, 44, 0.22)
    return (
        long_sleeve(
            pen,
            denim,
            wear,
            pen.line("M 606 240 C 640 330 650 520 672 730", -0.5, 2),
            pen.stitch("M 614 242 C 648 330 658 520 680 730", THREAD),
        )
        + cuff
    )


def denim_jacket(pen: Pen) -> str:
    denim = grain(pen, "denim")
    shape = folded(
        "M 400 240 C 430 236 456 214 470 190 L 588 233 C 578 296 573 356 572 414 C 568 540 566 660 564 766 L 400 776"
    )
    band = folded("M 400 762 L 566 752 L 568 808 L 400 820")
    flap = "M 436 366 L 544 360 L 544 394 L 490 418 L 436 398 Z"
    leaf = "M 400 246 C 424 232 454 206 474 164 C 492 174 506 190 514 212 L 482 306 C 452 296 422 276 400 246 Z"
    return (
        pen.fill(folded("M 400 178 C 440 178 462 174 474 184 C 460 226 430 246 400 250"), -0.5)
        + both(_denim_sleeve(pen, denim))
        + pen.part(
            shape,
            0.0,
            denim,
            drape(pen, 770),
            both(
                pen.soft("M 500 470 C 510 560 508 640 500 740", 1.0, 60, 0.2),
                pen.soft("M 548 250 C 540 290 530 310 520 330", 1.0, 40, 0.16),
            ),
        )
        + armhole(pen)
        + both(
            pen.line("M 418 360 L 572 352", -0.5, 2),
            pen.stitch("M 418 353 L 572 345", THREAD),
            pen.line("M 440 410 L 458 768", -0.5, 2),
            pen.stitch("M 448 410 L 466 766", THREAD),
            pen.line("M 540 404 L 508 766", -0.5, 2),
            pen.stitch("M 532 406 L 500 766", THREAD),
            pen.soft("M 436 402 L 490 424 L 546 398", -0.9, 12, 0.4),
            pen.part(flap, 0.05, denim, round_=0.3),
            pen.stitch("M 442 372 L 442 394 L 490 411 L 538 390 L 538 368", THREAD),
            pen.button(490, 400, 7, "#b98a4e"),
            pen.fill("M 520 560 L 546 640 L 538 644 L 510 566 Z", -0.35),
            pen.stitch("M 506 556 L 534 648", THREAD),
        )
        + pen.soft("M 421 250 L 421 816", -0.9, 16, 0.36)
        + pen.inside(
            shape,
            pen.fill("M 380 244 L 420 238 L 420 780 L 380 780 Z", 0.05, edge=-0.5),
            pen.stitch("M 387 250 L 387 780", THREAD),
            pen.stitch("M 413 244 L 413 780", THREAD),
        )
        + pen.part(band, 0.03, denim, round_=0.6)
        + pen.stitch("M 238 762 L 400 772 L 562 762", THREAD)
        + pen.stitch("M 236 800 L 400 812 L 564 800", THREAD)
        + "".join(pen.button(400, y, 8, "#b98a4e") for y in (272, 372, 472, 572, 672, 792))
        + both(
            pen.soft("M 402 252 C 426 282 456 302 486 312 L 518 216", -0.9, 16, 0.36),
            pen.part(leaf, 0.04, denim, round_=0.5),
            pen.stitch("M 408 250 C 430 276 454 290 478 297 L 506 212", THREAD),
        )
    )


def denim_jacket_back(pen: Pen) -> str:
    denim = grain(pen, "denim")
    shape = folded(
        "M 400 206 C 436 206 460 200 474 190 L 588 233 C 578 296 573 356 572 414 C 568 540 566 660 564 766 L 400 776"
    )
    band = folded("M 400 762 L 566 752 L 568 808 L 400 820")
    leaf = folded("M 400 166 C 440 166 470 168 480 176 C 498 190 508 204 512 222 C 480 240 440 246 400 246")
    return (
        both(_denim_sleeve(pen, denim))
        + pen.part(shape, 0.0, denim, drape(pen, 770), pen.soft("M 400 420 C 400 540 400 640 400 740", 1.0, 130, 0.16))
        + armhole(pen)
        + pen.line("M 228 366 C 300 384 500 384 572 366", -0.5, 2)
        + pen.stitch("M 228 358 C 300 376 500 376 572 358", THREAD)
        + both(
            pen.line("M 488 378 L 452 768", -0.5, 2),
            pen.stitch("M 480 379 L 444 768", THREAD),
            pen.part("M 520 764 L 566 760 L 566 790 L 520 794 Z", 0.05, denim, round_=0.3),
            pen.button(532, 778, 6.5, "#b98a4e"),
        )
        + pen.part(band, 0.03, denim, round_=0.6)
        + pen.stitch("M 238 762 L 400 772 L 562 762", THREAD)
        + pen.stitch("M 236 800 L 400 812 L 564 800", THREAD)
        + pen.soft("M 290 224 C 330 252 470 252 512 224", -0.9, 18, 0.36)
        + pen.part(leaf, 0.04, denim, round_=0.5)
        + pen.stitch("M 296 216 C 330 236 470 236 504 216", THREAD)
        + pen.fill("M 374 300 L 426 300 L 426 330 L 374 330 Z", "#b07a45", edge="#6d4826")
        + pen.line("M 384 315 L 416 315", "#6d4826", 3)
    )
