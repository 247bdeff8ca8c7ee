"""The words of the log: what may be recorded, in which envelope, and how old shapes become new ones. Pure."""
