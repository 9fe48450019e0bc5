"""Who somebody is to us: name, e-mail address, password."""

from typing import Any

from django import forms
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from oscar.apps.customer.views import ChangePasswordView, ProfileUpdateView
from oscar.core.loading import get_class

ProfileForm: Any = get_class("customer.forms", "ProfileForm")


class OwnForm(ProfileForm):  # type: ignore[misc]
    """Name and e-mail address; another address needs the password, for who has it can ask for a new one."""

    password = forms.CharField(
        label=_("Your password"),
        help_text=_("Only if you change the e-mail address."),
        widget=forms.PasswordInput,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        changed = "email" in cleaned and cleaned["email"] != self.initial.get("email")
        if changed and not self.user.check_password(cleaned.get("password", "")):
            self.add_error("password", _("Enter your password to change the e-mail address."))
        return cleaned


@method_decorator(sensitive_post_parameters(), name="dispatch")
class EditProfile(ProfileUpdateView):
    """A letter goes to the old address when it changes."""

    form_class = OwnForm


@method_decorator(sensitive_post_parameters(), name="dispatch")
class ChangePassword(ChangePasswordView):
    """The old one, and a new one twice."""
