"""What a marketer wrote for a step of a journey, used instead of the words that the shop came with."""
