"""Tables and sheets for people, one file per question asked. Fetched words are cleaned before they are shown.

Each is imported by the command that shows it, so that a board does not wait for what only documents need.
"""
