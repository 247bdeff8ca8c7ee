"""Signing the log, proving what stands in it, checking it here and far away, and carrying it elsewhere."""
