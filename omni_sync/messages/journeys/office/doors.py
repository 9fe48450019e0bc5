"""Who may do what with journeys: to look, to change, to write and to let words out are four things."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from omni_sync.oscar.navigation import BackOffice

MAY_SEE: Final = "omni_sync.view_journey"
MAY_CHANGE: Final = "omni_sync.change_journey"
MAY_WRITE: Final = "omni_sync.change_wording"
MAY_PUBLISH: Final = "omni_sync.publish_wording"


class JourneyOffice(BackOffice):
    """A page about journeys: for staff who may look at them."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse whoever may not."""
        self.need(MAY_SEE)
        return super().dispatch(request, *args, **kwargs)

    def need(self, permission: str) -> None:
        """Raises PermissionDenied where the reader does not have it."""
        if not self.reader.has_perm(permission):
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the templates ask of the reader's rights."""
        rights = {"may_change": MAY_CHANGE, "may_write": MAY_WRITE, "may_publish": MAY_PUBLISH}
        said = {name: self.reader.has_perm(permission) for name, permission in rights.items()}
        return {**super().get_context_data(**kwargs), **said}  # type: ignore[misc]
