"""A small site with every kind of answer, for a real server process: see test_pages.py."""

import hashlib
import os
import threading
import time
from pathlib import Path

from django.conf import settings

DATABASE = os.environ["SERVED_DATABASE"]
FOLDER = Path(os.environ["SERVED_FOLDER"])

if not settings.configured:
    from psycopg.conninfo import conninfo_to_dict

    parts = conninfo_to_dict(DATABASE)
    settings.configure(
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        SECRET_KEY="served",
        DEBUG=False,
        MIDDLEWARE=["whitenoise.middleware.WhiteNoiseMiddleware"],
        STATIC_URL="/static/",
        STATIC_ROOT=str(FOLDER / "static"),
        DATA_UPLOAD_MAX_MEMORY_SIZE=7 << 20,
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": parts.get("dbname", ""),
                "USER": parts.get("user", ""),
                "PASSWORD": parts.get("password", ""),
                "HOST": parts.get("host", ""),
                "PORT": parts.get("port", ""),
                "CONN_MAX_AGE": 600,
            }
        },
    )

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import FileResponse, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt


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
urlpatterns.append(path("<path:path>", lambda request, path: echo(request)))

if __name__ == "tests.settings.served" and "SERVED_FOLDER" in os.environ:
    from settings.pages import Pages

    from omni_sync.live.streams import with_streams

    application = with_streams(Pages(get_wsgi_application(), threads=2))
