"""Events by how the clause tells of them: X在北京开幕, and editions of any festival, week or season.

Where a clause is nothing but a noun, a day, a place and a verb of holding, the noun from the start of the clause is the
name, though words inside it look like edges: “四下基层”与新时代党的群众路线理论研讨会|在宁德召开. And what has the
number of an edition and ends in 节, 周 or 季 is an event, whatever the field: 第三十八届泰山国际|登山节.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.lexicon import beginnings, lexicon
from extractors.names.boundary import left_edge, opens
from extractors.names.endings import EDITION, is_generic, place_before
from extractors.patterns import regex, searching

_Span = tuple[int, int]

_DAY = r"(?:\d{1,2}月)?\d{1,2}日?(?:(?:至|—|－|-|～)(?:\d{1,2}月)?\d{1,2}日)?(?<=日)"
# 招待会|30日晚在人民大会堂隆重举行, 活动节|近日在广州启动, 影展（浙江）开幕式|今天举行
_VERB = regex(
    rf"""(?P<gloss>（[\u4e00-\u9fff]{{2,4}}）)?(?P<closing>”?)
    (?: (?:{_DAY}|今[天日晚]|昨[天日晚]|当[天日晚]|日前|近日|当地时间|[上下]午|晚上?
         |（[^（）\n]{{3,10}}） | 目前|正在|将|于 ){{0,5}}
        (?:在[^，。；：\n]{{1,14}}?)?(?:隆重|盛大|正式|成功|同时)?
        (?:举行|举办|召开|开幕|闭幕|启幕|落幕|揭幕|拉开(?:帷幕|序幕)|开[班营馆]|开展(?=[，。；\n]|$)|(?P<starts>启动|开赛|收官))
    )(?![式会新座专了后前之]|重要)""",
    re.VERBOSE,
)
_QUOTED = r"“[^“”\n]{2,40}”"
_CLAUSE = regex(rf"(?:^|[，。！？；：】\n])(?P<topic>(?:{_QUOTED}|[^，。！？；：“”【】\n]){{4,60}})$")
# 由总台主办的|…, 总台|首届…, 以“…”为主题的|…, 今天上午|…, 11月25日，|第一届…
_LEADS = regex(
    rf"""(?: [（(]\d{{1,2}}[）)] | \d{{1,2}}[.．](?!\d{{1,2}}(?!\d))   # （7）, 16.: marks of a list
           | .{{0,60}}(?:主办|承办|举办|指导|发起|组织|组织开展|联合开展)的 | .{{0,40}}为主[题线]的 | 主题为{_QUOTED}的
           | 为期[^，。的]{{1,6}}的 | (?:(?:中国)?中央广播电视)?总台(?:CMG)?(?={EDITION}|“|20\d\d) | 以及
           | {_DAY}|今[天日晚]|昨[天日晚]|日前|近日|当[天日晚]|随后|此外|其间|[上下]午|（[^（）]{{3,10}}） )+""",
    re.VERBOSE,
)
_OUTSIDE = regex(_QUOTED)
# “大地流彩·全国乡村文化艺术展演季”|昨天在京开幕
_WHOLE_QUOTED = regex(
    r"(?<![\u4e00-\u9fff])“(?P<name>[^“”，。\n]{4,30}(?:[^本一四度]季|[^本每一春]节|[^本一]周|展|论坛|大会|晚会|音乐会|嘉年华|大赛|大展|巡展|特展|展播|展映|展演|盛典|系列活动))”"
)
_CEREMONY = regex("开幕式|闭幕式|启动仪式|开幕活动")  # “甲展暨2023乙季”|开幕式13日在某馆举行
# 北京平谷国际桃花节|今天举行, 中国军事文化周|在巴西落幕: a feast of a place, whatever its field
_FEAST = regex("[节周季](?<![春本一四度每下上].)(?=[今昨当在于将正日近隆举开启落闭（\\d])")
_EVERYONES = regex(
    "(?:春|中秋|端午|重阳|清明|元宵|国庆|劳动|儿童|妇女|教师|建军|圣诞|泼水|古尔邦|情人|光棍|音|环|季|细|情)节$"
)
_HOME = regex("中国|全国|世界|全球|亚洲|国际|两岸|海峡|粤港澳|长三角|京津冀")
# words that a name does not hold outside its quotation marks
_NEVER = regex(
    r"""(?<!党)的|[了着]|(?<![上中少大])将(?!军)|(?:在|(?<!关)于)(?![线建职校地])|^[是与和及对]|对(?![话接外抗口])
      | 举行|举办|召开|出席|参加|主持|宣布|表示|指出|强调|会见|发表|建议|决定|介绍|获悉|标志|随着|作为|期间
      | 向(?=第|首届|20\d\d|“)|致电|祝贺|部署|听取
      | [此本这该每各][次届项场个地]|此次|一场|首场|多场|多家|系列|我国|有关|首个|分别|共同|联合(?!国|会|招聘|救援|演)
      | (?<![第一二两三四五六七八九十百千万余\d])[一二两三四五六七八九十百千万余\d]{1,6}[余多]?[场次项](?!(?:全体)?会议)
      | 最后|[^平对]等(?:活动|系列)|比赛|决赛|小组赛|预赛|国会|总统|以军|朝鲜|抗议|示威""",
    re.VERBOSE,
)
# bodies and their sittings: no names of one meeting
_BODY = regex(
    r"(?:委员会|常委会|理事会|政治局|安理会|主席团|协会|学会|联合会|政府|议会|财经委|党组|书记处|内阁|大会|代表团)(?:特别|紧急|公开|联组|全体|常务|工作)?会议?$|通气会$"
)
# 相关负责人说明|会, 双方代表团|会谈: a clause that tells who meets names no event
_TELLS = regex(
    r"^.方|^共[享话议促谋商]|欢迎|两国|[各两三四多双]方|代表团|负责人|相关|有关"
    r"|各项|各地|当地|群众|民众|大规模|反对|要求|支持|为期|正式|再次|继续|会见|会谈"
)
# “…”国际研讨会|及中拉媒体合作论坛: two events that one verb holds
_TWO_NAMES = regex(r"(?:[讨谈流览介]会)(?:以?及|和|与)中[国拉非阿欧俄法德美英日韩][^与和及]{2,12}(?:会|论坛|展|节)$")
_NEEDS_NUMBER = regex(r"(?:联赛|锦标赛|公开赛|世界杯|总决赛|[^大竞]赛)$")
_ANNIVERSARY = regex(r"\d{1,4}周年|^(?:纪念|庆祝)")
_CLEAR = regex(rf"{EDITION}|^(?:19|20)\d\d(?!\d)年?")

# 第五届|澜湄视听周, 2024|南国书香节, 内蒙古|第33届|旅游那达慕: an edition of a festival, before what may follow a name
_NUMBERED = searching(
    r"(?P<number>第[一二三四五六七八九十百\d]{1,4}届|首届|第[一二三四五六七八九十\d]{1,3}[轮次](?=.{2,16}(?:对话|会晤|磋商))"
    r"|第[一二三四五六七八九十]{1,3}次(?=(?:全国|全军).{4,16}会议)"
    r"|(?<![\d—－-])20[0-3]\d(?=[\u4e00-\u9fff“])(?![年月日余多万亿千百个家名米吨元部位人件套场项条辆亩公平头颗种款所座张只次届]))"
    r"(?P<quote>“?)"
    r"(?P<words>(?:(?![届在将于了的和及暨与、]|举[办行]|启动|开幕|为期|发布|出席|参加|成立|期间|同总|同主|女士|系列|赛季|春节|冰雪季|上半|下半)"
    r"[\u4e00-\u9fff（）·]|党的|中国—){1,20}?)"
    r"(?:节(?![目能约点日气水庆假俭])|节(?=目前)|周(?![年期边围末报刊岁密全])|(?<![航雨旺淡])季(?![度节军])|大展(?![示现览])"
    r"|那达慕|峰会|博会|对话|会晤|磋商|工作会议)"
    r"(?P<closed>”?)"
    r"(?=[，。；、（）》！\n]|$|[在于将今昨近日目正开举启落闭期上主的和暨活]|\d)"
)

# 第13个|世界大象日, 第33个|全国“土地日”, 第8个|全国近视防控宣传教育月
_DAY_OF_THE_YEAR = searching(
    r"第[一二三四五六七八九十百\d]{1,3}个(?P<rank>全国|世界|国际|中国)?"
    r"(?:“(?P<quoted>[^“”，。\n]{2,14}[日月周节])”"
    r"|(?P<plain>(?![一-龥]{0,6}(?:比赛|交易|工作|金牌|休息|营业|观测|开放|完整|连续|周末|星期|春节|元宵|端午|中秋|国庆|除夕|节日|假日|生日|购物|孤独))(?:(?![在为的是于了])[一-龥]){2,12}?"
    r"(?:日|节(?!日)|宣传月|教育月|质量月|宣传周)))"
    r"(?=[，。、；！”\n]|$|到来|来临|当天|之际|主题|宣传|活动)",
    only="第.{1,3}个",
)

# 召开深化东西部协作座谈会: endings that name a meeting with what it was about, after a verb of meeting
GOVERNED = frozenset(
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
# 在新时代推动|西部大开发座谈会上: what 推动 governs is the name with it
_AT = searching(
    r"在(?P<topic>(?:新时代|深入|全面|扎实|进一步|加快|加强){0,3}(?:高标准)?(?:高质量|高水平)?(?:推动|推进|促进)[^，。；\n]{4,30}?(?:座谈会|推进会))(?=上)"
)
# 深化东西部协作座谈会|31日在京召开: a meeting that is named by what it was about, before the verb
_ABOUT = regex("|".join(sorted(GOVERNED - {"大会"}, key=len, reverse=True)))
_HELD = regex(
    r"(?:于|\d{1,2}[月日]|今天|昨天|日前|近日|[上下]午|（[^（）\n]{3,10}）){0,5}(?:在[^，。\n]{1,10}?)?(?:召开|举行)"
)
_TOPIC = regex(
    r"(?:^|[，。！？；：\n\s]|\d[.．])(?:（\d{1,2}）|\d{1,2}[.．、])?(?P<topic>(?![\d（])[^，。！？；：\s]{6,40})$"
)
_NO_TOPIC = regex(
    r"^[^，]{0,6}(?:今天|昨天|日前|近日|上午|下午|日)|^[一二三四五六七八九]是|[的了着这该]|此次|本次|主持|出席|参加|召开|举行|主办|发表"
)


def held(text: str) -> Iterator[_Span]:
    """Where the clause is a name, a day, a place and a verb of holding."""
    for match in _WHOLE_QUOTED.finditer(text) if "“" in text else ():
        ceremony = _CEREMONY.match(text, match.end())
        verb = _VERB.match(text, ceremony.end() if ceremony else match.end())
        if (
            verb
            and not _NEVER.search(match["name"].removesuffix("系列活动"))
            and len(match["name"].rpartition("·")[2]) >= 5
        ):
            yield match.span()
    yield from _feasts(text)
    for first, end, ending in beginnings(text, "event_suffixes"):
        verb = _VERB.match(text, end)
        if verb is None or (verb["starts"] and ending.value == "activity" and not text.startswith("活动", end - 2)):
            continue
        clause = _CLAUSE.search(text, max(0, first - 60), end)
        if clause is None:
            continue
        start = clause.start("topic")
        if leads := _LEADS.match(text, start, end):
            start = leads.end()
        start += len(text[start:end]) - len(text[start:end].lstrip(" 　"))
        if _clear(text, start, first, end, ending.value):
            yield start, end


def _feasts(text: str) -> Iterator[_Span]:
    """Festivals, weeks and seasons that a clause tells of by nothing but their place and a verb of holding."""
    for feast in _FEAST.finditer(text):
        end = feast.end()
        clause = _CLAUSE.search(text, max(0, end - 40), end) if _VERB.match(text, end) else None
        if clause is None:
            continue
        start = clause.start("topic")
        if leads := _LEADS.match(text, start, end):
            start = leads.end()
        topic = text[start:end]
        plain = _OUTSIDE.sub("“”", topic)
        placed = next((n for n in range(8, 1, -1) if _is_place(topic[:n])), 0)
        if not placed or len(topic) - placed < 3 or _NEVER.search(plain) or _EVERYONES.search(topic):
            continue
        if "、" not in plain and topic.count("“") == topic.count("”"):
            yield start, end


def _is_place(words: str) -> bool:
    return _HOME.fullmatch(words) is not None or any(words in lexicon(t) for t in ("provinces", "cities", "counties"))


def _clear(text: str, start: int, first: int, end: int, strength: str) -> bool:
    """Is the stretch a name, and one that tells which event it is?"""
    topic = text[start:end]
    plain = _OUTSIDE.sub("“”", topic)
    core = text[start:first]
    if not 4 <= len(core) <= 40 or _NEVER.search(plain) or _BODY.search(topic) or topic.count("“") != topic.count("”"):
        return False
    if "、" in plain or re.search(r"[ 　]", plain) or _TWO_NAMES.search(plain) or is_generic(core, "event_generic"):
        return False
    if _CLEAR.search(plain):
        return strength in {"strong", "own"} or not is_generic(_CLEAR.sub("", core), "event_generic")
    if "“" in topic or _ANNIVERSARY.search(plain):
        return True
    if _NEEDS_NUMBER.search(topic):
        return False
    if not opens(text, start):  # 甲辰年清明公祭轩辕黄帝|典礼, 少先队员与载人航天面对面|活动
        return len(core) >= 8 and not _TELLS.search(plain)
    return len(core) >= (4 if strength in {"strong", "own"} else 7 if strength == "weak" or "—" in core else 8)


def numbered(text: str) -> Iterator[_Span]:
    """Editions of festivals, weeks and seasons of any field."""
    for match in _NUMBERED.finditer(text):
        if bool(match["quote"]) != bool(match["closed"]) or is_generic(match["words"], "event_generic", "rank"):
            continue
        start = match.start()
        if "届" in match["number"]:
            start = start - 2 if text[start - 2 : start] == "全国" else place_before(text, start)
        elif match["number"].endswith(("次", "轮")):  # 俄中总理|第二十八次定期会晤
            start = left_edge(text, start, max(0, start - 20))
        yield start, match.end()


def days_of_the_year(text: str) -> Iterator[tuple[_Span, str]]:
    """The how-manieth world day of something, under the name of the day."""
    for match in _DAY_OF_THE_YEAR.finditer(text) if "个" in text else ():
        words = match["quoted"] or match["plain"]
        named = [rank + words for rank in ((match["rank"],) if match["rank"] else ("", "中国", "全国", "世界"))]
        known = next((lexicon("events")[name].value for name in named if name in lexicon("events")), named[0])
        yield match.span(), known


def topics(text: str) -> Iterator[_Span]:
    """深入推进京津冀协同发展座谈会12日在石家庄召开: the whole clause before the verb is the name."""
    for match in _AT.finditer(text) if "会上" in text else ():
        yield match.span("topic")
    for match in _ABOUT.finditer(text):
        if not _HELD.match(text, match.end()):
            continue
        topic = _TOPIC.search(text, max(0, match.start() - 41), match.start())
        if topic and not _NO_TOPIC.search(topic["topic"]) and topic["topic"].count("“") == topic["topic"].count("”"):
            start = topic.start("topic")
            yield start, match.end()
