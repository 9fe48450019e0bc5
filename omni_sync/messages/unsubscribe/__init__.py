"""The end of messages that nobody asked for: one click, no account, at once."""
