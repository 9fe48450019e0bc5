class NothingToCompare(Exception):
    """The journey is off, or its step has one version and nobody who hears nothing."""


class SameWords(NothingToCompare):
    """Its two versions say the same, word for word, by every channel."""
