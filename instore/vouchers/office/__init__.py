"""What the shops owe by voucher, in the back office."""
