"""Relations between two things of the same kind: partners, parts, what a document rests on, new names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.model import Mention, Relation
from extractors.relations.clauses import ANY, EVENT, ORG, POLICY, PROGRAMME, PROJECT, Line
from extractors.relations.subjects import SUFFIX, Context, light, modality, topic

_WITH = re.compile(
    rf"(?P<a>{ORG})(?:[^，。；{ORG[1:-1]}]{{0,14}}?)(?P<how>联合|会同|携手|联手|协同)(?P<b>{ORG}(?:{SUFFIX}(?:、|和|与|及|以及){ORG})*)(?P<rest>(?=[^。；]))"
)
_AND = re.compile(
    rf"(?P<a>{ORG})(?:[^，。；{ORG[1:-1]}的]{{0,8}}?)(?P<how>与|和|同)(?P<b>{ORG}(?:{SUFFIX}(?:、|和|与){ORG})*){SUFFIX}"
    r"(?P<rest>[^。；]{0,24}?)(?P<verb>签订|签署|签约|合作|共建|达成|联合|共同|携手|联手|深化产学研|产学研|对接)"
)
_WITH_ONLY = re.compile(
    rf"(?:^|[，。；：])(?P<before>[^，。；{ORG[1:-1]}]{{0,6}})(?:与|会同|联合|和)(?P<b>{ORG}(?:{SUFFIX}(?:、|和|与){ORG})*){SUFFIX}(?P<rest>[^。；，]{{0,24}}?)(?P<verb>签订|签署|签约|合作|共建|达成|联合|共同|携手|召开|举办|开展|制订|制定|推出)"
)
_WORKS = re.compile(
    rf"({PROJECT})(?:重点|骨干|关键|控制性?|标志性|核心|重要|节点|先导|重大|启动|配套|枢纽|首开|主体|全线|枢纽节点|八大|的|性)*(?:工程|项目|节点)(?:——|—|：)?({PROJECT})"
)
_IS_PART = re.compile(
    rf"({PROJECT}|{PROGRAMME}|{EVENT})(?:，)?(?:是|作为|属于|成为)([^，。；]{{0,12}}?)({PROJECT}|{PROGRAMME}|{EVENT})(?:的|中的|中)[^，。；]{{0,14}}?(?:工程|组成部分|部分|项目|环节|活动|单元|子项目|节点|一期|板块|关键)"
)
_ROW = re.compile(rf"({PROJECT})\ue002?({PROJECT})")
_LISTED = re.compile(
    rf"(?:列入|纳入|入选|列为|亮相|成为)(?:了)?[^，。；]{{0,10}}?({PROGRAMME}|{PROJECT}|{EVENT}|{POLICY})"
)
_DURING = re.compile(
    rf"({EVENT})(?:举办|举行|活动)?期间[^。；]{{0,40}}?(?:举办|开展|举行|组织|启动|新增|推出)[^，。；]{{0,10}}?({EVENT})"
)
_HOST = re.compile(
    r"(?:现场|会上|活动现场|活动期间|期间|大会期间|论坛期间|展会期间|会议期间)[^。；]{0,20}?(?:举办|开展|举行|组织)了?[^，。；]{0,10}?("
    + EVENT
    + ")"
)
_INCLUDES = re.compile(
    rf"([{POLICY}{PROGRAMME}{EVENT}])[^。；]{{0,20}}?(?:包括|包含|分为)[^。；，：{ANY[1:-1]}]{{0,10}}(?:[：，]|部分)[^。；{ANY[1:-1]}]{{0,4}}({ANY})"
)
_BASIS = re.compile(
    rf"(?:为|旨在)?(?:深入|全面|认真|进一步|切实|积极|有效)*(?P<how>贯彻落实|落实|贯彻|依据|根据|按照|践行|执行)(?:好)?(?:[^，。；《{POLICY}{PROGRAMME}]{{0,12}})(?P<o>[{POLICY}{PROGRAMME}](?:[、和]{POLICY})*)"
)
_MADE = re.compile(
    rf"(?:印发|发布|制定|出台|制订|编制|启动|开展|实施|组织|推出|公布|部署)[^，。；]{{0,16}}?({POLICY}|{PROGRAMME})"
)
_LANDS = re.compile(
    rf"({EVENT}|{PROGRAMME}|{PROJECT})[^。；]{{0,60}}?推动({POLICY})[^，。；]{{0,6}}?落实落地|({EVENT}|{PROGRAMME}|{PROJECT})[^。；]{{0,60}}?推动({POLICY})落实"
)
_RENAMED = re.compile(rf"({ORG})[^，。；]{{0,10}}?(?:更名为|改名为|改称|改组为|更名)({ORG})")
_REPLACES = re.compile(rf"({POLICY})(?:[^，。；没未不]{{0,6}})(?:替代|取代|代替)了?({POLICY})")
_REPEALS = re.compile(
    rf"({POLICY})[^。；]{{0,40}}?[，]原?({POLICY}(?:[、和]{POLICY})*)(?:[^，。；]{{0,16}}?)(?:同时|即行|相应)?(?:废止|失效)"
)
_AMENDS = re.compile(
    rf"({POLICY})(?:[^，。；{POLICY}]{{0,4}})(?:修改了|修订了|，?对({POLICY})[^，。；]{{0,6}}?(?:修改|修订))({POLICY})?"
)
_EFFECTIVE = re.compile(r"(?:将)?(?:自|从|于)(\ue009)[^，。；]{0,3}?(?:起)?[^，。；]{0,4}?(?:施行|生效|实施|执行)")


def _many(line: Line, start: int, end: int) -> list[Mention]:
    return [line.at[i] for i in range(start, end) if i in line.at]


def _relation(
    line: Line, name: str, source: Mention, target: Mention, span: tuple[int, int], rule: str, words: str = ""
) -> Iterator[Relation]:
    if source.name.text != target.name.text:
        yield Relation(name, source, target, line.span(*span), rule, modality(words))


def partners(line: Line, context: Context) -> Iterator[Relation]:
    """A联合B开展…; A与B签订…; 与B签订… with the subject before."""
    taken: set[int] = set()
    for pattern in (_WITH, _AND):
        for match in pattern.finditer(line.mask):
            first = line.at[match.start("a")]
            for other in _many(line, *match.span("b")):
                if other.type == "Organization":
                    yield from _relation(
                        line, "partner_of", first, other, match.span(), f"A {match['how']} B", match[0]
                    )
            taken.update(range(*match.span("b")))
    for match in _WITH_ONLY.finditer(line.mask):
        if match.start("b") in taken or not light(match["before"]):
            continue
        subject = topic(line, match.start("b"), context.speaker).principal or context.topic.principal
        for first in [m for m in subject[:1] if m.type == "Organization"]:
            for other in _many(line, *match.span("b")):
                if other.type == "Organization":
                    yield from _relation(
                        line, "partner_of", first, other, match.span(), "subject carried over, 与 B", match[0]
                    )


def parts(line: Line, context: Context) -> Iterator[Relation]:
    """What is a part of what."""
    at = line.at
    for match in _WORKS.finditer(line.mask):
        yield from _relation(line, "part_of", at[match.start(2)], at[match.start(1)], match.span(), "whole, 工程, part")
    for match in _ROW.finditer(line.mask):
        yield from _relation(
            line, "part_of", at[match.start(2)], at[match.start(1)], match.span(), "whole, part side by side"
        )
    for match in _IS_PART.finditer(line.mask):
        yield from _relation(
            line, "part_of", at[match.start(1)], at[match.start(3)], match.span(), "part 是 whole 的 工程"
        )
    for match in _LISTED.finditer(line.mask):
        yield from _listed(line, match)
    for match in _INCLUDES.finditer(line.mask):
        yield from _included(line, match)
    for match in _DURING.finditer(line.mask):
        for part in _row(line, match.start(2)):
            yield from _relation(
                line, "part_of", at[part], at[match.start(1)], (match.start(), part + 1), "whole 期间 part"
            )
    yield from _among(line, context)
    for match in _HOST.finditer(line.mask):
        head = re.search(r"活动周|峰会|论坛|大会|博览会|会议|展会", line.mask[max(0, match.start() - 3) : match.end()])
        before = [at[i] for i in range(match.start()) if line.mask[i] == EVENT][-1:]
        before = before or context.recent(head[0] if head else "")
        for part in _row(line, match.start(1)):
            for whole in before[-1:]:
                yield from _relation(line, "part_of", at[part], whole, (match.start(), part + 1), "现场 part")


def _included(line: Line, match: re.Match[str]) -> Iterator[Relation]:
    """《目录》包括两部分：一是A，二是B."""
    kind = line.mask[match.start(1)]
    if line.mask[match.start(2)] != kind:
        return
    end = next((i for i in range(match.end(), len(line)) if line.mask[i] == "。"), len(line))
    for i in range(match.start(2), end):
        if line.mask[i] == kind and line.mask[i - 1] in "是：、和":
            yield from _relation(
                line, "part_of", line.at[i], line.at[match.start(1)], (match.start(), i + 1), "whole 包括 part"
            )


def _among(line: Line, context: Context) -> Iterator[Relation]:
    """启动G。其中，A开展G1，B开展G2: what follows 其中 is part of what was just launched."""
    whole = context.programme
    if whole is None or not line.mask.startswith("其中"):
        return
    for match in _MADE.finditer(line.mask):
        if line.mask[match.start(1)] == PROGRAMME:
            yield from _relation(line, "part_of", line.at[match.start(1)], whole, match.span(), "其中 part")


def _row(line: Line, first: int) -> list[int]:
    found = [first]
    while first + 2 < len(line) and line.mask[first + 1] in "、和与及" and line.mask[first + 2] == line.mask[found[0]]:
        first += 2
        found.append(first)
    return found


def _listed(line: Line, match: re.Match[str]) -> Iterator[Relation]:
    whole = line.at[match.start(1)]
    wanted = {"亮相": (EVENT,)}.get(match[0][:2], (PROJECT, PROGRAMME))
    if (
        match[0][:2] == "亮相"
        and whole.type != "Event"
        or match[0][:2] != "亮相"
        and whole.type not in ("Programme", "Project")
    ):
        return
    letters = "".join(wanted).replace("[", "").replace("]", "")
    before = [i for i in range(match.start()) if line.mask[i] in letters][-1:]
    for part in before:
        yield from _relation(line, "part_of", line.at[part], whole, (part, match.end()), f"part {match[0][:2]} whole")


def bases(line: Line) -> Iterator[Relation]:
    """为贯彻落实B，印发A; 根据B，制定A; A推动B落实落地."""
    at = line.at
    for match in _BASIS.finditer(line.mask):
        made = _MADE.search(line.mask, match.end())
        if made is None:
            continue
        for target in _many(line, *match.span("o")):
            yield from _relation(
                line,
                "implements",
                at[made.start(1)],
                target,
                (match.start(), made.end()),
                f"{match['how']} basis, made",
            )
    for match in _LANDS.finditer(line.mask):
        s, o = (1, 2) if match[1] else (3, 4)
        yield from _relation(
            line, "implements", at[match.start(s)], at[match.start(o)], match.span(), "推动 policy 落实"
        )


def changes(line: Line) -> Iterator[Relation]:
    """New names, and what documents do to documents."""
    at = line.at
    for match in _RENAMED.finditer(line.mask):
        yield from _relation(
            line, "renamed_to", at[match.start(1)], at[match.start(2)], match.span(), "A 更名为 B", match[0]
        )
    for match in _REPLACES.finditer(line.mask):
        yield from _relation(line, "replaces", at[match.start(1)], at[match.start(2)], match.span(), "A 替代 B")
    for match in _REPEALS.finditer(line.mask):
        for target in _many(line, *match.span(2)):
            yield from _relation(line, "repeals", at[match.start(1)], target, match.span(), "A 施行, B 废止")
    for match in _AMENDS.finditer(line.mask):
        target = match.start(2) if match[2] else match.start(3)
        if target >= 0 and (match[2] or match[3]):
            yield from _relation(line, "amends", at[match.start(1)], at[target], match.span(), "A 修改 B")
    for match in _EFFECTIVE.finditer(line.mask):
        policy = [i for i in range(match.start()) if line.mask[i] == POLICY][-1:]
        for i in policy:
            yield Relation(
                "effective_on", at[i], at[match.start(1)], line.span(i, match.end()), "policy 自 date 起施行"
            )


__all__ = ["ANY", "bases", "changes", "partners", "parts"]
