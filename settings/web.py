"""The web server: ``python -m settings.web [--host H] [--port N]``, WEB_WORKERS processes of WEB_THREADS threads."""

import resource
import socket
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import uvicorn
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from settings import environment
from settings.logs import lines

FILES = 16_384
END_SECONDS = 3  # that open streams and pages have when the server is stopped
KEEP_ALIVE_SECONDS = 75  # longer than proxies keep a connection


def allow_many_streams() -> None:
    """Each open stream is a file to the system, which often allows a thousand until it is asked for more."""
    soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if most == resource.RLIM_INFINITY else min(FILES, most)
    if soft < wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


@dataclass(frozen=True, slots=True)
class Door:
    """Where to listen, given to each process in place of a socket: on its way there it becomes one of its own.

    So the system deals connections out among the processes that live. On a shared socket the first process to wake
    takes all that arrive together: four busy connections kept one core of two waiting. A socket that the parent held
    on to would go on collecting connections for a process that died.
    """

    host: str
    port: int

    def __reduce__(self) -> tuple[Callable[[str, int], socket.socket], tuple[str, int]]:
        return open_door, (self.host, self.port)


def open_door(host: str, port: int) -> socket.socket:
    """A socket on a port that others of ours are on too; ends the process, for good, where that is refused."""
    own = socket.socket(_family(host))
    own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        own.bind((host, port))
    except OSError as error:
        sys.stderr.write(f"{_no_door(host, port, error)}\n")
        raise SystemExit(STARTUP_FAILURE) from None
    return own


def check_free(host: str, port: int) -> None:
    """Exit with words when somebody has the port: only a socket that does not share finds out."""
    with socket.socket(_family(host)) as alone:
        alone.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            alone.bind((host, port))
        except OSError as error:
            raise SystemExit(_no_door(host, port, error)) from None


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _no_door(host: str, port: int, error: OSError) -> str:
    return f"Port {port} of {host} can't be listened on: {error}"


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    lines.configure()
    allow_many_streams()
    proxies = environment.text("TRUSTED_PROXIES", "")
    workers = environment.number("WEB_WORKERS", 2)
    config = uvicorn.Config(
        "settings.asgi:application",
        host=options.host,
        port=options.port,
        workers=workers,
        log_config=None,  # ours; what is answered is logged by the shop itself, without what an address may carry
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,  # whose word on the client's address is taken, streams' and pages' alike
        ws="none",
        lifespan="on",
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=END_SECONDS,
    )
    serve(config, workers)


def serve(config: uvicorn.Config, workers: int) -> None:
    """Serve until told to end. Where the system doesn't deal connections out, all processes share one socket."""
    if workers == 1:
        uvicorn.Server(config).run()
        return
    if sys.platform != "linux":
        Multiprocess(config, sockets=[config.bind_socket()]).run()
        return
    check_free(config.host, config.port)
    doors: Any = [Door(config.host, config.port)]  # sockets, once they are where they are listened on
    Multiprocess(config, sockets=doors).run()


if __name__ == "__main__":
    main()
