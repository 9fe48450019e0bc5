"""A member who narrows the shelves down to a size again and again wears it, maybe."""

from typing import Final

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from omni_sync.people.remembered import member
from omni_sync.people.sizes.filtered import note_filtered
from omni_sync.people.sizes.somebody import shops_for_somebody_else

KEY: Final = "lintas_looked_for"
MOST: Final = 3  # sizes at once: who asks for more of them asks for nobody's


def note_looked_for(request: HttpRequest, sizes: tuple[str, ...]) -> None:
    """Remember that this member asked for ``sizes`` (keys, as in ``Filters``): once a day, then without a query."""
    user_id = member(request)
    if user_id is None or not 0 < len(sizes) <= MOST or shops_for_somebody_else(request):
        return
    today = timezone.now().date().isoformat()
    day, known = request.session.get(KEY, ("", []))
    said = known if day == today else []
    new = [size for size in sizes if size not in said]
    if new:
        pairs = [(system, size) for system, _, size in (key.partition("-") for key in new) if system and size]
        with transaction.atomic():
            note_filtered(user_id=user_id, sizes=pairs)
        request.session[KEY] = (today, [*said, *new])
