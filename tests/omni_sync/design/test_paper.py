"""Who draws paper, and what that costs the process it is drawn in."""

import gc

from omni_sync.design.paper import can_draw


def test_what_is_there_before_the_first_paper_is_looked_through_no_more():
    can_draw()
    assert gc.get_freeze_count() > 100_000  # Django, the shop and what draws
    later: list[object] = []
    can_draw()
    assert any(one is later for one in gc.get_objects())  # what comes after it is collected as always
