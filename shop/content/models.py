from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from shop.storefront.shelf import newest


class HomePage(Page):
    """The shop's front door, one per language."""

    headline = models.CharField(_("headline"), max_length=120, blank=True)
    intro = models.TextField(_("introduction"), blank=True)
    shelf_title = models.CharField(_("title above the newest products"), max_length=80, blank=True)

    parent_page_types = ["wagtailcore.Page"]
    max_count_per_parent = 2
    template = "shop/content/home.html"
    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("intro"), FieldPanel("shelf_title")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        context: dict[str, object] = super().get_context(request, *args, **kwargs)
        return context | {"cards": newest()}
