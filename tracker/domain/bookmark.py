"""Where the reading of an archive is to go on."""

import msgspec


class Bookmark(msgspec.Struct, frozen=True):
    """Where a record begins: at which byte of the file, how far behind it once that is unpacked, and after how many records.

    In an archive that is not compressed, or packed record by record as the standard has it, `within` is 0.
    """

    at_byte: int = 0
    within: int = 0
    records: int = 0


BEGINNING = Bookmark()
