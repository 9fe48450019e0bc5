class BadSubscription(Exception):
    """No browser gives us this, or it leads where we don't go."""
