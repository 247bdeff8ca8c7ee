"""The steps, one file per verb. They are handed what they need and know nothing of settings or doors.

`consumers` follow the log, `queries` answer, `ingestion` brings in, `delivery` tells, `audit` proves, `curation` is what people decide.
"""
