"""Products and vehicles by their names: 长征五号遥八, 鹊桥二号, C919, “奋斗者”号; missions of a series are projects.

A series (lexicons/series.csv) says which type its members are: 神舟十八号 is a mission, 风云三号07星 a thing made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from extractors.lexicon import lexicon, matches
from extractors.model import Article, Mention, Name, Span
from extractors.names.quotes import curly
from extractors.names.satellites import launched_satellites
from extractors.patterns import regex, searching

_NUMERAL = r"(?:[一二三四五六七八九十百]{1,4}|[ⅠⅡⅢⅣⅤ]{1,3}|\d{1,3})"
# 号, 号甲, 号遥八, 号A, 号01组, 号02A03星: which one of the series
_NUMBER = (
    rf"{_NUMERAL}号(?:[甲乙丙丁](?![一-龥]?[方组])|[A-Z]星?(?![A-Za-z0-9]))?改?(?:(?:海射|海上|陆射|改进|基本|加强)型)?(?:遥{_NUMERAL})?"
    r"(?:\d{2}组|[A-Z]?\d{2}[A-Z]?(?:\d{2})?星)?"
)
_KIND = (
    r"(?:任务|载人飞船|货运飞船|飞船|探测器|返回器|着陆器|轨道器|上升器|中继星|中继卫星|系列运载火箭|运载火箭|火箭|载人潜水器|潜水器"
    r"|气象卫星|遥感卫星|导航卫星|通信卫星|科学卫星|卫星|星座|机组|科考船|破冰船|调查船|钻机|号)"
)
# “海燕”号水下滑翔机, “珠海云”号: a vessel by its name in quotation marks
_VESSEL = regex(
    r"“(?P<name>[\u4e00-\u9fffA-Z][\u4e00-\u9fffA-Z0-9·]{1,6}?)(?<!字)(?:”号|号”)(?P<kind>(?:(?!装机|完成|顺利|圆满|成功|[和等与及两一二三四五六七八九十])[^的\W\d_a-zA-Z]){0,8}?(?:船|艇|舰|潜水器|平台|列车|机组|动车组|高铁动车组|飞艇|盾构机|航母|车|机)(?!组))?"
)
# “海巡03”轮, “地中海米歇尔·卡佩里尼”轮: merchant and patrol ships
_SHIP = regex(r"“[\u4e00-\u9fffA-Z][\u4e00-\u9fffA-Z0-9·]{1,12}”轮(?![动融值换番流廓胎椅驱岗训次回])")
# “太行110”重型燃气轮机: a machine by its name and number
_NUMBERED_MACHINE = regex(
    r"“[\u4e00-\u9fff]{2,5}[A-Z]?\d{1,4}[A-Z]?”(?:重型|大型|微型|新型|国产|智能|通用|量子|超导){0,2}"
    r"(?:燃气轮机|发动机|机器人|芯片|大模型|计算机|超级计算机|航空发动机|起重机|盾构机|挖泥船|风电机组)",
    only=r"\d[A-Z]?”",
)
# 油菜新品种|“中油杂501”, “中油杂501”|品种
_QUOTED_VARIETY = regex(
    r"(?:(?<=品种)|(?<=品系)|(?<=育成)|(?<=选育的))“(?P<after>[\u4e00-\u9fff]{1,5}\d{1,5}[A-Z]?)”"
    r"|“(?P<before>[\u4e00-\u9fff]{1,5}\d{1,5}[A-Z]?)”(?=(?:水稻|玉米|小麦|大豆|油菜|棉花|杂交水稻)?新?品种)",
    only=r"\d[A-Z]?”",
)
_MADE_BEFORE = regex(r"(?:[船轮舰艇器机车箭星级]|平台|装置)(?:——)?$|中国|我国|国产|自主")
# “甬舟号”和|“定海号”两台盾构机
_COUNTED_AFTER = regex(r"(?:[、和与]“[^”\n]{2,8}”号?){0,3}[两三四\d][台艘架列]")
# 发射遥感四十二号: what makes a series of a common word (资源, 海洋, 科学)
_LAUNCHED = regex(r"发射|升空|卫星|船|成功将|搭载")
# 绥粳18水稻品种, 济麦22新品种: two characters and a number before the crop
_VARIETY = regex(
    r"(?:(?:种植|推广|选育|培育|引进|采用|播种|示范)[的了]?|(?<![\u4e00-\u9fff]))(?P<name>[\u4e00-\u9fff]{2}\d{1,4})(?=”?(?:水稻|玉米|小麦|大豆|油菜|棉花|谷子)?新?品种)"
)
# 大奖包括甲公司的高速贴片机、乙大学的…: what wins is named by what it is, after whose it is
_PRIZE = regex(
    r"(?:大奖|金奖|银奖|特等奖|一等奖|创新奖|获奖(?:产品|展品|作品|项目|成果)|入选(?:产品|项目|成果)|首台套装备)"
    r"[^。；，、\n]{0,12}?(?:包括|分别为|分别是|有|为|：|授予)(?P<list>[^。；\n]{10,600})"
)
_WINNER = regex(
    r"(?:(?<=[、，])|(?<=和)|^)(?P<whose>[^、，。；的\n]{2,36}?(?:公司|大学|研究[所院]|学院|集团|医院|[一-龥]厂|中心|实验室)等?)的"
    r"(?P<what>(?:[^、，。；\n“”]|“[^”\n]{2,20}”){4,34}?)(?=[、，。；]|和[^、，。；的\n]{2,36}?(?:公司|大学|研究[所院]|集团|中心)等?的|$)"
)


# 波音777客机, 空客A320neo, 运-20U: makers and kinds of aircraft with a model number
_MODEL = searching(
    r"(?:波音(?:公司)?|空中客车|空客)[A-Z]?\d{3}(?:[- ]?(?:MAX(?:[ -]?\d{1,2})?|neo|ER|F)|-\d{1,3}[A-Z]{0,2})?"
    r"(?![\dA-Za-z万亿])"
    r"|(?:歼轰|空警|无侦|苏|米格|图|伊尔)-\d{1,4}[A-Z]{0,3}(?![\dA-Za-z])"
)
# “海马斯”火箭炮系统, “星际客机”飞船: a machine by its name in quotation marks
_KIND_OF_MACHINE = regex(
    r"”式?"
    r"(?P<kind>(?:多管|洲际|弹道|巡航|防空|高超音速|反坦克|反舰|远程|自行|主战|太空|载人|货运|商业|重型|隐形|察打一体|武装){0,3}"
    r"(?:量子模拟器|量子计算机|超级计算机|火箭炮|导弹|防空系统|战斗机|轰炸机|直升机|无人机|坦克|运载火箭|火箭|飞船|探测器)(?:系统)?)(?![队们员兵弹炮器])"
)
_MACHINE = regex(
    r"(?<![A-Za-z])(?:[A-Z]{1,3}-?\d{1,3}[A-Z]?\d?)?“(?P<name>[\u4e00-\u9fffA-Z][\u4e00-\u9fffA-Z0-9·-]{1,9}|[\u4e00-\u9fff](?=”式))"
    + _KIND_OF_MACHINE.pattern
)
# 山毛榉-M1|防空导弹系统, S-400|防空系统: a weapon by its name and number
_WEAPON = searching(
    r"(?:山毛榉|道尔|铠甲|针|铁穹|爱国者|箭|豹|勒克莱尔|挑战者|黄铜骑士|安泰|凯旋|(?<![A-Za-z\d])[A-Z]{1,2})-[A-Z]?\d{1,4}[A-Z]{0,3}\d?"
    r"(?:型)?(?:地空|近程|中程|远程|主战|自行|多管|防空|反导|战术|弹道|巡航|重型|隐形|察打一体){0,3}"
    r"(?:导弹防御系统|导弹系统|防空系统|火箭炮系统|火箭炮|导弹|战斗机|战机|轰炸机|直升机|无人机|运输机|预警机|坦克)(?![队们员兵])"
)
_METAPHOR = regex("”?(?:的)?(?:巨轮|航船|巨舰|时代列车)")
# 天目一号气象星座|03-06星
_OF_CONSTELLATION = regex(
    rf"[\u4e00-\u9fff]{{2}}{_NUMERAL}号(?:气象|遥感|通信|导航|观测|物联网)星座(?P<number>\d{{2}}(?:[-—～/至]\d{{2}})?星)"
)
_SUFFIX = regex(r"[A-Z]{1,2}(?![A-Za-z])")


def find_products(article: Article) -> Iterable[Mention]:
    """Mentions of named products, vehicles and missions of a series."""
    return _find(curly(article.text))


@lru_cache(maxsize=64)
def _find(text: str) -> tuple[Mention, ...]:
    return (
        *_known(text),
        *_series(text),
        *_vessels(text),
        *_machines(text),
        *_varieties(text),
        *_winners(text),
        *launched_satellites(text),
    )


def _known(text: str) -> Iterator[Mention]:
    for start, end, entry in matches(text, "products"):
        if text[end - 1].isdigit() and text[end : end + 1].isdigit():
            continue
        if _METAPHOR.match(text, end):  # 中华民族伟大复兴号|巨轮
            continue
        suffix = _SUFFIX.match(text, end) if text[end - 1].isdigit() else None  # 直-20|J is another than 直-20
        after = suffix.end() if suffix else end
        yield Mention(Span(start, after), "Product", Name(entry.value + text[end:after]), "product by its name")


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, lexicon("series")), key=len, reverse=True))
    first = re.escape("".join(sorted({name[0] for name in lexicon("series")})))  # spares a try of every name
    return re.compile(rf"(?=[“{first}])“?(?P<series>{names})”?(?P<number>{_NUMBER})”?(?P<kind>{_KIND})?")


def _series(text: str) -> Iterator[Mention]:
    for match in _pattern().finditer(text) if "号" in text else ():
        start, end = match.span()
        if text[start] == "“" and "”" not in match[0]:
            start += 1
        if text[start] != "“" and "”" in match[0]:
            end = match.end("number")
        entry = lexicon("series")[match["series"]]
        if entry.note.endswith("common word") and not (
            match["kind"]
            or "“" in match[0]
            or match["number"].endswith("星")
            or _LAUNCHED.search(text, max(0, start - 12), start)
        ):
            continue
        yield Mention(Span(start, end), entry.value, Name(match["series"] + match["number"]), "one of a series")


def _vessels(text: str) -> Iterator[Mention]:
    for match in _VESSEL.finditer(text) if "号”" in text or "”号" in text else ():
        before = text[max(0, match.start() - 4) : match.start()]
        if match["kind"] or _MADE_BEFORE.search(before) or _COUNTED_AFTER.match(text, match.end()):
            yield Mention(Span(*match.span()), "Product", Name(_vessel(match["name"])), "vessel in quotation marks")


def _machines(text: str) -> Iterator[Mention]:
    for match in _SHIP.finditer(text) if "”轮" in text else ():
        yield Mention(Span(*match.span()), "Product", Name(match[0]), "ship in quotation marks")
    for match in _NUMBERED_MACHINE.finditer(text) if "“" in text else ():
        yield Mention(Span(*match.span()), "Product", Name(match[0]), "machine with a number in quotation marks")
    for match in _MODEL.finditer(text):
        yield Mention(Span(*match.span()), "Product", Name(match[0].replace("公司", "")), "model of an aircraft")
    for match in _WEAPON.finditer(text) if "-" in text else ():
        yield Mention(Span(*match.span()), "Product", Name(match[0]), "weapon by its name and number")
    for match in _OF_CONSTELLATION.finditer(text) if "星座" in text else ():
        yield Mention(Span(*match.span()), "Product", Name(match[0]), "satellites of a constellation")
    for match in _MACHINE.finditer(text) if "”" in text and _KIND_OF_MACHINE.search(text) else ():
        if match["name"] not in lexicon("generic_words"):
            yield Mention(Span(*match.span()), "Product", Name(match[0]), "machine in quotation marks")


def _vessel(name: str) -> str:
    """“复兴号”动车组 is 复兴号 and “华龙一号”机组 华龙一号; any other “珠海云”号 keeps its marks."""
    known = lexicon("products").get(f"{name}号")
    if known is not None:
        return known.value
    return f"{name}号" if re.search(f"{_NUMERAL}$", name) else f"“{name}”号"


def _varieties(text: str) -> Iterator[Mention]:
    for match in _VARIETY.finditer(text) if "品种" in text else ():
        yield Mention(Span(*match.span("name")), "Product", Name(match["name"]), "variety of a crop")
    for match in _QUOTED_VARIETY.finditer(text) if "”" in text and ("品种" in text or "选育" in text) else ():
        which = match.lastgroup or ""
        yield Mention(Span(*match.span(which)), "Product", Name(match[which]), "variety in quotation marks")


def _winners(text: str) -> Iterator[Mention]:
    for prize in _PRIZE.finditer(text) if "奖" in text or "入选" in text else ():
        first = prize.start("list")
        for match in _WINNER.finditer(prize["list"]):
            start, end = match.span("what")
            what = re.sub(r"\s", "", match["what"])
            yield Mention(Span(first + start, first + end), "Product", Name(what), "prize winner after whose it is")
