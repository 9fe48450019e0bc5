"""The pictures of the demo's goods and places, as vector drawings."""
