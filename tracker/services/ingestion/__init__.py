"""From the world to the log: sources named by hand, feeds on a schedule, web archives, and what went wrong with them."""
