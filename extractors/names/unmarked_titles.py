"""Titles without 《》: five-year plans of a field, what is 印发, drafts of laws, headlines that tell what came out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.model import Mention, Name, Span
from extractors.names.boundary import left_edge
from extractors.names.listed_laws import listed_laws
from extractors.patterns import regex, searching

# 自然资源领域“十四五”规划, “十四五”现代能源体系规划: five-year plans of a field
_FIVE_YEAR = regex(
    r"(?P<field>[\u4e00-\u9fff]{2,8}(?:领域|行业|事业))?“十[一二三四五六]五”(?:[\u4e00-\u9fff]{0,14}?)(?:专项规划|发展规划|规划纲要|规划)"
)
# 编制完成交通运输领域“十五五”规划: where the name of the field begins
_BEFORE_FIELD = regex(r".{0,6}?(?:编制|完成|印发|发布|落实|实施|组织|制定|了|的|好|和|及|与)+")
# 印发关于促进服务消费的意见, 发布2023年北京市生态环境状况公报: an opening as strong as brackets
_UNMARKED = searching(
    r"""(?:印发|发布|入选|列入|[一二三]是|出台|制定|编制|推出|公布|审议通过|审议|修订|签署){1,2}(?:实施|完成)?了?(?:首[部个份]|最新的?)?
    (?P<title>
        关于[^，。；《》\n]{4,60}?的(?:指导意见|实施意见|若干意见|意见|通知|决定|决议|公告|规定)
      | (?:支持|促进|推动|推进|加强|加快|优化)[^，。；《》\n]{4,30}?
        (?:若干|\d{1,3}[条项])(?:重点|具体|政策)?(?:政策)?(?:措施|举措)
      | (?:加快|加强|推进|推动|促进|支持|优化|深化|进一步)[^，。；《》\n]{6,50}?
        的(?:实施意见|指导意见|若干意见|意见|实施方案)
      | [^，。；：、《》“”（）\s]{2,12}“[^，。；《》“”\n]{2,10}”[^，。；：、《》“”（）\s]{2,20}?
        (?:专项规划|发展规划|总体规划|建设规划|行动计划|实施方案)
      | [^，。；：、《》“”（）\s]{4,34}?(?:三年行动计划|行动计划|发展规划|专项规划|总体规划|实施方案|行动方案|总体方案
        |改革方案|试点方案|建设方案|工作方案|建设指南|工作指引|指导意见|实施意见|白皮书|蓝皮书|公报|条例|管理办法|目录|报告|法草案|条例草案)
    )(?=[，。；、（：\n和及与并等]|明确|提出|显示|$)
    """,
    re.VERBOSE,
)
# What such a title ends in.
_CALLED = regex("意见|通知|决定|决议|公告|公报|规定|规划|措施|举措|方案|计划|指南|指引|皮书|条例|办法|目录|报告|法草案")
# 危险化学品安全法|草案: a law that is not yet one
_DRAFT = regex(r"(?<![立执司守违依合非用办书方说看])法(?:（?(?:修订|修正)?草案(?:[二三]次审议稿)?）?|修正案草案)")
_ASKED = regex(r".{0,16}?(?:提请审议|审议|起草|关于|作了)+")
# 表决通过了|全国人大常委会关于延长授权期限的决定
_DECIDED = searching(
    r"(?:表决)?通过了?(?P<title>(?:全国人大常委会代表资格审查委员会|全国人大常委会|全国人民代表大会常务委员会|全国人民代表大会|全国人大|政协第[一二三四五六七八九十]{1,3}届全国委员会(?:常务委员会)?)?关于(?!免去|任免|任命|(?<!会关于)接受|撤销|追认|罢免|确认)[^，。；《》\n]{4,90}?的(?:决定|决议|审查报告|报告(?=[，。；、])))(?!草案)"
)
# 通过了关于甲工作报告的决议、|关于乙工作报告的决议
_ALSO = regex(r"、(?P<title>关于[^，。；、《》\n]{4,60}?的(?:决定|决议))(?!草案)")
# 内地至港澳航线航班管理办法|发布: a headline whose title is what came out
_HEADLINE = regex(
    r"""^(?P<title>[^，。；：、\n《》“”\d][^，。；：\n《》]{3,36}?(?:行动计划|行动方案|实施方案|总体方案|工作方案|改革方案|管理办法|实施办法
        |管理规定|条例|发展规划|专项规划|实施意见|指导意见|建设指南|若干措施|政策措施|白皮书|蓝皮书))
    (?:正式|今起|近日|今天)?(?:印发|发布|公布|出台|施行|公开征求意见|公开征集|征求意见|亮相)$
    """,
    re.VERBOSE | re.MULTILINE,
)
_COMES_OUT = regex("(?:印发|发布|公布|出台|施行|公开征求意见|公开征集|征求意见|亮相)$", re.MULTILINE)
# 一系列方案, 相关报告, 20条措施: descriptions, not titles
_ISSUES = regex("印发|发布|出台|公布|召开|启动|介绍|推出|制定|审议")
_DESCRIBED = regex(
    r"^(?:草案|批准的|新版|省级|好|北部|改革组织|产业强链|工作组会议|由|意见的|审查结果|\d{3,}多?项|[一两三]次|.{0,20}关于政府工作报告$|最新|会介绍|并|发表|总投资|一系列|系列|相关|有关|各项|各|多[项份个部]|\d{1,3}(?![\d年])|[一二三四五六七八九十百数几]+[多余]?[项份个部条本]|一揽子|个性化|具体|紧急|将|对|其|该|自己|完善|科学|专门"
    r"|详细|针对|应急|专项|相应|更|本|这|两|的|实施方案|新的)|等|一致|[个份]|军事行动|总结报告$|提请|执法检查报告$|(?:系统|工程|装置|平台|项目|设计)总体方案$"
    # 制定主题教育实施方案: every organ has its own
    r"|^(?:全[国省市县区])?(?:主题教育|党纪学习教育|学习教育|党史学习教育|高质量发展|专项整治|巡视整改|整改|工作|灾后恢复重建|农业灾后恢复生产|城市体检|本地|地方)"
    r"(?:实施方案|工作方案|(?:三年)?行动(?:方案|计划)|总体方案|总体规划)$"
)
# “绿色建材下乡活动实施方案”: a title in quotation marks
_QUOTED = regex(r"“(?P<title>[^“”。，\n]{4,40}(?:协议|行动方案|实施方案|行动计划|白皮书|规划纲要|宣言|公约))”")

# 第一个五年规划 of the country, but not 第一个五年规划期
_NTH_PLAN = regex(r"(?<![省市县区业])第(?:十?[一二三四五]|[六七八九十])个五年(?:规划|计划)(?!期|时期|纲要|和|的?建议)")
# 全会《决定》: what the plenums decided
_DECISIONS = {
    "二十届三中全会": "中共中央关于进一步全面深化改革、推进中国式现代化的决定",
    "十九届四中全会": "中共中央关于坚持和完善中国特色社会主义制度、推进国家治理体系和治理能力现代化若干重大问题的决定",
    "十八届三中全会": "中共中央关于全面深化改革若干重大问题的决定",
    "十八届四中全会": "中共中央关于全面推进依法治国若干重大问题的决定",
}
_PLENUM = regex(r"[一二三四五六七八九十]{2,3}届[一二三四五六七]中全会")


def plenary_decision(text: str, end: int, alone: bool = False) -> str | None:
    """What 全会|《决定》 means when the article tells of one plenum only."""
    if not text[:end].endswith("全会") and not (alone and "全会" in text[:end] and "的决定" not in text):
        return None
    told = set(_PLENUM.findall(text))
    return _DECISIONS.get(told.pop()) if len(told) == 1 else None


def unmarked_titles(text: str) -> Iterator[Mention]:
    """Mentions of policies whose titles stand without marks."""
    for match in _FIVE_YEAR.finditer(text) if "五”" in text else ():
        verb = _BEFORE_FIELD.match(match["field"] or "")
        first = match.start() + (verb.end() if verb else 0)
        if not match["field"] and match[0].endswith("五”发展规划") and "\u4e00" <= text[first - 1 : first] <= "\u9fff":
            first = left_edge(text, first, max(0, first - 8))  # 是|国家公路“十四五”发展规划
        span = Span(first, match.end())
        yield Mention(span, "Policy", Name(span.of(text)), "five-year plan by its name")
    for match in _UNMARKED.finditer(text) if _CALLED.search(text) else ():
        if not _DESCRIBED.search(match["title"]) or match["title"].startswith("关于"):
            yield Mention(Span(*match.span("title")), "Policy", Name(match["title"]), "title after a verb of issuing")
    for match in _HEADLINE.finditer(text) if _COMES_OUT.search(text) else ():
        if not _DESCRIBED.search(match["title"]) and not _ISSUES.search(match["title"]):
            yield Mention(Span(*match.span("title")), "Policy", Name(match["title"]), "title that a headline tells of")
    for match in _DECIDED.finditer(text) if "通过" in text else ():
        yield Mention(Span(*match.span("title")), "Policy", Name(match["title"]), "title after a verb of deciding")
        end = match.end("title")
        while also := _ALSO.match(text, end):
            yield Mention(Span(*also.span("title")), "Policy", Name(also["title"]), "title after a verb of deciding")
            end = also.end("title")
    yield from _drafts(text)
    yield from listed_laws(text)
    for match in _NTH_PLAN.finditer(text) if "五年" in text else ():
        yield Mention(Span(*match.span()), "Policy", Name(match[0]), "five-year plan by its number")
    for match in _QUOTED.finditer(text) if "“" in text else ():
        yield Mention(Span(*match.span("title")), "Policy", Name(match["title"]), "title in quotation marks")


def _drafts(text: str) -> Iterator[Mention]:
    for match in _DRAFT.finditer(text) if "草案" in text else ():
        start = left_edge(text, match.start(), max(0, match.start() - 24))
        if asked := _ASKED.match(text, start, match.start()):  # 国务院关于提请审议|民营经济促进法草案的议案
            start = asked.end()
        start -= 2 * text.startswith("各级", start - 2)
        if 2 <= match.start() - start <= 16:
            yield Mention(Span(start, match.end()), "Policy", Name(text[start : match.end()]), "draft of a law")
