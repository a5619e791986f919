"""What the measurements print."""

from collections.abc import Sequence
from statistics import median, quantiles


def p99(taken: Sequence[float]) -> float:
    """Return the time within which 99 of 100 are done."""
    return quantiles(taken, n=100, method="inclusive")[-1]


def print_line(name: str, taken: Sequence[float]) -> None:
    """Print the quantiles of what was timed, in milliseconds."""
    print(
        f"{name:20} p50 {median(taken):7.2f} ms   p95 {quantiles(taken, n=20)[-1]:7.2f} ms"
        f"   p99 {p99(taken):7.2f} ms",
        flush=True,
    )
