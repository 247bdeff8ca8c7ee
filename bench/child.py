"""Work in a process of its own, because the most memory that a process ever held can be asked for and not reset."""

import resource
import subprocess
import sys
from pathlib import Path
from typing import TypeVar

import msgspec

_ROOT = Path(__file__).resolve().parent.parent

Answer = TypeVar("Answer", bound=msgspec.Struct)


def ask(module: str, *arguments: str, answer: type[Answer]) -> Answer:
    """Run `python -m module arguments…`, and return the JSON object that it prints as a value.

    Raises CalledProcessError when it fails; what it says on standard error is shown.
    """
    command = (sys.executable, "-m", module, *arguments)
    done = subprocess.run(command, cwd=_ROOT, check=True, stdout=subprocess.PIPE)  # noqa: S603  (our own modules)
    return msgspec.json.decode(done.stdout, type=answer)


def tell(answer: msgspec.Struct) -> None:
    """Print the answer of a child."""
    sys.stdout.write(msgspec.json.encode(answer).decode())


def peak_kib() -> int:
    """Return the most memory that this program held, in KiB.

    Linux hands the peak of the parent down to the child when a program is started, so `getrusage` may speak of the parent;
    the kernel's status file speaks of this program alone.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // 1024 if sys.platform == "darwin" else peak
