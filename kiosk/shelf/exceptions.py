class UnknownGoods(LookupError):
    """Nothing that the shop shows has this GTIN."""
