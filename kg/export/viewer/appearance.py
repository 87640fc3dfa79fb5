"""How roles and relations look: a shape and two colours each, for a light and a dark page.

The colours start from Okabe and Ito's set, which stays apart under the common forms of colour blindness; the light page
takes darker, the dark page lighter variants so that each keeps a contrast of 3:1 or more against its background.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """A mark: ``shape`` is a node shape or an arrowhead of the drawing library, empty for a line without head."""

    shape: str
    light: str
    dark: str


# In this order the first of an organisation's roles decides how it looks.
ROLES: dict[str, Look] = {
    "OSAT": Look("dot", "#0072b2", "#56b4e9"),
    "IDM": Look("square", "#8c4a00", "#d9a066"),
    "Foundry": Look("square", "#cc5200", "#ff8f45"),
    "FablessDesigner": Look("diamond", "#007a5a", "#35c99d"),
    "MemoryMaker": Look("hexagon", "#a3407c", "#e891c4"),
    "ToolMaker": Look("triangle", "#9a6a00", "#f0b93a"),
    "MaterialSupplier": Look("triangleDown", "#6b6b00", "#d6cf4a"),
    "SubstrateMaker": Look("triangleDown", "#00707a", "#4fc7d1"),
    "ComponentMaker": Look("triangleDown", "#7a5c58", "#c7a8a3"),
    "IPVendor": Look("diamond", "#5b4fa8", "#a79bf0"),
    "EMS": Look("dot", "#50657a", "#a9bacb"),
    "SystemMaker": Look("hexagon", "#1f7186", "#7ad0e0"),
    "CloudProvider": Look("hexagon", "#4a5a9a", "#9db0ff"),
    "Institute": Look("triangle", "#8a3b3b", "#e69a9a"),
    "Publisher": Look("square", "#666d76", "#b5bcc6"),
    "Investor": Look("diamond", "#75680a", "#d9c84a"),
    "organisation": Look("dot", "#68727d", "#a4afba"),
    "technology": Look("star", "#6f4bb8", "#b79bff"),
    "place": Look("triangleDown", "#5e6673", "#9aa5b4"),
}

RELATIONS: dict[str, Look] = {
    "outsourcesTo": Look("arrow", "#c2500a", "#ff9a57"),
    "suppliesToolTo": Look("vee", "#8f6400", "#f0c04a"),
    "suppliesTo": Look("arrow", "#00795a", "#3fd0a4"),
    "competesWith": Look("", "#7d8590", "#8792a1"),
    "partnersWith": Look("circle", "#0b6fb8", "#62b8f5"),
    "subsidiaryOf": Look("diamond", "#30353c", "#dde3ea"),
    "offersTechnology": Look("arrow", "#6f4bb8", "#b79bff"),
    "hasSiteIn": Look("arrow", "#5e6673", "#9aa5b4"),
    "makes": Look("arrow", "#8a3b7a", "#e68fd0"),
}

_SPARE = (("#5b4fa8", "#a79bf0"), ("#1f7186", "#7ad0e0"), ("#8a3b3b", "#e69a9a"), ("#6b6b00", "#d6cf4a"))


def role_look(name: str) -> Look:
    """The look of a role; a role unknown here looks like an organisation without one."""
    return ROLES.get(name, ROLES["organisation"])


def relation_look(name: str, number: int, *, symmetric: bool) -> Look:
    """The look of a relation; one unknown here takes the spare colours in turn, ``number`` being its place."""
    if name in RELATIONS:
        return RELATIONS[name]
    light, dark = _SPARE[number % len(_SPARE)]
    return Look("" if symmetric else "arrow", light, dark)
