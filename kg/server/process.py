"""A worker as the service has it: started, asked one thing at a time, watched, killed."""

import asyncio
import os
import signal
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from typing import Any, Self

from kg.errors import StoreError
from kg.server.frames import Channel, frame
from kg.server.limits import Limits
from kg.server.refusal import Refusal
from kg.server.worker import OUT_OF_MEMORY, READY, work
from kg.settings import Place

_STARTING_SECONDS = 60
# A slow query gives way to quick ones.
_SLOW_NICENESS = 15


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker answered.

    Attributes:
        status: HTTP status code.
        media: value of the Content-Type header.
        headers: further headers.
        body: the bytes.
        version: the store's version.
        seconds: how long it took inside the worker.
    """

    status: int
    media: str
    headers: dict[str, str]
    body: bytes
    version: str
    seconds: float


def context() -> ForkServerContext:
    """How workers are started: as copies of a process that has loaded the program and nothing else, in milliseconds."""
    # Workers share the cores; the numerical library's own threads would only wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    found = get_context("forkserver")
    found.set_forkserver_preload(["__main__", "kg.server.worker"])
    return found


class Worker:
    """One worker process.

    Attributes:
        version: the version of the store that it last answered from.
        busy: whether it owes an answer.
    """

    def __init__(self, process: BaseProcess, channel: Channel, limits: Limits) -> None:
        self._process = process
        self._channel = channel
        self._limits = limits
        self.version = ""
        self.busy = False

    @classmethod
    async def start(cls, how: ForkServerContext, path: Place, limits: Limits) -> Self:
        """A worker that has opened the store.

        Raises:
            StoreError: the store cannot be opened, or the worker does not come up.
        """
        ours, theirs = socket.socketpair()
        process = how.Process(target=work, args=(theirs, str(path), limits), daemon=True)
        process.start()
        theirs.close()
        _, channel = await asyncio.get_running_loop().create_connection(Channel, sock=ours)
        worker = cls(process, channel, limits)
        try:
            said, _ = await asyncio.wait_for(channel.next(), _STARTING_SECONDS)
        except (TimeoutError, ConnectionError) as error:
            await worker.stop()
            raise StoreError(f"A worker for {path} does not start; see the messages above") from error
        except asyncio.CancelledError:
            worker.kill()
            raise
        if READY not in said:
            await worker.stop()
            raise StoreError(str(said.get("failed")))
        worker.version = said[READY]
        return worker

    def send(self, job: str, arguments: Mapping[str, Any], *, gzip: bool = False) -> None:
        """Gives it something to do; :meth:`answer` tells what came of it."""
        self.busy = True
        self._channel.send(frame({"job": job, "arguments": arguments, "gzip": gzip}))

    async def answer(self, seconds: float | None = None) -> Answer | None:
        """Its answer, or None where it has not come within so many seconds; it may be waited for again.

        Raises:
            Refusal: it refuses, or has died over it; see :attr:`alive`.
        """
        try:
            async with asyncio.timeout(seconds):
                head, body = await self._channel.next()
        except TimeoutError:
            return None
        except ConnectionError:
            raise await self._death() from None
        self.busy = False
        if "refused" in head:
            raise Refusal(head["status"], head["refused"], head["headers"])
        self.version = head["version"]
        return Answer(head["status"], head["media"], head["headers"], body, head["version"], head["seconds"])

    @property
    def alive(self) -> bool:
        """Whether it can be asked again."""
        return self._channel.open

    def demote(self) -> None:
        """Lets other processes go first from now on; there is no way back."""
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self._process.pid or 0, _SLOW_NICENESS)

    def kill(self) -> None:
        """Ends it at once, whatever it does."""
        self._process.kill()
        self._channel.close()

    async def stop(self) -> None:
        """Ends it, and waits until it is gone."""
        self.kill()
        await self._ended()

    async def _ended(self) -> int | None:
        """Its exit code, once it is gone."""
        loop, gone = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._process.sentinel, gone.set)
        try:
            await gone.wait()
        finally:
            loop.remove_reader(self._process.sentinel)
        self._process.join()
        return self._process.exitcode

    async def _death(self) -> Refusal:
        """What to tell the client whose request the worker has not outlived."""
        self._channel.close()
        code = await self._ended()
        if code in {OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGKILL}:
            megabytes = self._limits.memory_bytes // (1024 * 1024)
            return Refusal(507, f"Stopped: the query needs more than {megabytes} MB of memory; ask for less at a time")
        return Refusal(500, f"The query has ended its worker (code {code}); ask in another way")
