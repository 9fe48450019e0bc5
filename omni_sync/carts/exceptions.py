from collections.abc import Collection


class BasketClosed(Exception):
    """The basket is being paid for, or was ordered: nothing in it can change."""


class DifferentCurrencies(Exception):
    """Nothing was changed: at that place the lines would stand in several ``currencies``."""

    def __init__(self, currencies: Collection[str]) -> None:
        super().__init__(sorted(currencies))
        self.currencies = sorted(currencies)
