"""The picture of a brief: an entity among its neighbours, as SVG."""

from collections import Counter
from itertools import combinations
from math import cos, hypot, pi, sin

from kg.export.brief.content import Ego, Line
from kg.export.brief.markup import Html, class_of, tag, text
from kg.export.viewer.appearance import role_look
from kg.model import Modality, Polarity

WIDTH, HEIGHT = 720.0, 350.0
_MARGIN_X, _MARGIN_Y = 66.0, 26.0
_RADIUS, _CENTRE = 6.0, 9.0
_CHARACTER, _BOLD, _LETTER = 5.7, 6.8, 11.0
_ROOM_X, _ROOM_Y, _ROUNDS = 110.0, 30.0, 60
_LONGEST = 26
_APART = 4.0
Point = tuple[float, float]
Box = tuple[float, float, float, float]


def picture(ego: Ego) -> Html:
    """The picture, with a title and a description for those who cannot see it; colours are classes of the page."""
    places = _places(ego)
    centre = ego.nodes[0].label
    told = [f"{ego.nodes[line.subject].label} {line.reads} {ego.nodes[line.object].label}" for line in ego.lines]
    marks = [f" ({', '.join(said)})" if (said := _said(line)) else "" for line in ego.lines]
    described = "; ".join(words + mark for words, mark in zip(told, marks, strict=True)) or "no claims"
    return tag(
        "svg",
        tag("title", text(f"{centre} and those that claims join it with"), id="ego-title"),
        tag("desc", text(f"{described}."), id="ego-desc"),
        *_lines(ego, places),
        *(_node(ego.nodes[number].role, place, number == 0) for number, place in enumerate(places)),
        *_labels(ego, places),
        viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}",
        role="img",
        aria_labelledby="ego-title ego-desc",
        class_="ego",
    )


def sample(relation: str) -> Html:
    """A short line that shows how a relation is drawn."""
    line = tag("line", x1=1, y1=5, x2=25, y2=5, class_=f"line {class_of('rel', relation)}")
    return tag("svg", line, viewBox="0 0 26 10", class_="sample", aria_hidden="true")


def mark(role: str) -> Html:
    """A small mark that shows how a role is drawn."""
    return tag("svg", _node(role, (7, 7), False), viewBox="0 0 14 14", class_="mark", aria_hidden="true")


def _said(line: Line) -> list[str]:
    denied = ["denied"] if line.polarity is Polarity.NEGATED else []
    return denied + ([line.modality] if line.modality is not Modality.ASSERTED else [])


def _places(ego: Ego) -> list[Point]:
    """The explorer's layout, drawn out to the picture's proportions."""
    from kg.export.viewer.layout import positions  # with numpy, which costs time to load

    keys = [f"{number:03}" for number in range(len(ego.nodes))]
    labels = {key: node.label[:_LONGEST] for key, node in zip(keys, ego.nodes, strict=True)}
    edges = [(keys[line.subject], keys[line.object]) for line in ego.lines]
    found = positions(labels, edges, set(keys))
    across, down = _scale([found[key][0] for key in keys]), _scale([found[key][1] for key in keys])
    wide, high = WIDTH - 2 * _MARGIN_X, HEIGHT - 2 * _MARGIN_Y
    return _apart([(_MARGIN_X + x * wide, _MARGIN_Y + y * high) for x, y in zip(across, down, strict=True)])


def _apart(places: list[Point]) -> list[Point]:
    """Places moved up or down until each has room for its name, as far as there is room."""
    for _ in range(_ROUNDS):
        for a, b in combinations(range(len(places)), 2):
            (ax, ay), (bx, by) = places[a], places[b]
            lap = _ROOM_Y - abs(by - ay)
            if abs(bx - ax) < _ROOM_X and lap > 0:
                push = lap / 4 * (1 if by >= ay else -1)
                places[a], places[b] = (ax, _within(ay - push)), (bx, _within(by + push))
    return places


def _within(y: float) -> float:
    return min(max(y, _MARGIN_Y), HEIGHT - _MARGIN_Y)


def _scale(values: list[int]) -> list[float]:
    """Values as shares of their extent."""
    least, extent = min(values), max(values) - min(values)
    return [(value - least) / extent if extent else 0.5 for value in values]


def _node(role: str, place: Point, is_centre: bool) -> Html:
    corners = _corners(role_look(role).shape, place, _CENTRE if is_centre else _RADIUS)
    kind = f"node {class_of('role', role)}"
    if not corners:
        return tag("circle", cx=place[0], cy=place[1], r=_CENTRE if is_centre else _RADIUS, class_=kind)
    return tag("polygon", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in corners), class_=kind)


_SHAPES = {
    "square": (4, pi / 4),
    "diamond": (4, 0.0),
    "hexagon": (6, 0.0),
    "triangle": (3, -pi / 2),
    "triangleDown": (3, pi / 2),
}


def _corners(shape: str, place: Point, radius: float) -> list[Point]:
    """The corners of a shape; none for a circle."""
    x, y = place
    if shape == "star":
        turns = [(number * pi / 5 - pi / 2, radius * (1.2 if number % 2 == 0 else 0.55)) for number in range(10)]
    elif shape in _SHAPES:
        count, first = _SHAPES[shape]
        turns = [(first + number * 2 * pi / count, radius * 1.15) for number in range(count)]
    else:
        return []
    return [(x + size * cos(turn), y + size * sin(turn)) for turn, size in turns]


def _lines(ego: Ego, places: list[Point]) -> list[Html]:
    """The lines with their heads; those between the same two stand side by side."""
    between = Counter(frozenset((line.subject, line.object)) for line in ego.lines)
    drawn: Counter[frozenset[int]] = Counter()
    found = []
    for line in ego.lines:
        pair = frozenset((line.subject, line.object))
        aside = (drawn[pair] - (between[pair] - 1) / 2) * _APART * (1 if line.subject < line.object else -1)
        drawn[pair] += 1
        found += _line(line, places[line.subject], places[line.object], aside)
    return found


def _line(line: Line, start: Point, end: Point, aside: float) -> list[Html]:
    length = hypot(end[0] - start[0], end[1] - start[1])
    if not length:
        return []
    dx, dy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    reach = _CENTRE + 2 if line.object == 0 else _RADIUS + 2
    from_ = (start[0] - dy * aside, start[1] + dx * aside)
    to = (end[0] - dy * aside - dx * reach, end[1] + dx * aside - dy * reach)
    kinds = class_of("rel", line.relation) + (" open" if line.modality is not Modality.ASSERTED else "")
    kinds += " denied" if line.polarity is Polarity.NEGATED else ""
    parts = [tag("line", x1=from_[0], y1=from_[1], x2=to[0], y2=to[1], class_=f"line {kinds}")]
    if not line.symmetric:
        back = (to[0] - dx * 7, to[1] - dy * 7)
        corners = (to, (back[0] - dy * 3, back[1] + dx * 3), (back[0] + dy * 3, back[1] - dx * 3))
        parts.append(tag("polygon", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in corners), class_=f"head {kinds}"))
    return parts


def _labels(ego: Ego, places: list[Point]) -> list[Html]:
    """Names beside their nodes, where they cover least; the entity's own first."""
    taken: list[Box] = [(x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS) for x, y in places]
    ends = [(places[line.subject], places[line.object]) for line in ego.lines]
    found = []
    for number, (x, y) in enumerate(places):
        label = ego.nodes[number].label
        label = label if len(label) <= _LONGEST else label[: _LONGEST - 1].rstrip() + "…"
        half = len(label) * (_CHARACTER if number else _BOLD) / 2
        box = min(_around(x, y, half), key=lambda box: _covered(box, taken, ends))
        taken.append(box)
        kind = "label centre" if number == 0 else "label"
        found.append(tag("text", text(label), x=(box[0] + box[2]) / 2, y=box[3] - 3, class_=kind, text_anchor="middle"))
    return found


def _around(x: float, y: float, half: float) -> list[Box]:
    """Boxes for a name of that half width: below and above, beside, and at the corners."""
    gap, tall = _CENTRE + 3, _LETTER / 2 + 1
    sides = [(0, 1), (0, -1), (1, 0), (-1, 0), (0.8, 1), (-0.8, 1), (0.8, -1), (-0.8, -1)]
    middles = [(x + across * (gap * (not down) + half), y + down * (gap + tall - 1)) for across, down in sides]
    return [(a - half, b - tall, a + half, b + tall) for a, b in middles]


def _covered(box: Box, taken: list[Box], ends: list[tuple[Point, Point]]) -> float:
    """How much of other names, of the margin and of lines a name would cover."""
    outside = max(0, -box[0]) + max(0, box[2] - WIDTH) + max(0, -box[1]) + max(0, box[3] - HEIGHT)
    shared = sum(
        max(0, min(box[2], b[2]) - max(box[0], b[0])) * max(0, min(box[3], b[3]) - max(box[1], b[1])) for b in taken
    )
    return 200 * outside + 4 * shared + sum(_crosses(box, start, end) for start, end in ends) * 12


def _crosses(box: Box, start: Point, end: Point) -> bool:
    """Whether a line has a point within a box, looked for at forty places."""
    steps = [number / 40 for number in range(41)]
    points = ((start[0] + (end[0] - start[0]) * step, start[1] + (end[1] - start[1]) * step) for step in steps)
    return any(box[0] < x < box[2] and box[1] < y < box[3] for x, y in points)
