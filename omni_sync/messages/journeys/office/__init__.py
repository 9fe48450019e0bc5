"""Journeys in the back office: what follows what, and in which words."""
