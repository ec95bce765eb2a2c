"""Where bodies and places are at home by what they are: O是P的企业, 来自P的O, P企业O, L是P最大的湖泊."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.model import Relation
from extractors.patterns import regex
from extractors.relations.clauses import LETTERS, PARK, Line, letter
from extractors.relations.grammar import PARTS, modality, pattern
from extractors.relations.nesting import lies
from extractors.relations.sites import CHAIN, WORK, innermost

_SETTLED = ("Company", "Academy")  # a ministry or an association of a place may sit elsewhere
_KIND = "(?:企业|公司|车企|药企|厂商|高校|大学|医院|研究所|研究院|科研机构)"
# 京东方是合肥引进的企业, 乙是中国最大的外资企业: at home elsewhere
_IS_A = pattern(
    rf"(?P<thing>⟨Org⟩)是(?:一家|来自)?(?P<place>{CHAIN})(?P<what>[^，。；⟦Any⟧]{{0,20}}){_KIND}(?=[，。；]|$)",
    only="⟨Org⟩是(?:一家|来自)?⟨Place⟩",
)
_GUEST = regex("引[进入育]|引培|外资|外商|合作|投资|招商|进入|在华")
_FROM = pattern(rf"来自(?P<place>{CHAIN})的(?:一家)?(?P<thing>⟨Org⟩)", only="来自⟨Place⟩")
# 深圳民营企业甲, 杭州科技公司乙
_LOCAL = pattern(
    rf"""(?P<place>{CHAIN})(?:的|一家|这家|本地|本土|当地|民营|国有|科技|汽车|龙头|上市|初创|制造|高新技术|专精特新){{0,3}}
        (?:企业|公司|车企|药企|高校)(?P<thing>⟨Org⟩)""",
    only="(?:企业|公司|车企|药企|高校)⟨Org⟩",
)
# 丰台区靛厂新村12号甲医院
_ADDRESS = pattern(
    r"""(?P<place>⟨Place⟩)[^，。；的⟦Any⟧]{0,10}(?:[路街巷村]|大道|胡同)[\d一二三四五六七八九十]{1,5}号(?:院|楼)?的?
        (?P<thing>⟨Org⟩)""",
    only="号(?:院|楼)?的?⟨Org⟩",
)
_AT_WORK = pattern(r"[^，。]{0,10}(?:车间|工厂|厂区|厂房|基地|产业园|生产线|项目|园区|门店)|的")
_LAND = pattern(
    rf"""(?P<thing>⟨Place⟩)是(?P<place>{CHAIN})(?P<what>[^，。；⟦Any⟧]{{0,24}})
        (?:湖泊?|淡水湖|咸水湖|河流?|内陆河|水库|湿地|岛屿?|山峰|村庄?|[古小城]镇|草原|公园|[乡县]|县城|城市|口岸|港口?)(?=[，。；]|$)""",
    only="⟨Place⟩是⟨Place⟩",
)
_FRIENDS = regex("友好|姐妹|友城|结对|对口|通往|对接|连接|毗邻|邻近|距")
# 漳河灌区地跨荆门、荆州、宜昌三市
_SPANS = pattern(
    rf"(?P<thing>⟨Project⟩|⟨Place⟩)地跨(?P<places>{CHAIN}(?:(?:[、和与及]|以及){CHAIN}){{0,6}})", only="地跨"
)
# 作为山西南部的主要灌溉工程，J
_AS_WORK = pattern(
    rf"作为(?P<place>{CHAIN})(?!协同|一体化|战略)[^，。；⟦Any⟧]{{0,30}}{WORK}，(?P<thing>⟨Project⟩)", only="作为⟨Place⟩"
)
# 甲公司在深圳投资创立乙中心, 赣州成立了首个乙中心
_FOUNDED_THERE = pattern(
    rf"""在({CHAIN})(?:投资|出资|共同|联合|合作|正式|新|分别){{0,2}}(?:设立|创立|成立|组建|建立|创办|建设|新建|共建)了?
        (?:[^，。；、的⟦Any⟧]{{0,12}}的)?[^，。；、的⟦Any⟧]{{0,10}}(⟨Org⟩)(?=[，。；、]|和⟨Org⟩|等|$)
        | (?:^|[，。；]|⟨Date⟩)({CHAIN})(?:⟨Date⟩|近日|日前|正式|新|率先|还|已|先后|陆续){{0,3}}
        (?:成立|设立|组建|建成|创办)了?
        [^，。；、的⟦Any⟧]{{0,10}}(⟨Org⟩)(?=[，。；、]|和⟨Org⟩|等|$)""",
    only="[立建办设成]了?[^，。；⟦Any⟧]{0,23}⟨Org⟩",
)


def homes(line: Line) -> Iterator[Relation]:
    """Where one sentence says that bodies, works and places belong."""
    if len(line.at) < 2:
        return
    if line.bodies:
        yield from _bodies(line)
    for match in _LAND.finditer(line.mask) if "是" in line.mask else ():
        town, land = line.at[match.start("thing")], innermost(line, *match.span("place"))
        if letter(town) != PARK and not _FRIENDS.search(match["what"]):
            yield from lies(line, town, land, match.span(), "place 是 place 的 lake")
    for match in _AS_WORK.finditer(line.mask) if "作为" in line.mask else ():
        thing = line.at[match.start("thing")]
        yield from lies(line, thing, innermost(line, *match.span("place")), match.span(), "作为 place 的工程, thing")
    for match in _SPANS.finditer(line.mask) if "地跨" in line.mask else ():
        for i in range(*match.span("places")):
            if i in line.at and line.mask[i + 1 : i + 2] not in tuple(PARTS["Place"]):
                yield from lies(line, line.at[match.start("thing")], line.at[i], match.span(), "thing 地跨 places")


def _bodies(line: Line) -> Iterator[Relation]:
    """Where a body is at home: by what it is, by the town that it was founded in, by its address."""
    for form, rule in ((_IS_A, "thing 是 place 的企业"), (_FROM, "来自 place 的 thing"), (_LOCAL, "place 企业 thing")):
        for match in form.finditer(line.mask):
            if form is _IS_A and _GUEST.search(match["what"]):
                continue
            yield from _body(line, match, rule)
    yield from _founded(line)
    for match in _ADDRESS.finditer(line.mask) if "号" in line.mask else ():
        yield from _body(line, match, "address of thing")


def _body(line: Line, match: re.Match[str], rule: str) -> Iterator[Relation]:
    body = line.at[match.start("thing")]
    if body.name.kind in _SETTLED and not (rule != "thing 是 place 的企业" and _AT_WORK.match(line.mask, match.end())):
        yield from lies(line, body, innermost(line, *match.span("place")), match.span(), rule)


def _founded(line: Line) -> Iterator[Relation]:
    """A centre that is set up in a town: 在深圳创立乙中心, 赣州成立了乙中心."""
    for match in _FOUNDED_THERE.finditer(line.mask) if LETTERS["Organization"] in line.mask else ():
        doubt = modality(line.mask[line.clause(match.start())[0] : match.start()])
        where, body = (1, 2) if match[1] else (3, 4)
        for i in line.row(match.start(body), line.mask[match.start(body)]) if doubt != "negated" else ():
            if line.at[i].name.kind in (*_SETTLED, None, "Association"):
                place, span = innermost(line, *match.span(where)), (match.start(where), i + 1)
                yield from lies(line, line.at[i], place, span, "在 place 成立 body", doubt)
