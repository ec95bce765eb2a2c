"""Pieces of a work or of an event, where the words between them say what the one is to the other.

川青铁路全线控制性工程——德胜隧道, 南水北调中线引江补汉工程, 包括A在内的B, X大会平行论坛Y, 举办A、B等5个分论坛.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Mention, Relation
from extractors.patterns import regex
from extractors.relations.clauses import LETTERS, Line
from extractors.relations.context import Context
from extractors.relations.grammar import light, modality, pattern

_EVENT = LETTERS["Event"]
_WORK = LETTERS["Project"]
# 通道|骨干电源点, 全线|最长桥梁, 首个科学实验舱; 深圳至江门段控制性工程
_STRETCH = (
    r"(?:[东西南北中]线|(?:[\u4e00-\u9fff]{1,6}|⟨Place⟩)(?:[至到—－-](?:[\u4e00-\u9fff]{1,6}|⟨Place⟩))?段|[一二三四]期)"
)
_RANK = r"""(?: ⟨w:work⟩ | 重难点 | 难点 | 节点 | 八大 | 性 | 在建 | 先行 | 独立 | 特大型? | 大型 | 首[个座条批]
    | 第[一二三四五六七八九十]+[个座条大]?
    | 最[长大高深难][的]? | 最后一[座条个] | 唯一 )"""
_HEAD = r"(?:工程|项目|节点|桥梁|隧道|特大桥|大桥|电源点?|变电站|电站|枢纽|车站|实验舱|舱段|标段)"
_KEY_WORK = pattern(
    rf"""(?P<whole>⟨Project⟩)”?(?:线路?|通道|群)?(?:的?{_STRETCH})?(?:的?(?:全线|沿线)|的?⟨Place⟩境内的?)?
        (?:的?{_RANK}{{1,5}}(?:能源|交通|水利|科学|控制|桥隧|电力|骨干|主体){{0,2}}{_HEAD})(?:——|—|：|:|、)?(?:全长⟨Quantity⟩的)?⟨Place⟩{{0,2}}(?P<part>⟨Project⟩)(?!的)""",
    only="⟨Project⟩[^，。；]+⟨Project⟩",
)
# 南水北调中线引江补汉工程, 西部陆海新通道西线工程——黄百铁路
_LINE = pattern(
    r"(?P<whole>⟨Project⟩)”?(?:[东西南北中]线(?:[一二三四]期)?(?:工程)?|[一二三四]期工程)(?:——)?(?P<part>⟨Project⟩)(?!的)"
)
# 银昆高速宁夏段乔家畈1号大桥: the stretch, and a piece of it
_ON_STRETCH = pattern(
    r"""(?P<whole>⟨Project⟩)”?(?:新建)?(?:(?:⟨Place⟩|[\u4e00-\u9fff]{1,6})(?:[至到—－-](?:⟨Place⟩|[\u4e00-\u9fff]{1,6}))?){1,2}(?:段|连接线)
        (?P<part>⟨Project⟩)(?!的)""",
    only="(?:段|连接线)⟨Project⟩",
)
_PIECE_NAME = regex("(?:桥|隧道|站|枢纽|互通|立交|船闸|服务区|渡槽|泵站|斜井|竖井)(?:工程)?$")
# 互联互通示范工程——苏州轨道交通11号线
_DASH = pattern(r"(?P<whole>⟨Project⟩)——(?:⟨Place⟩|首[个座条批]|新建){0,3}(?P<part>⟨Project⟩)(?!的)")
_SET = regex("(?:示范工程|重大工程|工程|项目群|基地|集群|网|规划|计划)”?$")
# 某工程建设不停工，工程最重要的变电站P进入安装: of the one work that the sentence is about
_ITS_PIECE = pattern(
    r"""[，](?:该|整个)?(?:工程|项目|线路|全线)的?(?:(?:最|首)?(?:重要|关键|核心|控制性|长|大|难|[座个条])){1,3}的?
        [^，。；⟦Any⟧]{0,12}(?P<part>⟨Project⟩)(?!的)"""
)
# J开始水上施工。在控制性工程P建设现场，…: of the one work of the sentence before
_ON_SITE = pattern(
    r"(?:目前，|眼下，|这几天，)?在(?:其|全线)?(?:控制性|关键性?|关键控制性|关键节点|节点)工程(?:——)?(?P<part>⟨Project⟩)(?!的)"
)
# 风电场群的重要组成部分——华电玉环1号海上风电场
_COMPONENT = pattern(r"(?P<whole>⟨Project⟩)”?群?的?⟨~4⟩组成部分(?:——|—|：)⟨Place⟩{0,2}(?P<part>⟨Project⟩)(?!的)")
# “深海一号”的二期工程
_PHASE = pattern(r"(?P<whole>⟨Project⟩)”?的(?P<part>⟨Project⟩)")
_PHASE_NAME = regex(r"[一二三四五]期(?:工程|项目)?")
_AMONG = pattern(r"包括(?P<part>⟨Project⟩)[^，。；、⟦Any⟧]{0,3}在内的⟨~6⟩(?P<whole>⟨Project⟩)")
# 阿尔金山隧道是格库铁路线上的最长隧道
_IS_ON = pattern(
    r"""(?P<part>⟨Project⟩)，?是⟨~4⟩(?P<whole>⟨Project⟩)”?(?:线上|线|全线|上|沿线){0,2}的?[^，。；、⟦Any⟧]{0,8}
        (?:桥梁|隧道|大桥|车站|枢纽站?|节点|电源点?|航站楼|互通|标段|路段)(?=[，。；]|$)"""
)
# 深中通道桥梁工程总长约17公里，包括中山大桥、伶仃洋大桥和引桥
_CONSISTS = pattern(
    r"""(?:^|[，。；])(?P<whole>⟨Project⟩)(?P<gap>[^。；⟦Project⟧⟦Org⟧⟦Event⟧]{0,24}?)，?(?:主要|共|共计)?(?:包括|包含)
        (?P<part>⟨Project⟩)(?=[、和与及])"""
)
_OTHERS = regex(r"等|批|各|多个|类|支持|项目|还|也|继")
# 包括A、B在内的五条通道: the whole is what follows
_IN_ALL = regex("[^。，；]{0,60}?在内的")
# 科博会平行论坛人才论坛, 广交会第一期进口展
_FORUM = r"(?:论坛|活动|赛事|会议|展会|展览|板块|单元|环节|边会|对话会)"
_WITHIN = pattern(
    rf"""(?P<whole>⟨Event⟩)的?(?:平行|分|主题|专题|重要|重点|配套|系列|子|核心|主体|首[个场]|高端|特色|旗舰|品牌|官方|专场){{1,4}}{_FORUM}
        (?:之一)?(?:——|—|：|、)?(?P<part>⟨Event⟩)(?!的|组委会)
        | (?:本届|此次|本次|今年)(?P<fair>⟨Event⟩)(?P<stage>⟨Event⟩)(?!的|组委会)"""
)
# 进博会的重要组成部分——虹桥论坛
_EVENT_PART = pattern(r"(?P<whole>⟨Event⟩)”?的⟨~4⟩组成部分(?:——|—|：)⟨Place⟩{0,2}(?P<part>⟨Event⟩)(?!的|组委会)")
# “某电影节——法国电影周”
_EDITION = pattern(r"(?P<whole>⟨Event⟩)”?——“?(?P<part>⟨Event⟩)(?!的)")
_STAGE = regex(r"第?[一二三首][期场届]|主?展|[主分]论坛|[主分]会场|主题")
# 举办A、B等5个固定分论坛: of the event that the paragraph is about
_FIVE = pattern(
    rf"""(?:举办|开展|举行|组织|设置|设立|设有|安排|召开|推出|增设)了?(?P<first>⟨Event⟩)(?P<more>[^。；，]{{0,60}}?)
        等[^，。；、⟦Any⟧]{{0,10}}(?:分|平行|专题|主题|配套|系列|子|同期|特色|轮值主场){_FORUM}"""
)


def pieces(line: Line, context: Context) -> Iterator[Relation]:
    """Pieces of the works and events that one sentence names."""
    if _WORK in line.signs:
        several = line.works > 1
        if several:
            yield from _works(line)
        yield from _on_site(line, context)
        if several:
            yield from _of_one_work(line)
    if _EVENT in line.signs:
        yield from _events(line, context)


def _works(line: Line) -> Iterator[Relation]:
    """A work and a piece of it that the sentence both names."""
    for form, rule in (
        (_KEY_WORK, "whole, 控制性工程, part"),
        (_LINE, "whole 中线 part"),
        (_COMPONENT, "whole 的组成部分, part"),
    ):
        for match in form.finditer(line.mask):
            row = line.row(match.start("part"), _WORK)
            for i in row[:1] if form is _LINE else row:  # 甲工程中线乙工程、丙工程: the list goes on without 甲
                yield from _piece(line, i, line.at[match.start("whole")], (match.start(), i + 1), rule)
    for form, rule in ((_AMONG, "包括 part 在内的 whole"), (_IS_ON, "part 是 whole 上的隧道")):
        for match in form.finditer(line.mask):
            yield from _piece(line, match.start("part"), line.at[match.start("whole")], match.span(), rule)
    yield from _stretches(line)


def _of_one_work(line: Line) -> Iterator[Relation]:
    """The phase of a work, the works of which it consists."""
    for match in _PHASE.finditer(line.mask):
        if _PHASE_NAME.fullmatch(line.words(match.start("part"))):
            yield from _piece(line, match.start("part"), line.at[match.start("whole")], match.span(), "whole 的 phase")
    for match in _CONSISTS.finditer(line.mask):
        within = line.mask.startswith("在内的", match.end("part")) or _IN_ALL.match(line.mask, match.end("part"))
        if _OTHERS.search(match["gap"]) is None and not within:
            for i in line.row(match.start("part"), _WORK):
                yield from _piece(line, i, line.at[match.start("whole")], (match.start(), i + 1), "whole 包括 part")


def _piece(line: Line, part: int, whole: Mention, span: tuple[int, int], rule: str) -> Iterator[Relation]:
    if line.at[part].name.text != whole.name.text:
        yield Relation("part_of", line.at[part], whole, line.span(*span), rule)


def _on_site(line: Line, context: Context) -> Iterator[Relation]:
    """The piece of the work that the sentence before is about."""
    works = [m for m in context.told if m.type == "Project"]
    match = _ON_SITE.match(line.mask) if works else None
    if match:
        yield from _piece(line, match.start("part"), works[-1], match.span(), "在控制性工程 part, of the work before")


def _stretches(line: Line) -> Iterator[Relation]:
    """A bridge on a stretch of a road, a work after the dash of its programme of works, a piece of the one work."""
    for match in _ON_STRETCH.finditer(line.mask):
        if _PIECE_NAME.search(line.words(match.start("part"))):
            yield from _piece(
                line, match.start("part"), line.at[match.start("whole")], match.span(), "whole 的一段, part"
            )
    for match in _DASH.finditer(line.mask):
        if _SET.search(line.words(match.start("whole"))):
            yield from _piece(line, match.start("part"), line.at[match.start("whole")], match.span(), "whole——part")
    for match in _ITS_PIECE.finditer(line.mask):
        named = [i for i in range(match.start()) if line.mask[i] == _WORK]
        if len({line.at[i].name.text for i in named}) == 1:
            span = (named[0], match.end())
            yield from _piece(line, match.start("part"), line.at[named[0]], span, "whole, 工程最重要的 part")


def _events(line: Line, context: Context) -> Iterator[Relation]:
    if line.signs.count(_EVENT) > 1:
        yield from _two_events(line)
    for match in _FIVE.finditer(line.mask):
        start, _ = line.clause(match.start())
        ahead = line.mask[start : match.start()]
        named = [line.at[i] for i in range(match.start()) if line.mask[i] == _EVENT]
        if modality(ahead) != "asserted" or not (light(ahead) or _EVENT in ahead):
            continue
        for whole in named[-1:] or context.recent():
            for i in range(match.start("first"), match.end("more")):
                if line.mask[i] == _EVENT:
                    yield from _piece(line, i, whole, (match.start(), match.end()), "举办 parts 等分论坛")


def _two_events(line: Line) -> Iterator[Relation]:
    """An event and a part of it that the sentence both names."""
    for match in _WITHIN.finditer(line.mask):
        larger, part = ("whole", "part") if match["part"] else ("fair", "stage")
        if match["part"] or _STAGE.match(line.words(match.start("stage"))):
            for i in line.row(match.start(part), _EVENT):
                yield from _piece(line, i, line.at[match.start(larger)], (match.start(), i + 1), "whole 平行论坛 part")
    for match in _EVENT_PART.finditer(line.mask):
        span = match.span()
        yield from _piece(line, match.start("part"), line.at[match.start("whole")], span, "whole 的组成部分, event")
    for match in _EDITION.finditer(line.mask):
        yield from _piece(line, match.start("part"), line.at[match.start("whole")], match.span(), "event——event")
