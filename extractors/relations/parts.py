"""What is a part of what: X骨干工程Y, Y亮相X, X期间举办Y, X包括Y."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.model import Mention, Relation
from extractors.patterns import regex
from extractors.relations.clauses import LETTERS, Line
from extractors.relations.context import Context
from extractors.relations.grammar import light, modality, pattern
from extractors.relations.themes import event_subject, theme

_EVENT = LETTERS["Event"]
_KINDS = "".join(LETTERS[kind] for kind in ("Project", "Product", "Programme", "Event", "Policy", "Work"))
_WORKS = pattern(r"(⟨Project⟩)(?:⟨w:work⟩|节点|八大|性){0,5}(?:工程|项目|节点)(?:——|—|：)?(⟨Project⟩)")
_ROW = pattern(r"(?=([⟦Project⟧])⟨Place⟩?(⟨Project⟩))")  # 甲通道|乙高速|丙大桥: each with the next
_PIECE = regex(r"(?:桥|隧道|站|枢纽|段|运河|船闸|服务区|码头|[一二三四]期|号|核心舱|实验舱)(?:工程)?$")
_LIKE = "[⟦Project⟧⟦Programme⟧⟦Event⟧⟦Policy⟧]"
_IS_PART = pattern(
    r"""([⟦Project⟧⟦Programme⟧⟦Event⟧])，?(?:[就正也]?是|作为|属于|成为)⟨~12⟩([⟦Project⟧⟦Programme⟧⟦Event⟧])(?:跨⟨Place⟩|⟨Place⟩段)?(?:的|中的|中|(?=首[个座条项]|唯一|重点|骨干|控制性|标志性|关键|重要|先行|节点))⟨~14⟩
        (?:工程|部分|项目|环节|活动|单元|一期|板块|之一|子计划|子课题|分论坛|分会场|赛区|首站|内容|专场|第[一二三四五六七八九十\d]{1,3}站|电源点?|枢纽)""",
    only="[⟦Project⟧⟦Programme⟧⟦Event⟧]，?(?:[就正也]?是|作为|属于|成为)",
)
# 位于P，是W的组成部分: the part is what the sentence is about
_IS_SILENT = pattern(
    r"""[，](?P<is>[就正也还]?是|属于|作为)⟨~6⟩([⟦Project⟧⟦Programme⟧⟦Event⟧])(?: (?:的|中的|中)⟨~14⟩
        (?:工程|部分|项目|环节|活动|单元|一期|板块|之一|子计划|子课题|分论坛|分会场|赛区|首站|内容|专场) | 之一)""",
    only="，(?:[就正也还]?是|属于|作为)",
)
_AS_PART = pattern(
    r"作为([⟦Project⟧⟦Programme⟧])(?:在⟨Place⟩)?的⟨~10⟩(?:组成部分|工程|项目)(?:——|，⟨s~8⟩)(⟨Project⟩)",
    only="作为[⟦Project⟧⟦Programme⟧⟦Event⟧]",
)
# 作为W的重要论坛，E开幕
_AS_EVENT = pattern(
    r"作为(⟨Event⟩)的⟨~10⟩(?:组成部分|论坛|活动|赛事|板块|环节|会议|展会)，[^，。；⟦Any⟧]{0,6}(⟨Event⟩)(?!的)",
    only="作为⟨Event⟩",
)
# 作为W的平行论坛之一，P; W重点活动之一的P
_ONE_OF = pattern(
    rf"""(?:作为)?(?P<whole>{_LIKE})(?:的|中的)?[^，。；⟦Any⟧]{{0,12}}之一(?:的|，|——)⟨~6⟩(?P<part>{_LIKE})
        | (?P<item>{_LIKE})⟨~4⟩作为(?P<all>{_LIKE})的⟨~8⟩(?:活动|论坛|赛事|项目|工程|板块|组成部分|内容)""",
    only="之一|作为[⟦Project⟧⟦Programme⟧⟦Event⟧⟦Policy⟧]",
)
_BELONGS = pattern(r"(⟨Org⟩)(?:所属|下属|直属|下设|附属)的?(⟨Org⟩)")
_UNDER = pattern(
    r"(⟨Org⟩)[^，。；⟦Org⟧]{0,8}(?:隶属于?|直属于|(?:是|为)(?=⟨Org⟩(?:的)?(?:下设|下属|直属|所属|内设|分支)))(⟨Org⟩)"
)
# W设A、B等分论坛; W由A、B组成
_DIVIDED = pattern(
    rf"""(?P<whole>{_LIKE})(?!等)⟨s~20⟩(?:下设|设有|设置了?|包括|包含|分为|涵盖|由)[^，。；：⟦Any⟧]{{0,8}}[：]?
        (?P<parts>{_LIKE}(?:[、和及与]{_LIKE})+)
        (?:等?[^，。；⟦Any⟧]{{0,4}}[0-9一二三四五六七八九十两多]?[^，。；⟦Any⟧]{{0,6}}
            (?:部分|论坛|会场|活动|板块|子?项目|工程|赛区|赛道|赛事|专场|单元|组成|构成))""",
    only="[⟦Project⟧⟦Programme⟧⟦Event⟧⟦Policy⟧][、和及与][⟦Project⟧⟦Programme⟧⟦Event⟧⟦Policy⟧]",
)
_SHOWN = pattern(r"(⟨Event⟩)[^，。；⟦Event⟧]{0,12}⟨m:part_of⟩⟨~10⟩(⟨Event⟩)")
_LISTED = pattern(
    r"([⟦Project⟧⟦Programme⟧])[^，。；⟦Project⟧⟦Programme⟧]{0,12}被?⟨t:part_of⟩了?⟨~10⟩([⟦Project⟧⟦Programme⟧])"
)
_DURING = pattern(r"(⟨Event⟩)(?:举办|举行|活动)?期间⟨s~40⟩(?:举办|开展|举行|召开|组织|启动|新增|推出)⟨~10⟩(⟨Event⟩)")
# 诗歌节启动了A大赛，举办了B巡展; 本届进博会首次设立A论坛
_HOLDS = pattern(
    r"""(?:举办|开展|举行|组织|启动|新增|推出|设立|设置|增设|新设|特设|开设|设有|安排)了?⟨~12⟩
        (⟨Event⟩(?!的|组委会) | ⟨Programme⟩(?=等[^，。；]{0,8}活动))"""
)
# 缔约方大会中国角举行了E
_CORNER = pattern(
    r"(⟨Event⟩)⟨Event⟩?(?:中国角|中国馆|[\u4e00-\u9fff]{0,4}边会|会场|展区|主会场)(?:举行|举办|召开)了?⟨~6⟩(⟨Event⟩)",
    only="(?:中国角|中国馆|边会|会场|展区)(?:举行|举办|召开)",
)
_OPENED = regex(r"(?:式|仪式|发布会|会议|全会)$")  # an opening or a session holds no other event
_HERE = pattern(
    r"(?P<head>活动周|峰会|论坛|大会|博览会|会议|展会)?(?:现场|会上|活动期间|期间)⟨s~20⟩(?:举办|开展|举行|组织)了?⟨~10⟩(⟨Event⟩)"
)
_INCLUDES = pattern(
    r"([⟦Policy⟧⟦Programme⟧⟦Event⟧])⟨s~20⟩(?:包括|包含|分为)[^。；，：⟦Any⟧]{0,10}(?:[：，]|部分)[^。；⟦Any⟧]{0,4}(⟨Any⟩)"
)
_OF_THESE = pattern(r"(?:启动|开展|实施|组织|推出|部署)⟨~16⟩(⟨Programme⟩)")
# X二期工程, X项目一期
_PHASE = regex(r"(.{3,}?)(?:[一二三四五]期|首期)(?:工程|项目|建设)?")


def _part(line: Line, part: int, whole: Mention, span: tuple[int, int], rule: str) -> Iterator[Relation]:
    if line.at[part].name.text != whole.name.text:
        yield Relation("part_of", line.at[part], whole, line.span(*span), rule)


def belongs(line: Line) -> Iterator[Relation]:
    """O所属O2, O2隶属于O; read before posts are taken out: 复旦大学附属华山医院院长P."""
    forms = ((_BELONGS, 1, 2, "whole 所属 part"), (_UNDER, 2, 1, "part 隶属 whole"))
    for form, whole, part, rule in forms:
        for match in form.finditer(line.mask):
            yield from _part(line, match.start(part), line.at[match.start(whole)], match.span(), rule)


def parts(line: Line, context: Context) -> Iterator[Relation]:
    """The parts and wholes that one sentence names."""
    if line.names(_KINDS, 2):
        yield from _named(line)
    if _EVENT in line.signs:
        yield from _here(line, context)
    if _EVENT in line.signs or LETTERS["Programme"] in line.signs:
        yield from _holds(line, context)
    if context.programme is not None and line.mask.startswith("其中"):
        # 启动G。其中，A开展G1，B开展G2
        for match in _OF_THESE.finditer(line.mask):
            yield from _part(line, match.start(1), context.programme, match.span(), "其中 part")


def _named(line: Line) -> Iterator[Relation]:
    """Parts and wholes that are both named in the sentence."""
    for form, whole, part, rule in (
        (_WORKS, 1, 2, "whole, 工程, part"),
        (_AS_PART, 1, 2, "作为 whole 的部分, part"),
        (_AS_EVENT, 1, 2, "作为 whole 的论坛, part"),
        (_IS_PART, 2, 1, "part 是 whole 的 工程"),
        (_SHOWN, 2, 1, "part 亮相 whole"),
        (_LISTED, 2, 1, "part 列入 whole"),
        (_CORNER, 1, 2, "whole 会场举行 part"),
    ):
        for match in form.finditer(line.mask):
            yield from _part(line, match.start(part), line.at[match.start(whole)], match.span(), rule)
    for match in _ROW.finditer(line.mask):
        larger = line.at[match.start(1)]
        smaller = line.at[match.start(2)].name.text
        if (
            not line.words(match.start(1)).endswith("”")
            and larger.span.end == line.start(match.start(1) + 1)
            and (_PIECE.search(smaller) or line.words(match.start(1)).endswith(("东线", "中线", "西线")))
        ):  # “甲”“乙” is a list
            span = match.start(1), match.end(2)
            yield from _part(line, match.start(2), larger, span, "whole, part side by side")
    yield from _one_of(line)
    yield from _divided(line)
    for match in _IS_SILENT.finditer(line.mask):
        about = theme(line, match.start())
        kinds = (line.mask[about], line.mask[match.start(2)]) if about is not None else ("", "-")
        if about is not None and (kinds[0] == kinds[1] or kinds == (LETTERS["Project"], LETTERS["Programme"])):
            yield from _part(
                line, about, line.at[match.start(2)], (about, match.end()), "是 whole 的 工程, carried over"
            )
    for match in _INCLUDES.finditer(line.mask):
        yield from _included(line, match)
    for match in _DURING.finditer(line.mask):
        for i in _row(line, match.start(2)):
            yield from _part(line, i, line.at[match.start(1)], (match.start(), i + 1), "whole 期间 part")


def _one_of(line: Line) -> Iterator[Relation]:
    """作为W的平行论坛之一，P; P作为W的重要活动."""
    for match in _ONE_OF.finditer(line.mask):
        whole, part = ("whole", "part") if match["part"] else ("all", "item")
        kinds = line.mask[match.start(part)], line.mask[match.start(whole)]
        if kinds[0] == kinds[1] or kinds[1] == _EVENT or kinds == (LETTERS["Project"], LETTERS["Programme"]):
            yield from _part(line, match.start(part), line.at[match.start(whole)], match.span(), "one of the whole")


def _divided(line: Line) -> Iterator[Relation]:
    """W下设A、B两个分论坛: the parts are of the kind of the whole."""
    for match in _DIVIDED.finditer(line.mask):
        for i in range(*match.span("parts")):
            if line.mask[i] == line.mask[match.start("whole")]:
                yield from _part(line, i, line.at[match.start("whole")], match.span(), "whole 下设 part")


def _holds(line: Line, context: Context) -> Iterator[Relation]:
    """An event that itself holds an event: 诗歌节启动了A大赛，举办了B巡展."""
    for match in _HOLDS.finditer(line.mask):
        clause, _ = line.clause(match.start())
        lead = theme(line, match.start())
        if lead is not None and modality(line.mask[lead : match.start()]) != "asserted":
            continue  # 全会部署…，全党要…，开展A活动
        if _OPENED.search(line.at[lead].name.text if lead is not None else ""):
            continue
        for event in event_subject(line, clause, match.start(), context):
            for i in _row(line, match.start(1)):
                yield from _part(line, i, event, (clause, i + 1), "大会 holds event")
        if lead is None or line.mask[lead] != _EVENT or not light(line.mask[max(lead + 1, clause) : match.start()]):
            continue
        for i in _row(line, match.start(1)):
            yield from _part(line, i, line.at[lead], (lead, i + 1), "event holds event")


def _here(line: Line, context: Context) -> Iterator[Relation]:
    """现场举办A、B, 峰会期间举办A: at the event of the clause before, or of the sentences before."""
    for match in _HERE.finditer(line.mask):
        before = [line.at[i] for i in range(match.start()) if line.mask[i] == _EVENT]
        for event in before[-1:] or context.recent(match["head"] or ""):
            for i in _row(line, match.start(2)):
                yield from _part(line, i, event, (match.start(), i + 1), "现场 part")


def _row(line: Line, first: int) -> list[int]:
    """A thing and those of its type joined to it."""
    return line.row(first, line.mask[first])


def _included(line: Line, match: re.Match[str]) -> Iterator[Relation]:
    """《目录》包括两部分：一是A，二是B."""
    kind = line.mask[match.start(1)]
    if line.mask[match.start(2)] != kind:
        return
    end = line.mask.find("。", match.end())
    for i in range(match.start(2), end if end >= 0 else len(line)):
        if line.mask[i] == kind and line.mask[i - 1] in "是：、和":
            yield from _part(line, i, line.at[match.start(1)], (match.start(), i + 1), "whole 包括 part")


# 某活动周启动式, 某大会分论坛: the name says of what it is a part
_OPENING = regex(r"(.{3,}?)(?:暨.+)?(?:启动式|启动仪式|开幕式|闭幕式|(?:全国|国家|中国|北京|上海)?主场活动|分论坛)")
# 深中通道|西人工岛, 机场三期扩建工程|T5航站楼
_SUBWORK = regex(
    r"(?:[东西南北主副]?(?:人工岛|互通|枢纽|航站楼|锚碇|主塔)|T\d航站楼|首段工程|先行工程|[\u4e00-\u9fff]{0,6}(?:特大桥|大桥|隧道))"
)
_EDITION = regex(r"^(?:(?:19|20)\d\d年?|第[\d一二三四五六七八九十百]+届|首届)+")


def _wholes(mention: Mention, named: dict[str, Mention]) -> Iterator[tuple[Mention, str]]:
    """The larger things that the name of a thing speaks of, if the article names them."""
    if mention.type == "Project" and (phase := _PHASE.fullmatch(mention.name.text)):
        bare = phase[1].strip("“”")
        for form in (bare, f"{bare}工程", f"{bare}项目"):
            if form in named and named[form].type == "Project":
                yield named[form], "phase of a project"
    if mention.type == "Project":
        name = mention.name.text
        for n in range(3, len(name)):
            whole = named.get(name[:n])
            if whole is not None and whole.type == "Project" and _SUBWORK.fullmatch(name, n):
                yield whole, "piece named after its work"
    if mention.type == "Event" and (opening := _OPENING.fullmatch(mention.name.text)):
        bare = _EDITION.sub("", opening[1])
        for form, whole in named.items():
            if whole.type == "Event" and _same_feast(_EDITION.sub("", form), bare):
                yield whole, "opening of an event"


def _same_feast(name: str, bare: str) -> bool:
    """Whether 丰收节 is short for the feast of a name: 中国农民丰收节."""
    return name == bare or (len(bare) > 2 and bare[-1] in "节周月" and name.endswith(bare))


def phases(mentions: Sequence[Mention]) -> Iterator[Relation]:
    """散裂中子源二期工程 is a part of 散裂中子源, where the article names both."""
    named = {m.name.text: m for m in reversed(mentions) if m.type in ("Project", "Event")}
    for mention in named.values():
        for whole, rule in _wholes(mention, named):
            if whole.name.text != mention.name.text:
                yield Relation("part_of", mention, whole, mention.span, rule)
