"""What a message may follow that only a room with shops knows: how many are left at somebody's own."""
