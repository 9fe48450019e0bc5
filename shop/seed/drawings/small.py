# ruff: noqa: E501  (a path is one line)
"""A cap, socks and a belt."""

from shop.seed.drawings.fabrics import grain
from shop.seed.drawings.pen import Pen

BRASS = "#c6a15a"


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
