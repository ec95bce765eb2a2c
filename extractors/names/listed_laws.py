"""Laws and agreements without 《》 that a list, a count or two countries show.

对标准化法实施条例、货物进出口管理条例等8部行政法规…: what is counted as laws at the end of a list is a law each.
中国—东盟自由贸易协定, 中孟投资协定: an agreement is named by its parties and its kind.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.lexicon import lexicon
from extractors.model import Mention, Name, Span
from extractors.names.boundary import left_edge
from extractors.patterns import regex, searching

_COUNTED = regex(
    r"等?(?:\d{1,3}|[一二两三四五六七八九十]{1,3}|多)[部件](?:现行|重要|相关)?(?:行政法规|地方性法规|法律法规|法律|法规|规章|党内法规)"
)
_LAW = regex(
    r"[\u4e00-\u9fff]{2,24}?(?:实施条例|管理条例|条例|暂行规定|规定|实施细则|细则|管理办法|暂行办法|办法|规则|法)(?:（试行）)?"
)
_VERB = regex(r".{0,10}?(?:对|涉及|包括|修改|修订|制定|废止|出台|公布|审议|通过|清理|依据|根据)了?(?=.{3})")
_NO_LAW = regex(r"^(?:其|该|本|有关|相关|上述|现行)|[的了]|(?:做|方|看|想|说|依|执|立|司)法$")
_LONGEST = 400  # characters of a list

_ONE_LETTER = (
    "俄美英法德日韩印巴欧非阿哈白波匈塞捷希意西葡荷比瑞奥泰越柬老缅新"
    "马菲尼孟斯乌塔吉土蒙朝澳加墨智秘古沙埃坦赞肯厄洪毛冰格"
)
_KIND = (
    r"(?:自由贸易协定|自贸协定|全面经济伙伴关系协定|投资协定|双边投资协定|引渡条约|航空运输协定|互免签证协定|早期收获安排"
    r"|地理标志协定|社会保障协定|税收协定|货币互换协议)"
)
# 中国—东盟|自由贸易协定, 中孟|自贸协定
_AGREEMENT = regex(
    rf"(?:中国(?:[—－–-]|和|与)(?P<party>[\u4e00-\u9fff]{{2,8}}?)|中[{_ONE_LETTER}])(?:双边)?(?P<kind>{_KIND}(?:升级议定书)?)(?![谈网区])"
)
_PARTIES = ("countries", "international", "places")
# 中塞自贸协定 and 中国—塞尔维亚自贸协定 are one; 中新, 中瑞, 中巴 may be either of two
_ONE_COUNTRY = {
    "俄": "俄罗斯", "美": "美国", "英": "英国", "法": "法国", "德": "德国", "日": "日本", "韩": "韩国", "欧": "欧盟",
    "澳": "澳大利亚", "秘": "秘鲁", "智": "智利", "柬": "柬埔寨", "塞": "塞尔维亚", "孟": "孟加拉国", "厄": "厄瓜多尔",
}  # fmt: skip
# 签署|共建新闻学院战略合作框架协议
_SIGNED = regex(
    r"签(?:署|订|下)了?(?P<title>(?!双方|多项|一系列|[一两二三四五六七八九十\d]+[项份个]|相关|有关|[等了])[^，。；：、《》“”（）\n]{4,26}?"
    r"(?:战略合作框架协议|合作框架协议|战略合作协议|全面合作协议|合作协议|合作备忘录|谅解备忘录|联合声明|联合公报))(?=[，。；、（\n]|等)"
)
_DESCRIBED = regex(
    r"^(?:战略|全面|双边|多边|经贸|贸易|投资|产业|项目|购销|采购|合作|框架|深化|全方位|深度|长期){1,5}(?:协议|备忘录|声明|公报)$"
    r"|^[^，。]{0,14}(?:领域|方面)|[的了]|多[项份个]|系列|双边合作|\d|有关|相关|^(?:实施|落实|深化)"
)
# 审查2023年国民经济和社会发展计划执行情况与2024年国民经济和社会发展计划草案的报告: what each congress is given
_YEARLY = searching(
    r"(?:关于)?(?:19|20)\d\d年(?:国民经济和社会发展计划|中央和地方预算|预算|计划)执行情况[与和及](?:19|20)\d\d年[^，。；《》\n]{0,16}(?:计划|预算)草案的报告"
)
# 发布2024“品牌强国工程”融媒体传播服务方案: a title with a name in quotation marks
_WITH_QUOTED = regex(
    r"(?:发布|印发|出台|推出|公布|制定)了?(?P<title>(?:(?:19|20)\d\d年?)?“[^“”，。\n]{2,16}”[^，。；：、《》“”（）的了\n]{2,18}"
    r"(?:服务方案|实施方案|工作方案|行动方案|总体方案|方案|行动计划|发展规划|规划|实施意见|意见|指南|倡议|公约|管理办法|办法))(?=[，。；、（\n]|$)"
)


def listed_laws(text: str) -> Iterator[Mention]:
    """Mentions of laws in counted lists, of agreements by their parties and of what is signed under a title."""
    counted = "法规" in text or "规章" in text or "部法律" in text or "件法律" in text
    for count in _COUNTED.finditer(text) if counted else ():
        yield from _before(text, count.start())
    if "协定" in text or "条约" in text:
        for match in _AGREEMENT.finditer(text):
            if match["party"] is None or any(match["party"] in lexicon(name) for name in _PARTIES):
                party = match["party"] or _ONE_COUNTRY.get(match[0][1])
                kind = match["kind"].replace("自贸", "自由贸易")
                yield _policy(match.span(), f"中国—{party}{kind}" if party else match[0], "agreement by its parties")
    for match in _SIGNED.finditer(text) if "签" in text else ():
        if not _DESCRIBED.search(match["title"]):
            yield _policy(match.span("title"), match["title"], "agreement that is signed")
    for match in _YEARLY.finditer(text) if "草案的报告" in text else ():
        yield _policy(match.span(), match[0].removeprefix("关于"), "report to the congress of a year")
    for match in _WITH_QUOTED.finditer(text) if "“" in text else ():
        yield _policy(match.span("title"), match["title"], "title with a name in quotation marks")


def _policy(span: tuple[int, int], name: str, rule: str) -> Mention:
    return Mention(Span(*span), "Policy", Name(name), rule)


def _before(text: str, end: int) -> Iterator[Mention]:
    """The items of the list that ends here, leftwards as long as each is called like a law."""
    floor = max(0, end - _LONGEST)
    while end > floor:
        start = max(floor, *(text.rfind(mark, floor, end) + 1 for mark in "、，。；：\n》"))
        last = text[start - 1 : start] != "、"
        item = text[start:end]
        if verb := _VERB.match(item):
            if not last and _LAW.fullmatch(item) is None:
                return
            if last:
                start += verb.end()
        elif last:
            start = left_edge(text, end - 2, start)
        item = text[start:end]
        if "《" in item or not _LAW.fullmatch(item) or _NO_LAW.search(item) or not 4 <= len(item) <= 26:
            return
        known = lexicon("laws").get(item)
        yield _policy((start, end), known.value if known else item, "one of a counted list of laws")
        if last:
            return
        end = start - 1
