class UnknownLink(Exception):
    """Nobody's messages are ended by this."""


class NothingToUndo(Exception):
    """What counts now was not said by this link, or too long ago."""
