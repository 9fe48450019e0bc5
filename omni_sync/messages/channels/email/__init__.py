"""Letters by e-mail, through whatever Django's settings name."""
