"""A number for each living process, the lowest that is free.

prometheus_client keeps each process's counters in files named after it, so that any process can add them all up. By
process id, the files of the dead would pile up for ever: we hand their numbers, and with them their files, to the next.
The counters go on from where they were; none is lost or counted twice, however a process ends.
"""

import fcntl
import os
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import IO, Final

from prometheus_client.mmap_dict import MmapedDict

FILES: Final = "*_{slot}.db"


class Slots:
    """The numbers of one folder; a number is held by a lock on a file, which ends with the process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._process = 0
        self._slot = 0
        self._lock: IO[bytes] | None = None

    def mine(self) -> int:
        """This process's number; after a fork the child takes another."""
        if self._process != os.getpid():
            if self._lock is not None:
                self._lock.close()  # the parent's: it keeps its own end
            self._slot = next(slot for slot in count(1) if self._take(slot))
            self._process = os.getpid()
        return self._slot

    def _take(self, slot: int) -> bool:
        lock = (self.folder / f"{slot}.lock").open("ab")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            return False
        self._lock = lock
        for file in self.folder.glob(FILES.format(slot=slot)):
            if not is_whole(file):
                with suppress(FileNotFoundError):
                    file.unlink()
        return True


def is_whole(file: Path) -> bool:
    """Whether it can be read: a machine that lost its power may leave half a file."""
    try:
        for _ in MmapedDict.read_all_values_from_file(str(file)):
            pass
    except Exception:  # whatever it fails at, it can't be used
        return False
    return True
