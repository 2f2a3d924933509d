"""Taking times, and saying them as ratios to a bare call beside them."""

import statistics
import sys
import time
from collections.abc import Callable, Iterable

ROUNDS = 40
WARM_UPS = 3


def times(call: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Return how many milliseconds a call took each time, after some that warm it up."""
    for _warm in range(WARM_UPS):
        call()
    return [timed(call) for _round in range(rounds)]


def timed(call: Callable[[], object]) -> float:
    """Return how many milliseconds one call takes."""
    begin = time.perf_counter()
    call()
    return (time.perf_counter() - begin) * 1000


def p50(taken: Iterable[float]) -> float:
    """Return the median."""
    return statistics.median(taken)


def p99(taken: Iterable[float]) -> float:
    """Return the value that one in a hundred is above."""
    ordered = sorted(taken)
    return ordered[max(0, -(-len(ordered) * 99 // 100) - 1)]


def say(what: str, ratio: float, of: str, detail: str) -> None:
    """Print one figure: how many times as much of what it is compared with, and what it was."""
    sys.stdout.write(f"{what:46} {ratio:8.2f} × {of} ({detail})\n")
    sys.stdout.flush()


def ms(milliseconds: float) -> str:
    """Return milliseconds for people."""
    return f"{milliseconds:.2f} ms"
