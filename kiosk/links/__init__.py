"""The codes on the shelves: GS1 Digital Link, what they lead to, and who asks."""
