import random

from omni_sync.catalogue.sizes import in_order


def test_sizes_stand_in_the_order_people_expect():
    expected = ["9", "36", "37,5", "38", "42 EU", "110", "XXS", "XS", "s", "M", "L", "XL", "2XL", "XXXL", "4XL", "One"]
    shuffled = expected.copy()
    random.Random(7).shuffle(shuffled)
    assert sorted(shuffled, key=in_order) == expected
