"""Paper for the shelves: what every label says, sheets in PDF, and which labels no longer tell the truth."""
