"""Leaving takes a POST: no picture or link on another page signs anybody out."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out and go home; a GET, from an old link, asks with a button."""
    if request.method != "POST" and request.user.is_authenticated:
        return render(request, "shop/safety/sign_out.html")
    logout(request)
    response = HttpResponseRedirect(reverse("shop-home"))
    for cookie in settings.OSCAR_COOKIES_DELETE_ON_LOGOUT:  # type: ignore[misc]
        response.delete_cookie(cookie)
    return response
