"""Whole minor units and exact fractions, without a line of the product."""

from fractions import Fraction

#: Decimals of a price, and how many of what the provider counts make one unit of the currency.
DECIMALS = {"IDR": 0, "EUR": 2, "JPY": 0, "USD": 2}
PROVIDER = {"IDR": 100, "EUR": 100, "JPY": 1, "USD": 100}


def minor(text, currency):
    """``"12.50"`` of EUR is 1250."""
    return int(Fraction(text) * 10 ** DECIMALS[currency])


def text(units, currency):
    """1250 of EUR is ``"12.50"``."""
    places = DECIMALS[currency]
    sign, units = "-" if units < 0 else "", abs(units)
    whole, rest = divmod(units, 10**places)
    return f"{sign}{whole}" + (f".{rest:0{places}}" if places else "")


def half_up(exact):
    """The nearest whole number; a half goes away from zero."""
    sign = -1 if exact < 0 else 1
    return sign * ((2 * abs(exact) + 1) // 2)


def shared(total, weights):
    """``total`` in proportion to ``weights``, in whole units; what is left goes to the largest remainders first."""
    if not total:
        return [0] * len(weights)
    exact = [Fraction(total) * weight / sum(weights) for weight in weights]
    shares = [int(share) for share in exact]
    order = sorted(range(len(weights)), key=lambda at: (shares[at] - exact[at], at))
    for at in order[: total - sum(shares)]:
        shares[at] += 1
    return shares


def wire(units, currency):
    return units * PROVIDER[currency] // 10 ** DECIMALS[currency]
