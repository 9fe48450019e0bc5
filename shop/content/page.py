"""What every page of an editor's has in common: a body, an address per language, a preview that keeps nothing."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import Page

from shop.content.blocks.body import BodyBlock


class ShopPage(Page):
    """A page with a body."""

    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, Any]:
        from shop.content.blocks.show import blocks_of, kept  # what shows pages stands on their models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"blocks": blocks_of(kept(self.body), request)}

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """The page; a reader of another language is sent to its translation, where there is one.

        Where there is none, the page itself stands in the frame of the reader's language.
        """
        from shop.content.addresses import translations_of
        from shop.content.sharing import say_translations
        from shop.storefront.memory import edition_of

        translations = translations_of(self.translation_key, edition_of(request))
        language = get_language() or settings.LANGUAGE_CODE
        mine = next((page for page in translations.values() if page.pk == self.pk), None)
        if mine is not None and mine.language != language and language in translations:
            return redirect(translations[language].url())
        if mine is not None:
            say_translations(request, mine, translations)
            request.written_in = mine.language  # type: ignore[attr-defined]
        answer: HttpResponse = super().serve(request, *args, **kwargs)
        return answer

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """What is not published: nothing of it is remembered, and nothing remembered is taken."""
        from shop.storefront.memory import forget

        forget(request)
        return super().serve_preview(request, mode_name)
