"""A store's page before its front is saved."""

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import get_language

from instore.stores.known import known_stores
from shop.content.models import StoreFront
from shop.storefront.memory import edition_of, forget
from shop.storefront.stores import face_of, store_page


def store_preview(front: StoreFront, request: HttpRequest) -> TemplateResponse:
    """The store's page with ``front`` instead of what is saved; a store that is not public shows that it is not."""
    forget(request)
    found = known_stores().get(front.store.partner.code)
    if found is None:
        return TemplateResponse(request, "404.html", status=404)
    page = store_page(found, request, edition_of(request), face=face_of(front))
    return TemplateResponse(request, "shop/storefront/store.html", {"page": page, "language": get_language()})
