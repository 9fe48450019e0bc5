"""What a shopper asks of the staff of a store, from a shelf or a kiosk: come here, or bring me this."""
