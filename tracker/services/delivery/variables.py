"""Secrets, looked up by the name of their variable when they are needed, and kept nowhere (docs/decisions/014)."""

from collections.abc import Mapping
from pathlib import Path

from tracker.errors import ConfigError

_LONGEST = 10_000


class Variables:
    """Finds what a variable holds, or what stands in the file that the variable of that name with `_FILE` names."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def get(self, name: str) -> str:
        """Return a secret without the blanks around it. Raises ConfigError, with the name only, when there is none."""
        value = self._environment.get(name)
        if value is None and (path := self._environment.get(name + "_FILE")) is not None:
            value = _read(name, path)
        if value is None or not value.strip():
            raise ConfigError(name, f"the variable is not set here; set it, or {name}_FILE to the file that holds it")
        return value.strip()


def _read(name: str, path: str) -> str:
    try:
        with Path(path).open(encoding="utf-8") as file:
            return file.read(_LONGEST)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{name}_FILE", f"the file cannot be read ({type(error).__name__})") from None
