"""A way through the shop that a person might take: for the browser tests, the pictures and how long pages take."""
