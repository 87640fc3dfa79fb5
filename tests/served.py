"""A real ``kg serve`` in a process of its own, and worlds to serve, with one document that means harm."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
from small_graph import Script, World, fill, mention, small_world

from kg.model import Claim, Metadata, Modality, Polarity
from kg.store import StoreBuilder
from kg.terms import ENTITY

EVIL = "<img src=x onerror=alert(1)>\"'&"
EVIL_KEY = "img-src-x-onerror-alert-1"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != <urn:%s>) }"
AMKOR = str(ENTITY.amkor)


@dataclass(frozen=True)
class Server:
    """A running service."""

    url: str
    process: subprocess.Popen[bytes]
    store: Path
    client: httpx.Client
    log: Path

    def get(self, path: str, accept: str = "", **parameters: str) -> httpx.Response:
        """GET with an Accept header."""
        headers = {"Accept": accept} if accept else {}
        return self.client.get(self.url + path, params=parameters or None, headers=headers)

    def picture(self) -> httpx.Response:
        """The explorer's first picture, once it is there."""
        until = time.monotonic() + 120
        while (answer := self.get("/api/v1/view/overview")).status_code == 503:
            assert time.monotonic() < until, "the first picture is not there after two minutes"
            time.sleep(0.2)
        return answer

    def ask(self, query: str, accept: str = "application/sparql-results+json", **more: str) -> httpx.Response:
        """A query by GET."""
        return self.get("/sparql", accept, query=query, **more)


def hostile_world() -> World:
    """The small world with a document whose every text is an attack."""
    world = small_world()
    script = Script(f"{EVIL}.txt", Metadata(title=EVIL, url="javascript:alert(1)"))
    document = replace(world.documents[0], name=script.name, sha256="f" * 64, metadata=script.metadata)
    claim = Claim(
        document=document.id,
        doc=script.name,
        subject=mention(EVIL),
        relation="outsourcesTo",
        object=mention("Amkor"),
        polarity=Polarity.AFFIRMED,
        modality=Modality.PLANNED,
        confidence=0.5,
        reasons=(EVIL,),
        quotes=(script.quote(f"{EVIL} will outsource to Amkor."),),
        extractor="frames",
        qualifiers={"product": (EVIL,)},
    )
    return World((*world.documents, document), (*world.claims, claim), world.observations)


def wide_world(firms: int = 340) -> World:
    """The hostile world with so many more customers of Amkor that no picture holds them all."""
    world = hostile_world()
    script = Script("wide.txt", Metadata(title="Many customers", date="2026-07-01"))
    document = replace(world.documents[0], name=script.name, sha256="e" * 64, metadata=script.metadata)
    claims = tuple(
        replace(
            world.claims[-1],
            document=document.id,
            doc=script.name,
            subject=mention(f"Firm {number}"),
            modality=Modality.ASSERTED,
            reasons=("named in one sentence",),
            quotes=(script.quote(f"Firm {number} outsources to Amkor."),),
            qualifiers={},
        )
        for number in range(firms)
    )
    return World((*world.documents, document), (*world.claims, *claims), world.observations)


def build(folder: Path, world: World | None = None) -> Path:
    """A store of the world in ``folder``."""
    with StoreBuilder(folder) as builder:
        fill(builder.store, world or hostile_world())
    return folder


@contextmanager
def serving(store: Path, *options: str, **environment: str) -> Iterator[Server]:
    """A service on a free port, ended as Ctrl-C ends it; what it logs is in a file beside the store."""
    command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0", *options]
    log = store.with_name(f"{store.name}-{time.monotonic_ns()}.log")
    with log.open("wb") as out:
        process = subprocess.Popen(command, stderr=out, env={**os.environ, **environment})
    try:
        with httpx.Client(timeout=30) as client:
            yield Server(_url(process, log), process, store, client, log)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.wait()


def _url(process: subprocess.Popen[bytes], log: Path) -> str:
    """Where it serves, once it says so."""
    for _ in range(1200):
        said = log.read_text("utf-8")
        for line in said.splitlines(keepends=True):
            if line.startswith("Serving ") and line.endswith("\n"):
                return line.split()[3].rstrip("/")
        assert process.poll() is None, said
        time.sleep(0.05)
    raise AssertionError(f"no service within a minute: {log.read_text('utf-8')}")
