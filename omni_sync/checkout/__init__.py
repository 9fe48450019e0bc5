"""An order that is paid on the provider's page: written down before, placed once after, whoever is there to see it."""
