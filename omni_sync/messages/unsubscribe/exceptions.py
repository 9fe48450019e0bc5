class UnknownLink(Exception):
    """Nobody's messages are ended by this."""
