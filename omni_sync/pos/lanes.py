"""Nobody works off a lane while all of them are kept."""

from omni_sync.pos.models import Lane
from omni_sync.transactions import inside_transaction


@inside_transaction
def keep_lanes() -> None:
    """Wait for the batches that are being applied; until the end of the transaction none begins.

    Tills go on telling: what they say waits in the inbox.
    """
    list(Lane.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
