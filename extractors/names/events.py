"""Events by their names: recurring ones that the lexicon knows, political meetings, and what ends like an event.

第七届世界智能大会, “科学之光”图片展 and 全国科普讲解大赛 are names; 座谈会, 本次论坛 and 系列活动 are not.
What makes a name of a phrase that ends in 会 or 展 is its opening (an edition, a year, a place) or quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from extractors.lexicon import Entry, lexicon, matches
from extractors.model import Article, Mention, Name, Span
from extractors.names.boundary import left_edge, opens
from extractors.names.endings import EDITION, Candidate, candidates, is_generic, only_opens, place_before
from extractors.names.event_forms import events_by_form
from extractors.names.event_wholes import ANNIVERSARY, whole
from extractors.names.held_events import GOVERNED, days_of_the_year, held, numbered, topics
from extractors.names.quotes import curly
from extractors.names.sessions import find_sessions
from extractors.patterns import regex

_NUMERAL = r"[一二三四五六七八九十百零\d]{1,4}"
# 2024年, 第十届, 第6个, “: what stands before the name of a recurring event and belongs to it
_BEFORE = regex(rf"(?P<year>(?:19|20)\d\d年?度?(?:（[^（）]{{2,4}}）年?)?)?(?P<edition>{EDITION})?“?\Z")
_AFTER = regex(r"”?(?P<year>(?:19|20)\d\d年?年会|年会)?")
# 会展|中心, 活动|周, 大会|堂: an ending that runs into another word
_RUNS_ON = {
    "展": regex(r"[陈中示览开现出望区台厅商品位馆会映演厘销播期板能]"),
    "活动": regex(r"[周月日年室区中场性家]"),
    "大会": regex(r"[堂战师]|发言"),
    "全会": regex(r"[议员]"),
    "市集": regex(r"[中体团合群约]|美(?!食)"),
    "峰会": regex(r"活动"),
    "会晤": regex("委员"),
    "会议": regex(r"[室厅中长]"),
    "周": regex(r"[年期边围末报刊]"),
    "节": regex(r"目(?!前)|[点日约水能]"),
    "赛": regex(r"[事制程道场区季果]"),
}
_JOINS = frozenset("与和")
_BODIES = frozenset(("世界经济论坛", "博鳌亚洲论坛"))
_HEAD = regex(
    "(?:执行|名誉|创始人兼)?(?:主席(?!团)|总裁|创始人|理事长|副理事长|理事会|秘书长|秘书处|执行董事|常务董事)"
)
_YEAR = regex(r"(?:19|20)\d\d年(?=[\u4e00-\u9fff]{4})")
_FOUNDED = regex("(?:正式)?(?:成立|创立|创办|诞生|启动)(?:时|之初|以来|之时|之际|后)")
# 总统|召集紧急会议, 同总统等|匈牙利领导人会晤: a verb of a clause
_MEETS = regex(r"等$|[同与和]$")
_SERIES_OF = regex("系列(?:工作|专题)?$")  # 某协会系列|工作会议: more than one
_NAMED_BODY = regex(r"[\u4e00-\u9fff]{4,}(?:研究院|研究所|实验室|大学|学院|博物馆|图书馆)揭牌仪式$")
# 乌兹别克斯坦最高|会议, 联合国贸发|会议: bodies; 全国人大常委会|会议 without its number: one of many
_BODY = regex(
    r"最高(?:人民|国务|委员会)?会议$|(?:贸发|贸易和发展|协商)会议$|(?:国家|联邦|土耳其)安全会议$|(?:国民|人民|政权)代表大会$|最高人民会议$|政治协商会议$"
)
_SITTING = regex(
    r"(?:常委会|常务委员会|常务会|政治局|党组|党委|代表团|分组|杜马|议会|国会|委员会|委员长|内阁|书记处)(?:全体|常务|例行)?会议$"
)
_SAT = regex(r"第.{1,4}次|届.{1,2}次|第.{1,4}届(?:常务|全体)?会议$|\d{4}年")
_NO_SHOW = frozenset("设首发开进扩拓施参延伸舒招铺画大新")  # 发展, 开展, 参展: no exhibition
# 开展一次|家庭教育公开课, 三场|发布会: one of several, not the one
_ONE_OF_SEVERAL = regex(r"[一两二三四五六七八九十\d几多][次场堂节期档](?:的)?$")
# 召开|全国秋粮生产现场会: national meetings are named by what they are about
_NATIONAL = regex(r"(?:工作会议|现场会|推进会|部署会|视频会议|电视电话会议?|观摩会|调度会|动员会|座谈会|交流会)$")
# 进博会|贸易投资对接会: a meeting named by the fair that it belongs to
_PART_OF_FAIR = regex(r"(?:对接会|洽谈会|推介会|论坛|交流会|招商会|分享会|配套活动|圆桌会议?|研讨会|大赛)$")
# 第四届上海|“五五购物节”: what stands before the quotation marks around a name
_OPENS_QUOTED = regex(rf"(?:(?:19|20)\d\d年?|{EDITION}|全国|中国|全球|世界){{1,3}}$")
_NEVER_AFTER = regex(r"[堂厅馆室址票奖杯者费]|报(?!名|告)|期(?!间)")
_OPENING = regex(r"^(?:全国|世界|全球|国际|中国|亚洲|亚太|国家|中央)+")
# 以此次|大会, 政治协商|会议, “进博号”连续四年服务|进博会: no name of an event goes through these
_POINTS = regex(
    r"^暨|^\d+[余多]?[场次个届辆名家位项件]|[及和]\d+|我国|进行$|陷入|[此本这历每][次届]|上述|关于|等(?!级|效|保|离|高|同|青年|主要|重点)|政治协商$|连续第?.年|”服务(?!业)|”等|[开闭]幕式|分裂|抗议|示威|军备|侵略"
    r"|^\d+[余多]?块|年度主席$|^\d{4}年来|^全[省市县区](?:主题教育|党课)|(?:会|展|赛)是|^乡政府|小范围$|进行第|^(?:论坛|大会|峰会)[第和与]|(?:总统|国王|外长)[\u4e00-\u9fff]{2,6}$|^新一轮|^第.场|组织\d|请愿$|^第.{1,4}次峰会$|^首次(?!.*“)"
    r"|^并(?![购网])|共同主持|各项|两大|^部分|附近|出舱|^第[一二三四]期|第[一二三四五]大|歌曲|国民$|主办|这一|报道|改造成|蝉联|卫冕|^[两三四五]省|[两三四]省(?!一)|^[两三四]国"
)
# 世界计量日|中国主场活动: an activity without a year or quotation marks is named by the event that it belongs to
_OF_AN_EVENT = regex(r"(?:[日周节月会展季]|论坛).{0,8}$")
# 讲解大赛优秀选手|颁奖仪式, 洽谈会低空经济|展: no name of its own, and the event before it has one
_PART = regex(
    r"(?:赛|展|论坛|大会)(?!暨)[\u4e00-\u9fff]{4,}颁奖(?:仪式|大会|典礼)$|(?:博览|洽谈|交易|展览)会[\u4e00-\u9fff]{2,8}展(?:览|区)?$"
)
# 北京国际|电影节, 湖北|旅游节: such an ending and a place are name enough
_OF_A_PLACE = regex(r"(?:节|马拉松|运动会|博览会|交易会|展览会|[车书航]展|航空展|动漫展|双年展|[装计影]周)$")
# 普法|市集, 古城|灯会: there are many, unless a place or quotation marks say which
_MET = regex("召开|举行|举办|出席|参加")
_WHOSE = regex(
    "相关|有关|各[类级项地]|多[场次]|[两三四五]方|负责人|领导班子|新闻|民主生活|家长|董事|股东|职工代表|村民|紧急|专题党课"
)
_EVERYWHERE = frozenset(("灯会", "画展", "公众开放日", "开放日", "庙会"))
_PRESS = regex("^(?:新闻)?发布会$|吹风会$")
# “投资中国年”服务业扩大开放专场推介|大会, 《世界开放报告》发布暨国际|研讨会
_AFTER_QUOTED = regex(r"(?:“[^”]{2,24}”[\u4e00-\u9fff\d]{2,20}|《[^》]{2,24}》(?:首发|发布)[\u4e00-\u9fff]{0,8})$")
_NUMBERED = regex(rf"(?:第{_NUMERAL}届|首届)")
# “增长的过去与未来”国际会议|暨全球金融论坛, 空军航空开放活动·|长春航空展: two names of one event
# 增品种、提品质、|创品牌“三品”全国行活动: what is counted in the quotation marks stands before them
_OF_THREE = regex(
    r"(?:(?:19|20)\d\d年?)?(?:(?!年)[\u4e00-\u9fff]{3,4}、){1,4}[\u4e00-\u9fff]{3,4}“[二三四五][\u4e00-\u9fff]”[\u4e00-\u9fff]{2,14}$",
    only="、.{3,4}“[二三四五].”",
)
_TOGETHER = regex(r"^(?P<first>.*(?:会|会议|论坛|节|周|展|大赛|活动|仪式))[暨·]")
# 北京大学与|创新大会: two things, not one name
_WHOLE = regex(r"[会部委局厅省市县区州国院所校社团节赛展周]$|大学|论坛$|活动$|公司$|集团$")


def find_events(article: Article) -> Iterable[Mention]:
    """Mentions of named meetings, forums, fairs, games, weeks and activities."""
    return _find(curly(article.text))


@lru_cache(maxsize=64)
def _find(text: str) -> tuple[Mention, ...]:
    sessions, recurring = tuple(find_sessions(text)), tuple(_recurring(text))
    told = (*sessions, *recurring, *_by_ending(text, sessions, recurring), *_topics(text))
    ends = {m.span.end for m in recurring}  # these know the full name
    taken = {at for m in sessions for at in (m.span.start, m.span.end)}
    clear = [_event(span, re.sub(r"\s", "", text[span[0] : span[1]]), rule) for span, rule in _clear(text)]
    days = [_event(span, name, "day of the year by its number") for span, name in days_of_the_year(text)]
    forms = [_event(*form) for form in events_by_form(text)]
    clear = [m for m in clear if m.span.end not in ends and not taken & {m.span.start, m.span.end}]
    return (*told, *days, *forms, *clear)


def _topics(text: str) -> Iterator[Mention]:
    yield from (_event(span, text[span[0] : span[1]], "meeting by what it was about") for span in topics(text))


def _clear(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    yield from ((span, "whole clause before a verb of holding") for span in held(text))
    yield from ((span, "edition of a festival") for span in numbered(text))


def _event(span: tuple[int, int], name: str, rule: str) -> Mention:
    return Mention(Span(*span), "Event", Name(name), rule)


def _recurring(text: str) -> Iterator[Mention]:
    for start, end, entry in matches(text, "events"):
        before = _BEFORE.search(text, max(0, start - 16), start)
        after = _AFTER.match(text, end)
        first = before.start() if before else start
        last = after.end() if after and after["year"] else end
        if first > 0 and text[first - 1].isdigit() and text[first].isdigit():
            first = start
        if text[first - 1 : first] == "至":  # 2027年至|2030年中非合作论坛共同主席国
            first = start
        if "“" in text[first:start]:
            if text[end : end + 1] == "”":
                last = max(last, end + 1)
            else:
                first = start
        if _NEVER_AFTER.match(text, last):
            continue
        if entry.value in _BODIES and _HEAD.match(text, end):  # 世界经济论坛|主席 heads a body
            body = Name(entry.value, "InternationalOrganization")
            yield Mention(Span(start, end), "Organization", body, "head of a forum that is a body")
            continue
        if _FOUNDED.match(text, last) and "年" in text[first:start]:  # 2000年|中非合作论坛成立时
            first = start
        yield _event((first, last), _edition(entry, text[first:start], text[end:last]), "recurring event")


def _edition(entry: Entry, before: str, after: str) -> str:
    """第134届 + 广交会 = 第134届中国进出口商品交易会; the how-manieth 世界环境日 it is makes no other day of it."""
    before, after = before.strip("“”"), after.strip("“”")
    before = before.removeprefix("首次")
    if before.endswith("个") or entry.value.endswith("日"):
        return entry.value
    if re.search(r"\d|第|首", entry.value):  # 第十九届杭州亚运会: the lexicon's name tells the edition
        return entry.value
    return before + entry.value + after


def _by_ending(text: str, sitting: Sequence[Mention], recurring: Sequence[Mention]) -> Iterator[Mention]:
    known = {m.span.end: m for m in recurring}
    sessions = [m.span for m in sitting]
    for found in candidates(text, "event_suffixes", "event_generic", nested=True, no_ending=_no_ending):
        ending = found.ending
        if not found.core and text[found.start - 1 : found.start] != "“":  # an edge right before it
            continue
        if sessions and any(span.start < found.end <= span.end for span in sessions):
            continue
        if _PART.search(found.core + found.ending):
            continue
        if ending.endswith("会晤") and not found.numbered and _MEETS.search(text, max(0, found.start - 1), found.start):
            continue
        if ending.endswith(("工作会议", "座谈会")) and _SERIES_OF.search(found.core):
            continue
        if ending == "揭牌仪式" and _NAMED_BODY.fullmatch(found.core + ending) and not found.numbered:
            continue  # the body is what is named
        if not _is_name(found):
            if (span := _both(text, found)) and found.end not in known:
                yield _event(span, text[span[0] : span[1]], f"ends in {ending}, about two things")
            elif span := _enclosed(text, found):
                yield _event(span, re.sub(r"\s", "", text[span[0] : span[1]]), f"ends in {ending} in quotation marks")
            continue
        if _ONE_OF_SEVERAL.search(text, max(0, found.start - 4), found.start) and not (found.numbered or found.quoted):
            continue
        if _BODY.search(found.core + found.ending) or (
            _SITTING.search(found.core + found.ending) and not _SAT.search(found.core + found.ending)
        ):
            continue
        if text[found.end : found.end + 1] == "暨" and not (
            found.numbered or found.opened or found.quoted or ANNIVERSARY.search(found.core)
        ):
            continue
        start, name = whole(text, found)
        if (
            of_three := _OF_THREE.search(text, max(0, start - 24), found.end)
            if text[start - 1 : start] == "、"
            else None
        ):
            start, name = of_three.start(), of_three[0]
        if _FOUNDED.match(text, found.end) and (year := _YEAR.match(name)):  # 2000年|亚洲合作论坛成立时
            start, name = start + year.end(), name[year.end() :]
        fair, also, _ = name.partition("暨")
        if also and fair in lexicon("events"):  # 本届|南博会暨|第27届中国昆明进出口商品交易会: two names
            start, name = start + len(fair) + 1, name[len(fair) + 1 :]
        if re.match(r"[\d一二三四五六七八九十百]+周年", name):
            continue
        series = known.get(found.end)
        if series and found.start < series.span.start:  # 韩国祝愿|杭州亚运会 is no longer name, 江苏省|全国科普日 is
            before = text[found.start : series.span.start]
            if not (only_opens(before) or found.numbered) or before.endswith("总台"):  # 总台|进博会转播
                continue
            known_name = series.name.text
            name = (before.removesuffix("全国") if known_name.startswith("全国") else before) + known_name
        yield _event((start, found.end), re.sub(r"\s", "", name), f"ends in {ending}")


def _no_ending(text: str, start: int, end: int) -> bool:
    """发|展, 大会|堂: the words are part of others."""
    ending = text[start:end]
    if ending == "展" and text[start - 1 : start] in _NO_SHOW:
        return True
    runs_on = _RUNS_ON.get(ending if ending in _RUNS_ON else ending[-1:])
    return bool(runs_on and runs_on.match(text, end)) or _NEVER_AFTER.match(text, end) is not None


@cache
def _rank() -> re.Pattern[str]:
    words = (re.escape(word) for word, entry in lexicon("event_generic").items() if entry.value == "rank")
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


def _described(rest: str) -> str:
    """What a name says of its field: 青少年科技 of 国际青少年科技."""
    return _rank().sub("", rest)


def _both(text: str, found: Candidate) -> tuple[int, int] | None:
    """北京中轴线文化遗产传承与|创新大赛: a name that was cut at 与, and the right half describes without naming."""
    if (
        found.strength not in {"own", "strong"}
        or not found.generic
        or text[found.start - 1 : found.start] not in _JOINS
    ):
        return None
    left = left_edge(text, found.start - 1, max(0, found.start - 30))
    first = text[left : found.start - 1]
    if not 6 <= len(first) <= 16 or not opens(text, left) or _POINTS.search(first) or not found.core:
        return None
    return None if _WHOLE.search(first) else (left, found.end)


def _enclosed(text: str, found: Candidate) -> tuple[int, int] | None:
    """第四届上海|“五五购物节”: the whole name stands in quotation marks, with an edition or a place before them."""
    if text[found.start - 1 : found.start] != "“" or text[found.end : found.end + 1] != "”":
        return None
    words = found.core.removeprefix("全国")
    long_enough = found.strength in {"own", "strong"} or (found.strength == "activity" and len(words) >= 6)
    if found.strength == "weak" and len(words) >= 4:  # 第三届|“世界航商大会”
        long_enough = re.search(rf"{EDITION}$", text[max(0, found.start - 8) : found.start - 1]) is not None
    if not long_enough or len(words) == 1 or (words and is_generic(words, "event_generic")):
        return None
    city = place_before(text, found.start - 1)
    edition = _OPENS_QUOTED.search(text, max(0, city - 14), city)
    start = edition.start() if edition else city
    return (start, found.end + 1) if start < found.start - 1 or (words and not found.opened) else None


def _is_name(found: Candidate) -> bool:
    """Whether the words before the ending make a name, by the class of the ending."""
    if _POINTS.search(found.core):
        return False
    if ANNIVERSARY.search(found.core) and not found.ending.endswith("活动"):  # 成立100周年|大会
        return True
    if found.ending.startswith("评选"):  # 第九届全国道德模范|评选表彰
        return found.numbered and len(found.rest) >= 4
    if found.quoted or _AFTER_QUOTED.match(found.core):
        return True
    rest = _OPENING.sub("", found.rest)
    if found.ending in _EVERYWHERE and not (
        found.numbered or found.place or found.quoted or found.opened or found.core.startswith("全民")
    ):  # 全民冰雪|公开课
        return False
    if (
        _PRESS.search(found.ending)
        and len(found.rest.removesuffix("新闻")) <= 4
        and not found.numbered
        and not found.quoted
    ):
        return False  # 国新办|新闻发布会
    if found.ending.endswith("大赛") and found.generic and not (found.numbered or found.place or found.opened):
        return False  # 举办|创新创业大赛
    if found.strength == "own" and len(found.core) <= 14:  # 金融|科技周, 育鲲轮航海|科普直播
        if found.numbered and found.rest:  # 第二届全国|技能大赛
            return True
        return len(rest) >= 2 and not is_generic(rest, "event_generic", "rank")
    if found.place and found.numbered and (found.strength == "strong" or len(found.inner) >= 4):
        return True
    if _NUMBERED.match(found.core) and (found.place or found.strength in {"strong", "own"}):
        # 第60届慕尼黑安全|会议, 第十四届冬季|运动会, 第六届创新经济|论坛
        return bool(found.place) or len(_described(rest) if found.ending != "运动会" else rest) >= 2
    if (whole := _TOGETHER.search(found.core)) and len(whole["first"]) >= 8:  # “…”国际会议|暨2024全球金融论坛
        return True
    if found.place and found.strength == "strong" and _OF_A_PLACE.search(found.ending):
        return True
    if found.ending == "主场活动":  # 世界环境日|国家主场活动
        return bool(_OF_AN_EVENT.search(rest))
    if found.generic and found.strength in {"own", "strong"} and (found.place or found.opened):
        return len(_described(rest)) >= 4  # 全国|青少年科技创新大赛, 中国大运河|文化旅游博览会
    if found.core.startswith(("全国", "全军", "20")) and _NATIONAL.search(found.ending) and len(rest) >= 4:
        return True
    if _PART_OF_FAIR.search(found.ending) and any(found.core[:n] in lexicon("events") for n in (3, 4, 5)):
        return True
    if found.generic or len(rest) < 2 or len(rest) > 30:
        return False
    if found.numbered:
        return True
    if found.strength == "strong":
        return found.opened or ((found.governed or found.place != "") and len(rest) >= 4)
    if found.strength == "activity" and not _OF_AN_EVENT.search(rest):
        return False
    if found.ending == "主题活动" and found.governed and len(rest) >= 8:
        return True
    if (
        found.strength == "weak"
        and _MET.search(found.verb)
        and len(rest) >= 8
        and found.ending.endswith(("会", "会议"))
    ):
        return not _WHOSE.search(found.core)  # 召开|师德集中学习教育启动部署会
    return (found.opened and len(rest) >= 5) or (found.governed and found.ending in GOVERNED and len(rest) >= 6)
