"""Where the benchmarks' own views are."""

from typing import Final

EMPTY: Final = "/bench/empty"
WORD: Final = "/bench/word"
