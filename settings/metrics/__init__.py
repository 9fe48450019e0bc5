"""What Prometheus is told: the shop's state, read at each scrape, and how long requests and tasks took."""
