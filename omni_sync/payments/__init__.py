"""Money from the web: a provider holds it, we ask for it when the goods change hands.

Each provider is a folder that can be deleted as a folder.
"""

from django.utils.module_loading import import_string

from omni_sync import conf
from omni_sync.payments.port import Provider

PROVIDERS = {"stripe": "omni_sync.payments.stripe.provider.stripe"}


def providers() -> dict[str, str]:
    """Every provider by name: ours, and those a project adds in LINTAS_PAYMENT_PROVIDERS."""
    return PROVIDERS | conf.payment_providers()


def provider(name: str) -> Provider:
    """The provider of that name, ready to be asked. Raises KeyError for a name nobody has."""
    made: Provider = import_string(providers()[name])()
    return made
