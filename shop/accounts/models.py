from oscar.apps.customer.abstract_models import AbstractUser


class User(AbstractUser):  # type: ignore[django-manager-missing]
    """A web account; the e-mail address is the login."""
