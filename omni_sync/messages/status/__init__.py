"""What became of a message after its provider took it, and what people answered: told by signed notices."""
