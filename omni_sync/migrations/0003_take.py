from django.db import migrations

# A function, because planning this statement took three times as long as running it: PL/pgSQL keeps the plan of a
# connection, the same for all arguments. The price of a change is a new migration with CREATE OR REPLACE.
# One statement: rows are locked in key order and read as they are after the wait; the writes happen only if every
# record has room. Giving back (a change below 0) always fits.
TAKE = """
CREATE OR REPLACE FUNCTION lintas_take(
    records bigint[], changes bigint[], quantities integer[], kind text, key text, promised_until timestamptz
) RETURNS TABLE (record bigint, room bigint, fits boolean)
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $take$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH want AS (
        SELECT * FROM unnest(records, changes, quantities) AS w(record, change, quantity)
    ), locked AS MATERIALIZED (
        SELECT l.stockrecord_id::bigint AS record, w.change, w.quantity, l.on_hand - l.held - l.safety AS room,
               w.change <= 0 OR l.on_hand - l.held - l.safety >= w.change AS fits
          FROM omni_sync_level l JOIN want w ON w.record = l.stockrecord_id
         ORDER BY l.stockrecord_id
           FOR UPDATE OF l
    ), taken AS (
        UPDATE omni_sync_level l
           SET held = l.held + k.change
          FROM locked k
         WHERE l.stockrecord_id = k.record
           AND (SELECT bool_and(fits) AND count(*) = (SELECT count(*) FROM want) FROM locked)
        RETURNING l.stockrecord_id, l.held, l.safety, k.quantity
    ), shown AS (
        UPDATE partner_stockrecord s
           SET num_allocated = t.held + t.safety
          FROM taken t
         WHERE s.id = t.stockrecord_id
    ), promised AS (
        INSERT INTO omni_sync_hold (holder_kind, holder, until, stockrecord_id, quantity)
        SELECT kind, key, promised_until, t.stockrecord_id, t.quantity FROM taken t
            ON CONFLICT (holder_kind, holder, stockrecord_id) WHERE ended_at IS NULL
            DO UPDATE SET quantity = excluded.quantity, until = excluded.until
    )
    SELECT k.record, k.room::bigint, k.fits FROM locked k;
END
$take$
"""

# The wait for the turn and the read after it: a statement each, so that the read sees what the one before committed.
OWN = """
CREATE OR REPLACE FUNCTION lintas_own_holds(kind text, key text) RETURNS TABLE (id bigint, record bigint, quantity integer)
LANGUAGE plpgsql AS $own$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('hold:' || kind || ':' || key, 0));
    RETURN QUERY
    SELECT h.id, h.stockrecord_id::bigint, h.quantity FROM omni_sync_hold h
     WHERE h.ended_at IS NULL AND h.holder_kind = kind AND h.holder = key;
END
$own$
"""


class Migration(migrations.Migration):
    """What a promise does, with plans that are kept."""

    dependencies = [("omni_sync", "0002_room_for_updates")]

    operations = [
        migrations.RunSQL(TAKE, "DROP FUNCTION lintas_take(bigint[], bigint[], integer[], text, text, timestamptz)"),
        migrations.RunSQL(OWN, "DROP FUNCTION lintas_own_holds(text, text)"),
    ]
