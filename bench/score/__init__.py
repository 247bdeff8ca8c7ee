"""How well documents are read, against gold claims: `make score`.

A corpus is a folder with documents, their gold claims and, in it or above it, the `score.py` that says when a claim agrees
with a gold one. The corpus judges, so that everybody who scores it counts alike; here its verdicts are grouped by attribute,
by the stage of reading at which a claim went wrong, and by confidence.
"""
