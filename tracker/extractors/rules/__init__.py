"""Reading by rules: names, dates, clauses and cues of a document become claims, one stage a module.

In the order of the work: `known` (names of the catalog), `discovered` (names it lacks), `reference` ("the mission"), then
clauses, cues, modality, old and new, and the assembly of claims. Pure and deterministic; every step keeps its offsets.
"""
