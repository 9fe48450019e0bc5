"""Comparing what messages do, honestly: how long is settled before it begins, and nobody decides earlier."""
