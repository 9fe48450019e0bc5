"""PostgreSQL refuses to run as root. Started by root, the engines run as ``nobody``."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any

from settings.embedded.place import EngineError

NOBODY = "nobody"
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def dies_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    """For ``preexec_fn``: be sent this signal when the parent ends, however it ends. None where the kernel can't."""
    libc = _libc
    return None if libc is None else lambda: libc.prctl(PR_SET_PDEATHSIG, int(number))


def may_enter(path: Path, person: pwd.struct_passwd) -> bool:
    """Everybody may pass through every folder above this path (an owner's or group's own way is not looked for)."""
    above = [folder.stat() for folder in path.resolve().parents if folder.exists()]
    return all(folder.st_mode & 0o001 or folder.st_uid == person.pw_uid for folder in above)


class Account:
    """The user that runs an engine: oneself, or ``nobody`` for root."""

    def __init__(self, *places: Path) -> None:
        self.person = pwd.getpwnam(NOBODY) if os.geteuid() == 0 else None
        self.shut_out = self.person is not None and not all(may_enter(place, self.person) for place in places)
        if self.shut_out and not shutil.which("setpriv"):
            raise EngineError(
                "PostgreSQL does not run as root, and user nobody can't enter the folder of this checkout. "
                "Run as an ordinary user, or move the checkout."
            )

    def own(self, folder: Path) -> Path:
        """Make the folder, for this account only."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.person is not None and folder.stat().st_uid != self.person.pw_uid:
            os.chown(folder, self.person.pw_uid, self.person.pw_gid)
        return folder

    def _command(self, argv: Sequence[str]) -> tuple[list[str], dict[str, Any]]:
        if self.person is None:
            return list(argv), {}
        if not self.shut_out:
            return list(argv), {"user": self.person.pw_uid, "group": self.person.pw_gid, "extra_groups": []}
        # A checkout below a closed home: rather than open that home to everybody, let this one process through.
        way = ["--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override"]
        who = [f"--reuid={self.person.pw_uid}", f"--regid={self.person.pw_gid}", "--clear-groups"]
        return ["setpriv", "--pdeathsig=INT", *who, *way, *argv], {}

    def run(self, argv: Sequence[str], *, says: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command to its end; ``says`` is its standard input."""
        command, extra = self._command(argv)
        return subprocess.run(  # noqa: S603
            command, input=says, capture_output=True, text=True, check=False, cwd="/", **extra
        )

    def start(
        self, argv: Sequence[str], *, log: Path, input_text: str = "", last_word: signal.Signals
    ) -> subprocess.Popen[bytes]:
        """Start a server that gets ``last_word`` when the calling thread's process dies."""
        command, extra = self._command(argv)
        with log.open("ab") as output:
            process = subprocess.Popen(  # noqa: S603
                command,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                preexec_fn=dies_with_parent(last_word),  # noqa: PLW1509 - the keeper has no lock a child could need
                **extra,
            )
        _feed(process.stdin, input_text)
        return process


def _feed(pipe: IO[bytes] | None, text: str) -> None:
    assert pipe is not None
    try:
        pipe.write(text.encode())
        pipe.close()
    except BrokenPipeError:  # it ended at once; its log says why
        pass


def last_words(log: Path, count: int = 3) -> str:
    """The end of a log, on one line."""
    if not log.exists():
        return ""
    return " / ".join(log.read_text(errors="replace").splitlines()[-count:])
