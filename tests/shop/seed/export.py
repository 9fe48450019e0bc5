"""Everything the seed means, without the numbers and times that only say when and where it was written."""

import psycopg

QUERIES = {
    "places": """
        SELECT p.code, p.name, l.timezone, l.sells_online, s.street, s.phone, s.weekly_hours, s.lead_minutes
          FROM partner_partner p JOIN omni_sync_location l ON l.partner_id = p.id
          LEFT JOIN instore_store s ON s.partner_id = p.id""",
    "goods": """
        SELECT p.code, p.structure, p.title, p.upc, p.rating::text, e.size, e.size_system, e.colour,
               (SELECT string_agg(c.name, '/') FROM catalogue_productcategory pc
                  JOIN catalogue_category c ON c.id = pc.category_id WHERE pc.product_id = p.id)
          FROM catalogue_product p LEFT JOIN omni_sync_entry e ON e.product_id = p.id""",
    "levels": """
        SELECT p.code, s.partner_sku, s.price, l.on_hand, l.held
          FROM omni_sync_level l JOIN partner_stockrecord s ON s.id = l.stockrecord_id
          JOIN partner_partner p ON p.id = s.partner_id""",
    "movements": """
        SELECT p.code, s.partner_sku, m.kind, m.quantity, m.occurred_at, m.source, m.event_id,
               CASE WHEN m.source = 'order' THEN '' ELSE m.document || '#' || m.line END
          FROM omni_sync_movement m JOIN partner_stockrecord s ON s.id = m.stockrecord_id
          JOIN partner_partner p ON p.id = s.partner_id WHERE m.answers_id IS NULL""",
    "inbox": """
        SELECT c.name, e.event_id, e.type, e.document, e.occurred_at, e.state, e.payload
          FROM omni_sync_inboxevent e JOIN omni_sync_connection c ON c.id = e.connection_id""",
    "sales": """
        SELECT s.source, s.number, s.occurred_at, s.total, s.flags, s.voided_at, o.number, o.status, o.date_placed,
               person.name
          FROM omni_sync_sale s JOIN order_order o ON o.id = s.order_id
          LEFT JOIN omni_sync_person person ON person.id = s.person_id""",
    "returns": "SELECT source, number, occurred_at, original_number, order_id IS NULL, refunds FROM omni_sync_return",
    "claims": """
        SELECT person.name, o.number, c.made_at, c.completed_at, r.gift_hash IS NOT NULL
          FROM instore_claim c JOIN omni_sync_person person ON person.id = c.person_id
          JOIN order_order o ON o.id = c.order_id JOIN instore_receipt r ON r.order_id = o.id""",
    "announced": """
        SELECT u.email, p.code, a.made_at, a.until, a.ended_at, l.partner_sku, i.quantity, i.reason
          FROM instore_announced a JOIN instore_announcedline i ON i.announced_id = a.id
          JOIN order_line l ON l.id = i.order_line_id JOIN order_order o ON o.id = a.order_id
          JOIN shop_user u ON u.id = o.user_id JOIN partner_partner p ON p.id = a.store_id""",
    "web orders": """
        SELECT u.email, o.date_placed, o.status, o.total_incl_tax, l.partner_sku, l.quantity, a.line1
          FROM order_order o JOIN shop_user u ON u.id = o.user_id JOIN order_line l ON l.order_id = o.id
          JOIN order_shippingaddress a ON a.id = o.shipping_address_id""",
    "pickups": """
        SELECT p.code, k.state, k.promised_at, k.ready_at, u.email, l.partner_sku, i.quantity, i.picked, i.short_reason
          FROM instore_pickup k JOIN partner_partner p ON p.id = k.store_id JOIN order_order o ON o.id = k.order_id
          JOIN shop_user u ON u.id = o.user_id JOIN instore_pickupline i ON i.pickup_id = k.order_id
          JOIN order_line l ON l.id = i.order_line_id""",
    "staff": """
        SELECT a.display_name, a.till_id, w.role, p.code
          FROM instore_associate a JOIN instore_assignment w ON w.associate_id = a.id
          JOIN partner_partner p ON p.id = w.store_id""",
    "people": """
        SELECT p.name, u.email, i.kind, i.value, i.source, i.proof,
               CASE WHEN i.proof = 'till' THEN NULL ELSE i.verified_at END -- a till's is proved when it is told
          FROM omni_sync_person p JOIN omni_sync_identifier i ON i.person_id = p.id
          LEFT JOIN shop_user u ON u.id = p.user_id""",
    "consents": """
        SELECT p.name, c.channel, c.purpose, c.state, c.at, c.wording, c.source, c.is_claim
          FROM omni_sync_consent c JOIN omni_sync_person p ON p.id = c.person_id""",
    "reviews": """
        SELECT r.code, p.code, r.score, r.title, r.body, r.date_created, r.name, u.email
          FROM reviews_productreview r JOIN catalogue_product p ON p.id = r.product_id
          LEFT JOIN shop_user u ON u.id = r.user_id""",
    "lists": """
        SELECT u.email, w.name, p.code, l.quantity FROM wishlists_wishlist w JOIN shop_user u ON u.id = w.owner_id
          JOIN wishlists_line l ON l.wishlist_id = w.id JOIN catalogue_product p ON p.id = l.product_id""",
    "baskets": """
        SELECT u.email, p.code, l.quantity FROM basket_basket b JOIN shop_user u ON u.id = b.owner_id
          JOIN basket_line l ON l.basket_id = b.id JOIN catalogue_product p ON p.id = l.product_id
         WHERE b.status = 'Open'""",
    "unmatched": "SELECT sku, reason, quantity, occurred_at FROM omni_sync_unmatchedline WHERE healed_at IS NULL",
    "shortfalls": """
        SELECT f.kind, s.partner_sku, f.missing, f.reference
          FROM omni_sync_shortfall f JOIN partner_stockrecord s ON s.id = f.stockrecord_id WHERE f.closed_at IS NULL""",
}


def export(address: str) -> dict[str, list[str]]:
    """Rows as text, sorted, by what they are about."""
    with psycopg.connect(address) as connection:
        connection.execute("SET TIME ZONE 'UTC'")
        return {about: sorted(map(repr, connection.execute(query))) for about, query in QUERIES.items()}
