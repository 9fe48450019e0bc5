"""The whole shop on one machine: what ``manage.py demo`` starts, watches and stops."""
