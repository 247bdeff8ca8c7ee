"""Reading by rules: deterministic, offline, from data files. Every step keeps its offsets.

In the order of the walk: `names` finds what the catalog knows, and `subjects` what the document speaks of, with names that no list
holds and words such as "the mission". In `claims` the `scene` lays both out on the tokens of each sentence, with the `clauses` as
costs; `cues`, `modality`, `attach` and `timing` tell who did what when; `events`, `parties`, `targets`, `pacts` and `gathered` make
facts of it; the `document` weighs them, and `assembly` makes claims. `read` is the whole way.
"""
