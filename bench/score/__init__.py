"""How well documents are read, against gold claims: `make score`.

A corpus is a folder with documents and their gold claims. A `score.py` in it or beside it says when a claim agrees with a gold
one, so that everybody who scores that corpus counts alike; where there is none, `agree` says so, by the same rules. Its
verdicts are grouped by attribute, by the stage of reading at which a claim went wrong, and by confidence.

    corpus → reading → agree (values) → verdict → figures
    isotonic → calibrate     what the scores of rules are worth, written to config/lexicon/confidence.toml
    stability                what hangs on the penalties of config/policy.toml
"""
