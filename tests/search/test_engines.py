"""What all engines share."""

from search.engines.base import Bucket, buckets


def test_buckets_are_ordered_by_count_and_then_by_value():
    assert buckets({"b": 1, "a": 1, "c": 2}, ["z"]) == (
        Bucket("c", 2, False),
        Bucket("a", 1, False),
        Bucket("b", 1, False),
        Bucket("z", 0, True),
    )
