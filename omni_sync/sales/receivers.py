"""Sales, orders and returns tell of sizes whoever asks for them."""

from typing import Any

from django.dispatch import receiver

from omni_sync.people.signals import sizes_asked
from omni_sync.sales.worn import bought_sizes


@receiver(sizes_asked, dispatch_uid="lintas.sales.worn")
def tell_sizes(sender: Any, person_ids: Any, user_ids: Any, add: Any, **_: Any) -> None:
    """Of what was bought, and of what came back."""
    add(bought_sizes(person_ids=person_ids, user_ids=user_ids))
