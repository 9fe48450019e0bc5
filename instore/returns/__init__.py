"""Goods come back, in any store and whatever channel sold them: never more than was sold, never more than was paid."""
