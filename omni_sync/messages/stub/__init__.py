"""Twilio, Meta and a push service that take messages and bring them nowhere: for the demo, and tests with faults."""
