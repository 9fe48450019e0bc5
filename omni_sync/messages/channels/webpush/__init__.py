"""Notifications on a device that its owner asked for them, by the push service of its browser (RFC 8030)."""
