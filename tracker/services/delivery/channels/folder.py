"""Digests as files: the text and the page of each, under one name. Writing them again changes nothing."""

import asyncio
import os
import tempfile
from pathlib import Path

from tracker.services.delivery.message import Message
from tracker.services.delivery.outcome import SENT, Outcome, failed
from tracker.services.delivery.target import Folder


async def send(place: Folder, message: Message) -> Outcome:
    """Write a message; each file appears whole or not at all."""
    return await asyncio.to_thread(_written, Path(place.path), message)


def _written(folder: Path, message: Message) -> Outcome:
    try:
        _put(folder / f"{message.name}.txt", message.text)
        _put(folder / f"{message.name}.html", message.html)
    except OSError as error:
        return failed(f"the folder cannot be written to: {error.strerror or type(error).__name__}")
    return SENT


def _put(path: Path, text: str) -> None:
    handle, made = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(text)
        # A temporary file is for its owner alone; a digest is for whoever may read the folder.
        Path(made).chmod(0o644)
        Path(made).replace(path)
    except BaseException:
        Path(made).unlink(missing_ok=True)
        raise
