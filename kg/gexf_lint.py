"""What Gephi's importer would drop, merge or misread in a GEXF file, often without a word; `kg lint` prints it.

The rules are those of Gephi's ImporterGEXF and of the container that it fills. The file is read as a stream.
"""

from __future__ import annotations

import gzip
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from math import isfinite
from pathlib import Path
from typing import BinaryIO, cast

from lxml import etree

from kg.model import Problem

NAMESPACE = "http://gexf.net/1.3"
EDGE_TYPES = ("directed", "undirected")
WHOLE = ("integer", "long", "short", "byte", "biginteger")
REAL = ("float", "double", "bigdecimal")
LISTS = tuple(f"list{kind}" for kind in ("boolean", "integer", "long", "float", "double", "string", "short", "byte"))
TYPES = {"boolean", "string", "char", "anyURI", *WHOLE, *REAL, *LISTS}
NOTHING = ("", "None")
TIMES = ("start", "end")
OTHER_TIMES = ("timestamp", "timestamps", "intervals", "startopen", "endopen")

Life = list[tuple[date, date]]
Parts = Mapping[str, list[etree._Element]]  # what is inside an element, by name


def lint(file: Path | BinaryIO) -> list[Problem]:
    """All that is wrong, in the order of the file; empty when Gephi reads everything as it is meant."""
    if isinstance(file, Path):
        with gzip.open(file) if file.name.endswith(".gz") else file.open("rb") as source:
            return lint(cast(BinaryIO, source))
    reader = _Reader()
    found: list[Problem] = []
    try:
        for event, element in etree.iterparse(file, events=("start", "end"), resolve_entities=False):
            name = _name(element)
            if event == "start" and element.getparent() is None and name != "gexf":
                return [Problem("file", f"no GEXF: begins with {name}", True)]
            if event == "start" and name in ("gexf", "graph"):
                told = reader.head(name, element.attrib)
            elif event == "end" and name in ("attributes", "node", "edge"):
                told = getattr(reader, name)(element)
            else:
                continue
            key = element.get("id") or ""
            found += [Problem(f"{name} {key}".strip(), words, True) for words in told]
            if event == "end":
                element.clear()
    except etree.XMLSyntaxError as error:
        found.append(Problem("file", f"no XML: {error.msg}", True))
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        found.append(Problem("file", f"cannot be unpacked: {error}", True))
    return found


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


class _Reader:
    """What was read so far, as far as what follows is held against it."""

    def __init__(self) -> None:
        self.graph: Mapping[str, str] = {}
        self.types: dict[str, dict[str, str]] = {"node": {}, "edge": {}}  # of values, by their ids
        self.lives: dict[str, Life | None] = {}  # of nodes; None: always there
        self.places: set[tuple[float, float]] = set()
        self.edges: set[str] = set()
        self.joined: set[tuple[str, ...]] = set()

    def head(self, name: str, given: Mapping[str, str]) -> Iterator[str]:
        if name == "gexf":
            if given.get("version") != "1.3":
                yield f"version {given.get('version')}, not 1.3"
            return
        self.graph = dict(given)
        if given.get("defaultedgetype") not in EDGE_TYPES:
            yield "defaultedgetype is neither directed nor undirected"
        if given.get("mode") == "dynamic" and given.get("timeformat") != "date":
            yield "dynamic, but without timeformat date: full days are read as numbers and lost"

    def attributes(self, element: etree._Element) -> Iterator[str]:
        kind = element.get("class")
        if kind not in self.types:
            yield f"values of class {kind}, which is neither node nor edge"
            return
        for declared in element:
            key, value_type = declared.get("id") or "", declared.get("type") or ""
            if key in self.types[kind]:
                yield f"value {key} of {kind}s is declared twice"
            if value_type not in TYPES:
                yield f"value {key} of {kind}s is of type {value_type or 'none'}, which Gephi takes for a string"
            self.types[kind][key] = value_type

    def node(self, element: etree._Element) -> Iterator[str]:
        key, parts = element.get("id") or "", _parts(element)
        if not key:
            yield "no id: the node is dropped"
        if key in self.lives:
            yield "the id of another node: the two become one"
        yield from self._words(element, parts)
        yield from self._values("node", parts)
        yield from self._looks(parts)
        life, faults = self._life(element, parts)
        yield from faults
        self.lives[key] = life

    def edge(self, element: etree._Element) -> Iterator[str]:
        key, ends = element.get("id") or "", (element.get("source") or "", element.get("target") or "")
        if not key:
            yield "no id: the edge gets one by chance"
        elif key in self.edges:
            yield "the id of another edge: the edge is dropped"
        self.edges.add(key)
        yield from (f"{end or 'an end'} is no node: the edge is dropped" for end in ends if end not in self.lives)
        kind, default = element.get("type"), self.graph.get("defaultedgetype")
        if kind not in (None, default):
            yield f"{kind}, where all are {default}: the edge is dropped"
        if not (weight := _number(element.get("weight", "1"))) or not weight > 0:
            yield f"weight {element.get('weight')}: the edge is dropped or drawn wrongly"
        # What is parallel without a direction joins its ends either way.
        across = ends if default == "directed" else tuple(sorted(ends))
        if (pair := (*across, element.get("kind") or "")) in self.joined:
            yield "parallel to another edge of its kind: the two become one"
        self.joined.add(pair)
        parts = _parts(element)
        yield from self._words(element, parts)
        yield from self._values("edge", parts)
        life, faults = self._life(element, parts)
        yield from faults
        for end in ends:
            if not _within(life, self.lives.get(end)):
                yield f"is there when {end} is not"

    def _words(self, element: etree._Element, parts: Parts) -> Iterator[str]:
        if not element.get("label"):
            yield "no label"
        words = [*element.attrib.values(), *(value.get("value") or "" for value in parts["attvalue"])]
        odd = "".join(word for word in words if not word.isprintable())
        if any(unicodedata.category(sign) == "Cc" and sign not in "\t\n" for sign in odd):
            yield "a control character"

    def _values(self, kind: str, parts: Parts) -> Iterator[str]:
        seen: set[str] = set()
        for given in parts["attvalue"]:
            key, value = given.get("for") or "", given.get("value") or ""
            if key not in self.types[kind]:
                yield f"value {key} is not declared: it is dropped"
            elif value not in NOTHING and not _reads(value, self.types[kind][key]):
                yield f"value {key} is {value!r}, no {self.types[kind][key]}: it is dropped"
            if value in NOTHING:
                yield f"value {key} is {value!r}, which is no value"
            if key in seen:
                yield f"value {key} twice"
            seen.add(key)

    def _looks(self, parts: Parts) -> Iterator[str]:
        colour, size, place = (next(iter(parts[name]), None) for name in ("color", "size", "position"))
        if colour is None:
            yield "no colour"
        elif colour.get("hex") and not colour.get("r"):
            yield "a colour in hex, which Gephi does not read"
        elif not all((colour.get(part) or "").isdecimal() and int(colour.get(part)) <= 255 for part in "rgb"):
            yield "a colour that is not three numbers from 0 to 255"
        elif not 0 <= (_number(colour.get("a", "1")) or 0) <= 1:
            yield "an opacity that is not from 0 to 1"
        if size is None or not (_number(size.get("value")) or 0) > 0:
            yield "no size above 0"
        x, y = (_number(place.get(axis)) if place is not None else None for axis in "xy")
        if x is None or y is None:
            yield "no position: Gephi puts it at 0, 0"
        elif (x, y) in self.places:
            yield "on top of another node"
        else:
            self.places.add((x, y))

    def _life(self, element: etree._Element, parts: Parts) -> tuple[Life | None, list[str]]:
        """When it is there, None: always; and what is wrong with it."""
        faults = [f"{name}: another kind of time, which is lost" for name in OTHER_TIMES if element.get(name)]
        spells = parts["spell"]
        life = [span for one in (spells or [element]) if (span := _span(one, faults))]
        if spells and element.get("start") and element.get("end"):
            whole = _span(element, faults)
            if whole and life and whole != (min(life)[0], max(end for _, end in life)):
                faults.append("start and end are not those of its spells")
        if any(later <= end for (_, end), (later, _) in pairwise(sorted(life))):
            faults.append("spells that overlap")
        if life and (self.graph.get("mode") != "dynamic" or self.graph.get("timeformat") != "date"):
            faults.append("days in a graph that does not say mode dynamic and timeformat date: they are lost")
        return life or None, faults


def _span(element: etree._Element, faults: list[str]) -> tuple[date, date] | None:
    given = [element.get(name) for name in TIMES]
    if _name(element) == "spell" and not any(given):
        faults.append("a spell without start and end")
    if not any(given):
        return None
    days = [_day(words) if words else open_end for words, open_end in zip(given, (date.min, date.max), strict=True)]
    for name, words, day in zip(TIMES, given, days, strict=True):
        if day is None:
            faults.append(f"{name} {words!r} is no full day: the time is lost")
    begin, end = days
    if begin is None or end is None:
        return None
    if begin > end:
        faults.append(f"ends on {end}, before it starts on {begin}: the time is lost")
        return None
    return begin, end


def _day(words: str) -> date | None:
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return None
    return day if words == day.isoformat() else None  # 20240305 and 2024-W10-2 are days to Python alone


def _within(life: Life | None, other: Life | None) -> bool:
    """Whether something is there only while the other is."""
    if other is None:
        return True
    return life is not None and all(any(b <= begin and end <= e for b, e in other) for begin, end in life)


def _number(words: str | None) -> float | None:
    try:
        found = float(words or "")
    except ValueError:
        return None
    return found if isfinite(found) else None


def _reads(value: str, value_type: str) -> bool:
    if value_type in WHOLE:
        return value.removeprefix("-").isdecimal()
    if value_type in REAL:
        return _number(value) is not None
    return value_type != "boolean" or value in ("true", "false")


def _parts(element: etree._Element) -> Parts:
    parts: dict[str, list[etree._Element]] = defaultdict(list)
    for part in element.iterdescendants():
        parts[_name(part)].append(part)
    return parts
