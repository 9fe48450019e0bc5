"""What stands around every page: the header's links, the footer, and notices above everything."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.blocks import CharBlock, ListBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.models import PreviewableMixin, TranslatableMixin
from wagtail.snippets.models import register_snippet

from shop.content.blocks.links import LinkBlock


class ColumnBlock(StructBlock):
    """A heading and the links below it."""

    heading = CharBlock(label=_("heading"), max_length=40)
    links = ListBlock(LinkBlock(), label=_("links"), min_num=1, max_num=8)

    class Meta:
        icon = "list-ul"
        label = _("column")
        label_format = "{heading}"


class Part(PreviewableMixin, TranslatableMixin, models.Model):
    """A piece of the frame in one language."""

    class Meta:
        abstract = True

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        from shop.content.frame.preview import frame_preview  # what shows the frame stands on this model

        return frame_preview(self, request)


@register_snippet
class Header(Part):
    """The ways across the top of every page."""

    shows_categories = models.BooleanField(_("the categories come first, by themselves"), default=True)
    links = StreamField([("link", LinkBlock())], verbose_name=_("links"), blank=True, max_num=6)

    panels = [FieldPanel("shows_categories"), FieldPanel("links")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("header")
        verbose_name_plural = _("headers")
        constraints = [models.UniqueConstraint(fields=["locale"], name="one_header_per_language")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} ({self.locale})"


@register_snippet
class Footer(Part):
    """What stands at the end of every page."""

    words = models.TextField(_("a few words about the shop"), blank=True)
    columns = StreamField([("column", ColumnBlock())], verbose_name=_("columns"), blank=True, max_num=4)
    legal = models.CharField(_("legal line"), max_length=200, blank=True)
    legal_links = StreamField([("link", LinkBlock())], verbose_name=_("links beside it"), blank=True, max_num=5)

    panels = [FieldPanel("words"), FieldPanel("columns"), FieldPanel("legal"), FieldPanel("legal_links")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("footer")
        verbose_name_plural = _("footers")
        constraints = [models.UniqueConstraint(fields=["locale"], name="one_footer_per_language")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} ({self.locale})"


@register_snippet
class Notice(Part):
    """One line above everything, for a while."""

    text = models.CharField(_("text"), max_length=160)
    link = StreamField([("link", LinkBlock())], verbose_name=_("link"), blank=True, max_num=1)
    starts = models.DateTimeField(_("begins"), null=True, blank=True)
    ends = models.DateTimeField(_("ends"), null=True, blank=True)
    is_closable = models.BooleanField(_("a reader may close it"), default=True)

    panels = [
        FieldPanel("text"),
        FieldPanel("link"),
        FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
        FieldPanel("is_closable"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("notice")
        verbose_name_plural = _("notices")

    def __str__(self) -> str:
        return self.text
