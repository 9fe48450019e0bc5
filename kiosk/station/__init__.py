"""The kiosk: a stranger finds, lists, sends, leaves; nothing of them remains."""
