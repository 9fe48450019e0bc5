from importlib import import_module

from django.db import migrations

# What 0003 says of this function stands. New: it tells the product of each record, which it has in its hands, so that
# nobody needs to ask for it to tell the pages that show that product.
HOLD = """
CREATE FUNCTION lintas_hold(
    records bigint[], quantities integer[], kind text, key text, promised_until timestamptz
) RETURNS TABLE (record bigint, available bigint, fits boolean, change bigint, product bigint)
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $hold$
#variable_conflict use_column
DECLARE
    only_record bigint := records[1];
    only_quantity integer := quantities[1];
    room bigint;
    shown bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('hold:' || kind || ':' || key, 0));
    IF cardinality(records) = 1 AND NOT EXISTS (
        SELECT 1 FROM omni_sync_hold h WHERE h.ended_at IS NULL AND h.holder_kind = kind AND h.holder = key
    ) THEN
        UPDATE omni_sync_level l SET held = l.held + only_quantity
         WHERE l.stockrecord_id = only_record AND l.on_hand - l.held - l.safety >= only_quantity
        RETURNING l.on_hand - l.held - l.safety + only_quantity, l.held + l.safety INTO room, shown;
        IF FOUND THEN
            UPDATE partner_stockrecord s SET num_allocated = shown WHERE s.id = only_record
            RETURNING s.product_id INTO product;
            INSERT INTO omni_sync_hold (holder_kind, holder, until, stockrecord_id, quantity)
            VALUES (kind, key, promised_until, only_record, only_quantity);
            record := only_record; available := room; fits := true; change := only_quantity;
            RETURN NEXT;
            RETURN;
        END IF;
    END IF;
    PERFORM 1 FROM omni_sync_level l
      WHERE l.stockrecord_id = ANY(records || ARRAY(
                SELECT h.stockrecord_id::bigint FROM omni_sync_hold h
                 WHERE h.ended_at IS NULL AND h.holder_kind = kind AND h.holder = key))
      ORDER BY l.stockrecord_id
        FOR UPDATE;
    RETURN QUERY
    WITH own AS (
        SELECT h.stockrecord_id::bigint AS record, h.quantity FROM omni_sync_hold h
         WHERE h.ended_at IS NULL AND h.holder_kind = kind AND h.holder = key
    ), want AS (
        SELECT record, coalesce(w.quantity, 0) AS quantity, coalesce(o.quantity, 0) AS own
          FROM unnest(records, quantities) AS w(record, quantity) FULL JOIN own o USING (record)
    ), state AS MATERIALIZED (
        SELECT w.record, w.quantity, (w.quantity - w.own)::bigint AS change,
               coalesce(l.on_hand - l.held - l.safety, 0) + w.own AS available,
               w.quantity <= w.own OR coalesce(l.on_hand - l.held - l.safety, 0) >= w.quantity - w.own AS fits
          FROM want w LEFT JOIN omni_sync_level l ON l.stockrecord_id = w.record
    ), granted AS MATERIALIZED (
        SELECT s.* FROM state s WHERE (SELECT bool_and(fits) FROM state)
    ), taken AS (
        UPDATE omni_sync_level l SET held = l.held + g.change
          FROM granted g
         WHERE l.stockrecord_id = g.record AND g.change <> 0
        RETURNING l.stockrecord_id, l.held, l.safety
    ), shown AS (
        UPDATE partner_stockrecord s SET num_allocated = t.held + t.safety
          FROM taken t
         WHERE s.id = t.stockrecord_id
    ), let_go AS (
        UPDATE omni_sync_hold h SET ended_at = now(), end_reason = 'moved'
          FROM granted g
         WHERE g.quantity = 0 AND h.stockrecord_id = g.record
           AND h.ended_at IS NULL AND h.holder_kind = kind AND h.holder = key
    ), promised AS (
        INSERT INTO omni_sync_hold (holder_kind, holder, until, stockrecord_id, quantity)
        SELECT kind, key, promised_until, g.record, g.quantity FROM granted g WHERE g.quantity > 0
            ON CONFLICT (holder_kind, holder, stockrecord_id) WHERE ended_at IS NULL
            DO UPDATE SET quantity = excluded.quantity, until = excluded.until
    )
    SELECT s.record, s.available::bigint, s.fits, s.change, p.product_id::bigint
      FROM state s LEFT JOIN partner_stockrecord p ON p.id = s.record
     ORDER BY s.record;
END
$hold$
"""

FORGET = "DROP FUNCTION lintas_hold(bigint[], integer[], text, text, timestamptz)"
BEFORE = import_module("omni_sync.migrations.0003_hold").HOLD


class Migration(migrations.Migration):
    """A promise says of which product it is."""

    dependencies = [("omni_sync", "0013_messages")]

    operations = [
        migrations.RunSQL(FORGET, BEFORE),
        migrations.RunSQL(HOLD, FORGET),
    ]
