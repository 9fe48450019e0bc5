"""What somebody typed, as a question to the entries: words that begin so, or the nearest where nothing does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from django.db import connection

WORD: Final = re.compile(r"[^\W_]+")
MOST: Final = 8  # words
LONGEST: Final = 64  # letters
NEAR: Final = 3
ALIKE: Final = 0.5  # of the letters in their order


@dataclass(frozen=True, slots=True)
class Understood:
    """``all_of`` and ``any_of`` are tsqueries, empty where nothing of the text is known.

    ``corrected`` is the text with the words it probably means, empty where every word is known; ``unknown`` are words
    that nothing is like.
    """

    all_of: str = ""
    any_of: str = ""
    corrected: str = ""
    unknown: tuple[str, ...] = ()


def understand(text: str) -> Understood:
    """Read ``text``: one query, none where it has no word. Typing errors are forgiven by trigrams."""
    words = list(dict.fromkeys(word[:LONGEST] for word in WORD.findall(text.lower())))[:MOST]
    if not words:
        return Understood()
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, {"words": words})
        rows = cursor.fetchall()
    parts, said, unknown = [], [], []
    for word, is_known, near in rows:
        meant = [word] if is_known else _most_alike(word, near)
        if not meant:
            unknown.append(word)
            continue
        said.append(meant[0])
        parts.append(_one_of(word, meant, is_known=is_known))
    is_corrected = any(not is_known for _, is_known, _ in rows) and bool(said)
    return Understood(
        all_of=" & ".join(parts),
        any_of=" | ".join(parts),
        corrected=" ".join(said) if is_corrected else "",
        unknown=tuple(unknown),
    )


def _most_alike(word: str, near: Sequence[str]) -> list[str]:
    alike = {other: SequenceMatcher(a=word, b=other, autojunk=False).ratio() for other in near}
    best = sorted((other for other in near if alike[other] >= ALIKE), key=lambda other: -alike[other])
    return [other for other in best if alike[other] >= alike[best[0]] - 0.1][:NEAR]


def _one_of(word: str, meant: Sequence[str], *, is_known: bool) -> str:
    """A letter alone is a size; more of them begin a word."""
    if is_known:
        return f"'{word}'" if len(word) == 1 else f"'{word}':*"
    either = " | ".join(f"'{other}'" for other in meant)
    return f"({either})"


#: What begins so stands together in the index: from the word itself up to the word with the last of all letters.
_NEAREST: Final = """
    SELECT t.word, t.is_known, CASE WHEN t.is_known THEN '{}' ELSE ARRAY(
               SELECT w.text FROM omni_sync_word w WHERE w.text %% t.word
                ORDER BY similarity(w.text, t.word) DESC, w.text LIMIT 12) END
      FROM (SELECT word, at, EXISTS (
                   SELECT FROM omni_sync_word w
                    WHERE w.text ~>=~ word AND w.text ~<~ (word || chr(1114111))) AS is_known
              FROM unnest(%(words)s::text[]) WITH ORDINALITY AS u(word, at)) t
     ORDER BY t.at
"""
