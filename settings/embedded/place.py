"""The private folder: what is where, who may enter, and its locks."""

import errno
import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

STATE = "engines.json"  # where the engines are, while they run
WEB = "web.json"  # where a demo answers, or answered last


class EngineError(Exception):
    """An engine cannot run here; the text is one line that says what to do."""


def wheel(package: str) -> Path:
    """The folder of an installed package, which is not imported: it would do more than we want."""
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise EngineError(f"{package} is not installed: run make install, or set DATABASE_URL and REDIS_URL.")
    return Path(found.submodule_search_locations[0])


@contextmanager
def disk_errors_explained(root: Path) -> Iterator[None]:
    """Turn a full disk and a folder of somebody else's into one clear line."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise EngineError(
                f"The disk of {root} is full. Free some space, or set LINTAS_DATA to another disk."
            ) from error
        if isinstance(error, PermissionError):
            raise EngineError(f"No permission for {error.filename or root}. It may belong to another user.") from error
        raise


class Place:
    """One folder with one set of engines."""

    def __init__(self, root: Path) -> None:
        self.root = root.expanduser().resolve()
        with disk_errors_explained(self.root):
            self.root.mkdir(parents=True, exist_ok=True)
            for name in ("log", "locks"):
                (self.root / name).mkdir(exist_ok=True)

    def __truediv__(self, name: str) -> Path:
        return self.root / name

    def log(self, name: str) -> Path:
        """The log file of one process."""
        return self.root / "log" / f"{name}.log"

    def lock(self, name: str, how: int) -> int | None:
        """Take a lock and return its descriptor, None if LOCK_NB was given and somebody else has it."""
        descriptor = os.open(self.root / "locks" / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, how)
        except BlockingIOError:
            os.close(descriptor)
            return None
        return descriptor

    @contextmanager
    def locked(self, name: str) -> Iterator[None]:
        """Alone in here, among all processes."""
        descriptor = self.lock(name, fcntl.LOCK_EX)
        assert descriptor is not None
        try:
            yield
        finally:
            os.close(descriptor)

    def _is_granted(self, name: str, how: int) -> bool:
        descriptor = self.lock(name, how | fcntl.LOCK_NB)
        if descriptor is not None:
            os.close(descriptor)
        return descriptor is not None

    def is_locked(self, name: str) -> bool:
        """Somebody has this lock, shared or not."""
        return not self._is_granted(name, fcntl.LOCK_EX)

    def is_shared(self, name: str) -> bool:
        """Somebody has this lock together with others."""
        return self.is_locked(name) and self._is_granted(name, fcntl.LOCK_SH)

    def read(self, name: str) -> dict[str, Any]:
        """A small JSON file of this folder; empty if there is none."""
        try:
            found: dict[str, Any] = json.loads((self.root / name).read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return {}
        return found

    def write(self, name: str, content: dict[str, Any]) -> None:
        """Replace a small JSON file in one step; only its owner may read it."""
        with disk_errors_explained(self.root):
            fresh = self.root / f".{name}.{os.getpid()}"
            fresh.touch(mode=0o600)
            fresh.write_text(json.dumps(content))
            fresh.replace(self.root / name)

    def secret(self, name: str) -> str:
        """A random secret of this folder, made at its first use."""
        with disk_errors_explained(self.root), self.locked("secrets"):
            kept = self.read("secrets.json")
            if name not in kept:
                self.write("secrets.json", kept := {**kept, name: secrets.token_urlsafe(48)})
            return str(kept[name])
