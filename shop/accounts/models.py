from oscar.apps.customer.abstract_models import AbstractUser


class User(AbstractUser):
    """A web account; the e-mail address is the login."""
