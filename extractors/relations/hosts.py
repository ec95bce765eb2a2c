"""Hosts by the noun: E的主办方O, O是E的主办单位, 作为E的主办方，O."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Relation
from extractors.relations.clauses import Line
from extractors.relations.grammar import pattern

_HOST = "(?:主办|承办|联合主办)(?:方|单位|机构)(?:之一)?"
_FORMS = (
    pattern(rf"(?P<event>⟨Event⟩)的?{_HOST}、?(?:为|是|——)?(?P<host>⟨Org⟩)"),
    pattern(rf"(?P<host>⟨Org⟩)(?:是|为|作为)(?:本届)?(?P<event>⟨Event⟩)的?{_HOST}(?!⟨Org⟩)"),
    pattern(rf"(?:^|[，。；])作为(?:本届)?(?P<event>⟨Event⟩)的?{_HOST}，(?P<host>⟨Org⟩)"),
)


# 承办大会开幕式的A
_THAT_HOSTS = pattern(
    r"(?:^|[，。；、由])(?:以及|联合|共同)?(?:主办|承办|协办)了?(?P<event>⟨Event⟩)(?:[^，。；、的⟦Any⟧]{0,8})的(?P<host>⟨Org⟩)"
)


def hosts(line: Line) -> Iterator[Relation]:
    """Bodies that a sentence calls the hosts of an event."""
    if "办" not in line.mask:
        return
    for form in (*_FORMS, _THAT_HOSTS):
        for match in form.finditer(line.mask):
            host, event = line.at[match.start("host")], line.at[match.start("event")]
            yield Relation("organised", host, event, line.span(*match.span()), "host of event")
