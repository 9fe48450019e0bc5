"""SMS, through Twilio."""
