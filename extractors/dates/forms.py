"""The written forms of dates: which words name a stretch of calendar time, before anybody asks of which year.

`parse` reads one form at a place of a text: a year (2025年, 今年, 2021—2025年), a part of it (5月20-31日, 上半年),
or a day told from another (昨天). One small pattern per part; what it means is settled in reckoning.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.numerals import DIGIT, digits, to_decimal
from extractors.patterns import regex, searching

# One dash of any kind, two of the long ones, 至 or 到, with the stray spaces of a PDF.
CONNECTOR = r"[ ]?(?:[-－‐–—―─~～]|——|至|到)[ ]?"

_YEAR4 = rf"(?:(?:1[89]|2[01])\d\d|[１２２][０８９]{DIGIT}{{2}}|[一二][八九〇○零][〇○零一二三四五六七八九]{{2}})"
_MONTH = rf"(?:{DIGIT}{{1,2}}|十[一二]?|[一二三四五六七八九])"
_DAY = rf"(?:{DIGIT}{{1,2}}|三十一?|廿[一二三四五六七八九]?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"

# Where a form may begin. Most figures of a text are no date, and are passed over by what follows them: the rest of the
# patterns would take ten times as long to say so.
_DASHES = "－‐–—―─~～至到-"
_DATED = rf"""(?:
      {_YEAR4}[ ]{{0,2}}[年第上下一二三四1-4、和及以/.．{_DASHES}]
    | (?:{DIGIT}{{1,2}}|[一二三四五六七八九十]{{1,2}})[ ]{{0,2}}[月份日号季、和及以{_DASHES}] )"""
START = searching(
    rf"""
      # a figure stands inside no number, decimal (3.5月), name (A320, 15-1) or URL
      (?<![0-9０-９.．/A-Za-z])(?<![0-9][-,])(?={DIGIT}){_DATED}
      # 1.2024年 anywhere, 1.5月 at the start of a line: numbered lists
    | (?<=[0-9][.．]){_YEAR4}年
    | (?<=\n[0-9][.．])(?={DIGIT}){_DATED} | (?<=\n[0-9]{{2}}[.．])(?={DIGIT}){_DATED}
    | (?=[一二三四五六七八九十]){_DATED}
    | 今[年天晚晨早日] | 去年 | 明[年天日晚早晨] | 昨[天日晚夜] | 全年 | 年[底末终初] | 这个月 | [翌次][年月日]
    | 同(?:[年月日]|一天) | 当[年月天日晚] | 本[年月] | 后年 | 前(?:年|[二两三2-3]|{_MONTH})
    | [上下](?:一?年|半年|个?月) | 第[一二三四1-4]
    """,
    re.VERBOSE,
)

# Two or more of a kind before the word that names it: 2021、2022和2023年, 5、6月份
_AND = r"(?:[、和及]|以及)"
# 前年 and 后年 stand free: 投产后年产量 and 五年前年产 hold none. 上年 is what something is compared with.
_FREE = r"(?:(?<=[\s，。、；：和到至于在或比较自从“（])|^)"

_YEAR = searching(
    rf"""
      (?:(?P<first>{_YEAR4})[ ]?(?:年?{CONNECTOR}|/))?  # 2021— of 2021—2025年
      (?P<year>{_YEAR4})[ ]?
      (?: 年度(?!人物)
        | 年(?=年(?:底|末|初|终|中|均|度|会))           # 2020年年底
        | (?=第?[一二三四1-4]季度|[上下]半年)            # 2023第一季度
        | (?={_AND}{_YEAR4}(?:{_AND}{_YEAR4}){{0,3}}年(?![代版]))
        | 年(?![代鉴]|版(?!权)|会(?![计议展])) )
    | (?P<relative>
        今年 | 去年 | 明年 | {_FREE}[前后]年(?![度会均销收])
      | 本年(?:度|(?!会)) | 当年(?!的?样) | 同年 | (?<![0-9一二三四五六七八九十])[翌次]年(?![会度])
      | (?<![年以])上一年度? | 上年度 | (?<=[较比于是为与占同和达由])上年 | 上年(?=同期|底|末|全年|[一二三四]季度) )
    """,
    re.VERBOSE,
)

# What stands after 月 or 日 when it is no date: 6月龄, 20日元, 10日游, 30日内
_NO_MONTH = r"(?![龄嫂球饼刊坛]|均[值价线]|光(?!伏)|息(?!税)|历(?![史来时经])|度(?![假过汛])|花(?!费)|革命)"
_NO_DAY = r"(?![元产照游龄子程活志圆冕常益渐趋内间]|均[线价值]|历(?![史来时经])|本(?![报网台市省社月周轮次届级]))"

_PART = searching(
    rf"""
      前(?P<quarters>[二两三2-3])个?季度
    | (?:前|(?<=[年的])头)(?P<months>{DIGIT}{{1,2}}|[一二两三四五六七八九十]|十一)个?月(?:份|(?!{DIGIT}))
    | (?:第?(?P<first_quarter>[一二三四1-4])(?:季度)?(?:{CONNECTOR}|、))?
      第?(?P<quarter>[一二三四1-4])季度(?P<quarter_end>末|底)?
    | (?P<half>[上下])半年(?:度(?!假))?(?P<half_end>末|底)?
    | 全年(?!制)
    | (?P<year_end>年?[底末](?!线|端|梢|尾|层|部|盘|色|片|座)|年终)
    | (?P<year_begin>年?初(?!步|衷|心|级|期|创|始|中|二|三|见|次|冬|夏|春|秋|雪|具|战))
    | (?: (?P<month_word>[本当同次]月|[上下]个?月|这个月)(?![球亮饼牙嫂背面表壤薪租]|均[值价线])
        | (?:(?P<first_month>{_MONTH})[ ]?月?份?{CONNECTOR})?
          (?P<month>{_MONTH})(?:[ ]?月(?:份|{_NO_MONTH})|(?={_AND}{_MONTH}[ ]?月(?![龄球]))) )
      (?: (?<=[月份])[ ]?(?:(?P<first_day>{_DAY})[ ]?[日号]?{CONNECTOR})?(?P<day>{_DAY})
            (?:[ ]?(?:日|号(?![线楼机院店]))|(?={_AND}{_DAY}日))
        | (?P<tail>[上中下]{{1,2}}旬|[底末](?!线|端)|初(?!步)) )?
    """,
    re.VERBOSE,
)
# 20日, 20-22日: a day whose month was said before; 连续5日, 7个工作日 and 第3日 are no such day.
_BARE_DAY = searching(
    rf"""
    (?<![月第每满个过超逾共仅续为历需前隔余])(?<!(?<!附)近)(?<![长多]达)(?<![为工]期)(?<![^北公签]约)
    (?:(?P<first_day>{DIGIT}{{1,2}})[ ]?日?{CONNECTOR})?(?P<day>{DIGIT}{{1,2}})[ ]?
    (?:日{_NO_DAY}|号(?=凌晨|上午|下午|晚))
    # 将于27日前公布, 预计27日前完成 and 27日前后 are dates, 3日前 is a count
    (?:(?!后|前(?![后往来去夕]))|(?<=[于在至到自计争保]{DIGIT}日)|(?<=[于在至到自计争保]{DIGIT}{DIGIT}日))
    """,
    re.VERBOSE,
)
_SOME_DAY = searching(
    r"(?P<word>今[天晚晨早日](?![霜饭餐])|昨[天日晚夜]|(?<![的好创个向])(?:明[天日](?!的)|明[晚早晨])|当[天日晚]|[同次翌]日|同一天(?!空))"
)
_ISO = regex(
    rf"(?P<year>{_YEAR4})(?P<dash>[-/.．])(?P<month>{DIGIT}{{1,2}})(?P=dash)(?P<day>{DIGIT}{{1,2}})"
    rf"(?![0-9０-９/]|[-.．]{DIGIT})"
)
_HALF_DAY = r"凌晨|清晨|早晨|早上|早间|早(?![前已就在])|上午|中午|午间|下午|午后|傍晚|晚上|晚间|晚|深夜|夜间|夜里|午夜"
_CLOCK = regex(
    rf"""
    [ ]?(?:（(?:星期|周)[一二三四五六日天]）)?
    (?:(?:北京|当地)时间)?
    (?P<part>{_HALF_DAY})?(?![稻会宴报餐饭霜点间])
    (?:[ ]?(?P<hour>{DIGIT}{{1,2}}|零(?=[时点]))(?:[:：∶](?P<colon>{DIGIT}{{2}})(?:[:：∶]{DIGIT}{{2}})?
        |(?:时(?!间|期|代|区|速|段)|点(?!档|赞|评|名|位|睛|多))(?:(?P<minute>{DIGIT}{{1,2}})分|(?P<half>半)|整)?(?:{DIGIT}{{1,2}}秒)?))?
    """,
    re.VERBOSE,
)
_OF = regex(r"[ ]?的?[ ]?")


# Not frozen: one is made for each date, part by part, and a copy for each part took as long as the matching.
@dataclass(slots=True)
class Form:
    """One written date, its parts still open: what is None was not said. Nobody changes one that was parsed."""

    start: int
    end: int
    year: int | None = None
    first_year: int | None = None  # 2021 of 2021—2025年
    relative: str | None = None  # 今年, 去年, 当年
    month: int | None = None  # the last month of quarters, halves and 1—11月
    first_month: int | None = None
    month_word: str | None = None  # 本月, 上个月
    day: int | None = None
    first_day: int | None = None
    day_word: str | None = None  # 今天, 当日
    clock: str = ""  # 20:20, 18
    rule: str = "a date"

    @property
    def has_year(self) -> bool:
        return self.year is not None or self.relative is not None


def _integer(text: str | None) -> int | None:
    if text is None:
        return None
    plain = digits(text)
    value = to_decimal(text) if plain is None else plain
    return None if value is None else int(value)


def parse(text: str, start: int) -> Form | None:
    """The longest date form that begins at `start`, or None; impossible ones (13月, 2月31日) are None."""
    if text[start] in "今昨明当同次翌":
        if day := _SOME_DAY.match(text, start):
            return with_clock(text, Form(start, day.end(), day_word=day["word"], rule="a day told from another"))
    elif iso := _ISO.match(text, start):
        form = Form(start, iso.end(), _integer(iso["year"]), month=_integer(iso["month"]), day=_integer(iso["day"]))
        return with_clock(text, form) if _possible(form) else None
    year = _YEAR.match(text, start)
    form = Form(start, start)
    if year:
        form.end, form.rule = year.end(), "a year"
        form.year, form.first_year, form.relative = _integer(year["year"]), _integer(year["first"]), year["relative"]
        if form.first_year is not None:
            return form if _possible(form) else None
    of = _OF.match(text, form.end) if year else None
    part = _PART.match(text, of.end() if of else start)
    if part and (year or _stands_alone(text, part)):
        _add_part(form, part)
    elif not year and (bare := _BARE_DAY.match(text, start)):
        form.end, form.rule = bare.end(), "a day of the month"
        form.day, form.first_day = _integer(bare["day"]), _integer(bare["first_day"])
    if form.end == start or not _possible(form):
        return None
    return with_clock(text, form) if form.day else form


_CHINESE_MONTH = regex(r"[一二三四五六七八九十]")
_COUNTED_YEARS = regex(r"[0-9０-９一两二三四五六七八九十半每全百周成本整学]$")
_RECURRING = regex(r"(?:每年|往年|历年|农历|阴历|每逢)的?$")


def _stands_alone(text: str, part: re.Match[str]) -> bool:
    """Whether a part without a year before it is a date: not 每年4月, 三个半月, 二月二, 民间正月."""
    before = text[max(0, part.start() - 3) : part.start()]
    if part["year_end"] or part["year_begin"]:
        return part[0].startswith("年") and not _COUNTED_YEARS.search(before)
    if part["month"] is None:
        return not re.search(r"[每两]个?$", before)
    if _RECURRING.search(before) or re.search(r"(?:[第每近满达个几]|(?<!指)数)$", before):  # 物流指数|11月回升
        return False
    if _CHINESE_MONTH.match(part[0]):
        # 二月二 is a feast; 五六月 and 十二个月 are no months of ours; 一月 is.
        after = part.string[part.end() : part.end() + 1]
        return not re.search(r"[一二三四五六七八九十正腊闰两单统]$", before) and not _CHINESE_MONTH.match(after)
    return True


def _add_part(form: Form, part: re.Match[str]) -> None:
    """Add what stands after (or without) the year: a quarter, a half, months, a day, the end of the year."""
    form.end = part.end()
    if part["month"] or part["month_word"]:
        form.month, form.first_month = _integer(part["month"]), _integer(part["first_month"])
        form.day, form.first_day = _integer(part["day"]), _integer(part["first_day"])
        form.month_word, form.rule = part["month_word"], "a day" if part["day"] else "a month"
    elif part["quarters"]:
        form.first_month, form.month, form.rule = 1, 3 * (_integer(part["quarters"]) or 0), "the first quarters"
    elif part["months"]:
        form.first_month, form.month, form.rule = 1, _integer(part["months"]), "the first months"
    elif part["quarter"]:
        last = _integer(part["quarter"]) or 0
        first = _integer(part["first_quarter"]) or last
        form.month, form.rule = 3 * last, "the end of a quarter"
        if not part["quarter_end"]:
            form.first_month, form.rule = 3 * first - 2, "a quarter"
    elif part["half"]:
        first = 1 if part["half"] == "上" else 7
        form.month, form.rule = first + 5, "the end of a half-year"
        if not part["half_end"]:
            form.first_month, form.rule = first, "a half-year"
    elif part["year_end"]:
        form.month, form.rule = 12, "the end of a year"
    else:
        form.rule = "the beginning of a year" if part["year_begin"] else "a whole year"


def _possible(form: Form) -> bool:
    longest = 31
    if form.month is not None:
        if not 1 <= form.month <= 12:
            return False
        longest = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[form.month - 1]
        if form.month == 2 and form.year is not None and (form.year % 4 or (form.year % 100 == 0 and form.year % 400)):
            longest = 28
    if form.day is not None and not 1 <= form.day <= longest:
        return False
    return (
        (form.first_day is None or (form.day is not None and 1 <= form.first_day < form.day))
        and (form.first_month is None or 1 <= form.first_month <= 12)
        and (form.first_year is None or (form.year is not None and form.first_year < form.year))
    )


def with_clock(text: str, form: Form) -> Form:
    """Take 下午 or 晚20∶20 into a day; only a stated hour goes into the value. The form itself is changed."""
    match = _CLOCK.match(text, form.end)
    if match is None or not (match["part"] or match["hour"]):
        return form
    part, hour = match["part"] or "", _integer(match["hour"])
    if hour is None or hour > 23 or form.first_day is not None:
        form.end = match.end("part") if part else form.end
        return form
    late = part.startswith(("下午", "午后", "傍晚", "晚", "夜", "深夜")) or (form.day_word or "").endswith("晚")
    if hour < 12 and (late or (part == "中午" and hour < 3)):
        hour += 12
    minute = 30 if match["half"] else _integer(match["colon"] or match["minute"])
    if minute is None or minute <= 59:
        form.end = match.end()
        form.clock = f"{hour:02}" + ("" if minute is None else f":{minute:02}")
    return form
