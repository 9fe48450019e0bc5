"""A week of the five shops, as their tills tell it."""
