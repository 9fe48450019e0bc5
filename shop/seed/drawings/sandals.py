# ruff: noqa: E501  (a path is one line)
"""Sandals and ballet flats: the right one of a pair, from above."""

from shop.seed.drawings.fabrics import grain
from shop.seed.drawings.pen import Pen, Tone

FOOT = (
    "M 512 172 C 570 164 622 206 632 284 C 640 362 612 430 606 516 C 602 596 618 652 612 728 C 606 798 572 834 526 834 "
    "C 480 834 448 800 442 732 C 436 650 446 590 440 512 C 434 430 422 368 430 290 C 438 220 466 178 512 172 Z"
)
CORK = "#c99f6c"


def _around(path_scale: float, piece: str) -> str:
    return f'<g transform="translate(526 503) scale({path_scale} {1 + (path_scale - 1) * 0.4:.4f}) translate(-526 -503)">{piece}</g>'


def _band(pen: Pen, path: str, tone: Tone, *marks: str) -> str:
    """A strap over the foot: round, so dark at both ends, with its shadow on the footbed."""
    ends = pen.soft("M 424 200 L 424 800", -1, 70, 0.42) + pen.soft("M 632 200 L 632 800", -1, 90, 0.5)
    shine = pen.soft("M 500 200 L 500 800", 1.0, 70, 0.18)
    shadow = f'<g transform="translate(4 12)">{pen.inside(path, "")}<path d="{path}" fill="#15161c" opacity=".2"/></g><g transform="translate(2 6)"><path d="{path}" fill="#15161c" opacity=".2"/></g>'
    return shadow + pen.part(path, tone, *marks, shine, ends, round_=0.7)


def _buckle(pen: Pen, x: float, y: float, turn: float) -> str:
    return (
        f'<g transform="translate({x} {y}) rotate({turn})">'
        '<rect x="-20" y="-24" width="40" height="52" rx="7" fill="none" stroke="#15161c" stroke-opacity=".3" stroke-width="8"/>'
        '<rect x="-22" y="-26" width="40" height="52" rx="7" fill="none" stroke="#8d8062" stroke-width="8"/>'
        '<rect x="-22" y="-26" width="40" height="52" rx="7" fill="none" stroke="#d9c9a0" stroke-width="4.5"/>'
        '<path d="M -24 0 L 16 0" stroke="#d9c9a0" stroke-width="5" stroke-linecap="round"/></g>'
    )


def sandal(pen: Pen) -> str:
    front = "M 420 268 C 470 244 580 244 644 276 C 646 316 640 352 632 388 C 570 362 480 364 424 392 C 416 350 416 308 420 268 Z"
    back = "M 428 440 C 480 424 570 424 622 444 C 616 480 612 510 610 548 C 560 532 486 532 436 550 C 436 512 434 474 428 440 Z"
    holes = lambda y: "".join(f'<circle cx="{x}" cy="{y}" r="4" fill="#15161c" opacity=".5"/>' for x in (470, 500, 530))  # noqa: E731
    return (
        _around(1.06, pen.part(FOOT, "#38332f", edge="#1f1c1a", round_=0.4))
        + _around(1.03, pen.part(FOOT, CORK, edge="#8a673f", round_=0.4))
        + pen.part(
            FOOT,
            "#d9c4a2",
            pen.soft("M 526 690 C 560 700 566 760 526 776 C 486 760 492 700 526 690 Z", "#8a673f", 60, 0.3),
            pen.soft("M 476 216 C 500 196 560 196 600 240", "#8a673f", 50, 0.26),
            pen.soft("M 452 300 C 450 420 470 520 464 640", "#ffffff", 40, 0.2),
            pen.stitch(
                "M 512 186 C 566 180 608 216 618 286 C 626 362 598 430 592 516 C 588 596 604 652 598 728 C 592 788 564 820 526 820 C 490 820 462 788 456 732",
                "#a58455",
            ),
            edge="#9c7a4c",
            round_=0.8,
        )
        + pen.line("M 508 702 L 544 702", "#7d5c38", 4)
        + pen.line("M 514 714 L 538 714", "#7d5c38", 3)
        + _band(
            pen,
            front,
            0.0,
            pen.stitch("M 424 278 C 474 256 578 256 638 286"),
            pen.stitch("M 426 382 C 480 354 570 352 628 378"),
            holes(318),
        )
        + _band(
            pen,
            back,
            0.0,
            pen.stitch("M 432 450 C 482 434 568 434 616 453"),
            pen.stitch("M 438 540 C 486 522 560 522 606 538"),
            holes(488),
        )
        + _buckle(pen, 596, 322, 8)
        + _buckle(pen, 584, 492, 4)
    )


def trek_sandal(pen: Pen) -> str:
    web = lambda path: pen.line(path, 0.5, 3, opacity=0.6)  # noqa: E731
    front = "M 414 262 C 470 300 570 330 648 318 L 646 372 C 560 384 470 356 412 322 Z"
    front_two = "M 648 244 C 570 262 480 300 412 352 L 414 404 C 490 348 580 306 648 296 Z"
    back = "M 426 470 C 480 446 570 446 626 470 L 618 536 C 560 514 490 514 436 538 Z"
    heel = "M 436 640 C 436 760 466 846 526 846 C 586 846 620 760 616 640 L 592 640 C 596 740 572 796 526 796 C 480 796 456 740 460 640 Z"
    tread = pen.pattern(800, 34, '<rect width="800" height="17" fill="#000" opacity=".35"/>')
    ridges = grain(pen, "rubber")
    return (
        _around(1.09, pen.part(FOOT, "#2e2f31", pen.fill(FOOT, tread), edge="#17181a", round_=0.4))
        + _around(1.035, pen.part(FOOT, "#d9d3c6", edge="#8c8474", round_=0.4))
        + pen.part(
            FOOT,
            "#55575a",
            ridges,
            pen.soft("M 526 700 C 556 710 560 760 526 772 C 494 760 496 710 526 700 Z", "#111214", 60, 0.3),
            edge="#2b2c2e",
            round_=1,
        )
        + pen.line("M 500 610 L 552 610", "#c9c3b4", 5)
        + pen.line("M 508 626 L 544 626", "#c9c3b4", 3)
        + _band(
            pen, front_two, -0.1, web("M 640 262 C 566 280 488 316 420 366"), web("M 640 278 C 566 296 488 332 420 386")
        )
        + _band(pen, front, 0.0, web("M 420 280 C 474 316 566 346 640 334"), web("M 420 300 C 474 334 566 364 640 354"))
        + pen.part(
            "M 560 312 L 626 318 L 622 380 L 556 370 Z",
            -0.3,
            pen.stitch("M 568 320 L 618 325 L 615 372 L 564 363 Z"),
            round_=0.5,
        )
        + _band(pen, back, 0.0, web("M 432 486 C 484 462 566 462 620 486"), web("M 436 510 C 486 486 564 486 616 512"))
        + pen.part(
            "M 488 448 L 566 448 L 564 522 L 490 522 Z",
            -0.3,
            pen.stitch("M 496 456 L 558 456 L 556 514 L 498 514 Z"),
            round_=0.5,
        )
        + '<path transform="translate(2 8)" d="'
        + heel
        + '" fill="#15161c" opacity=".25"/>'
        + pen.part(
            heel,
            0.0,
            pen.line("M 446 642 C 448 752 474 822 526 822 C 578 822 604 752 604 642", 0.5, 3, opacity=0.6),
            round_=0.9,
        )
        + pen.part(
            "M 498 786 L 554 786 L 552 852 L 500 852 Z", -0.3, pen.line("M 526 792 L 526 846", 0.3, 3), round_=0.5
        )
    )


def flip_flop(pen: Pen) -> str:
    pebbles = pen.pattern(
        26,
        30,
        *(
            f'<ellipse cx="{x}" cy="{y}" rx="6.4" ry="4.6" fill="#000" opacity=".13"/><ellipse cx="{x - 0.8}" cy="{y - 1.2}" rx="5" ry="3.2" fill="#fff" opacity=".14"/>'
            for x, y in ((7, 8), (20, 23))
        ),
    )
    strap = "M 506 296 C 520 288 536 296 540 310 C 560 380 596 430 626 462 C 634 478 632 496 622 510 C 586 470 548 420 524 352 C 504 420 470 476 438 508 C 428 496 426 480 432 462 C 462 430 490 380 506 296 Z"
    cream = "#f2ead9" if not pen.paint.is_dark else "#e9e1d0"
    return (
        _around(1.05, pen.part(FOOT, -0.4, round_=0.5))
        + _around(1.02, pen.part(FOOT, cream, edge="#a79c86", round_=0.4))
        + pen.part(
            FOOT,
            0.06,
            pen.fill(FOOT, pebbles),
            pen.soft("M 526 690 C 560 700 566 760 526 776 C 486 760 492 700 526 690 Z", -0.9, 60, 0.2),
            pen.soft("M 476 216 C 500 196 560 196 600 240", -0.9, 50, 0.2),
            round_=0.9,
        )
        + pen.line("M 506 726 C 514 712 520 704 526 700 C 532 704 538 712 546 726", cream, 5)
        + pen.line("M 500 736 L 552 736", cream, 4)
        + pen.inside(
            FOOT,
            f'<path transform="translate(5 14)" d="{strap}" fill="#15161c" opacity=".24"/>',
            f'<path transform="translate(2 6)" d="{strap}" fill="#15161c" opacity=".2"/>',
            pen.part(
                strap,
                -0.18,
                pen.soft("M 522 312 C 500 400 468 450 432 488", 1.0, 14, 0.34),
                pen.soft("M 526 318 C 548 390 590 446 630 488", 1.0, 14, 0.3),
                round_=0.9,
            ),
        )
        + f'<circle cx="523" cy="310" r="15" fill="{pen.paint.tone(-0.3)}" stroke="{pen.paint.tone(-0.6)}" stroke-width="1.6"/><circle cx="519" cy="305" r="5" fill="#fff" opacity=".35"/>'
    )


def ballet_flat(pen: Pen) -> str:
    outer = "M 508 178 C 566 172 612 214 622 290 C 630 366 610 430 606 516 C 602 596 616 652 610 728 C 604 798 572 836 526 836 C 480 836 450 800 444 732 C 438 650 446 590 442 512 C 438 430 428 368 436 294 C 442 224 466 184 508 178 Z"
    opening = "M 522 372 C 566 372 590 410 588 474 C 586 560 596 640 592 724 C 588 784 562 814 526 814 C 490 814 466 784 462 726 C 456 640 460 560 458 474 C 456 410 480 372 522 372 Z"
    inner = "M 523 392 C 560 392 576 424 575 478 C 573 560 582 640 579 722 C 575 774 554 800 526 800 C 498 800 479 774 476 724 C 470 640 474 560 472 478 C 470 424 488 392 523 392 Z"
    loop = "M 520 352 C 500 330 470 326 460 340 C 454 356 462 376 474 382 C 492 384 508 372 520 362 Z"
    other = "M 526 352 C 546 330 576 326 586 340 C 592 356 584 376 572 382 C 554 384 538 372 526 362 Z"
    bow = (
        pen.part("M 516 362 C 506 384 494 402 480 414 L 492 422 C 508 408 518 390 524 368 Z", -0.1, round_=0.5)
        + pen.part("M 530 362 C 540 384 552 402 566 414 L 554 422 C 538 408 528 390 522 368 Z", -0.1, round_=0.5)
        + pen.part(loop, 0.02, pen.fold("M 510 356 C 496 348 486 350 472 360", 10, 0.4), round_=0.6)
        + pen.part(other, 0.02, pen.fold("M 536 356 C 550 348 560 350 574 360", 10, 0.4), round_=0.6)
        + pen.part(
            "M 514 346 C 520 342 528 342 532 346 C 536 354 534 364 530 368 C 524 370 518 370 514 366 C 511 360 511 352 514 346 Z",
            -0.06,
            round_=0.4,
        )
    )
    return (
        _around(1.03, pen.part(outer, "#5a4436", edge="#33261d", round_=0.3))
        + pen.part(
            outer,
            0.0,
            pen.soft("M 470 250 C 480 214 500 204 520 204", 1.0, 40, 0.4),
            pen.soft("M 600 260 C 616 340 596 420 596 500", -0.9, 40, 0.24),
            pen.fold("M 452 372 C 470 378 480 386 486 400", 12, 0.2),
            pen.fold("M 604 372 C 586 378 574 386 568 400", 12, 0.24),
            round_=1.1,
        )
        + pen.part(opening, -0.2, round_=0.4)
        + pen.part(
            inner,
            "#e5d3bb",
            pen.soft("M 523 392 C 488 392 470 424 472 478 L 476 724", "#5a4436", 60, 0.42),
            pen.soft("M 523 392 C 560 392 576 424 575 478", "#5a4436", 50, 0.34),
            edge="#93765a",
            round_=0.6,
        )
        + pen.line("M 506 716 L 546 716", "#a5865f", 4)
        + pen.line("M 512 728 L 540 728", "#a5865f", 3)
        + pen.soft("M 470 366 C 500 400 550 400 578 366", -1, 20, 0.3)
        + bow
    )
