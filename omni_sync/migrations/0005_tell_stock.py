from django.db import migrations

# A function for its plan, as in 0003: every promise and every batch of a till ends with this statement.
TELL = """
CREATE OR REPLACE FUNCTION lintas_tell_stock(records bigint[]) RETURNS void
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $tell$
BEGIN
    INSERT INTO omni_sync_outboxevent (type, store_id, data)
    SELECT 'stock.changed', s.partner_id,
           jsonb_build_object('sku', s.partner_sku, 'store', p.code, 'on_hand', l.on_hand, 'held', l.held,
                              'available', greatest(l.on_hand - l.held - l.safety, 0))
      FROM omni_sync_level l
      JOIN partner_stockrecord s ON s.id = l.stockrecord_id
      JOIN partner_partner p ON p.id = s.partner_id
     WHERE l.stockrecord_id = ANY(records);
END
$tell$
"""


class Migration(migrations.Migration):
    """What the outbox is told of changed levels, with a plan that is kept."""

    dependencies = [("omni_sync", "0004_answers")]

    operations = [migrations.RunSQL(TELL, "DROP FUNCTION lintas_tell_stock(bigint[])")]
