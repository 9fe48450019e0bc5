"""When and in which language somebody wants to hear from the shop."""
