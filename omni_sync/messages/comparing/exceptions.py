class NothingToCompare(Exception):
    """The journey is off, or its step has one version and nobody who hears nothing."""
