# ruff: noqa: E501  (a path is one line)
"""Bags, a cap, socks and a belt."""

from shop.seed.drawings.fabrics import grain
from shop.seed.drawings.pen import Pen, both, folded

BRASS = "#c6a15a"


def tote(pen: Pen) -> str:
    canvas = grain(pen, "canvas")
    bag = folded("M 400 380 L 590 376 C 600 520 612 700 618 860 C 560 876 480 880 400 880")
    front = "M 300 470 C 296 300 320 150 400 146 C 480 150 504 300 500 470"
    behind = "M 316 384 C 318 270 340 196 400 192 C 460 196 482 270 484 384"
    ink = "#23565a" if not pen.paint.is_dark else "#efe6d4"
    sail = f'<g stroke="{ink}" fill="none" stroke-width="9" stroke-linecap="round" stroke-linejoin="round"><path d="M 350 700 C 372 640 386 606 400 580 C 414 606 428 640 450 700"/><path d="M 330 724 L 470 724"/><path d="M 352 746 L 448 746" stroke="#c56a45"/></g>'
    return (
        pen.line(behind, -0.62, 26)
        + pen.line(behind, -0.34, 23)
        + pen.part(
            bag,
            0.0,
            canvas,
            pen.fold("M 500 480 C 512 600 520 720 518 870", 44, 0.24),
            pen.fold("M 280 500 C 268 620 262 740 266 866", 40, 0.22),
            pen.fold("M 216 840 C 260 800 300 790 340 788", 30, 0.2),
            pen.fold("M 584 836 C 540 800 510 790 480 786", 30, 0.2),
            pen.soft("M 200 380 C 320 390 480 390 600 376", -0.9, 40, 0.2),
            pen.stitch("M 206 412 C 320 420 480 420 594 410"),
        )
        + pen.soft("M 306 478 C 302 308 326 158 404 152 C 486 158 510 308 506 478", -1, 36, 0.3)
        + pen.line(front, -0.5, 28)
        + pen.line(front, 0.06, 25)
        + pen.stitch("M 291 466 C 287 300 312 141 400 137 C 488 141 513 300 509 466")
        + pen.stitch("M 309 466 C 305 300 328 159 400 155 C 472 159 495 300 491 466")
        + both(
            pen.stitch("M 490 420 L 510 420 L 510 466 L 490 466 Z"),
            pen.stitch("M 490 420 L 510 466"),
            pen.stitch("M 510 420 L 490 466"),
        )
        + sail
        + pen.part("M 594 520 L 614 522 L 616 556 L 596 554 Z", "#c56a45", round_=0.3)
    )


def backpack(pen: Pen) -> str:
    canvas = grain(pen, "canvas")
    leather = "#9a6a40"
    shell = folded("M 400 210 C 480 210 548 232 566 300 C 584 420 594 620 590 800 C 584 852 552 872 500 874 L 400 876")
    lid = folded("M 400 200 C 490 200 560 226 574 300 C 584 360 586 410 584 456 C 560 492 500 506 400 508")
    front = folded("M 400 566 L 520 562 C 540 562 548 574 548 592 L 550 786 C 550 820 534 834 506 836 L 400 838")
    flap = folded("M 400 556 L 532 552 C 548 554 552 566 552 580 L 552 634 C 540 652 480 658 400 660")
    side = "M 584 560 C 622 566 634 590 636 630 L 636 780 C 634 812 616 826 590 826 Z"
    strap = "M 476 300 L 508 300 L 512 640 L 480 640 Z"
    return (
        pen.line("M 352 214 C 352 150 370 128 400 128 C 430 128 448 150 448 214", -0.7, 24)
        + pen.line("M 352 214 C 352 150 370 128 400 128 C 430 128 448 150 448 214", leather, 20)
        + both(
            pen.part(
                "M 560 240 C 606 260 640 360 642 480 L 640 560 L 606 560 C 606 440 596 360 556 300 Z", -0.3, round_=0.6
            )
        )
        + both(pen.part(side, -0.1, canvas, pen.stitch("M 590 580 C 614 584 624 602 626 632"), round_=0.8))
        + pen.part(
            shell,
            0.0,
            canvas,
            pen.soft("M 220 512 C 300 530 500 530 580 512", -1, 50, 0.34),
            pen.fold("M 560 560 C 570 640 572 720 566 800", 26, 0.24),
            round_=1.2,
        )
        + pen.soft("M 250 600 L 250 836 C 300 846 500 846 552 836 L 556 600", -1, 18, 0.3)
        + pen.part(front, 0.02, canvas, pen.fold("M 300 690 C 296 740 300 790 306 830", 24, 0.2))
        + pen.soft("M 250 642 C 300 668 500 668 554 642", -1, 18, 0.4)
        + pen.part(
            flap,
            0.05,
            canvas,
            pen.stitch(folded("M 400 564 L 530 560 C 542 562 544 570 544 580 L 544 628 C 530 642 480 648 400 650")),
            round_=0.7,
        )
        + pen.soft("M 216 462 C 240 500 300 514 400 516 C 500 514 560 500 586 462", -1, 22, 0.44)
        + pen.part(
            lid,
            0.04,
            canvas,
            pen.stitch(
                folded("M 400 210 C 484 210 552 234 565 300 C 575 360 577 410 575 450 C 552 482 500 496 400 498")
            ),
            pen.fold("M 540 260 C 552 320 556 380 552 440", 30, 0.22),
            pen.soft("M 270 240 C 340 214 440 212 500 226", 1.0, 40, 0.2),
        )
        + both(
            pen.soft("M 514 320 L 516 642", -1, 12, 0.4),
            pen.part(
                strap,
                leather,
                pen.stitch("M 481 300 L 485 636", "#d9bd92"),
                pen.stitch("M 503 300 L 507 636", "#d9bd92"),
                edge="#4a3220",
                round_=0.6,
            ),
            f'<rect x="471" y="520" width="44" height="46" rx="6" fill="none" stroke="#15161c" stroke-opacity=".35" stroke-width="9"/><rect x="470" y="518" width="44" height="46" rx="6" fill="none" stroke="#7d6535" stroke-width="8"/><rect x="470" y="518" width="44" height="46" rx="6" fill="none" stroke="{BRASS}" stroke-width="5"/><path d="M 492 541 L 492 568" stroke="{BRASS}" stroke-width="5" stroke-linecap="round"/>',
            *(f'<circle cx="{495}" cy="{y}" r="3.4" fill="#2b1d12"/>' for y in (586, 606, 626)),
        )
        + pen.part("M 372 330 L 428 330 L 428 376 L 372 376 Z", leather, edge="#4a3220", round_=0.5)
        + pen.line("M 386 362 C 392 346 396 342 400 338 C 404 342 408 346 414 362", "#f0dfc0", 3.4)
        + pen.line("M 382 368 L 418 368", "#f0dfc0", 3)
        + pen.button(400, 640, 8, BRASS)
    )


def cap(pen: Pen) -> str:
    twill = grain(pen, "twill")
    crown = "M 196 560 C 182 420 240 300 372 280 C 520 262 618 360 626 520 C 628 540 626 556 622 566 C 540 596 420 604 330 598 C 280 594 230 584 196 560 Z"
    brim = "M 196 556 C 150 586 96 640 84 706 C 82 728 96 736 118 730 C 220 688 330 664 440 668 C 480 668 500 650 500 618 L 500 590 C 400 606 280 604 196 556 Z"
    under = "M 84 706 C 82 730 96 742 120 736 C 220 694 330 672 444 676 C 482 676 502 654 502 622 L 500 610 C 496 644 480 660 440 662 C 330 658 220 682 118 724 C 98 730 86 722 84 706 Z"
    panels = (
        "M 384 282 C 300 320 262 420 268 586",
        "M 384 282 C 400 360 420 480 420 602",
        "M 384 282 C 470 310 540 400 560 590",
    )
    return (
        pen.part(
            crown,
            0.0,
            twill,
            *(pen.soft(path, -0.9, 14, 0.26) + pen.seam(path) for path in panels),
            *(
                pen.stitch(
                    path.replace("384 282", "392 283")
                    .replace("268 586", "278 588")
                    .replace("420 602", "430 602")
                    .replace("560 590", "570 588")
                )
                for path in panels
            ),
            pen.soft("M 250 380 C 290 320 330 304 370 298", 1.0, 50, 0.3),
            pen.soft("M 560 380 C 600 440 610 500 606 560", -1, 70, 0.34),
            round_=1.2,
        )
        + "".join(
            f'<circle cx="{x}" cy="{y}" r="6.5" fill="{pen.paint.tone(-0.4)}" stroke="{pen.paint.ink(-0.5)}"/><circle cx="{x}" cy="{y}" r="2.6" fill="#15161c"/>'
            for x, y in ((322, 372), (452, 366), (556, 430))
        )
        + pen.part("M 362 284 C 362 268 406 264 408 280 C 404 292 368 294 362 284 Z", 0.06, round_=0.7)
        + f'<g transform="translate(-64 -110) scale(1 1)" stroke="{"#f2ead9" if pen.paint.is_dark else "#23565a"}" fill="none" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"><path d="M 384 598 C 396 566 402 552 408 540 C 414 552 420 566 432 598"/><path d="M 376 612 L 440 612" stroke="#c56a45"/></g>'
        + pen.soft("M 190 566 C 280 616 400 616 504 600", -1, 24, 0.4)
        + pen.part(
            brim,
            0.04,
            twill,
            *(
                pen.stitch(
                    f"M {196 - 14 * n} {566 + 22 * n} C {270 - 8 * n} {612 + 12 * n} {400 - 4 * n} {622 + 8 * n} {500 - 3 * n} {606 + 9 * n}"
                )
                for n in range(1, 6)
            ),
            pen.soft("M 150 640 C 220 640 330 630 430 634", 1.0, 40, 0.24),
            round_=1.0,
        )
        + pen.fill(under, -0.4, edge=-0.6)
        + pen.part("M 622 520 C 634 530 640 548 636 566 L 612 574 L 610 540 Z", -0.2, round_=0.5)
    )


def socks(pen: Pen) -> str:
    cream = "#f2ead9"

    def sock(name: int) -> str:
        leg = "M 330 170 L 478 170 C 480 300 482 420 486 520 C 490 580 540 620 594 664 C 646 708 650 780 600 808 C 560 830 516 816 480 786 C 420 736 350 700 332 640 C 318 590 330 400 330 170 Z"
        heel = "M 331 560 C 326 600 326 624 334 644 C 348 680 374 702 404 726 C 440 690 440 620 400 580 C 380 562 352 556 331 560 Z"
        toe = "M 560 638 L 596 666 C 646 708 650 780 600 808 C 566 826 528 818 498 800 C 500 740 520 680 560 638 Z"
        cuff = "M 326 160 L 482 160 L 482 238 L 326 238 Z"
        ribs = "".join(
            pen.line(f"M {x} 230 C {x} 360 {x} 440 {x + 2} 560", -0.5, 1.4, opacity=0.3) for x in range(338, 486, 10)
        )
        stripes = "".join(pen.band(f"M 320 {y} L 490 {y}", cream, 14) for y in (274, 306)) if name else ""
        return (
            pen.part(
                leg,
                0.0,
                ribs,
                stripes,
                pen.fold("M 470 500 C 440 520 416 530 390 528", 24, 0.3),
                pen.fold("M 484 540 C 460 566 440 576 420 578", 20, 0.26),
                pen.fold("M 440 716 C 470 690 496 670 520 640", 18, 0.2),
            )
            + pen.part(
                heel,
                cream,
                pen.soft("M 404 726 C 440 690 440 620 400 580", "#7d7566", 14, 0.3),
                edge="#9b9485",
                round_=0.7,
            )
            + pen.part(
                toe,
                cream,
                pen.soft("M 500 800 C 502 740 522 680 560 640", "#7d7566", 14, 0.3),
                edge="#9b9485",
                round_=0.7,
            )
            + pen.part(
                cuff,
                -0.06,
                *(pen.line(f"M {x} 158 L {x} 240", -0.5, 1.8, opacity=0.5) for x in range(330, 482, 7)),
                round_=0.8,
            )
        )

    behind = f'<g transform="translate(118 -6) rotate(7 400 500)">{sock(1)}</g>'
    shadow = '<g transform="translate(-84 34) rotate(-3 400 500)"><path d="M 330 170 L 478 170 C 480 300 482 420 486 520 C 490 580 540 620 594 664 C 646 708 650 780 600 808 C 560 830 516 816 480 786 C 420 736 350 700 332 640 C 318 590 330 400 330 170 Z" fill="#15161c" opacity=".22"/></g>'
    return f'<g transform="translate(-10 10)">{behind}{shadow}<g transform="translate(-96 20) rotate(-3 400 500)">{sock(1)}</g></g>'


def _glint(pen: Pen, radius: float) -> str:
    """Light on the upper left of a ring of leather about 400, 430, and shade on its lower right."""
    near, far, arm = radius * 0.26, radius * 0.966, radius * 0.66
    shine = f"M {400 - far:.1f} {430 - near + 10:.1f} C {400 - far:.1f} {430 - arm:.1f} {400 - arm:.1f} {430 - far:.1f} {400 - near + 10:.1f} {430 - far:.1f}"
    gloom = f"M {400 + far:.1f} {430 + near - 10:.1f} C {400 + far:.1f} {430 + arm:.1f} {400 + arm:.1f} {430 + far:.1f} {400 + near - 10:.1f} {430 + far:.1f}"
    return pen.sliver(shine, 0.9, 16, 0.4) + pen.sliver(gloom, -1, 20, 0.45)


def belt(pen: Pen) -> str:
    """Rolled up, its tongue through the buckle, lying in front of the coil."""
    edge = pen.paint.tone(-0.55)
    thread = "#d9bd92" if not pen.paint.is_dark else "#77746e"
    coils = "".join(
        f'<circle cx="400" cy="430" r="{radius}" fill="none" stroke="{edge}" stroke-width="31"/>'
        f'<circle cx="400" cy="430" r="{radius}" fill="none" stroke="{pen.paint.tone((0.06, -0.08)[turn % 2])}" stroke-width="27.5"/>'
        + pen.line(
            f"M {400 - radius} 430 C {400 - radius} {430 - radius * 0.552} {400 - radius * 0.552} {430 - radius} 400 {430 - radius} C {400 + radius * 0.552} {430 - radius} {400 + radius} {430 - radius * 0.552} {400 + radius} 430 C {400 + radius} {430 + radius * 0.552} {400 + radius * 0.552} {430 + radius} 400 {430 + radius} C {400 - radius * 0.552} {430 + radius} {400 - radius} {430 + radius * 0.552} {400 - radius} 430",
            -0.3,
            1.4,
            dash="5 4",
            opacity=0.6,
        )
        + _glint(pen, radius)
        for turn, radius in enumerate((218, 188, 158, 128, 98))
    )
    strap = "M 398 612 C 500 612 600 604 690 596 C 712 602 716 660 694 672 C 600 682 500 688 398 690 C 300 690 220 684 150 676 L 150 604 C 230 610 310 612 398 612 Z"
    loop = pen.part("M 262 600 L 300 602 L 300 698 L 262 696 Z", -0.16, round_=0.8)
    buckle = (
        '<rect x="112" y="586" width="104" height="116" rx="16" fill="none" stroke="#15161c" stroke-opacity=".32" stroke-width="16" transform="translate(4 7)"/>'
        '<rect x="112" y="586" width="104" height="116" rx="16" fill="none" stroke="#7d6535" stroke-width="17"/>'
        f'<rect x="112" y="586" width="104" height="116" rx="16" fill="none" stroke="{BRASS}" stroke-width="13"/>'
        '<path d="M 110 590 L 110 690 M 122 580 L 206 580" stroke="#f0dcae" stroke-width="3.5" stroke-linecap="round" opacity=".9"/>'
        f'<path d="M 212 644 L 104 644" stroke="#7d6535" stroke-width="13" stroke-linecap="round"/><path d="M 212 644 L 104 644" stroke="{BRASS}" stroke-width="9" stroke-linecap="round"/>'
    )
    return (
        coils
        + pen.soft("M 150 690 C 300 704 560 700 700 684", -1, 40, 0.4)
        + pen.part(
            strap,
            0.04,
            pen.soft("M 220 624 C 400 632 560 628 690 612", 1.0, 26, 0.32),
            pen.stitch("M 156 614 C 300 624 540 622 692 606", thread),
            pen.stitch("M 156 668 C 300 682 540 680 694 662", thread),
            edge=-0.6,
            round_=0.8,
        )
        + "".join(
            f'<ellipse cx="{x}" cy="{y}" rx="6" ry="7" fill="#14110f"/>'
            for x, y in ((470, 651), (520, 650), (570, 647), (620, 643))
        )
        + loop
        + buckle
    )
