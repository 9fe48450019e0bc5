"""What keeps strangers from trying doors: pauses after wrong passwords, limits on forms, bounds of uploads."""
