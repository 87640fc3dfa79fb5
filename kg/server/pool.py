"""The workers together: who answers next, who waits, who is stopped.

A request goes to an idle worker, else it waits in a bounded queue. A query that runs longer than a second counts as
slow; slow ones may hold all workers but a few, which stay free for quick ones. A query that turns out slow while those
places are taken is stopped and sent away, and so is, at once, one that was slow before. A worker is ended when its
query has reached the limit, when its client has gone, or when its query was slow, and another one takes its place.
"""

import asyncio
import hashlib
import json
from collections import OrderedDict, deque
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from kg.errors import StoreError
from kg.server.limits import Limits
from kg.server.process import Answer, Worker, context
from kg.server.refusal import Refusal, busy
from kg.server.session import Mark, mark_of
from kg.server.view.preparing import Preparer
from kg.settings import Endpoint, Place

_REMEMBERED = 1000
_RESTART_SECONDS = 1.0
_WATCH_SECONDS = 1.0
_BUSY_SECONDS = 2
_PREPARING_SECONDS = 20.0


@dataclass(slots=True)
class Counts:
    """What has happened so far: queries that were stopped at the limit, requests sent away, workers that died."""

    killed: int = 0
    rejected: int = 0
    died: int = 0


@dataclass(frozen=True, slots=True)
class _Request:
    """What a worker is asked."""

    job: str
    arguments: Mapping[str, Any]
    gzip: bool = False

    def name(self) -> bytes:
        """A digest by which to know it again."""
        return hashlib.blake2b(json.dumps([self.job, self.arguments]).encode(), digest_size=16).digest()


class Pool:
    """The worker processes of one service.

    Attributes:
        counts: what has happened so far.
        version: the version of the store that a worker answered from last.
    """

    def __init__(self, path: Place, limits: Limits) -> None:
        """A pool that is not started; see :meth:`start`."""
        self.counts = Counts()
        self.version = ""
        self._path = path
        self._limits = limits
        self._context = context()
        self._preparer = Preparer(self._context, path)
        self._idle: list[Worker] = []
        self._running: set[Worker] = set()
        self._slow: set[Worker] = set()
        self._waiting: deque[asyncio.Future[Worker]] = deque()
        self._known_slow: OrderedDict[bytes, None] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()
        self._mark: Mark | None = None

    @property
    def running(self) -> int:
        """Number of requests that workers are at."""
        return len(self._running)

    @property
    def queued(self) -> int:
        """Number of requests that wait for a worker."""
        return len(self._waiting)

    @property
    def slow(self) -> int:
        """Number of queries that have run for longer than a second."""
        return len(self._slow)

    @property
    def workers(self) -> int:
        """Number of workers that live."""
        return len(self._idle) + len(self._running)

    async def start(self) -> None:
        """Starts the workers.

        Raises:
            StoreError: the store cannot be opened.
        """
        self._mark = None if isinstance(self._path, Endpoint) else mark_of(self._path)
        started = [Worker.start(self._context, self._path, self._limits) for _ in range(self._limits.workers)]
        results = await asyncio.gather(*started, return_exceptions=True)
        self._idle = [each for each in results if isinstance(each, Worker)]
        for result in results:
            if isinstance(result, BaseException):
                await self.stop()
                raise result
        # A small store is soon prepared; of a large one all but the explorer can be had meanwhile.
        preparing = self._later(self._preparer.view())
        await asyncio.wait({preparing}, timeout=_PREPARING_SECONDS)
        self._later(self._follow(preparing))

    async def stop(self) -> None:
        """Ends all workers."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(worker.stop() for worker in {*self._idle, *self._running}))
        self._idle.clear()

    async def run(self, job: str, arguments: Mapping[str, Any], *, gzip: bool = False) -> Answer:
        """A worker's answer to a job; see :data:`kg.server.jobs.JOBS`.

        Raises:
            Refusal: there is too much to do, the query takes too long or too much, or the job refuses.
        """
        request = _Request(job, arguments, gzip)
        name = request.name()
        if name in self._known_slow and self._is_full():
            raise self._rejected("The service is busy with long queries, and this one took long before")
        now = asyncio.get_running_loop().time
        came = now()
        worker = await self._worker()
        self._running.add(worker)
        try:
            worker.send(request.job, request.arguments, gzip=request.gzip)
            answer = await self._watched(worker, name, self._limits.timeout - (now() - came))
            self.version = answer.version
            return answer
        finally:
            self._done(worker)

    async def _watched(self, worker: Worker, name: bytes, left: float) -> Answer:
        """The worker's answer, if it comes in the seconds that are left.

        Raises:
            Refusal: it does not, or the query is slow while there is no place for slow ones.
        """
        limits = self._limits
        waited = 0.0
        for until in (min(limits.patience, left), min(limits.slow_after, left)):
            answer = await worker.answer(until - waited)
            if answer is not None:
                self._known_slow.pop(name, None)
                return answer
            waited = until
            if self._is_full() and (self._waiting or until > limits.patience):
                self._remember(name)
                raise self._rejected("The service is busy with long queries, and this one takes long as well")
        self._slow.add(worker)
        self._remember(name)
        worker.demote()
        answer = await worker.answer(left - waited)
        if answer is None:
            self.counts.killed += 1
            raise Refusal(504, f"Stopped after {limits.timeout:g} s; ask for less, or raise --timeout")
        return answer

    async def _worker(self) -> Worker:
        """An idle worker, once there is one.

        Raises:
            Refusal: too many wait already, or it takes too long.
        """
        if self._idle:
            return self._idle.pop()
        if len(self._waiting) >= self._limits.queue:
            raise self._rejected("The service has too much to do")
        turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            done, _ = await asyncio.wait({turn}, timeout=min(self._limits.max_wait, self._limits.timeout / 2))
        except asyncio.CancelledError:
            if turn.done():
                self._offer(turn.result())
            raise
        finally:
            if not turn.done():
                self._waiting.remove(turn)
        if not done:
            raise self._rejected("The service has too much to do")
        return turn.result()

    def _offer(self, worker: Worker) -> None:
        """Gives a worker to the one who has waited longest."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(worker)
                return
        self._idle.append(worker)

    def _done(self, worker: Worker) -> None:
        """The worker's request is over: it takes the next one, or another worker takes its place."""
        self._running.discard(worker)
        was_slow = worker in self._slow
        self._slow.discard(worker)
        if worker.alive and not worker.busy and not was_slow:
            self._offer(worker)
            return
        if not worker.alive:
            self.counts.died += 1
        worker.kill()
        self._later(self._replace())

    async def _replace(self) -> None:
        """Starts a worker, again and again until the store can be opened."""
        while True:
            with suppress(StoreError, OSError):
                self._offer(await Worker.start(self._context, self._path, self._limits))
                return
            await asyncio.sleep(_RESTART_SECONDS)

    async def _follow(self, preparing: asyncio.Task[None]) -> None:
        """Has idle workers make ready for the newest version of the store, so that none keeps an old one."""
        await preparing
        await self._warm()
        await self._preparer.first()
        prepared = self.version
        while True:
            await asyncio.sleep(_WATCH_SECONDS)
            if isinstance(self._path, Endpoint):
                # Its version is asked for over the network, which may take a while: in a worker, not here.
                with suppress(Refusal):
                    await self.run("warm", {})
                if self.version != prepared:
                    prepared = self.version
                    await self._preparer.view()
                    await self._preparer.first()
                continue
            mark = mark_of(self._path)
            if mark not in {None, self._mark}:
                self._mark = mark
                await self._preparer.view()
                await self._warm()
                await self._preparer.first()

    async def _warm(self) -> None:
        """One worker after the other, so that the rest can answer."""
        for worker in list(self._idle):
            if worker in self._idle:
                self._idle.remove(worker)
                self._running.add(worker)
                worker.send("warm", {})
                with suppress(Refusal):
                    await worker.answer()
                self._done(worker)

    def _is_full(self) -> bool:
        return len(self._slow) >= self._limits.slow_places

    def _remember(self, name: bytes) -> None:
        self._known_slow[name] = None
        if len(self._known_slow) > _REMEMBERED:
            self._known_slow.popitem(last=False)

    def _rejected(self, why: str) -> Refusal:
        self.counts.rejected += 1
        return busy(f"{why}; try again in {_BUSY_SECONDS} seconds", retry_after=_BUSY_SECONDS)

    def _later(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
