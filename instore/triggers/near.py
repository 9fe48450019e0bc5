"""Whose shop is which, and what is there: SQL that goes on after ``asked`` and ``bought``."""

from __future__ import annotations

from typing import Final

#: ``home`` is the shop that each human chose last, if people can walk into it.
HOME: Final = """
    home AS MATERIALIZED (
        SELECT DISTINCT ON (t.root) t.root, o.store_id AS partner_id
          FROM theirs t
          JOIN instore_ownstore o ON o.user_id = t.user_id
          JOIN instore_store s ON s.partner_id = o.store_id AND s.is_open_to_public
         ORDER BY t.root, o.chosen_at DESC, o.user_id)
"""

#: What may be promised to anybody of a record whose level is ``l``.
AVAILABLE: Final = "greatest(l.on_hand - l.held - l.safety, 0)"

#: More than so many are not counted for anybody.
FEW: Final = 3
