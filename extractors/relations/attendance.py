"""Who was there without a verb of attending: deputies at the 两会, one exhibitor after another, who reports."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Mention, Relation
from extractors.patterns import regex
from extractors.relations.clauses import LETTERS, Line
from extractors.relations.context import Context, members
from extractors.relations.grammar import pattern
from extractors.relations.subjects import groups

_EVENT = LETTERS["Event"]
_PERSON = LETTERS["Person"]
_PARLIAMENT = regex("两会|(?:全国人民代表大会|全国委员会)第.+会议|(?:人大|政协)[一二三四五]次会议")
# 今年全国两会，A将围绕…建言; 两会上，他提出…
_SITS = pattern(
    r"(⟨Event⟩)(?:召开)?(?:期间|上)?，(?:(?P<named>⟨Person⟩)(?:⟨Date⟩|也|还|将|又|再|继续|重点|带来|准备|提|围|就|建)|[他她](?!们))"
)
# 在E上，A展示X，B发布Y
_SHOWS = pattern(
    r"""(?P<at>⟨Event⟩)(?:展会|现场|会场)?上，⟨Org⟩(?:展示|发布|展出|推出|带来|亮出|公布|介绍|表示|宣布|签约)[^。；]{0,60}?，
        ⟨Org⟩(?:则|也|还|将)?(?:展示|发布|展出|推出|带来|亮出|公布|介绍|表示|宣布|签约)"""
)
_NEXT = pattern(r"，(⟨Org⟩)(?:则|也|还|将)?(?:展示|发布|展出|推出|带来|亮出|公布|介绍|表示|宣布|签约)")
# 教育部、科技部负责同志介绍有关情况: at the meeting that was held in the sentences before
_REPORTS = pattern(
    r"""(?:负责同志|负责人|主要负责同志|相关负责人|有关负责人|代表)(?:分别|先后|共同|还)?
        (?: 介绍了?(?:有关|相关)情况 | 回应了?委员 | 作了?(?:说明|情况介绍|交流发言|书面发言)
          | 汇报了?(?:有关|相关|工作)情况 | 到会听取意见 )(?=[，。；])"""
)
# 新闻发布会今天举行，A负责人介绍…
_BRIEFING = regex("发布会|吹风会|通气会|记者会|见面会|座谈会|说明会|论坛|峰会$")
_BRIEFS = pattern(
    r"""(⟨Event⟩)(?:今天|昨天|⟨Date⟩|[上下]午|在⟨Place⟩{1,3}|在京){0,4}(?:举行|召开|举办)，
        [^，。；的⟦Any⟧]{0,10}(?P<who>[⟦Org⟧⟦Person⟧])(?:(?:相关|有关|主要)?(?:负责人|负责同志|发言人))?
        (?:在会上|会上)?(?:⟨w:saying⟩)
        | (?:举行|召开)[^，。；的⟦Any⟧]{0,10}(?P<event>⟨Event⟩)，[^，。；的⟦Any⟧]{0,10}(?P<speaker>⟨Org⟩)
        (?:(?:相关|有关|主要)?(?:负责人|负责同志|发言人))?(?:介绍|通报|解读|发布)了?""",
    only="(?:举行|召开|举办)，|⟨Event⟩，",
)
# 大会在京举行，A、B发表主旨演讲
_SPEECH = pattern(
    r"""(⟨Event⟩)(?:今天|昨天|⟨Date⟩|[上下]午|在⟨Place⟩{1,3}|在京){0,4}(?:举行|召开|举办|开幕)，
        (?P<who>[⟦Org⟧⟦Person⟧](?:[、和及与][⟦Org⟧⟦Person⟧]){0,12})(?:等[^，。；的⟦Any⟧]{0,8})?
        (?:出席并?|应邀|分别|先后|共同|现场|在开幕式上|在会上|开幕式上){0,3}
        (?:发表[^，。；]{0,10}(?:演讲|致辞|讲话|报告) | 致辞 | 作[^，。；]{0,8}报告)""",
    only="(?:举行|召开|举办|开幕)，[⟦Org⟧⟦Person⟧]",
)
# 举行发布会，邀请国家消防救援局相关负责人介绍…
_INVITED = pattern(
    r"""(⟨Event⟩)(?:⟨~20⟩)，(?:邀请|请|由)(?P<who>[⟦Org⟧⟦Person⟧](?:[、和及与][⟦Org⟧⟦Person⟧]){0,8})
        (?:等?(?:相关|有关|主要)?(?:部门|单位)?(?:负责人|负责同志|发言人|专家|同志))?(?:[就对围][^，。；]{0,40}?)?
        (?:介绍|解读|回答|出席|进行解读|作介绍|答记者问)""",
    only="，(?:邀?请|由)[⟦Org⟧⟦Person⟧]",
)
# 受国务院委托，财政部副部长李明作了关于…的说明: before the session of the body that passes laws
_EXPLAINS = pattern(
    r"""(?:^|[，。；])(?P<who>⟨Person⟩(?:[，、和⟦Person⟧⟦Org⟧]{0,20}⟨Person⟩)?)(?:等[^，。；⟦Any⟧]{0,4})?(?:还|分别|先后)?
        (?: 就(?:关于)?(?:提请)?(?:审议)?[^。；]{0,80}?作了?(?:传达和|通报和)?(?:说明|传达|通报)
          | 作了?(?:关于[^。；]{0,160}?的)?(?:说明|报告|汇报) )(?=[，。；、])"""
)
_SESSION = regex("(?:常委会|常务委员会|全国人民代表大会|政协|政治协商会议|委员长).*会议$")
# 李明常委建议: a member who speaks at the session of his body
_MEMBER = pattern(
    r"(?:^|[，。；])(?P<who>⟨Person⟩)(?:常委|委员)(?:代表[^，。；]{1,12})?(?:发言)?(?:建议|提出|表示|认为|说)"
)
_IN_SESSION = ((_EXPLAINS, "person 作说明, the session before"), (_MEMBER, "member speaks at the session"))
# 李明在车展调研, 李明来到他所在的大会青海代表团, 李明宣布大会开幕, 大会举行记者会，李明回答提问
_COMES = (
    # headline: 中共中央举行纪念座谈会 李明发表重要讲话
    pattern(
        r"(?:举行|召开)(?P<event>⟨Event⟩)[\ \u3000](?P<who>⟨Person⟩)(?:出席|主持|讲话|致辞|发表[^，。；\ ]{0,4}讲话)"
    ),
    pattern(
        r"""(?P<who>⟨Person⟩)(?:⟨Date⟩|在⟨Place⟩+|⟨Place⟩|专程|先后|今天|[上下]午){0,5}在(?P<event>⟨Event⟩)
            (?:现场|展馆|企业馆|展区|会场|主会场)?(?:调研|考察|参观|巡馆|巡展)"""
    ),
    pattern(r"(?P<who>⟨Person⟩)[^，。；⟦Any⟧]{0,4}(?:⟨Date⟩)?(?:来到|参加|在)[他她]所在的(?P<event>⟨Event⟩)"),
    pattern(
        r"(?P<who>⟨Person⟩)[^，。；不未没⟦Any⟧]{0,8}宣布(?P<event>⟨Event⟩)[^，。；⟦Any⟧]{0,6}(?:开始|开幕|闭幕|启动|开馆)"
    ),
    pattern(
        r"""(?P<event>⟨Event⟩)(?:⟨Date⟩|今天|[上下]午|在⟨Place⟩+){0,3}举行(?:首场|第[一二三]场)?(?:中外)?(?:记者会|新闻发布会)，
            (?P<who>⟨Person⟩)(?:就[^。；]{0,40}?)?(?:回答|介绍|答记者问)"""
    ),
)
# 李明来到E展馆，参观甲、乙等企业的展台
_STANDS = pattern(
    r"""(?:参观|察看|走进|来到|巡视)了?(?P<who>[^，。；的⟦Event⟧⟦Person⟧⟦Project⟧]{1,80}?)(?:等[^，。；的⟦Any⟧]{0,14})?的?
        [^，。；的⟦Any⟧]{0,6}(?:展台|展位|展区|展厅)""",
    only="展[台位区厅]",
)
# 会议听取了李明作的关于…的报告
_HEARD = pattern(
    r"""(?: (?P<event>⟨Event⟩) | (?P<head>会议|大会) )(?:还|分别|先后)?(?:听取|审议)了?[^，。；]{0,24}?
        (?P<who>⟨Person⟩(?:、[^，。；、⟦Person⟧]{0,16}⟨Person⟩){0,8})
        (?:受[^，。；]{0,12}委托)?(?:分别|先后)?所?作的"""
)


# 参加E的委员们分组讨论。李明在参加经济界小组讨论时说
_IN_GROUP = pattern(
    r"""(?P<who>⟨Person⟩)(?:⟨Date⟩)?在(?:参加|出席|看望)?[^，。；⟦Event⟧]{0,16}?
        (?:小组(?:讨论|会议|审议)|联组会?议?|界别协商会议|代表团(?:审议|全体会议|讨论)|分组(?:讨论|审议))时(?:还|都)?(?:⟨w:saying⟩)"""
)


def attendance(line: Line, context: Context) -> Iterator[Relation]:
    """Who was at an event by what he is or does there."""
    for match in _HEARD.finditer(line.mask) if "作的" in line.mask else ():
        for event in [line.at[match.start("event")]] if match["event"] else context.recent(match["head"]):
            for i in range(*match.span("who")):
                if line.mask[i] == _PERSON:
                    yield Relation("attended", line.at[i], event, line.span(*match.span()), "会议听取 person 作的")
    for match in _STANDS.finditer(line.mask) if "展" in line.mask else ():
        before = [line.at[i] for i in range(match.start()) if line.mask[i] == _EVENT]
        for event in before[-1:] or context.recent():
            for source in members(line, *match.span("who")):
                yield Relation("attended", source, event, line.span(*match.span()), "a stand at the event")
    if _EVENT in line.signs:
        if context.deputies:
            yield from _deputies(line, context)
        if line.bodies or _PERSON in line.signs:
            yield from _named_there(line)
    elif context.seen:
        yield from _told_before(line, context)


def _named_there(line: Line) -> Iterator[Relation]:
    """Who is at an event that the sentence names."""
    for match in _BRIEFS.finditer(line.mask):
        event = line.at[match.start("event" if match["event"] else 1)]
        if _BRIEFING.search(event.name.text):
            source = line.at[match.start("speaker" if match["speaker"] else "who")]
            span = line.span(*match.span())
            yield Relation("attended", source, event, span, "event 举行，actor 介绍")
    for match in _SPEECH.finditer(line.mask):
        for source in members(line, *match.span("who")):
            span = line.span(*match.span())
            yield Relation("attended", source, line.at[match.start(1)], span, "event 举行，actors 发表演讲")
    for form in _COMES if _PERSON in line.signs else ():
        for match in form.finditer(line.mask):
            who, event = line.at[match.start("who")], line.at[match.start("event")]
            yield Relation("attended", who, event, line.span(*match.span()), "person comes to the event")
    for match in _INVITED.finditer(line.mask) if "请" in line.mask or "由" in line.mask else ():
        if _BRIEFING.search(line.at[match.start(1)].name.text):
            for source in members(line, *match.span("who")):
                span = line.span(*match.span())
                yield Relation("attended", source, line.at[match.start(1)], span, "event，请 actor 介绍")
    for match in _SHOWS.finditer(line.mask) if line.bodies > 1 else ():
        stop = line.mask.find("。", match.end())
        for other in _NEXT.finditer(line.mask, match.start(), stop if stop >= 0 else len(line)):
            span = line.span(match.start(), other.end())
            yield Relation("attended", line.at[other.start(1)], line.at[match.start("at")], span, "shows at the event")


def _told_before(line: Line, context: Context) -> Iterator[Relation]:
    """Who is at an event that sentences before have named."""
    for match in _IN_GROUP.finditer(line.mask) if "组" in line.mask or "代表团" in line.mask else ():
        for event in [e for e, _ in context.seen if _PARLIAMENT.search(e.name.text)][-1:]:
            source, span = line.at[match.start("who")], line.span(*match.span())
            yield Relation("attended", source, event, span, "person speaks in a group of the session")
    for form, rule in _IN_SESSION if _PERSON in line.signs else ():
        for match in form.finditer(line.mask):
            for event in context.recent("会议"):
                if _SESSION.search(event.name.text):
                    for start in (i for i in range(*match.span("who")) if line.mask[i] == _PERSON):
                        span = line.span(start, min(start + 3, len(line)))  # not as far as 建议, which is no supposing
                        yield Relation("attended", line.at[start], event, span, rule)
    for match in _REPORTS.finditer(line.mask) if "负责" in line.mask or "代表" in line.mask else ():
        group = next((g for g in groups(line, True) if g.start() <= match.start() <= g.end()), None)
        if group is None or line.mask[: group.start()].strip():
            continue
        for event in context.recent():
            for source in members(line, *group.span()):
                span = line.span(group.start(), match.end())
                yield Relation("attended", source, event, span, "reports at the event before")


def _deputies(line: Line, context: Context) -> Iterator[Relation]:
    """A deputy who will speak at the 两会 sits there."""
    for match in _SITS.finditer(line.mask):
        event = line.at[match.start(1)]
        if _PARLIAMENT.search(event.name.text) is None:
            continue
        for person in [line.at[match.start("named")]] if match["named"] else _he(context):
            if person.name.text in context.deputies:
                yield Relation("attended", person, event, line.span(*match.span()), "deputy at the 两会")


def _he(context: Context) -> list[Mention]:
    """The one person whom 他 can mean."""
    people = [m for m in context.topic.members if m.type == "Person"]
    return people if len(people) == 1 else list(context.deputies.values()) if len(context.deputies) == 1 else []
