"""Where the name of an event begins whose end was found: what looks like its opening may stand inside it."""

from __future__ import annotations

from extractors.names.boundary import left_edge
from extractors.names.endings import Candidate, place_before
from extractors.patterns import regex

ANNIVERSARY = regex(
    r"(?:成立|创办|创建|建[校军院厂国交]|诞生|诞辰|逝世|胜利|回归|(?:回归)?祖国|发表|签署|实施|合作)?(?:\d{1,4}|[一二三四五六七八九十百]{1,4})周年"
)
_SINCE = regex(r"(?:成立|创办|创建|建[校军院厂国交]|诞生|诞辰|逝世|胜利|回归(?:祖国)?|发表|签署|实施|合作)$")
_CELEBRATED = regex(r"(?:庆祝|纪念)$")
_OFFICE = regex(r"第.{1,3}届(?:政府|立法会|国会|议会)")
# 大湄公河次区域经济合作|第八次领导人会议
_SUMMIT = regex(r"第.{1,3}次(?:领导人|首脑|外长|部长级?)(?:非正式)?(?:会议|会晤|峰会)")
_BODY_BEFORE = regex(
    r"(?:^|[，。；：\n]|出席|参加|举行|召开|主持)(?P<body>(?![^，]{0,18}[在于的])[\u4e00-\u9fff]{5,18})$"
)
_GLOSSED = regex(r"[（(][A-Za-z\u4e00-\u9fff]{2,8}[）)]$")
_JOINS = frozenset("与和")
_CONJUNCT = regex(
    r"(?:召开|举行|举办)了?(?P<left>(?:(?!会议|论坛|大会|仪式|活动|启动|峰会|[的了、，“”第首]|20\d\d)[\u4e00-\u9fff]){4,12}"
    r"(?<![部委局厅省市县区州国院所校社会盟司团节赛周])(?<!(?<!发)展)[与和])$"
)
_ATTENDING = regex(r"负责人|代表|专家|企业家|人士")
_ATTENDED_BY = regex(r"(?:召开|举行)了?(?P<left>[^，。；\n“”第]{2,24}、)$")


def whole(text: str, found: Candidate) -> tuple[int, str]:
    """Where a name begins that was cut at what looks like an opening inside it; and the name.

    非洲统一组织|成立60周年纪念大会, 澳门特别行政区|第六届政府就职典礼, 亚太经合组织（APEC）|第三十次领导人非正式会议,
    庆祝澳门回归祖国|25周年大会, 电视业创新发展与|生态建设高峰论坛, 各民主党派中央、|全国工商联负责人…座谈会.
    """
    start, end = found.start, found.end
    floor = max(0, start - 40)
    if ANNIVERSARY.search(found.core) and not found.quoted:
        since = _SINCE.search(text, floor, start)
        if since or ANNIVERSARY.match(found.core):
            start = left_edge(text, since.start() if since else start, floor)
        celebrated = _CELEBRATED.search(text, max(0, start - 2), start)
        start = celebrated.start() if celebrated else start
    elif _OFFICE.match(text, start, end):
        start = place_before(text, start)
    elif found.numbered and (gloss := _GLOSSED.search(text, floor, start)):
        body = left_edge(text, gloss.start(), floor)
        if len(text[body : gloss.start()]) >= 3:
            return body, text[body : gloss.start()] + text[start:end]
    elif _SUMMIT.fullmatch(text, start, end) and (body_of := _BODY_BEFORE.search(text, floor, start)):
        start = body_of.start("body")
    elif found.governed and text[start - 1 : start] in _JOINS and (both := _CONJUNCT.search(text, floor, start)):
        start = both.start("left")
    elif text[start - 1 : start] == "、" and _ATTENDING.search(text, start, end) and found.ending == "座谈会":
        listed = _ATTENDED_BY.search(text, floor, start)
        start = listed.start("left") if listed else start
    return start, text[start:end]
