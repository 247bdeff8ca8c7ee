"""Reading by rules: names, dates, clauses and cues of a document become claims, one stage a module.

In the order of the work: `known` (names of the catalog), `discovered` (names it lacks), `reference` ("the mission"); the `scene` lays
them out on the tokens of each sentence, with the `clauses` as costs; `cues`, `modality`, `attach` and `timing` tell who did what when,
`events`, `parties`, `targets`, `pacts` and `gathered` make facts of it, the `document` weighs them, and `assembly` makes claims. `read`
is the whole way. Pure and deterministic; every step keeps its offsets.
"""
