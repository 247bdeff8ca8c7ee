"""What follows the log: each consumer takes the events after its checkpoint and keeps what it makes of them."""
