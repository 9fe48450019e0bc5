"""The ways to reach somebody, a folder for each provider; nothing outside asks which it is."""
