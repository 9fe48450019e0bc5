"""What stands beside a title."""

import re
from typing import Final

#: What a word goes on with: letters, digits, hyphens, and both apostrophes.
ON: Final = r"[\w'\u2019-]"


def says(title: str, fact: str) -> bool:
    """Whether ``title`` has ``fact`` as words of its own: the S of Santai, and of Men's, is no size."""
    return re.search(rf"(?<!{ON}){re.escape(fact)}(?!{ON})", title, re.IGNORECASE) is not None


def facts_beside(title: str, *facts: str | None) -> tuple[str, ...]:
    """Those of ``facts`` that ``title`` does not say."""
    return tuple(fact for fact in facts if fact and not says(title, fact))
