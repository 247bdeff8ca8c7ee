"""Proofs that a log only grows: the Merkle tree, its tiles, signed checkpoints, and proofs that travel alone.

An auditor who holds one public key can check, without the database and without trusting whoever runs it, that an entry is in
the log (`proof`), that nothing was changed or taken out between two checkpoints (`merkle.verify_consistency`), and that all
entries together give the signed root (`tiles`). Everything is a pure function over bytes, in the formats of RFC 9162 and
C2SP, so that other people's tools can check our log, and ours theirs. Read in this order:

    merkle      leaf hashes → root, inclusion and consistency proofs, and their verification
    tiles       the same tree as files: 256 hashes a tile, 256 entries a bundle
    note        text signed with Ed25519, and the keys
    checkpoint  the note that says: at this size, this root
    proof       entry + checkpoint + path in one text that verifies offline
    consistency two sizes + path + checkpoint in one text that shows that the log only grew
    timestamp   what others say of when a checkpoint was there (RFC 3161)

What fails a check raises `AuditError`; what a caller got wrong (an index outside the tree) is a ValueError.
"""
