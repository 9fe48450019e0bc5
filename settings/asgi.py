"""One port for both: streams in the event loop, pages in worker threads. See docs/decisions/0006."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.production")

from omni_sync.live.streams import with_streams
from settings import environment
from settings.pages import Pages
from settings.wsgi import application as wsgi

pages = Pages(wsgi, threads=environment.number("WEB_THREADS", 4))
application = with_streams(pages)
