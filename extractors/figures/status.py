"""Is a figure a fact, a target or a forecast? By the marker that stands nearest before its number."""

from __future__ import annotations

import re

from extractors.model import Span, Status
from extractors.patterns import regex

# Each alternative begins with a letter, and what must not stand before it comes behind: so Python can look for the
# letters alone.
_TARGET = regex(
    r"""目(?<![军民事用中]目)标(?!区间) | 力争 | 争取 | 确保 | 红(?<!保护红)线
      | 计(?<![原动度作项才养培助援推提展点学训练育程发造施应贷资产销年]计)划(?![》”书内]|投资)   # not 行动计划
      | 计(?<=[今明]年计)划(?![》”书内投])
      | 拟(?![人合定态])
      | 要(?<![需重主必纲摘概简]要)(?![求素点件闻道塞]) | 要求(?=[：:到各])
      | 要(?<=[部委局厅会院府]要)求(?=，)                              # 教育部要求，各地考点不超过8000个
      | 要(?<![的按照合足新高本各项到]要)求(?=[^，。；、]{4})           # 《纲要》要求能耗降低13.5%
      | 规划(?=年产|总?装机|总?投资|建设[^，。]{0,6}[0-9])                # 项目规划年产30万吨
      | 规划到 | 提出到 | 不得 | 须 | 应当 | 达到?[^，。]{0,12}的要求""",
    re.VERBOSE,
)
_AFTER = "(?:投[产用运])?[之以]?后"  # 投产之后
_FORECAST = regex(
    rf"""预计 | 预测 | 有望 | 即将 | 若(?!干) | 如果
      | 预(?<!好于预)(?<!超预)(?<!超出预)(?<!市场预)期(?!目标|寿命|指数|值|效果|来看)   # 预期指数 is a measure
      | 未来(?=[，,0-9一二三四五六七八九十两几将可还我全能有预要仍]|的?[0-9])   # not 未来产业
      | 将(?<!力争将)(?<!计划将)(?<!争取将)(?<!确保将)(?<!拟将)             # not 将三段隧道连接
          (?<![小老健猛武麻设]将)                                  # not 小将韩佳予, 铺设|将近3万块
          (?![近军士0-9一两三四五六七八九十百千]|来自|其|这|该
          |[^，。；]{{1,30}}?(?:分为|分成|响应[^，。；]{{0,8}}?(?:提升|升级|调整|上调)[至为到])   # 将全国|分为6个区
          |[^，。；]{{1,30}}?(?:确定为|列为|列入|纳入|作为|视为|转化为|归还|在一起|起来))   # 将示范工程|确定为重点: 把
      | 投[产运用]{_AFTER} | 达产{_AFTER} | 建(?<!全面建)成{_AFTER}
      | 运(?<!全面运)营{_AFTER} | 通(?<!全面通)[车航]{_AFTER}
      | 启(?<!全面启)用{_AFTER} | 完(?<!全面完)工{_AFTER} | 竣(?<!全面竣)工{_AFTER} | 实(?<!全面实)施{_AFTER}""",
    re.VERBOSE,
)
_GLOSSING = frozenset("（(《目")  # one of them stands in each of these
_GLOSSES = regex(
    r"[（(][^（）()]{0,24}[）)]|《[^《》]{1,80}》"
    r"|以[^，。；]{1,30}为[^，。；]{0,10}目标"  # 以测量质量为首要目标，设备直径41米
    r"|(?:[对向]|打击|击落|摧毁|击中|拦截)[^，。；]{0,14}目标"  # 对敌方|目标: what is shot at is no aim
)  # the 计划 of a title plans nothing
_DONE = regex(
    r"现有|迄今|至今|已经?(?!成为|[^，。；]{1,6}的)|共(?:完成|实现)|预拨|提(?<!将提)(?<!拟提)前下达|下(?<!将下)(?<!拟下)达"
)
_DONE_SO = regex(
    r"(?:(?:明确|提出)(?=了(?!到))|出台|制定|部署|推出|形成|建立|发布|签署|达成|启动|实施|开展|举办|新增|培育|打造|突破"
    r"|实现|达到|完成|建成)了"
)
# 聚焦“打造高地”的目标，|出台36条措施: a new clause that tells what was done
_DONE_SINCE = regex(r"[，；](?:[^，；]{0,8}(?:制定出台|出台|组建了?|发布|签约|印发|评选出|认定了))")
# 将搭载的15颗卫星|顺利送入预定轨道, 将面积扩大|了一倍: 将 is 把 there
_ACHIEVED = regex(
    r"[^，。；]{0,30}?(?:纳入|列入|列为|确定为|评为|认定为|联[系结]在一起|[串连]起来)|[^，。；]{0,30}?(?:成功|顺利)(?:送入|进入|发射|转运|运抵|安装|吊装)|[^，。；]{0,10}?[到至成大]了"
)
# 将投入占比由5%提高到|20%, 将试点扩大至|6省市: 将 is 把 there too; not 将由2小时缩短至|1小时
_RAISED = regex(
    r"将(?![由从]|进一步|逐步|继续|持续|大幅|全面)(?:[^，。；]{2,24}?[由从][^，。；]{1,16}?(?:[增升降减提扩缩][加高升低少长大短]?)[到至]"
    r"|[^，。；]{4,24}?(?:扩大|拓展|推广|延伸)[到至])"
)
# 根据规划，到2027年，占比将达到20%
_NOW_HERE = regex(r"(?:^|[，；。])(?:目前|如今|现在|现已)，?[^，；将拟]{0,16}$")
_NOW_HERE_LENGTH = 21  # characters
_BY_YEAR = regex("到(?:19|20)[0-9]{2}年")
_PLANNED = regex("规划|方案|纲要|行动计划|实施意见|目标")
_FROM_NOW = regex(r"[从由](?:现行|原来|目前|现在|此前)?的?[^，。；]{0,4}$")
_FROM_NOW_LENGTH = 9  # characters
_TO = regex(r"[^，。；]{0,8}?[到至为]")
_IN_BRACKETS = regex(r"[（(]目标(?:值|为|是)?$")
_ENDS_OF_AIM = frozenset("标值为是")
_AIM_AFTER = regex(r"(?:的|为)目标|^目标|目标(?:值|任务)|红线")
# 六成企业|表示未来将增加研发: what they say is to come, that they say it is not
_FORETOLD_AFTER = regex(r"(?:(?!表示|认为|希望)[^，。；]){0,16}?(?:(?<![小老健猛武麻])将(?!近)|有望)")
_YEAR = regex("[0-9]{4}")
_NO_LESS = regex("不得?[低少]于")
_REQUIRED = ("不低于", "不得低于", "不少于", "不得少于", "不得超过", "不能超过")


def first_year(value: str) -> int:
    """The first year of an EDTF value: 2021/2025 has begun in 2023."""
    found = _YEAR.match(value)
    return int(found.group()) if found else 0


def _to_come(time: str, issued: str) -> bool:
    """到今年年末 in a text of April."""
    month = len("2023-12")
    return month <= len(time) <= len("2023-12-31") and time[:month] > issued[:month]


def _has_object(before: str, at: int, rest: str) -> bool:
    """Is 将 the 把 of 将面积扩大了一倍, 将投入占比由5%提高到20%?"""
    return bool(_RAISED.match(before, at) or _ACHIEVED.match(rest) or before[at:-1].endswith("了"))


def status_of(text: str, sentence: Span, clause_end: int, place: Span, time: str | None, issued: str | None) -> Status:
    """Target, forecast or actual by the marker nearest before the number in its sentence."""
    in_brackets = text[place.start - 1 : place.start] in _ENDS_OF_AIM
    if in_brackets and _IN_BRACKETS.search(text, max(0, place.start - 6), place.start):
        return "target"
    said = text[sentence.start : place.start]
    if not _GLOSSING.isdisjoint(said):
        said = _GLOSSES.sub("", said)
    before, rest = said + text[place.start : place.start + 1], text[place.end : clause_end]
    if _NOW_HERE.search(said, max(0, len(said) - _NOW_HERE_LENGTH)):  # 建成后将超1亿千瓦，目前投产规模|超过2000万千瓦
        return "actual"
    found: list[tuple[int, Status]] = [(m.start(), "target") for m in _TARGET.finditer(before)]
    found += [(m.start(), "forecast") for m in _FORECAST.finditer(before)]
    if _FROM_NOW.search(said, max(0, len(said) - _FROM_NOW_LENGTH)) and _TO.match(rest):  # 由32万亩|扩大至41万亩
        return "actual"
    if found:
        at, status = max(found)
        done = _done(before) + [m.start() for m in _DONE_SINCE.finditer(before)]
        if status == "forecast" and before[at] == "将" and _has_object(before, at, rest):
            return "actual"
        if not done or max(done) < at:
            planned = (
                status == "forecast" and _BY_YEAR.search(before) and _PLANNED.search(text, sentence.start, place.start)
            )
            return "target" if planned else status
    shot_at = rest.startswith("目标") and text[place.end - 1] in "个处"  # 袭击了2500多个|目标
    if not shot_at and ("目标" in rest or "红线" in rest) and _AIM_AFTER.search(rest):
        return "target"
    if ("将" in rest or "有望" in rest) and _FORETOLD_AFTER.match(rest):
        return "forecast"
    required = said.endswith(_REQUIRED) or bool(_NO_LESS.match(text, place.start))
    if not required and time and issued:
        runs_on = len(time) == len("2021/2025") and time[5:] > issued[:4]
        required = runs_on and text.endswith("以上", place.start, place.end)  # “十四五”期间提高到8%以上
        required = required or first_year(time) > first_year(issued) or _to_come(time, issued)
    return "target" if required and not found and not _done(before) else "actual"


def _done(before: str) -> list[int]:
    """Where it is said that something is done."""
    done = [m.start() for m in _DONE.finditer(before)]
    if "了" in before:
        done += [m.start() for m in _DONE_SO.finditer(before)]
    return done
