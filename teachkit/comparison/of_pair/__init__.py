"""Two models: what differs, and what is only written differently."""
