"""The labels' pages in the back office."""
