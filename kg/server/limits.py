"""How much the service takes on: one frozen object."""

import os
from dataclasses import dataclass, field

from kg.errors import UsageError

_MEGABYTE = 1024 * 1024
_FEWEST_WORKERS = 2


def _usual_workers() -> int:
    return min(16, max(8, 2 * (os.cpu_count() or 1)))


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one service.

    Attributes:
        timeout: seconds after which a query is stopped, those included for which it waited.
        workers: number of processes that answer; at least two.
        queue: number of requests that may wait for a worker.
        max_wait: seconds after which a waiting request is sent away; half of ``timeout`` at most.
        max_result_bytes: a larger answer is refused.
        max_request_bytes: a larger request is refused.
        memory_bytes: what a worker may take beyond what it has at its start.
        slow_after: seconds after which a query counts as slow.
        patience: the same, while all places for slow queries are taken and others wait.
    """

    timeout: float = 30.0
    workers: int = field(default_factory=_usual_workers)
    queue: int = 64
    max_wait: float = 10.0
    max_result_bytes: int = 64 * _MEGABYTE
    max_request_bytes: int = _MEGABYTE
    memory_bytes: int = 2048 * _MEGABYTE
    slow_after: float = 1.0
    patience: float = 0.25

    def __post_init__(self) -> None:
        """Checks the numbers.

        Raises:
            UsageError: one makes no sense.
        """
        if self.workers < _FEWEST_WORKERS:
            raise UsageError(f"{self.workers} worker cannot serve beside a slow query; give --workers 2 or more")
        if self.timeout <= 0 or self.max_result_bytes <= 0 or self.queue < 0:
            raise UsageError("The limits must be positive numbers; give --timeout, --max-result-mb and --queue so")

    @property
    def slow_places(self) -> int:
        """Number of workers that slow queries may hold; the others are kept for quick ones."""
        return self.workers - max(1, self.workers // 4)
