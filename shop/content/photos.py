"""Pictures that editors choose, with the words for who does not see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from wagtail.images import get_image_model

from shop.storefront.memory import Edition, Memory
from shop.storefront.pictures import Picture
from shop.storefront.wide import wide_picture


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture and what is on it; without words it is decoration."""

    picture: Picture
    alt: str


def photos_of(numbers: Iterable[int]) -> dict[int, Photo]:
    """By their numbers, those that are there: two queries however many, once their widths were made."""
    wanted = set(numbers)
    if not wanted:
        return {}
    images = get_image_model().objects.filter(pk__in=wanted).prefetch_related("renditions")
    made = {image.pk: (wide_picture(image), image.description) for image in images}
    return {pk: Photo(picture, alt) for pk, (picture, alt) in made.items() if picture is not None}


def photo(number: int | None, edition: Edition) -> Photo | None:
    """One of them: no query while it is remembered."""
    return _photos.get(number, edition) if number else None


_photos: Final[Memory[int, Photo | None]] = Memory(lambda number: photos_of([number]).get(number))
