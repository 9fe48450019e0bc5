"""What messages did: who bought after them and who would have anyhow, with how sure that is."""
