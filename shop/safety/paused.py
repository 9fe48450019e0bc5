"""The page of somebody who tried too often: how long it takes, and another way in."""

from datetime import timedelta
from math import ceil
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shop.safety.attempts import Attempts


def paused(request: HttpRequest, *, seconds: float, is_login: bool = False) -> HttpResponse:
    """429 with the time to wait, for people and for programs."""
    wait = max(ceil(seconds), 1)
    context = {"minutes": ceil(wait / 60), "is_login": is_login}
    response = render(request, "429.html", context, status=429)
    response.headers["Retry-After"] = str(wait)
    response.headers["Cache-Control"] = "no-store"
    return response


def login_paused(request: HttpRequest, _answer: HttpResponse | None, credentials: dict[str, Any]) -> HttpResponse:
    """What Axes answers during a pause, whichever door was tried: the shop's, the dashboard's or the editors'."""
    attempts = AxesProxyHandler.get_implementation()
    left = attempts.pause(request, credentials) if isinstance(attempts, Attempts) else timedelta()
    return paused(request, seconds=left.total_seconds(), is_login=True)
