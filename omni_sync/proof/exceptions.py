class AskedLately(Exception):
    """A letter is on its way already."""


class ProvesNothing(Exception):
    """No letter has this link or code, it is too old, or the account has another address by now."""
