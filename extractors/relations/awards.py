"""Who gave whom which title: 认定A为…, 授予A“…”称号, A被B评为…, 大奖包括A的B."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.model import Mention, Relation
from extractors.patterns import regex
from extractors.relations.clauses import Line
from extractors.relations.context import Context
from extractors.relations.grammar import PARTS, modality, pattern
from extractors.relations.subjects import carried

_WON = r"(?P<won>[⟦Org⟧⟦Project⟧](?:[、和及][⟦Org⟧⟦Project⟧]){0,60})"
_VERB = "⟨t:recognised⟩"
_AWARD = r"“?(?P<award>[^，。；、“”]{2,24})”?(?:称号)?"
# 工业和信息化部认定海尔集团、格力电器等20家企业为…
_GIVES = pattern(
    rf"(?P<giver>⟨Org⟩)(?P<gap>[^，。；⟦Org⟧]{{0,14}}?){_VERB}了?{_WON}(?:等[^，。；为]{{0,10}})?(?:为|获得|获|是)?{_AWARD}",
    only="⟨t:recognised⟩了?[⟦Org⟧⟦Project⟧]",
)
# 认定…为 with the giver before the comma
_GIVEN = pattern(
    rf"(?:^|[，。；])(?:[将并还又共]|正式|⟨Date⟩){{0,4}}(?:认定|授予|评定|评为)了?{_WON}(?:等[^，。；为]{{0,10}})?为?{_AWARD}"
)
# 海尔集团被工业和信息化部评为…
_TAKES = pattern(
    rf"{_WON}⟨~6⟩(?:被|获|经|由)(?P<giver>⟨Org⟩)(?:正式|联合)?(?:认定|授予|评定|命名|评)为?{_AWARD}",
    only="[被获经由]⟨Org⟩",
)
# 大奖包括A的B、C的D; the giver stands in the sentence before
_LIST = pattern(
    r"""(?P<award>[^，。；、“”⟦Any⟧]{0,8}(?:奖|称号)|⟨Programme⟩)(?:获得者|得主|名单|项目)?
        (?:包括|分别为|分别是|有|为|是|：)(?P<won>[^。；]*)"""
)
# X入选A“…”名单; X荣获A授予的“…”称号
_ENTERS = pattern(
    rf"""{_WON}(?:等[^，。；]{{0,10}})?⟨~6⟩(?:入选|上榜|获评|荣获|获得|获|被列入)了?(?:由)?(?P<giver>⟨Org⟩)
        (?:等[^，。；]{{0,8}})?(?P<how>⟨~8⟩(?:授予|颁发|评选|公布|发布|认定|评定)的?)?
        “?(?P<award>(?:第[^，。；]{{1,4}}批|⟨Date⟩)?[^，。；、“”⟦Any⟧]{{2,24}})”?
        (?P<end>[^，。；“”⟦Any⟧]{{0,6}}?(?:称号|名单|奖|榜单|证书|企业|基地|案例|试点|目录|认定|工厂|园区|品牌|单位|示范区))""",
    only="[选榜评获得入]了?由?⟨Org⟩",
)
# A公布…名单，B的X、C的Y入选
_LISTED = pattern(
    r"""(?P<giver>⟨Org⟩)[^。；⟦Org⟧]{0,14}(?:公布|发布|公示|印发|揭晓)(?P<award>[^，。；]{2,40}?)(?:入选)?(?:名单|目录|清单|结果|榜单)
        ，(?P<won>[^。；]{0,80}?)(?:成功|双双|均|榜上|全部)?(?:入选|上榜|入围|获评|在列|有名|获批)(?![^，。；]{0,4}名单)""",
    only="名单|[目清]录|清单|结果|榜单",
)
_JURY = pattern(r"(⟨Org⟩)⟨~12⟩(?:评选出|评出|评选|评定出|遴选出|揭晓|颁发)")


def awards(line: Line, context: Context) -> Iterator[Relation]:
    """Titles and prizes that one sentence says were given."""
    mask = line.mask
    winners = line.bodies > 1 or line.works  # beside the body that gives
    for match in filter(lambda m: _titled(line, m), _GIVES.finditer(mask) if winners else ()):
        yield from _won(line, line.at[match.start("giver")], match, "giver, verb of award, winner")
    for match in _TAKES.finditer(mask) if winners else ():
        yield from _won(line, line.at[match.start("giver")], match, "winner 被 giver, verb of award")
    for match in _ENTERS.finditer(mask) if winners else ():
        yield from _won(line, line.at[match.start("giver")], match, "winner 入选 giver's list")
    given = "认定" in mask or "授予" in mask or "评定" in mask or "评为" in mask
    for match in filter(lambda m: _titled(line, m), _GIVEN.finditer(mask) if given else ()):
        for giver in carried(line, match.start(), context, across=False).members:
            if giver.type == "Organization":
                yield from _won(line, giver, match, "giver carried over, verb of award, winner")
    for match in _LISTED.finditer(mask) if winners else ():
        yield from _on_list(line, match)
    jury = _JURY.search(mask) if "评" in mask or "遴选" in mask or "揭晓" in mask or "颁发" in mask else None
    if jury:
        context.jury = line.at[jury.start(1)]
    if context.jury is not None:
        yield from _prizes(line, context.jury)


# 授予A“甲”称号, 授予A乙奖, 认定A为丙: between winner and title stands 为 or a quote, or the title says what it is
_BY_NAME = regex("(?:奖|奖章|称号|勋章|荣誉|头衔|证书|牌匾|基地|企业|中心|单位|园区|实验室|示范区)$")


def _titled(line: Line, match: re.Match[str]) -> bool:
    giver = match.start("giver") if "giver" in match.re.groupindex else 0
    if giver and line.mask[giver - 1] in "被获由经":
        return False  # 官兵被O授予O“勋章”: who wins stands before
    between = line.mask[match.end("won") : match.start("award")]
    return any(c in between for c in "为“获是") or _BY_NAME.search(match["award"]) is not None


def _won(line: Line, giver: Mention, match: re.Match[str], rule: str) -> Iterator[Relation]:
    doubt = modality(match.groupdict().get("gap") or "")
    for i in range(*match.span("won")):
        if i in line.at and line.at[i].name.text != giver.name.text:
            span = line.span(*match.span())
            yield Relation("recognised", giver, line.at[i], span, rule, doubt, _title(line, match))


def _on_list(line: Line, match: re.Match[str]) -> Iterator[Relation]:
    """What a published list holds: the projects and products, else the bodies right before 入选."""
    things = [i for i in range(*match.span("won")) if line.mask[i] in PARTS["Project"]]
    bodies = [i for i in range(*match.span("won")) if i in line.at and line.mask[i] in PARTS["Org"]]
    title, giver = _title(line, match), line.at[match.start("giver")]
    for i in things or bodies:
        if line.at[i].name.text != giver.name.text:
            span = line.span(match.start(), match.end())
            yield Relation("recognised", giver, line.at[i], span, "winner on the list of a body", qualifier=title)


def _prizes(line: Line, jury: Mention) -> Iterator[Relation]:
    """大奖包括A的B、C的D: the prizes of the jury that was just named."""
    for match in _LIST.finditer(line.mask):
        for i in range(*match.span("won")):
            if line.mask[i] in PARTS["Project"]:
                span = line.span(match.start(), i + 1)
                title = _title(line, match)
                yield Relation("recognised", jury, line.at[i], span, "prize list of a jury", qualifier=title)


_KIND = regex("(?:工厂|园区|品牌|单位|示范区|企业|基地|案例|试点)$")


def _title(line: Line, match: re.Match[str]) -> str | None:
    """The words of the award, with the names of mentions in it."""
    said = [
        line.at[i].name.text if i in line.at and line.at[i].type not in ("Date", "Quantity") else line.mask[i]
        for i in range(*match.span("award"))
    ]
    kind = _KIND.search(match.groupdict().get("end") or "")  # “绿色工厂”, whose last word closed the pattern
    return re.sub(r"[“”\s\ue000-\uf8ff]", "", "".join(said) + (kind[0] if kind else "")) or None
