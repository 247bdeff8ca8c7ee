"""Benchmarks: how far tracker is from what the machine could do.

`python -m bench` runs every subject and prints Markdown tables; `docs/benchmarks.md` says what the figures mean. Rates move
with the machine and with whatever else runs on it, so each table puts them beside a reference that was measured in the same
rounds. Nothing here is asserted by a test.

Start with `rounds.py` (the method), then a subject: `startup.py`, `log.py`, `ingest.py`, `scale.py`.
"""
