"""Reviews at Oscar's addresses: all of a style, one of them, and writing one."""

from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from oscar.core.loading import get_class, get_model

from shop.storefront.memory import edition_of
from shop.storefront.opinions import ORDERS, opinion, opinions_of, opinions_page
from shop.storefront.style import Style, style_of

LONGEST: Final = 4000
SCORES: Final = (
    (5, _("5 stars: very good")),
    (4, _("4 stars: good")),
    (3, _("3 stars: all right")),
    (2, _("2 stars: not so good")),
    (1, _("1 star: bad")),
)
ORDER_WORDS: Final = {
    "newest": _("Newest"),
    "helpful": _("Most helpful"),
    "best": _("Best first"),
    "worst": _("Worst first"),
}
CreateProductReview: Any = get_class("catalogue.reviews.views", "CreateProductReview")
ProductReviewForm: Any = get_class("catalogue.reviews.forms", "ProductReviewForm")


@require_safe
def reviews(request: HttpRequest, product_slug: str, pk: str) -> HttpResponse:
    """All reviews of a style, in the order asked for."""
    style = public_style(request, int(pk))
    if (product_slug, int(pk)) != (style.slug, style.pk):
        return redirect("catalogue:reviews-list", product_slug=style.slug, product_pk=style.pk, permanent=True)
    order = request.GET.get("sort", "")
    order = order if order in ORDERS else next(iter(ORDERS))
    context = {
        "style": style,
        "opinions": opinions_of(style, edition_of(request)),
        "page": opinions_page(style.pk, order=order, number=request.GET.get("page")),
        "order": order,
        "orders": [(name, ORDER_WORDS[name]) for name in ORDERS],
    }
    return render(request, "oscar/catalogue/reviews/review_list.html", context)


@require_safe
def review(request: HttpRequest, product_slug: str, pk: str, review_pk: int) -> HttpResponse:
    """One approved review."""
    style = public_style(request, int(pk))
    found = opinion(style.pk, review_pk)
    if found is None:
        raise Http404
    return render(request, "oscar/catalogue/reviews/review_detail.html", {"style": style, "review": found})


class ReviewForm(ProductReviewForm):  # type: ignore[misc]
    """Oscar's form, with stars one can see and words for people."""

    score = forms.TypedChoiceField(label=_("Your rating"), choices=SCORES, coerce=int, widget=forms.RadioSelect)
    title = forms.CharField(label=_("In a few words"), max_length=255)
    body = forms.CharField(
        label=_("What you think of it"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("How it fits, how it wears, what you use it for."),
    )
    field_order = ("score", "title", "body", "name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "name" in self.fields:
            self.fields["name"] = forms.CharField(
                label=_("Your name"), max_length=255, help_text=_("We show your first name and an initial.")
            )
            self.fields["email"] = forms.EmailField(label=_("Your e-mail"), help_text=_("We never show it."))


class WriteReview(CreateProductReview):  # type: ignore[misc]
    """Oscar's view for a style; its rules say who may write."""

    form_class = ReviewForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.style = public_style(request, int(kwargs["pk"]))
        if not (request.user.is_authenticated or settings.OSCAR_ALLOW_ANON_REVIEWS):  # type: ignore[misc]
            return redirect_to_login(request.get_full_path())
        product = get_model("catalogue", "Product").objects.get(pk=self.style.pk)
        if product.has_review_by(request.user):
            messages.info(request, _("You have reviewed this already. Thank you."))
            return redirect(f"{self.style.url}#reviews")
        answer: HttpResponseBase = super().dispatch(request, product_pk=self.style.pk, **kwargs)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "style": self.style}

    def get_success_url(self) -> str:
        is_shown = self.object.is_approved
        thanks = _("Thank you. Your review is on the page.")
        later = _("Thank you. We read your review before it is shown.")
        messages.success(self.request, thanks if is_shown else later)
        return f"{self.style.url}#reviews"


def public_style(request: HttpRequest, pk: int) -> Style:
    """The style that ``pk`` is, or is a size of; raises Http404 where shoppers have none."""
    style = style_of(pk, edition_of(request))
    if style is None or not style.is_public:
        raise Http404
    return style
