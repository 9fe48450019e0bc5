"""The web server: ``python -m settings.web [--host H] [--port N]``, WEB_WORKERS processes of WEB_THREADS threads."""

import resource
from argparse import ArgumentParser
from contextlib import suppress

import uvicorn

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


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    lines.configure()
    allow_many_streams()
    proxies = environment.text("TRUSTED_PROXIES", "")
    uvicorn.run(
        "settings.asgi:application",
        host=options.host,
        port=options.port,
        workers=environment.number("WEB_WORKERS", 2),
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


if __name__ == "__main__":
    main()
