from django.db import migrations

# Written by the database with the level itself: no way of changing a level forgets to tell, and telling costs a promise
# no round trip of its own.
TELL = """
CREATE OR REPLACE FUNCTION lintas_tell_stock() RETURNS trigger
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $tell$
BEGIN
    INSERT INTO omni_sync_outboxevent (type, store_id, data)
    SELECT 'stock.changed', s.partner_id,
           jsonb_build_object('sku', s.partner_sku, 'store', p.code, 'on_hand', l.on_hand, 'held', l.held,
                              'available', greatest(l.on_hand - l.held - l.safety, 0))
      FROM changed l
      JOIN partner_stockrecord s ON s.id = l.stockrecord_id
      JOIN partner_partner p ON p.id = s.partner_id;
    RETURN NULL;
END
$tell$;
CREATE TRIGGER lintas_tell_stock AFTER UPDATE ON omni_sync_level
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION lintas_tell_stock();
"""
FORGET = "DROP TRIGGER lintas_tell_stock ON omni_sync_level; DROP FUNCTION lintas_tell_stock();"


class Migration(migrations.Migration):
    """Every change of a level goes to the outbox."""

    dependencies = [("omni_sync", "0004_answers")]

    operations = [migrations.RunSQL(TELL, FORGET)]
