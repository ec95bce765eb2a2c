"""Places by other words than 在P and 位于: P举办E, P是E的举办地, 主会场设在P, J是P最大的水电站, 齐聚P."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Mention, Name, Relation
from extractors.patterns import regex
from extractors.relations.clauses import LETTERS, Line
from extractors.relations.context import Context
from extractors.relations.grammar import PARTS, pattern
from extractors.relations.nesting import lies

# 江苏泰州, 古巴首都哈瓦那, 新疆的喀什, 东部港口城市
_LINK = "的|首都|首府|省会|州府|[东西南北中]{1,2}部(?:港口)?城市|(?:沿海|港口)城市"
CHAIN = f"⟨Place⟩(?:(?:{_LINK})?⟨Place⟩){{0,9}}"
CHAINS = rf"{CHAIN}(?:(?:[、和与及]|以及){CHAIN})*"
WORK = """(?:水?电站|工程|项目|枢纽|大桥|隧道|铁路|高铁|公路|机场|港口|码头|基地|平台|装置|设施|园区|[油气]田群?
    |储气库群?|管道|运河|船闸|水库|灌区|电厂|风电场|核电基地|加氢站|储能站|换流站|变电站|数据中心|智算中心)"""
_VENUE = pattern(
    r"""(⟨Place⟩)[^，。；⟦Any⟧]{0,8}(?:是|为|作为)⟨~6⟩(⟨Event⟩)的?[^，。；⟦Any⟧]{0,8}
        (?:场馆|会场|会址|举办地|主办地|承办地|举办城市|主办城市|赛场|比赛场地)"""
)
_MAIN_VENUE = pattern(rf"主会场(?:设在|位于|在|设于)?({CHAIN})")
_IS_AT = pattern(
    rf"""(?P<thing>⟨Project⟩)是(?P<place>{CHAIN})(?!协同|一体化|战略)[^，。；⟦Any⟧]{{0,30}}{WORK}(?=[，。；]|$)
        | (?<![距离至到往接向近])(?P<before>{CHAIN})(?!协同|一体化|战略|建设)
            (?:[^，。；⟦Any⟧]|⟨Product⟩|⟨Quantity⟩){{0,30}}{WORK}
            ——⟨Org⟩?(?P<after>⟨Project⟩|⟨Place⟩(?=[^，。；⟦Any⟧]{{0,16}}(?:投产|开发|生产|储量|产量)))
        | (?<![距离至到往接向近])(?P<first>{CHAIN})(?:首[个座条]|第[一二三]座|最大的?|最高的?)[^，。；⟦Any⟧]{{0,16}}
            (?:{WORK}|港)(?P<named>⟨Project⟩)(?!的)""",
    only="⟨Project⟩是⟨Place⟩|——⟨Org⟩?[⟦Project⟧⟦Place⟧]|首[个座条]|第[一二三]座|最[大高]",
)
# 广西柳州成功举办E
_HOSTS = pattern(
    rf"""(?:^|[，。；：\s]|⟨Date⟩)({CHAIN})(?:⟨w:adverbial⟩|⟨Date⟩|成功|还|将){{0,4}}
        (?:举办|举行|召开|承办|迎来)了?[^，。；⟦Any⟧]{{0,10}}(⟨Event⟩)(?!的)""",
    only="(?:举办|举行|召开|承办|迎来)了?[^，。；⟦Any⟧]{0,10}⟨Event⟩",
)
# 在北京大学举行: a body that has halls
_IN_HALLS = pattern(
    r"""(?:(?P<event>⟨Event⟩)(?:今天|昨天|近日|日前|⟨Date⟩|[上下]午){0,3})?[在于]⟨Place⟩{0,3}(?P<hall>⟨Org⟩)(?:隆重|正式|成功|顺利|⟨Date⟩){0,2}
        (?P<how>举行|举办|召开|开幕|闭幕|启动|开展|展出|揭幕|启幕)(?:了|的)?(?P<after>⟨Event⟩)?"""
)
_HALLS = regex("(?:大学|学院|中学|学校|博物[馆院]|[图科美展纪艺文][\u4e00-\u9fff]{0,4}馆|中心|剧院|公园|总部)$")
_GATHER = pattern(rf"(?:齐聚|相聚|汇聚|会聚|云集|相约)({CHAIN})(?=[，。；]|$)")
_OF_TOLD = ((_MAIN_VENUE, "主会场 place"), (_GATHER, "齐聚 place"))


def innermost(line: Line, start: int, end: int) -> Mention:
    """The last place of 甘肃陇南康县; 京 is Beijing."""
    found = [line.at[i] for i in range(start, end) if i in line.at]
    if found:
        return found[-1]
    return Mention(line.span(start, end), "Place", Name("北京市", code="110000", anaphor=True), "在京")


def sites(line: Line, context: Context) -> Iterator[Relation]:
    """Where events take place and works stand, as one sentence tells it without 在 or 位于."""
    mask, events = line.mask, LETTERS["Event"] in line.signs
    for match in _VENUE.finditer(mask) if events else ():
        yield from lies(line, line.at[match.start(2)], line.at[match.start(1)], match.span(), "place 是 event 的 venue")
    for match in _IS_AT.finditer(mask) if "——" in mask or line.works else ():
        pairs = (("place", "thing"), ("before", "after"), ("first", "named"))
        where, what = next(pair for pair in pairs if match[pair[0]])
        place, thing = innermost(line, *match.span(where)), match.start(what)
        yield from lies(line, line.at[thing], place, match.span(), "thing 是 place 的 电站")
    if events:
        yield from halls(line)
    for match in _HOSTS.finditer(mask) if events else ():
        place = innermost(line, *match.span(1))
        if place.type == "Place":  # a park that holds an event is a body
            yield from lies(line, line.at[match.start(2)], place, match.span(), "place 举办 event")
    for form, rule in _OF_TOLD if "主会场" in mask or "聚" in mask or "云集" in mask or "相约" in mask else ():
        for match in form.finditer(mask):
            for event in _told_of(line, match.start(), context):
                yield from lies(line, event, innermost(line, *match.span(1)), match.span(), f"{rule}, the event before")


def halls(line: Line) -> Iterator[Relation]:
    """Events held in a university, a museum or a centre."""
    for match in _IN_HALLS.finditer(line.mask) if line.bodies else ():
        hall = line.at[match.start("hall")]
        if (match["event"] or match["after"]) and _HALLS.search(hall.name.text):
            event = line.at[match.start("event" if match["event"] else "after")]
            yield from lies(line, event, hall, match.span(), "event 在 hall 举行")


def _told_of(line: Line, before: int, context: Context) -> list[Mention]:
    """The last event that the sentence, its paragraph or one shortly before has named."""
    here = [line.at[i] for i in range(before) if line.mask[i] in PARTS["Event"]]
    return here[-1:] or ([context.latest] if context.latest else context.recent())
