from django.db import migrations

# A function, because planning this join took three times as long as running it: PL/pgSQL keeps the plan of a
# connection. The price of a change is a new migration with CREATE OR REPLACE.
PLACES = """
CREATE OR REPLACE FUNCTION lintas_places(
    wanted bigint[], wanted_sku text, wanted_gtin text, latitude float8, longitude float8, default_zone text
) RETURNS TABLE (
    code text, name text, city text, is_store boolean, sells_online boolean, distance_km float8, zone text,
    lead_minutes integer, weekly_hours text, exceptions text,
    product_id bigint, sku text, gtin text, available bigint, price numeric, currency text
) LANGUAGE plpgsql STABLE AS $places$
#variable_conflict use_column
BEGIN
    IF wanted_sku IS NOT NULL THEN
        wanted := ARRAY(SELECT r.product_id FROM partner_stockrecord r WHERE r.partner_sku = wanted_sku
                        ORDER BY r.product_id LIMIT 1);
    ELSIF wanted_gtin IS NOT NULL THEN
        wanted := ARRAY(SELECT g.product_id FROM omni_sync_gtin g WHERE g.value = wanted_gtin);
    END IF;
    IF wanted = '{}' AND (wanted_sku IS NOT NULL OR wanted_gtin IS NOT NULL) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT p.code::text, p.name::text, coalesce(s.city, '')::text, coalesce(s.is_open_to_public, false),
           coalesce(l.sells_online, s.partner_id IS NULL),
           CASE WHEN lintas_places.latitude IS NOT NULL AND s.latitude IS NOT NULL THEN
               2 * 6371.0088::float8 * asin(least(1, sqrt(
                   power(sin(radians(s.latitude::float8 - lintas_places.latitude) / 2), 2)
                   + cos(radians(lintas_places.latitude)) * cos(radians(s.latitude::float8))
                   * power(sin(radians(s.longitude::float8 - lintas_places.longitude) / 2), 2)))) END AS distance,
           coalesce(l.timezone, default_zone)::text, coalesce(s.lead_minutes, 0), s.weekly_hours::text,
           s.exceptions::text, r.product_id::bigint, r.partner_sku::text, g.value::text,
           coalesce(greatest(v.on_hand - v.held - v.safety, 0), 0)::bigint, r.price, r.price_currency::text
      FROM partner_partner p
      LEFT JOIN omni_sync_location l ON l.partner_id = p.id
      LEFT JOIN instore_store s ON s.partner_id = p.id
      LEFT JOIN partner_stockrecord r ON r.partner_id = p.id AND r.product_id = ANY(wanted)
      LEFT JOIN omni_sync_level v ON v.stockrecord_id = r.id
      LEFT JOIN omni_sync_gtin g ON g.product_id = r.product_id AND g.is_primary
     WHERE r.id IS NOT NULL OR s.is_open_to_public
     ORDER BY distance NULLS LAST, p.name, p.code;
END
$places$
"""


class Migration(migrations.Migration):
    """What every place has of some products, nearest first: the read behind every stock figure a shopper sees."""

    dependencies = [("instore", "0002_sku_index"), ("omni_sync", "0001_initial")]

    operations = [
        migrations.RunSQL(PLACES, "DROP FUNCTION lintas_places(bigint[], text, text, float8, float8, text)")
    ]
