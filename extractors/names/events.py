"""Events by their names: recurring ones that the lexicon knows, political meetings, and what ends like an event.

第七届世界智能大会, “科学之光”图片展 and 全国科普讲解大赛 are names; 座谈会, 本次论坛 and 系列活动 are not.
What makes a name of a phrase that ends in 会 or 展 is its opening (an edition, a year, a place) or quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from extractors.lexicon import Entry, lexicon, matches
from extractors.model import Article, Mention, Name, Span
from extractors.names.boundary import left_edge
from extractors.names.endings import EDITION, Candidate, candidates, is_generic, only_opens, place_before
from extractors.names.quotes import curly
from extractors.names.sessions import find_sessions
from extractors.patterns import searching

_NUMERAL = r"[一二三四五六七八九十百零\d]{1,4}"
# 2024年, 第十届, 第6个, “: what stands before the name of a recurring event and belongs to it
_BEFORE = re.compile(rf"(?P<year>(?:19|20)\d\d年?度?(?:（[^（）]{{2,4}}）年?)?)?(?P<edition>{EDITION})?“?\Z")
_AFTER = re.compile(r"”?(?P<year>(?:19|20)\d\d年?年会|年会)?")
# 会展|中心, 活动|周, 大会|堂: an ending that runs into another word
_RUNS_ON = {
    "展": re.compile(r"[陈中示览开现出望区台厅商品位馆会映演厘销播期板能]"),
    "活动": re.compile(r"[周月日室区中场性家]"),
    "大会": re.compile(r"[堂战师]|发言"),
    "全会": re.compile(r"[议员]"),
    "市集": re.compile(r"[中体团合群约]"),
    "峰会": re.compile(r"活动"),
    "会晤": re.compile("委员"),
    "会议": re.compile(r"[室厅中长]"),
    "周": re.compile(r"[年期边围末报刊]"),
    "节": re.compile(r"[目点日约水能]"),
    "赛": re.compile(r"[事制程道场区季果]"),
}
# 乌兹别克斯坦最高|会议, 联合国贸发|会议: bodies; 全国人大常委会|会议 without its number: one of many
_BODY = re.compile(
    r"最高(?:人民|国务|委员会)?会议$|(?:贸发|贸易和发展|协商)会议$|(?:国家|联邦|土耳其)安全会议$|(?:国民|人民)代表大会$|最高人民会议$|政治协商会议$"
)
_SITTING = re.compile(r"(?:常委会|常务委员会|常务会|政治局|党组|党委|代表团|杜马|议会|国会|委员会|内阁|书记处)(?:全体|常务|例行)?会议$")
_NO_SHOW = frozenset("设首发开进扩拓施参延伸舒招铺画大新")  # 发展, 开展, 参展: no exhibition
# 开展一次|家庭教育公开课, 三场|发布会: one of several, not the one
_ONE_OF_SEVERAL = re.compile(r"[一两二三四五六七八九十\d几多][次场堂节期档](?:的)?$")
# 召开|全国秋粮生产现场会: national meetings are named by what they are about
_NATIONAL = re.compile(r"(?:工作会议|现场会|推进会|部署会|视频会议|电视电话会议?|观摩会|调度会|动员会|座谈会|交流会)$")
# 进博会|贸易投资对接会: a meeting named by the fair that it belongs to
_PART_OF_FAIR = re.compile(r"(?:对接会|洽谈会|推介会|论坛|交流会|招商会|分享会|配套活动|圆桌会议?|研讨会|大赛)$")
# 第四届上海|“五五购物节”: what stands before the quotation marks around a name
_OPENS_QUOTED = re.compile(rf"(?:(?:19|20)\d\d年?|{EDITION}|全国|中国|全球|世界){{1,3}}$")
_NEVER_AFTER = re.compile(r"[堂厅馆室址票奖杯者费]|报(?!名|告)|期(?!间)")
_OPENING = re.compile(r"^(?:全国|世界|全球|国际|中国|亚洲|亚太|国家|中央)+")
# 以此次|大会, 政治协商|会议, “进博号”连续四年服务|进博会: no name of an event goes through these
_POINTS = re.compile(
    r"^\d+[余多]?[场次个届辆名家位项件]|[及和]\d+|我国|进行$|陷入|[此本这历每][次届]|上述|关于|等(?!级|效|保|离|高|同|青年|主要|重点)|政治协商$|连续第?.年|”服务|”等|[开闭]幕式|分裂|抗议|示威|军备|侵略"
    r"|^\d+[余多]?块|(?:会|展|赛)是|^乡政府|小范围$|进行第|^(?:论坛|大会|峰会)第|^新一轮|^第.场|组织\d|请愿$|^第.{1,4}次峰会$|^首次(?!.*“)"
    r"|各项|两大|^部分|附近|出舱|^第[一二三四]期|第[一二三四五]大|歌曲|国民$|主办|这一|报道|改造成|蝉联|卫冕|^[两三四五]省|[两三四]省(?!一)|^[两三四]国"
)
# 世界计量日|中国主场活动: an activity without a year or quotation marks is named by the event that it belongs to
_OF_AN_EVENT = re.compile(r"(?:[日周节月会展]|论坛).{0,8}$")
# 召开深化东西部协作座谈会: endings that name a meeting with what it was about, after a verb of meeting
_GOVERNED = frozenset(
    (
        "座谈会",
        "推进会",
        "动员会",
        "动员大会",
        "视频会议",
        "庆祝大会",
        "纪念大会",
        "表彰大会",
        "建设大会",
        "推进大会",
        "大会",
    )
)
# 讲解大赛优秀选手|颁奖仪式, 洽谈会低空经济|展: no name of its own, and the event before it has one
_PART = re.compile(
    r"(?:赛|展|论坛|大会)(?!暨)[\u4e00-\u9fff]{4,}颁奖(?:仪式|大会|典礼)$|(?:博览|洽谈|交易|展览)会[\u4e00-\u9fff]{2,8}展(?:览|区)?$"
)
# 北京国际|电影节, 湖北|旅游节: such an ending and a place are name enough
_OF_A_PLACE = re.compile(r"(?:节|马拉松|运动会|博览会|交易会|展览会|车展)$")
# 普法|市集, 古城|灯会: there are many, unless a place or quotation marks say which
_EVERYWHERE = frozenset(("灯会", "画展", "公开课", "公众开放日", "开放日", "庙会"))
_PRESS = re.compile("^(?:新闻)?发布会$|吹风会$")
_ANNIVERSARY = re.compile(r"(?:成立|创办|创建|建[校军院厂国交]|诞生|诞辰|逝世|胜利|回归|(?:回归)?祖国|发表|签署|实施|合作)?(?:\d{1,4}|[一二三四五六七八九十百]{1,4})周年")
_SINCE = re.compile(r"(?:成立|创办|创建|建[校军院厂国交]|诞生|诞辰|逝世|胜利|回归(?:祖国)?|发表|签署|实施|合作)$")
_CELEBRATED = re.compile(r"(?:庆祝|纪念)$")
_OFFICE = re.compile(r"第.{1,3}届(?:政府|立法会|国会|议会)")
_GLOSSED = re.compile(r"[（(][A-Za-z\u4e00-\u9fff]{2,8}[）)]$")
_JOINS = frozenset("与和")
_CONJUNCT = re.compile(
    r"(?:召开|举行|举办)了?(?P<left>(?:(?!会议|论坛|大会|仪式|活动|启动|峰会|[的了、，“”第首]|20\d\d)[\u4e00-\u9fff]){4,12}"
    r"(?<![部委局厅省市县区州国院所校社会盟司团节赛周])(?<!(?<!发)展)[与和])$"
)
_ATTENDING = re.compile(r"负责人|代表|专家|企业家|人士")
_ATTENDED_BY = re.compile(r"(?:召开|举行)了?(?P<left>[^，。；\n“”第]{2,24}、)$")
# 在新时代推动|西部大开发座谈会上: what 推动 governs is the name with it
_AT = searching(
    r"在(?P<topic>(?:新时代|深入|全面|扎实|进一步|加快|加强){0,3}(?:高标准)?(?:高质量|高水平)?(?:推动|推进|促进)[^，。；\n]{4,30}?(?:座谈会|推进会))(?=上)"
)
# 深化东西部协作座谈会|31日在京召开: a meeting that is named by what it was about, before the verb
_ABOUT = re.compile("|".join(sorted(_GOVERNED - {"大会"}, key=len, reverse=True)))
_HELD = re.compile(
    r"(?:于|\d{1,2}[月日]|今天|昨天|日前|近日|[上下]午|（[^（）\n]{3,10}）){0,5}(?:在[^，。\n]{1,10}?)?(?:召开|举行)"
)
_TOPIC = re.compile(
    r"(?:^|[，。！？；：\n\s]|\d[.．])(?:（\d{1,2}）|\d{1,2}[.．、])?(?P<topic>(?![\d（])[^，。！？；：\s]{6,40})$"
)
_NO_TOPIC = re.compile(
    r"^[^，]{0,6}(?:今天|昨天|日前|近日|上午|下午|日)|^[一二三四五六七八九]是|[的了着这该]|此次|本次|主持|出席|参加|召开|举行|主办|发表"
)


def find_events(article: Article) -> Iterable[Mention]:
    """Mentions of named meetings, forums, fairs, games, weeks and activities."""
    return _find(curly(article.text))


@lru_cache(maxsize=64)
def _find(text: str) -> tuple[Mention, ...]:
    return (*find_sessions(text), *_recurring(text), *_by_ending(text), *_held(text))


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
        if "“" in text[first:start]:
            if text[end : end + 1] == "”":
                last = max(last, end + 1)
            else:
                first = start
        if _NEVER_AFTER.match(text, last):
            continue
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


def _by_ending(text: str) -> Iterator[Mention]:
    known = {m.span.end: m for m in _recurring(text)}
    sessions = [m.span for m in find_sessions(text)]
    for found in candidates(text, "event_suffixes", "event_generic", nested=True):
        ending = found.ending
        runs_on = _RUNS_ON.get(ending if ending in _RUNS_ON else ending[-1:])
        if (runs_on and runs_on.match(text, found.end)) or _NEVER_AFTER.match(text, found.end):
            continue
        if any(span.start < found.end <= span.end for span in sessions) or _PART.search(found.core + found.ending):
            continue
        if ending == "展" and found.core[-1:] in _NO_SHOW:
            continue
        if not _is_name(found):
            if span := _enclosed(text, found):
                yield _event(span, re.sub(r"\s", "", text[span[0] : span[1]]), f"ends in {ending} in quotation marks")
            continue
        if _ONE_OF_SEVERAL.search(text, max(0, found.start - 4), found.start) and not (found.numbered or found.quoted):
            continue
        if _BODY.search(found.core + found.ending) or (
            _SITTING.search(found.core + found.ending) and not re.search(r"第.{1,4}[次届]|届.次|\d{4}年", found.core)
        ):
            continue
        if text[found.end : found.end + 1] == "暨" and not (
            found.numbered or found.opened or found.quoted or _ANNIVERSARY.search(found.core)
        ):
            continue
        start, name = _whole(text, found)
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


def _whole(text: str, found: Candidate) -> tuple[int, str]:
    """Where a name begins that was cut at what looks like an opening inside it; and the name.

    非洲统一组织|成立60周年纪念大会, 澳门特别行政区|第六届政府就职典礼, 亚太经合组织（APEC）|第三十次领导人非正式会议,
    庆祝澳门回归祖国|25周年大会, 电视业创新发展与|生态建设高峰论坛, 各民主党派中央、|全国工商联负责人…座谈会.
    """
    start, end = found.start, found.end
    floor = max(0, start - 40)
    if _ANNIVERSARY.search(found.core) and not found.quoted:
        since = _SINCE.search(text, floor, start)
        if since or _ANNIVERSARY.match(found.core):
            start = left_edge(text, since.start() if since else start, floor)
        celebrated = _CELEBRATED.search(text, max(0, start - 2), start)
        start = celebrated.start() if celebrated else start
    elif _OFFICE.match(text, start, end):
        start = place_before(text, start)
    elif found.numbered and (gloss := _GLOSSED.search(text, floor, start)):
        body = left_edge(text, gloss.start(), floor)
        if len(text[body : gloss.start()]) >= 3:
            return body, text[body : gloss.start()] + text[start:end]
    elif found.governed and text[start - 1 : start] in _JOINS and (both := _CONJUNCT.search(text, floor, start)):
        start = both.start("left")
    elif text[start - 1 : start] == "、" and _ATTENDING.search(text, start, end) and found.ending == "座谈会":
        listed = _ATTENDED_BY.search(text, floor, start)
        start = listed.start("left") if listed else start
    return start, text[start:end]


@cache
def _rank() -> re.Pattern[str]:
    words = (re.escape(word) for word, entry in lexicon("event_generic").items() if entry.value == "rank")
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


def _described(rest: str) -> str:
    """What a name says of its field: 青少年科技 of 国际青少年科技."""
    return _rank().sub("", rest)


def _held(text: str) -> Iterator[Mention]:
    """深入推进京津冀协同发展座谈会12日在石家庄召开: the whole clause before the verb is the name."""
    for match in _AT.finditer(text) if "会上" in text else ():
        yield _event(match.span("topic"), match["topic"], "meeting by what it was about")
    for match in _ABOUT.finditer(text):
        if not _HELD.match(text, match.end()):
            continue
        topic = _TOPIC.search(text, max(0, match.start() - 41), match.start())
        if topic and not _NO_TOPIC.search(topic["topic"]) and topic["topic"].count("“") == topic["topic"].count("”"):
            start = topic.start("topic")
            yield _event((start, match.end()), text[start : match.end()], "meeting by what it was about")


def _enclosed(text: str, found: Candidate) -> tuple[int, int] | None:
    """第四届上海|“五五购物节”: the whole name stands in quotation marks, with an edition or a place before them."""
    if text[found.start - 1 : found.start] != "“" or text[found.end : found.end + 1] != "”":
        return None
    words = found.core.removeprefix("全国")
    long_enough = found.strength in {"own", "strong"} or (found.strength == "activity" and len(words) >= 6)
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
    if _ANNIVERSARY.search(found.core) and not found.ending.endswith("活动"):  # 成立100周年|大会
        return True
    if found.ending.startswith("评选"):  # 第九届全国道德模范|评选表彰
        return found.numbered and len(found.rest) >= 4
    if found.quoted:
        return True
    rest = _OPENING.sub("", found.rest)
    if found.ending in _EVERYWHERE and not (found.numbered or found.place or found.quoted or found.opened):
        return False
    if _PRESS.search(found.ending) and len(found.rest) <= 4 and not found.numbered and not found.quoted:
        return False  # 国新办|新闻发布会
    if found.ending.endswith("大赛") and found.generic and not (found.numbered or found.place or found.opened):
        return False  # 举办|创新创业大赛
    if found.strength == "own" and len(found.core) <= 14:  # 金融|科技周, 育鲲轮航海|科普直播
        if found.numbered and found.rest:  # 第二届全国|技能大赛
            return True
        return len(rest) >= 2 and not is_generic(rest, "event_generic", "rank")
    if found.place and found.numbered and (found.strength == "strong" or len(found.inner) >= 4):
        return True
    if found.place and found.strength == "strong" and _OF_A_PLACE.search(found.ending):
        return True
    if found.ending == "主场活动":  # 世界环境日|国家主场活动
        return bool(_OF_AN_EVENT.search(rest))
    if found.generic and found.strength in {"own", "strong"} and (found.place or found.opened):
        return len(_described(rest)) >= 4  # 全国|青少年科技创新大赛, 中国大运河|文化旅游博览会
    if found.core.startswith(("全国", "20")) and _NATIONAL.search(found.ending) and len(rest) >= 4:
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
    return (found.opened and len(rest) >= 5) or (found.governed and found.ending in _GOVERNED and len(rest) >= 6)
