"""Pictures of the goods and the shops as WebP, from the drawings.

Where they are kept is said in ``gallery``. Drawing is what takes time, so ask ``render_all`` for every width of a view
at once. All functions may run in threads (libvips lets Python's other threads run) and give the same bytes for the same
version of libvips.
"""

from typing import Final

import pyvips

from shop.seed.drawings import fronts
from shop.seed.drawings import hero as stage
from shop.seed.drawings.designs import DRAWINGS, PAINTS
from shop.seed.drawings.pen import Paint, Pen
from shop.seed.styles import Style

#: Pixels; pictures of goods are 4:5.
WIDTHS: Final = (400, 800, 1200)
SHEET: Final = (800, 1000)
HERO: Final = (1600, 900)
FRONT: Final = (1200, 800)
#: Libwebp's quality; beyond it flat drawings only grow.
QUALITY: Final = 75
HERO_QUALITY: Final = 66
#: The paper and its shadows are soft: a quarter of the size shows all there is of them.
SMALL: Final = 0.25
#: What shows where the edge of the small paper is smoothed away.
PAPER: Final = (234, 230, 222)
#: How shadows fall: right, down, softness (units of the sheet) and depth.
SHADOWS: Final = ((12, 20, 16, 0.30), (3, 5, 4, 0.22))


def views(style: Style) -> int:
    """How many pictures ``style`` has; the first is what a shelf shows."""
    return len(DRAWINGS[style.code])


def render_all(style: Style, view: int = 0) -> dict[int, bytes]:
    """A view of ``style`` as WebP in every width that pages ask for, drawn once.

    The first view comes in all ``WIDTHS``, the others without the widest: they are seldom seen large.
    """
    widths = WIDTHS if view == 0 else WIDTHS[:-1]
    widest = _picture(style, view, max(widths))
    return {width: _webp(widest if width == widest.width else widest.resize(width / widest.width)) for width in widths}


def render(style: Style, view: int = 0, width: int = 800) -> bytes:
    """A view of ``style`` as WebP, ``width`` pixels wide and a quarter higher."""
    return _webp(_picture(style, view, width))


def hero(width: int = HERO[0]) -> bytes:
    """Several goods on paper, 16:9, for the top of the home page."""
    defs: list[str] = []
    return _webp(_on_paper(_svg(stage.goods(defs), defs, HERO), HERO, width / HERO[0]), HERO_QUALITY)


def shop_front(code: str, width: int = FRONT[0]) -> bytes:
    """The shop of a place's ``code`` as one sees it from across the street, 3:2."""
    defs: list[str] = []
    drawn = _svg(fronts.FRONTS[code](defs), defs, FRONT)
    return _webp(pyvips.Image.svgload_buffer(drawn.encode(), scale=width / FRONT[0]).flatten(background=PAPER))


def _picture(style: Style, view: int, width: int) -> pyvips.Image:
    pen = Pen(Paint(PAINTS[style.shade]))
    drawn = DRAWINGS[style.code][view](pen)
    return _on_paper(_svg(drawn, pen.defs, SHEET), SHEET, width / SHEET[0])


def _svg(drawn: str, defs: list[str], sheet: tuple[int, int]) -> str:
    width, height = sheet
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f"<defs>{''.join(defs)}</defs>{drawn}</svg>"
    )


def _on_paper(svg: str, sheet: tuple[int, int], scale: float) -> pyvips.Image:
    """``svg`` rendered on paper, with the shadow it casts."""
    drawn = pyvips.Image.svgload_buffer(svg.encode(), scale=scale, unlimited=True).copy_memory()
    ground = _ground(drawn[3].resize(SMALL / scale)).resize(
        drawn.width / round(sheet[0] * SMALL), vscale=drawn.height / round(sheet[1] * SMALL), kernel="linear"
    )
    return drawn[3].ifthenelse(drawn[:3], ground, blend=True).copy(interpretation="srgb").copy_memory()


def _ground(solid: pyvips.Image) -> pyvips.Image:
    """The paper, a little brighter where the light comes from, and on it the shadow of what is ``solid``; small."""
    lit: pyvips.Image = 1.0
    for right, down, softness, depth in SHADOWS:
        fallen = solid.embed(round(right * SMALL), round(down * SMALL), solid.width, solid.height)
        lit = lit - fallen.gaussblur(softness * SMALL) * (depth / 255)
    warm = lit.bandjoin([lit * 0.985 + 0.015, lit * 0.96 + 0.04])  # shadows on paper are not grey
    return (_paper(solid.width, solid.height) * warm + 0.5).cast("uchar").copy_memory()


def _paper(width: int, height: int) -> pyvips.Image:
    sheet = (
        '<radialGradient id="p" cx=".36" cy=".26" r=".95"><stop offset="0" stop-color="#f3f0ea"/>'
        '<stop offset=".6" stop-color="#ece8e0"/><stop offset="1" stop-color="#e2ddd3"/></radialGradient>'
    )
    return pyvips.Image.svgload_buffer(
        _svg(f'<rect width="{width}" height="{height}" fill="url(#p)"/>', [sheet], (width, height)).encode()
    ).flatten()


def _webp(picture: pyvips.Image, quality: int = QUALITY) -> bytes:
    return bytes(picture.webpsave_buffer(Q=quality, effort=2, keep="none"))
