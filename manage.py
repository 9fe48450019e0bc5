#!/usr/bin/env python
"""Lintas's commands. Without DATABASE_URL they use the engines of LINTAS_DATA, see settings/embedded."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.demo")
    try:
        from settings.commands import prepared
    except ImportError as error:
        raise SystemExit(f"{error}. Is the environment set up? make install does it.") from error
    with prepared(sys.argv):
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
