"""The five shops from across the street, each as its city builds; 1200 by 800."""

from collections.abc import Callable
from typing import Final

from shop.seed.drawings.bandung import dago
from shop.seed.drawings.denpasar import sanur
from shop.seed.drawings.jakarta import menteng
from shop.seed.drawings.surabaya import darmo
from shop.seed.drawings.yogyakarta import malioboro

FRONTS: Final[dict[str, Callable[[list[str]], str]]] = {
    "menteng": menteng,
    "dago": dago,
    "malioboro": malioboro,
    "darmo": darmo,
    "sanur": sanur,
}
