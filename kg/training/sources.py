"""Where the files of a corpus come from: GitHub, or clones on this machine."""

import os
import subprocess
import time
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from kg.errors import UsageError
from kg.training.annotations import Origin

RAW, API = "https://raw.githubusercontent.com", "https://api.github.com"
LARGEST = 32 * 2**20
"""Bytes of the largest file that is taken."""
TRIES, SECONDS = 3, 20.0
SILENCES = 3
"""After as many files in a row for which nobody answered the web is not asked again."""

_BUSY = frozenset({403, 429, 500, 502, 503, 504})
_ALLOWANCE = frozenset({403, 429})
_LONGEST_PAUSE = 60.0


class UnavailableError(Exception):
    """A file cannot be had; the text tells why."""


Source = Callable[[Origin], bytes]
"""Gives the content of a file, or raises UnavailableError."""


class Web:
    """GitHub over HTTP, one file at a time and without a login.

    Args:
        raw: address of the files.
        api: address of the blobs; GitHub gives 60 of them an hour.
        pause: seconds before the second try.
    """

    def __init__(self, raw: str = RAW, api: str = API, pause: float = 2.0) -> None:
        self._raw = raw
        self._api = api
        self._pause = pause
        self._silent = 0

    def __call__(self, origin: Origin) -> bytes:
        """The content of a file.

        Raises:
            UnavailableError: it is gone or too large, there were too many requests, or nobody answers.
        """
        if self._silent >= SILENCES:
            raise UnavailableError("GitHub cannot be reached")
        for number in range(TRIES):
            try:
                data = self._get(origin)
                self._silent = 0
                return data
            except HTTPError as error:
                with error:
                    self._silent = 0
                    if error.code not in _BUSY or number == TRIES - 1:
                        raise UnavailableError(_refusal(error.code)) from error
                    wait = error.headers.get("Retry-After", "")
                time.sleep(min(float(wait) if wait.isdecimal() else self._pause * 2**number, _LONGEST_PAUSE))
            except (OSError, HTTPException) as error:
                self._silent += 1
                raise UnavailableError("GitHub cannot be reached") from error
        raise UnavailableError("GitHub cannot be reached")

    def _get(self, origin: Origin) -> bytes:
        address = f"{self._raw}/{origin.repository}/{origin.commit}/{quote(origin.path)}"
        if origin.blob:
            address = f"{self._api}/repos/{origin.repository}/git/blobs/{origin.blob}"
        headers = {"User-Agent": "semipack", "Accept": "application/vnd.github.raw+json, */*;q=0.5"}
        with urlopen(Request(address, headers=headers), timeout=SECONDS) as answer:  # noqa: S310 - see the addresses
            data: bytes = answer.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise UnavailableError(f"larger than {LARGEST // 2**20} MiB")
        return data


def _refusal(code: int) -> str:
    if code in _ALLOWANCE:
        return f"GitHub allows no more requests for now (HTTP {code}); run the command again in an hour"
    return "it is gone (HTTP 404)" if code == 404 else f"GitHub answers HTTP {code}"


class Mirror:
    """Clones in a folder, bare or not: ``OWNER+NAME/repo``.

    Args:
        folder: holds them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, origin: Origin) -> bytes:
        """The content of a file.

        Raises:
            UnavailableError: there is no such clone, or it lacks the file.
            UsageError: Git is not installed.
        """
        clone = self._folder / origin.repository.replace("/", "+") / "repo"
        if not clone.is_dir():
            raise UnavailableError("the mirror has no clone of it")
        place = clone / ".git" if (clone / ".git").exists() else clone
        name = origin.blob or f"{origin.commit}:{origin.path}"
        # A clone that left files out must not fetch them behind the user's back.
        environment = os.environ | {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
        command = ["git", "--no-replace-objects", "--git-dir", str(place), "cat-file", "blob", name]
        try:
            done = subprocess.run(command, capture_output=True, env=environment, check=False)  # noqa: S603 - no shell
        except OSError as error:
            raise UsageError("A mirror needs Git; install it, or leave out --mirror") from error
        if done.returncode:
            raise UnavailableError("the clone in the mirror lacks the file or the commit")
        return done.stdout
