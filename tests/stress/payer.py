"""A process that is killed while it places a paid order: ``python -m tests.stress.payer KEY WHERE``.

Says ``here`` when it has come to WHERE (``before``: nothing is written yet; ``within``: all of it is, and not
committed; ``after``: it is, and nobody is told), and waits there to be killed.
"""

import sys
import time
from typing import NoReturn

import django


def stop(*_args: object, **_more: object) -> NoReturn:
    sys.stdout.write("here\n")
    sys.stdout.flush()
    time.sleep(600)
    raise AssertionError("nobody came to kill it")


def main(key: str, where: str) -> None:
    django.setup()
    from omni_sync.checkout import settle

    if where == "before":
        settle._place = stop
    elif where == "within":
        settle._take_at_once = stop
    settle.settle(key=key)
    stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
