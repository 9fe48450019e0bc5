"""The pictures of the goods, as files where the pages look for them."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from shop.seed.drawings import picture
from shop.seed.styles import Style

FOLDER = "products"
FEW = 8  # styles for which starting processes takes longer than drawing


def hang(styles: Sequence[Style], *, small: bool) -> Mapping[str, list[str]]:
    """Draw ``styles`` and write them; the names of each style's pictures, in the order they are shown, by its key."""
    wanted = [(style.code, style.shade) for style in styles]
    if len(styles) < FEW:
        drawn = [picture(*one) for one in wanted]
    else:
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
            drawn = list(pool.map(picture, *zip(*wanted, strict=True), chunksize=4))
    return {
        style.key: [_write(f"{FOLDER}/{style.key.lower()}.webp", image)]
        for style, image in zip(styles, drawn, strict=True)
    }


def _write(name: str, content: bytes) -> str:
    """The same name every time: what a run left that was killed is written over."""
    default_storage.delete(name)
    return default_storage.save(name, ContentFile(content))
