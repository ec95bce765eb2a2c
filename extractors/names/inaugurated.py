"""Bodies that a clause tells to be opened: 中央广播电视总台发展历史陈列馆|开馆, 涿州灾后重建金融服务中心|挂牌.

What stands from the start of the clause to such a verb is the name, whatever it is made of, when it ends like a house
or a body and nothing in it tells how many, whose or which.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.lexicon import matches
from extractors.model import Mention, Name, Span
from extractors.names.boundary import opens
from extractors.names.classes import is_class
from extractors.patterns import regex

_OPENED = regex(r"(?:揭牌|挂牌|开馆|揭幕|正式成立|正式启用)(?![的后仪前]|以来)")
# the clause before the verb: 今天，|…陈列馆|今天（8月24日）在浙江湖州
_CLAUSE = regex(
    r"(?:今[天日]|昨[天日]|日前|近日|同[日时]|当[天日]|——)?"
    r"(?P<name>(?:“[^“”\n]{2,16}”|[^，。；：、！？\s（）的了“”《》]){3,26}?"
    r"(?:陈列馆|展览馆|博物馆|纪念馆|艺术馆|图书馆|体验馆|(?<!自助)服务中心|研究中心|创新中心|交流中心|合作中心|总站|研究院|学院"
    r"|实验室|联合体|联盟|观测站|工作站|观察站|基地|服务站|指挥部))"
    r"(?:今[天日]|昨[天日]|当[天日]|日前|近日|（[^（）\n]{3,10}）|(?:\d{1,2}月)?\d{1,2}日|[上下]午|同步|正式|将?于?|也|同时|在[^，。；\n]{2,12}?){0,5}"
)
_TELLS = regex(
    r"^[该此这本其同]|一批|多[个家所]|首[个家座所批]|[各两几某]|\d{1,4}[余多]?[个家所座处]|全球最大|世界|新建|新设|由|在|将|为|建设|打造|推动|推进|我国|全国首|位于|作为|参加|出席|联合$"
)
_ACADEMY = ("研究院", "学院", "实验室", "研究中心")
# 总台|辽宁总站: a station of a broadcaster or an agency
_STATION = regex(
    r"(?P<body>中央广播电视总台|总台|新华社|人民日报社?)(?P<place>[\u4e00-\u9fff]{2,3})(?P<kind>总站|分社)(?![长])"
)
_BODIES = {"总台": "中央广播电视总台", "人民日报": "人民日报社"}


def find_inaugurated(text: str) -> Iterator[Mention]:
    """Bodies by the verb that opens them, and the stations of broadcasters."""
    for match in _STATION.finditer(text) if "总站" in text or "分社" in text else ():
        if any(match["place"] == text[s:e] for s, e, _ in _provinces(text) if s == match.start("place")):
            body = _BODIES.get(match["body"], match["body"])
            name = Name(f"{body}{match['place']}{match['kind']}", "Media")
            yield Mention(Span(*match.span()), "Organization", name, "station of a broadcaster")
    for verb in _OPENED.finditer(text):
        near = max(0, verb.start() - 60)
        first = max(near, *(text.rfind(mark, near, verb.start()) + 1 for mark in "，。；！？\n】"))
        clause = _CLAUSE.fullmatch(text, first, verb.start())
        if clause is None or (first == near and first > 0):
            continue
        words, start = clause["name"], clause.start("name")
        if _TELLS.search(words) or is_class(words[:-2], local=True) or len(words) < 6:
            continue
        if opens(text, start) or words.startswith("“") or len(words) >= 8:
            kind = "Academy" if words.endswith(_ACADEMY) else "Association" if words.endswith("联盟") else None
            yield Mention(
                Span(start, clause.end("name")), "Organization", Name(words, kind), "body that is inaugurated"
            )


def _provinces(text: str) -> tuple[tuple[int, int, object], ...]:
    return tuple(matches(text, "provinces", "cities"))
