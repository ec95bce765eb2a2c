"""What keeps a date from a thing: only a part was finished, one leg held, or the day is that of another act."""

from __future__ import annotations

import re

from extractors.patterns import regex
from extractors.relations.clauses import Line
from extractors.relations.grammar import pattern

# 京雄高速北京段五环至六环段开通: a stretch of the thing, or one of its machines
STRETCH = regex(
    r"段(?!落)|号机组|首台|列车|专列|航线|主线|干渠|标段|支线|[一二三四五六七八九十\d]号|第[一二两三四五六七八九十\d]{1,3}台"
    r"|专场|片区|航站楼|院区|校区|[东西南北]线|泊位|(?<!下)互通|连接线|匝道|[一二三四五]期"
)
_LEG = pattern(r"⟨Place⟩[^，。；⟦Any⟧]{0,6}(?<!车)(?<!网)站 | 第[一二三四五0-9]{1,2}期 | 主媒体中心 | 分会场 | 专场")
_ONE_PART = regex(
    "路面|塔台|主塔|箱梁|路基|探测器|口岸|项目[一二三四五]期|主体(?!工程)|管道|轨道|设备"
)  # 全线沥青路面完工
_OF_A_YEAR = regex("[“]?(?:(?:19|20)[0-9]{2}年?|第.{1,4}届).*活动")
_FOLLOWS = regex("[，。；、的已将在等和与正]")
_CLAUSE = regex("[，；。]")
_IN_ALL = regex("全线|全部|所有|全面|整体")
# J一期四台机组全部投产, J甲至乙段全线贯通: all of that phase or stretch
_ALL_OF_PART = regex("(?<![、和至到及与])(?:[一二三四五]期(?![、和及与])|(?<!最后一)段(?!落))[^，；。、]{0,16}全")
# 决定合作创办A, 宣布要成立A: the day of the decision
_DECIDED = regex("决定(?=合作|共同|联合|共建)|宣布|同意|建议|提议|草案|要(?![求素点闻客])|拟|签约|商定")
# 今天全线贯通，预计年底通车: a breakthrough is no end of the work
_STILL_TO_COME = regex(
    "(?:预计|计划|力争|有望|将|拟)[^，。；]{0,16}(?:通车|建成|投产|投运|开通|运营|完工|投用|并网)|补水"
)
_IN_PART = regex("(?:试|先期|部分|首批|分段)$")  # 今日试通车, 实现先期通水
_BEGAN = regex("[^，]{2}起$")  # 从2018年开始建设起，有人阻挠J投入使用
_BROKEN_THROUGH = regex("贯通|合龙|封顶|吊装|并网")
# 签署《方案》，实施G: signed today, carried out later; D启动J，随后印发Y
_OTHER_ACT = regex("签署|签订|印发|发布|审议|通过|出台|公布")
_LATER = regex("^(?:随后|之后|此后|后来|接着|其后)")
_DOES = ("开展", "实施", "部署", "推进", "制定")


def only_part(line: Line, thing: int, verb: int) -> bool:
    """Whether only a stretch of the thing was begun or finished: 京雄高速北京段通车; 全线贯通 is about the whole."""
    between = line.text[line.end(thing) : line.start(verb)]  # with what stands in brackets: 杭绍甬高速（杭绍段）
    if thing > verb:  # 2021年通车的京雄高速河北段
        between = _FOLLOWS.split(line.text[line.end(thing) : line.end(thing) + 8])[0]
    clauses = _CLAUSE.split(between)
    if _ONE_PART.search(clauses[0] if len(clauses) == 1 else f"{clauses[0]}，{clauses[-1]}"):
        return True
    if _ALL_OF_PART.search(between):
        return True
    return STRETCH.search(between) is not None and _IN_ALL.search(between) is None


def one_leg(line: Line, event: int, verb: int) -> bool:
    """Whether only one leg or part of an event was held: 龙舟大赛江苏盐城站落幕, 广交会第三期开展."""
    return _LEG.search(line.mask, event + 1, max(verb, event + 1)) is not None


def on_its_day(line: Line, event: int) -> bool:
    """Whether activities are held and not the Day that they are for: 5月13日，P出席中国品牌日活动."""
    if _OF_A_YEAR.match(line.words(event)):
        return False  # 2024年中国品牌日活动 is an event by itself
    return line.at[event].name.text.endswith("日") and (
        line.words(event).endswith("活动") or line.mask.startswith("活动", event + 1)
    )


def another_act(line: Line, name: str, date: int, verb: re.Match[str]) -> bool:
    """Whether the date is that of another act: 今天贯通，预计年底通车; D签署Y，实施G; D启动J，随后印发Y; D决定创办O."""
    clause, end = line.clause(verb.start())
    if name == "completed_on":
        if _IN_PART.search(line.mask, 0, verb.start()):
            return True
        later = _STILL_TO_COME.search(line.mask, end) if _BROKEN_THROUGH.search(verb[0]) else None
        began = _BEGAN.search(line.mask[date : line.clause(date)[1]])
        return later is not None or (date < clause and began is not None)
    if name == "founded_on":
        return _DECIDED.search(line.mask, clause, verb.start()) is not None or (
            date < clause and line.mask.startswith("开始", date + 1)
        )
    if name == "started_on" and verb[0] in _DOES and date < clause:
        return _OTHER_ACT.search(line.mask, date, clause) is not None
    return name == "issued_on" and date < clause and _LATER.match(line.mask[clause : verb.start()]) is not None
