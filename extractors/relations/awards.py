"""Who gave whom which title: 认定A为…, 授予A“…”称号, A被B评为…, 大奖包括A的B."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.model import Mention, Relation
from extractors.relations.clauses import ANY, LETTERS, ORG, PROJECT, Line
from extractors.relations.subjects import Context, modality, topic

_WINNER = f"[{ORG[1:-1]}{PROJECT[1:-1]}]"
_WINNERS = rf"{_WINNER}(?:[、和及]{_WINNER})*"
_VERB = r"(?:认定|授予|评定|命名|评选|评为|确定|遴选|推荐)"
_AWARD = r"[“]?(?P<award>[^，。；、“”]{2,24})[”]?(?:称号)?"
# 工业和信息化部认定海尔集团、格力电器等20家企业为…
_GIVES = re.compile(
    rf"(?P<giver>{ORG})(?P<gap>[^，。；{ORG[1:-1]}]{{0,14}}?){_VERB}了?(?P<won>{_WINNERS})(?:等[^，。；为]{{0,10}})?(?:为|获得|获|是)?{_AWARD}"
)
# 认定…为 with the giver before the comma
_GIVEN = re.compile(
    rf"(?:^|[，。；])(?:[将并还又共正式]|{LETTERS['Date']}){{0,4}}(?:认定|授予|评定|评为)了?(?P<won>{_WINNERS})(?:等[^，。；为]{{0,10}})?为?{_AWARD}"
)
# 海尔集团被工业和信息化部评为…
_TAKES = re.compile(
    rf"(?P<won>{_WINNERS})(?P<gap>[^，。；]{{0,6}}?)(?:被|获|经|由)(?P<giver>{ORG})(?:正式|联合)?(?:认定|授予|评定|命名|评)(?:为)?{_AWARD}"
)
# 大奖包括A的B、C的D; the giver stands in the sentence before
_LIST = re.compile(
    rf"(?P<award>[^，。；、“”{ANY[1:-1]}]{{0,8}}(?:奖|称号)|{LETTERS['Programme']})(?:获得者|得主|名单|项目)?(?:包括|分别为|分别是|有|为|是|：)"
)
_JURY = re.compile(rf"({ORG})[^，。；]{{0,12}}?(?:评选出|评出|评选|评定出|遴选出|揭晓|颁发)")


def _words(line: Line, match: re.Match[str]) -> str | None:
    start, end = match.span("award")
    words = "".join(
        line.at[i].name.text if i in line.at and line.at[i].type not in ("Date", "Quantity") else line.mask[i]
        for i in range(start, end)
    )
    words = re.sub(r"^[“”\s]+|[“”\s]+$", "", re.sub(r"[\ue000-\uf8ff]", "", words))
    return words or None


def _won(line: Line, giver: Mention, match: re.Match[str], rule: str, doubt: str = "") -> Iterator[Relation]:
    for i in range(*match.span("won")):
        if i in line.at and line.at[i].name.text != giver.name.text:
            yield Relation(
                "recognised", giver, line.at[i], line.span(*match.span()), rule, modality(doubt), _words(line, match)
            )


def awards(line: Line, context: Context) -> Iterator[Relation]:
    """Titles and prizes that one sentence says were given."""
    for match in _GIVES.finditer(line.mask):
        yield from _won(line, line.at[match.start("giver")], match, "giver, verb of award, winner", match["gap"])
    for match in _TAKES.finditer(line.mask):
        yield from _won(line, line.at[match.start("giver")], match, "winner 被 giver verb of award", match["gap"])
    for match in _GIVEN.finditer(line.mask):
        for giver in [m for m in topic(line, match.start(), context.speaker).members if m.type == "Organization"]:
            yield from _won(line, giver, match, "giver carried over, verb of award, winner")
    jury = _JURY.search(line.mask)
    if jury:
        context.jury = line.at[jury.start(1)]
    if context.jury is not None:
        yield from _listed(line, context.jury)


def _listed(line: Line, jury: Mention) -> Iterator[Relation]:
    for match in _LIST.finditer(line.mask):
        end = next((i for i in range(match.end(), len(line)) if line.mask[i] in "。；"), len(line))
        products = [i for i in range(match.end(), end) if line.mask[i] in PROJECT]
        if products:
            for i in products:
                yield Relation(
                    "recognised",
                    jury,
                    line.at[i],
                    line.span(match.start(), i + 1),
                    "prize list of a jury",
                    qualifier=_words(line, match),
                )
