"""The pages that an editor writes, and what a store's page shows beside the facts."""

from typing import Any, Final

from django.conf import settings
from django.db import models
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PreviewableMixin
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from shop.content.blocks.links import LinkBlock
from shop.content.page import ShopPage
from shop.content.versions import VersionBlock

#: "/home/about/": how many slashes such a page's path has.
STANDS_BELOW_THE_FRONT_PAGE: Final = 3


def picture_field(name: Any) -> Any:
    """A picture of the library; a page outlives it."""
    return models.ForeignKey(
        "wagtailimages.Image", verbose_name=name, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )


class HomePage(ShopPage):
    """The shop's front door, one per language."""

    headline = models.CharField(_("headline"), max_length=120, blank=True)
    intro = models.TextField(_("introduction"), blank=True)
    picture = picture_field(_("picture beside the headline"))
    shelf_title = models.CharField(_("title above the newest products"), max_length=80, blank=True)

    parent_page_types = ["wagtailcore.Page"]
    max_count_per_parent = 2
    template = "shop/content/home.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("headline"),
        FieldPanel("intro"),
        FieldPanel("picture"),
        FieldPanel("body"),
        FieldPanel("shelf_title"),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, Any]:
        from shop.storefront.front import front_of  # a page of the shop, which stands on this model

        return super().get_context(request, *args, **kwargs) | {"front": front_of(self, request)}

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Wagtail's answer; what is not written in this language is looked for in the others, by the same path."""
        try:
            return super().route(request, path_components)
        except Http404:
            if not path_components:
                raise
        for home in self.get_translations().live().order_by("locale__pk"):
            try:
                return super(HomePage, home.specific).route(request, path_components)
            except Http404:
                continue
        raise Http404


class ContentPage(ShopPage):
    """About, delivery, returns, questions: a page to read."""

    intro = models.TextField(_("introduction"), blank=True)
    picture = picture_field(_("picture above the text"))

    parent_page_types = ["shop.HomePage", "shop.ContentPage"]
    subpage_types = ["shop.ContentPage"]
    template = "shop/content/content.html"
    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("picture"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("intro", boost=2), index.SearchField("body")]

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, Any]:
        own = {"photo": _photo(self.picture_id, request), "above": _above(self)}
        return super().get_context(request, *args, **kwargs) | own


class CampaignPage(ShopPage):
    """Something that is on from one day to another; afterwards it says so kindly."""

    SOON, ON, OVER = "soon", "on", "over"

    intro = models.TextField(_("introduction"), blank=True)
    picture = picture_field(_("picture"))
    starts = models.DateTimeField(_("begins"), null=True, blank=True)
    ends = models.DateTimeField(_("ends"), null=True, blank=True)
    action = StreamField([("link", LinkBlock())], verbose_name=_("call to action"), blank=True, max_num=1)
    over_words = models.TextField(_("what it says when it is over"), blank=True)

    parent_page_types = ["shop.HomePage"]
    subpage_types: list[str] = []
    template = "shop/content/campaign.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("picture"),
        FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
        FieldPanel("action"),
        FieldPanel("body"),
        FieldPanel("over_words"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("intro", boost=2), index.SearchField("body")]

    class Meta:
        verbose_name = _("campaign page")
        verbose_name_plural = _("campaign pages")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts=None) | models.Q(ends=None) | models.Q(ends__gt=models.F("starts")),
                name="campaign_ends_after_it_starts",
                violation_error_message=_("It ends before it begins."),
            )
        ]

    @property
    def state(self) -> str:
        """Whether it is still to come, on, or over."""
        now = timezone.now()
        if self.starts and now < self.starts:
            return self.SOON
        return self.OVER if self.ends and now >= self.ends else self.ON

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [(self.ON, _("While it is on")), (self.SOON, _("Before")), (self.OVER, _("When it is over"))]

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, Any]:
        from shop.content.blocks.show import blocks_of, kept

        state = getattr(request, "preview_mode", None) or self.state
        context = super().get_context(request, *args, **kwargs)
        return context | {
            "state": state,
            "photo": _photo(self.picture_id, request),
            "action": next(iter(blocks_of(kept(self.action), request)), None),
        }


def _above(page: Page) -> Any:
    """The page that ``page`` stands under, unless that is the front page."""
    from shop.content.addresses import pages_named

    if page.url_path.count("/") <= STANDS_BELOW_THE_FRONT_PAGE:
        return None
    parent = page.get_parent()
    language = get_language() or settings.LANGUAGE_CODE
    found = pages_named([parent.pk], language).get(parent.pk)
    return found and {"title": found.title, "url": found.url(language)}


def _photo(picture: int | None, request: HttpRequest) -> Any:
    from shop.content.photos import photo
    from shop.storefront.memory import edition_of

    return photo(picture, edition_of(request))


@register_snippet
class StoreFront(PreviewableMixin, models.Model):
    """What a store's page shows beside the facts: its picture, a few words, and as much more as a merchant likes."""

    store = models.OneToOneField("instore.Store", on_delete=models.CASCADE, primary_key=True, related_name="front")
    picture = picture_field(_("picture"))
    words = models.TextField(_("a few words"), blank=True)
    body = StreamField([("version", VersionBlock())], verbose_name=_("more about it"), blank=True)

    panels = [FieldPanel("store"), FieldPanel("picture"), FieldPanel("words"), FieldPanel("body")]

    class Meta:
        verbose_name = _("store front")
        verbose_name_plural = _("store fronts")

    def __str__(self) -> str:
        return str(self.store)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        from shop.storefront.preview import store_preview

        return store_preview(self, request)
