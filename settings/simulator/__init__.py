"""Tills that nobody stands at: they keep the demo's five shops selling, through the door that real tills use."""
