"""What stands on the receipts of the reader's stores."""
