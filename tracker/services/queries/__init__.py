"""What can be asked of the views and of the log, and the shapes of the answers."""
