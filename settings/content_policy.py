"""What a browser may do with our pages: two content security policies, and what goes with them.

The strict policy is for all that shoppers, associates and kiosks see. The named second one is for the back offices:
Oscar's dashboard and Wagtail's admin have inline scripts and styles.
"""

import re
from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from settings.logs.masking import masked

HEADER = "Content-Security-Policy"
PERMISSIONS = ", ".join(
    [
        "geolocation=(self)",  # the nearest shop, on a tap
        *(
            f"{feature}=()"
            for feature in (
                "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "gyroscope", "hid",
                "magnetometer", "microphone", "midi", "payment", "publickey-credentials-get", "serial", "usb",
                "xr-spatial-tracking",
            )
        ),
    ]
)  # fmt: skip
WITH_CAMERA = PERMISSIONS.replace("camera=()", "camera=(self)")  # a shopper's code, an article's number
#: Pictures and sheets are shown in mail and by others; what is on a page is not embedded anywhere.
OPEN_TO_OTHERS = ("/static/", "/media/")
BACK_OFFICE = re.compile(r"^(?:/[a-z]{2})?/(?:dashboard|cms)(?:/|$)")
CAMERA = re.compile(r"^/(?:staff|kiosk)(?:/|$)")
STRICT: Mapping[str, str] = {
    "default-src": "'self'",
    "script-src": "'self'",
    "script-src-attr": "'none'",
    "style-src": "'self'",
    "style-src-attr": "'none'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "manifest-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-src": "'none'",
    "frame-ancestors": "'none'",
}
INLINE_ALLOWED: Mapping[str, str] = {
    **STRICT,
    "script-src": "'self' 'unsafe-inline'",
    "script-src-attr": "'unsafe-inline'",
    "style-src": "'self' 'unsafe-inline'",
    "style-src-attr": "'unsafe-inline'",
    "frame-src": "'self'",
    "frame-ancestors": "'self'",  # Wagtail's preview
    "base-uri": "'self'",
}


#: The page whose form ends on the payment provider's: browsers follow a form's redirects only where it says so.
PAYING = re.compile(r"^(?:/[a-z]{2})?/checkout/preview/$")


def header(policy: Mapping[str, str]) -> str:
    """The policy as one header line."""
    return "; ".join(f"{directive} {sources}" for directive, sources in policy.items())


STRICT_HEADER, INLINE_ALLOWED_HEADER = header(STRICT), header(INLINE_ALLOWED)


class ContentPolicy:
    """Put the path's policies on every answer that has none of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault(HEADER, policy_for(request.path))
        may = WITH_CAMERA if CAMERA.match(request.path) else PERMISSIONS
        response.headers.setdefault("Permissions-Policy", may)
        reach = "cross-origin" if request.path.startswith(OPEN_TO_OTHERS) else "same-origin"
        response.headers.setdefault("Cross-Origin-Resource-Policy", reach)
        if masked(request.path) != request.path:  # its address opens something: nobody else is told
            response.headers.setdefault("Referrer-Policy", "same-origin")
        return response


def policy_for(path: str) -> str:
    """The policy of the page at ``path``, as a header."""
    if BACK_OFFICE.match(path):
        return INLINE_ALLOWED_HEADER
    if PAYING.match(path):
        return header({**STRICT, "form-action": f"'self' {settings.PAYMENT_PAGES}"})
    return STRICT_HEADER
