"""What a shopper sees who scanned a shelf with their own phone: this thing, in this shop, in their size."""
