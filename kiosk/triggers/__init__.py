"""What a message may follow that only a room with kiosks knows."""
