"""What the demo starts never outlives it."""

import subprocess
import sys

import psutil
import pytest

from settings.environment import ROOT

FAMILY = "import subprocess, sys; p = subprocess.Popen(['sleep', '600']); print(p.pid, flush=True); p.wait()"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(600)"
IMPATIENT = "import sys; from settings import tether; tether.PATIENCE_SECONDS = 1; tether.Tether(sys.argv[1:]).run()"


def tethered(script, *, by=("-m", "settings.tether")):
    process = subprocess.Popen(
        [sys.executable, *by, sys.executable, "-c", script],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    process.stdout.readline()
    return process, psutil.Process(process.pid).children(recursive=True)


def runs(process):
    try:
        return process.status() != psutil.STATUS_ZOMBIE  # dead, and waiting for whoever should bury it
    except psutil.NoSuchProcess:
        return False


@pytest.mark.parametrize("how", ["let_go", "terminate"])
def test_children_and_grandchildren_end_with_the_parent(how, eventually):
    process, family = tethered(FAMILY)
    assert len(family) == 2
    if how == "let_go":
        process.stdin.close()
    else:
        process.terminate()
    process.wait(30)
    eventually(lambda: not any(map(runs, family)))


def test_who_ignores_term_is_killed(eventually):
    process, family = tethered(STUBBORN, by=("-c", IMPATIENT))
    process.stdin.close()
    process.wait(60)
    eventually(lambda: not any(map(runs, family)))


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own signal is Linux's")
def test_even_a_killed_tether_takes_its_command_along(eventually):
    process, family = tethered(FAMILY)
    process.kill()
    process.wait()
    eventually(lambda: not runs(family[0]))
    for orphan in family[1:]:
        orphan.kill()


def test_the_commands_own_exit_code_is_passed_on():
    command = [sys.executable, "-m", "settings.tether", sys.executable, "-c", "raise SystemExit(7)"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE) as process:
        assert process.wait(30) == 7
