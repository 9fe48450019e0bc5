import errno
import socket

TRIES = 100


def is_free(port: int) -> bool:
    """Nobody listens there, on any address of this machine that ``localhost`` may mean."""
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
        except OSError as error:
            if family == socket.AF_INET or error.errno == errno.EADDRINUSE:  # a machine without IPv6 is no reason
                return False
    return True


def first_free(wanted: int) -> int:
    """The wanted port, or the next that is free."""
    for port in range(wanted, min(wanted + TRIES, 65536)):
        if is_free(port):
            return port
    raise OSError(f"no free port from {wanted} on")
