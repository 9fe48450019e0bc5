from __future__ import annotations

from typing import Any

from django import forms

from kiosk.links.models import ProductLink
from omni_sync.oscar.models import Product


class LinkForm(forms.ModelForm):  # type: ignore[type-arg]
    """One link of a product, which is known before."""

    class Meta:
        model = ProductLink
        fields = ("link_type", "title", "href", "hreflang", "media_type", "is_default")

    def __init__(self, *args: Any, product: Product | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if product is not None:
            self.instance.product = product

    def _get_validation_exclusions(self) -> set[str]:
        """What holds among the links of one product is asked, although the form doesn't name it."""
        return super()._get_validation_exclusions() - {"product"}  # type: ignore[no-any-return, misc]
