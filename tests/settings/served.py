"""A small site with every kind of answer, for a real server process: see test_pages.py."""

import hashlib
import os
import threading
import time
from pathlib import Path

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import FileResponse, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from omni_sync.live.streams import with_streams
from settings.pages import Pages

FOLDER = Path(os.environ["SERVED_FOLDER"])


@csrf_exempt
def echo(request):
    body = request.read()
    seen = {key: value for key, value in request.META.items() if isinstance(value, str)}
    return JsonResponse(
        {"bytes": len(body), "sha": hashlib.sha256(body).hexdigest(), "path": request.path, "meta": seen}
    )


@csrf_exempt
def upload(request):
    return JsonResponse({name: file.size for name, file in request.FILES.items()})


def failure(request):
    raise RuntimeError("as it happens")


def backend(request):
    """Which database connection, of which thread."""
    time.sleep(0.02)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return JsonResponse({"pid": cursor.fetchone()[0], "thread": threading.get_ident()})


def large(request):
    return FileResponse((FOLDER / "large").open("rb"))


def drops(request):
    """A stream without end; whoever closes it is written down."""

    def make():
        try:
            while True:
                yield f"{threading.get_ident()}\n".encode() * 100
                time.sleep(0.001)
        finally:
            (FOLDER / "closed").write_text(str(threading.get_ident()))

    return StreamingHttpResponse(make())


def broken(request):
    def make():
        yield b"begun"
        raise RuntimeError("in the middle")

    return StreamingHttpResponse(make())


def nothing(request):
    return HttpResponse(status=204)


def cookies(request):
    response = HttpResponse("ok")
    response.set_cookie("one", "1")
    response.set_cookie("two", "2")
    return response


urlpatterns = [
    path(f"{view.__name__}/", view) for view in (echo, upload, failure, backend, large, drops, broken, nothing, cookies)
]
urlpatterns.append(re_path("", echo))

application = with_streams(Pages(get_wsgi_application(), threads=2))
