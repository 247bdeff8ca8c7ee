"""The English that several stages share: sentences and tokens with offsets, and dates."""
