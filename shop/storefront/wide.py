"""Pictures that editors keep in Wagtail, in the widths that pages ask for."""

from typing import Any, Final

from wagtail.images.exceptions import InvalidFilterSpecError

from shop.storefront.pictures import Picture

WIDTHS: Final = (480, 960, 1600)
MIDDLE: Final = 1


def wide_picture(image: Any) -> Picture | None:
    """``image`` as WebP in the widths it is large enough for; None where its file is gone.

    Wagtail keeps what it made: one query afterwards.
    """
    specs = [f"width-{width}|format-webp" for width in WIDTHS if width < image.width] or ["original|format-webp"]
    try:
        made = list(image.get_renditions(*specs).values())
    except (OSError, InvalidFilterSpecError):
        return None
    middle = made[min(MIDDLE, len(made) - 1)]
    return Picture(
        src=middle.url,
        srcset=", ".join(f"{one.url} {one.width}w" for one in made) if len(made) > 1 else "",
        width=middle.width,
        height=middle.height,
    )
