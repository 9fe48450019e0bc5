"""Entries kept true: worked out from Oscar's rows in one statement, for a few products or for all of them.

The rows are read as cards read them (public sizes, the lowest price of any record), so what is filtered by is what is
shown. Nothing here fires the signals of a model: ``entries_changed`` says that something is different.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from omni_sync.catalogue.models import Entry
from omni_sync.catalogue.signals import entries_changed
from omni_sync.catalogue.wording import translations

_waits: Final = ContextVar("entries wait", default=False)


@contextmanager
def entries_at_once() -> Iterator[None]:
    """Entries follow at the end of this block, all together, instead of after every save: for imports of many products.

    Until then they say what was true before; nothing follows if the block raises, for its writes should go with it.
    """
    token = _waits.set(True)
    try:
        yield
    finally:
        _waits.reset(token)
    if not _waits.get():
        rebuild_entries()


def rebuild_entries() -> int:
    """Bring every entry up to date and forget words that nothing has any more; how many entries changed.

    Run it after writes that fire no signals: bulk imports, price lists, moved categories, new translations.
    """
    with transaction.atomic():
        changed = _write(None, makes=True)
        with connection.cursor() as cursor:
            cursor.execute(_FORGET_WORDS)
    return changed


def refresh_entries(products: Collection[int], *, makes: bool = True) -> int:
    """The same for the families of ``products``; how many entries changed.

    ``makes`` False leaves products without an entry without one: they are on their way out.
    """
    ids = sorted(set(products))
    if not ids or _waits.get():
        return 0
    with transaction.atomic():
        return _write(ids, makes=makes)


def refresh_categories(categories: Collection[int]) -> int:
    """The same for everything that stands, or stood, in ``categories`` or below."""
    if _waits.get():
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, {"ids": sorted(categories)})
        products = [product for (product,) in cursor.fetchall()]
    return refresh_entries(products)


def _write(products: list[int] | None, *, makes: bool) -> int:
    given: dict[str, Any] = {"ids": products, "makes": makes}
    which = "TRUE" if products is None else _WHICH
    with connection.cursor() as cursor:
        cursor.execute(_TEXTS.replace("{which}", which), given)
        given["wording"] = Jsonb(translations([text for (text,) in cursor.fetchall()]))
        cursor.execute(_WRITE.replace("{which}", which), given)
        changed = [product for (product,) in cursor.fetchall()]
        if changed:
            cursor.execute(_LEARN_WORDS, {"ids": None if products is None else changed})
    if changed:
        entries_changed.send(sender=Entry)
    return len(changed)


_WHICH = """
    s.id IN (SELECT coalesce(w.parent_id, w.id) FROM catalogue_product w WHERE w.id = ANY(%(ids)s::int[]))
"""

_TEXTS = """
    SELECT DISTINCT s.title FROM catalogue_product s WHERE s.parent_id IS NULL AND {which}
     UNION SELECT e.colour FROM omni_sync_entry e JOIN catalogue_product p ON p.id = e.product_id
             JOIN catalogue_product s ON s.id = coalesce(p.parent_id, p.id) WHERE {which}
     UNION SELECT c.name FROM catalogue_category c
"""

_WRITE = r"""
    WITH wording AS MATERIALIZED (
        SELECT key AS text, value AS said, (SELECT string_agg(v.value, ' ') FROM jsonb_each_text(w.value) v) AS words
          FROM jsonb_each(%(wording)s) w
    ), family AS MATERIALIZED (
        SELECT p.id, s.id AS style_id, p.is_public AND s.is_public AS is_public, p.id = s.id AS is_style,
               s.title, s.date_created, e.product_id IS NOT NULL AS is_known,
               left(coalesce(told.size, e.size, ''), 32) AS size,
               coalesce(CASE WHEN told.size ~* '^([0-9]?X+)?[SML]$' THEN 'SML' END, e.size_system, '') AS size_system,
               left(coalesce(told.colour, e.colour, ''), 64) AS colour
          FROM catalogue_product s
          JOIN catalogue_product p ON s.id = coalesce(p.parent_id, p.id)
          LEFT JOIN omni_sync_entry e ON e.product_id = p.id
          LEFT JOIN (
              SELECT v.product_id,
                     max(coalesce(o.option, v.value_text)) FILTER (WHERE a.code IN ('size', 'ukuran')) AS size,
                     max(coalesce(o.option, v.value_text))
                         FILTER (WHERE a.code IN ('colour', 'color', 'warna')) AS colour
                FROM catalogue_productattributevalue v
                JOIN catalogue_productattribute a ON a.id = v.attribute_id
                LEFT JOIN catalogue_attributeoption o ON o.id = v.value_option_id
               WHERE a.code IN ('size', 'ukuran', 'colour', 'color', 'warna')
               GROUP BY 1
          ) told ON told.product_id = p.id
         WHERE s.parent_id IS NULL AND {which}
    ), above AS MATERIALIZED (
        SELECT c.id, array_agg(a.id) AS ids, c.name || coalesce(' ' || w.words, '') AS words
          FROM catalogue_category c JOIN catalogue_category a ON starts_with(c.path, a.path)
          LEFT JOIN wording w ON w.text = c.name
         GROUP BY c.id, c.name, w.words
    ), shelf AS (
        SELECT pc.product_id AS style_id, array_agg(DISTINCT one ORDER BY one) AS ids,
               string_agg(DISTINCT a.words, ' ') AS words
          FROM catalogue_productcategory pc JOIN above a ON a.id = pc.category_id, unnest(a.ids) one
         WHERE pc.product_id IN (SELECT style_id FROM family)
         GROUP BY 1
    ), sold AS (
        SELECT f.style_id, min(r.price) AS price
          FROM family f JOIN partner_stockrecord r ON r.product_id = f.id WHERE f.is_public GROUP BY 1
    ), style AS (
        SELECT style_id, bool_or(is_public AND NOT is_style) AS has_sizes,
               string_agg(DISTINCT size, ' ') AS sizes, string_agg(DISTINCT colour, ' ') AS colours,
               string_agg(DISTINCT w.words, ' ') AS colour_words
          FROM family LEFT JOIN wording w ON w.text = colour GROUP BY 1
    ), ready AS (
        SELECT f.id, f.style_id, f.size, f.size_system, f.colour,
               lower(regexp_replace(btrim(f.colour), '\s+', ' ', 'g')) AS shade,
               f.is_public AND f.is_style IS DISTINCT FROM style.has_sizes AS on_shelf,
               coalesce(shelf.ids, '{}') AS categories, sold.price, f.date_created, f.title,
               coalesce(w.said, '{}') AS titles,
               CASE WHEN f.is_style THEN
                   setweight(to_tsvector('simple', regexp_replace(
                       lower(concat_ws(' ', f.title, w.words)), '[^[:alnum:]]+', ' ', 'g')), 'A')
                   || setweight(to_tsvector('simple', regexp_replace(
                       lower(concat_ws(' ', style.colours, style.colour_words, shelf.words)),
                       '[^[:alnum:]]+', ' ', 'g')), 'B')
                   || setweight(to_tsvector('simple', regexp_replace(
                       lower(style.sizes), '[^[:alnum:]]+', ' ', 'g')), 'D')
               END AS search
          FROM family f JOIN style ON style.style_id = f.style_id
          LEFT JOIN shelf ON shelf.style_id = f.style_id
          LEFT JOIN sold ON sold.style_id = f.style_id
          LEFT JOIN wording w ON w.text = f.title
         WHERE f.is_known OR %(makes)s
    )
    INSERT INTO omni_sync_entry AS e (
        product_id, style_id, size, size_system, colour, shade, on_shelf, categories, price, created, title, titles,
        search
    ) SELECT * FROM ready ORDER BY id
    ON CONFLICT (product_id) DO UPDATE SET (
        style_id, size, size_system, colour, shade, on_shelf, categories, price, created, title, titles, search
    ) = (
        excluded.style_id, excluded.size, excluded.size_system, excluded.colour, excluded.shade, excluded.on_shelf,
        excluded.categories, excluded.price, excluded.created, excluded.title, excluded.titles, excluded.search
    ) WHERE (
        e.style_id, e.size, e.size_system, e.colour, e.shade, e.on_shelf, e.categories, e.price, e.created, e.title,
        e.titles, e.search
    ) IS DISTINCT FROM (
        excluded.style_id, excluded.size, excluded.size_system, excluded.colour, excluded.shade, excluded.on_shelf,
        excluded.categories, excluded.price, excluded.created, excluded.title, excluded.titles, excluded.search
    )
    RETURNING product_id
"""

_LEARN_WORDS = """
    INSERT INTO omni_sync_word (text)
    SELECT DISTINCT left(one, 64) FROM omni_sync_entry e, unnest(tsvector_to_array(e.search)) one
     WHERE e.search IS NOT NULL AND (%(ids)s::int[] IS NULL OR e.product_id = ANY(%(ids)s::int[]))
     ORDER BY 1
        ON CONFLICT DO NOTHING
"""

_FORGET_WORDS = """
    DELETE FROM omni_sync_word WHERE text NOT IN (
        SELECT DISTINCT left(one, 64) FROM omni_sync_entry e, unnest(tsvector_to_array(e.search)) one
         WHERE e.search IS NOT NULL
    )
"""

_STANDING = """
    SELECT product_id FROM omni_sync_entry WHERE categories && %(ids)s::int[]
     UNION
    SELECT pc.product_id FROM catalogue_productcategory pc
      JOIN catalogue_category c ON c.id = pc.category_id
      JOIN catalogue_category a ON starts_with(c.path, a.path) AND a.id = ANY(%(ids)s::int[])
"""
