from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.snippets.models import register_snippet


class HomePage(Page):
    """The shop's front door, one per language."""

    headline = models.CharField(_("headline"), max_length=120, blank=True)
    intro = models.TextField(_("introduction"), blank=True)
    picture = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture beside the headline"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    shelf_title = models.CharField(_("title above the newest products"), max_length=80, blank=True)

    parent_page_types = ["wagtailcore.Page"]
    max_count_per_parent = 2
    template = "shop/content/home.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("headline"),
        FieldPanel("intro"),
        FieldPanel("picture"),
        FieldPanel("shelf_title"),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        from shop.storefront.front import front_of  # a page of the shop, which stands on this model

        context: dict[str, object] = super().get_context(request, *args, **kwargs)
        return context | {"front": front_of(self, request)}


@register_snippet
class StoreFront(models.Model):
    """What a store's page shows beside the facts: its picture and a few words."""

    store = models.OneToOneField("instore.Store", on_delete=models.CASCADE, primary_key=True, related_name="front")
    picture = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    words = models.TextField(_("a few words"), blank=True)

    panels = [FieldPanel("store"), FieldPanel("picture"), FieldPanel("words")]

    class Meta:
        verbose_name = _("store front")
        verbose_name_plural = _("store fronts")

    def __str__(self) -> str:
        return str(self.store)
