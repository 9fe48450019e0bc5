"""The web server: ``python -m settings.web [--host H] [--port N]``, WEB_WORKERS processes of WEB_THREADS threads."""

import resource
import socket
import sys
from argparse import ArgumentParser
from contextlib import suppress

import uvicorn
from uvicorn.supervisors import Multiprocess
from uvicorn.supervisors.multiprocess import Process

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


class Spread(Multiprocess):
    """Processes that listen each on a socket of its own, so that the system deals connections out among them.

    On one socket, the first process to wake takes all that arrive together: four busy connections kept one core of two
    waiting. A process that comes in for one that died listens on every socket, so nobody waits at a deserted one.
    """

    def init_processes(self) -> None:
        for own in self.sockets:
            process = Process(self.config, [own])
            process.start()
            self.processes.append(process)


def listen(host: str, port: int, count: int) -> list[socket.socket]:
    """``count`` sockets on one port; raises OSError when somebody else has it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as alone:  # only one that does not share finds out whether the port is free
        alone.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        alone.bind((host, port))
    sockets = []
    for _ in range(count):
        one = socket.socket(family)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        one.bind((host, port))
        one.set_inheritable(True)
        sockets.append(one)
    return sockets


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
    """Serve until told to end; where the system doesn't deal connections out, all processes share one socket."""
    if workers == 1:
        uvicorn.Server(config).run()
        return
    if sys.platform != "linux":
        Multiprocess(config, sockets=[config.bind_socket()]).run()
        return
    try:
        sockets = listen(config.host, config.port, workers)
    except OSError as error:
        raise SystemExit(f"Port {config.port} of {config.host} can't be listened on: {error}") from None
    Spread(config, sockets).run()


if __name__ == "__main__":
    main()
