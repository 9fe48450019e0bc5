"""Coming in and going out."""

from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from oscar.apps.customer.views import AccountAuthView, AccountRegistrationView


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class SignIn(AccountAuthView):
    """Two doors on one page: for who has an account, and for who is new. Both lead back to ``next``."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "next": self.request.GET.get(self.redirect_field_name, "")}

    def get_login_success_message(self, form: Any) -> str:
        return ""


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class Register(AccountRegistrationView):
    """The second door alone."""

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return {**context, "next": self.request.GET.get(self.redirect_field_name, "")}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """A POST signs out; a link, which anybody could plant, only asks."""
    if not request.user.is_authenticated:
        return redirect("shop-home")
    if request.method != "POST":
        return render(request, "shop/account/sign_out.html")
    logout(request)
    response = redirect(reverse("shop-home"))
    for cookie in getattr(settings, "OSCAR_COOKIES_DELETE_ON_LOGOUT", ()):
        response.delete_cookie(cookie)
    return response
