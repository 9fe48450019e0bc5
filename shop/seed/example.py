"""The one variant that the tour, the documentation and the simulated tills show: a tee that sells while you look."""

from typing import Final

SKU: Final = "LK-TEE-BLK-M"
STORE: Final = "menteng"
