"""What a page can follow; a topic says only that something may have changed, never what."""


def stock_topic(product_id: int) -> str:
    """The stock of a product that can be bought (a child or a standalone one), in any place."""
    return f"stock-{product_id}"
