"""A store whose texts would break a form of export that does not escape them."""

from dataclasses import replace

import pytest
from small_graph import World, fill, mention, small_world

from kg.model import Quote
from kg.store import EmbeddedStore


@pytest.fixture
def hostile_store() -> EmbeddedStore:
    world = small_world()
    claim = replace(
        world.claims[0],
        subject=mention("=HYPERLINK(1)"),
        quotes=(Quote('@cmd, "a"\r\n\x00\x1b\u2028</node>', 0, 20),),
        qualifiers={"product": ("<b>", "+1"), "via": ('a; "b"',)},
    )
    return fill(EmbeddedStore(), World(world.documents, (claim,), ()))
