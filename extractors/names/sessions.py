"""Sessions of bodies: party congresses and plenums, the NPC, the CPPCC, and the 第十九次会议 of any other body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.lexicon import lexicon
from extractors.model import Mention, Name, Span
from extractors.names.boundary import left_edge
from extractors.patterns import regex, searching

_NUMERAL = r"[一二三四五六七八九十百零\d]{1,6}"
_TERM = r"(?:十[一二三四五六]?|[一二三四五六七八九])"
_CONGRESS = searching(
    r"(?:(?:党的|中共)(?P<n>十[六七八九]|二十|二十一)大|(?:中国共产党|(?<![\u4e00-\u9fff]))第(?P<m>十[六七八九]|二十)次全国代表大会)(?![会学型量小家约多概])"
)
_PLENUM = searching(
    r"(?<![工公]党)(?<!民[盟建进革])(?<!学社)(?<!台盟)(?:党的|中国共产党|中共)?(?P<n>十[六七八九]|二十)届[一二三四五六七]中(?:、[一二三四五六七]中)*全会"
)
# 台盟|十一届三中全会: the other parties have plenums of their own
_OTHER_PLENUM = regex(
    rf"(?P<who>民革|民盟|民建|民进|农工党|致公党|九三学社|台盟)(?:中央)?第?(?P<n>{_TERM})届(?P<k>[一二三四五六七])中全会"
)
# 十四届全国人大一次会议|主席团常务主席第二次会议: the presidium of a session sits by itself
_PRESIDIUM = regex(rf"主席团(?:常务主席)?(?:会议)?第{_NUMERAL}次会议")
# 三中全会|精神 after 党的二十届三中全会
_BARE_PLENUM = regex(r"(?<![届、一二三四五六七中])(?P<k>[一二三四五六七])中全会")
_PEOPLES_CONGRESS = searching(
    rf"(?:中华人民共和国)?第?(?P<n>{_TERM})届全国人(?:大|民代表大会)(?:(?P<standing>常委会|常务委员会)第(?P<k>{_NUMERAL})次(?P<chairs>委员长)?会议"
    r"|第?(?P<m>[一二三四五])次会议)"
)
_CONSULTATIVE = searching(
    rf"(?:全国政协第?(?P<n>{_TERM})届|政协第?(?P<n2>{_TERM})届全国委员会|(?P<n3>{_TERM})届全国政协)"
    rf"(?:(?P<standing>常委会|常务委员会)第(?P<k>{_NUMERAL})次会议|第(?P<c>{_NUMERAL})次主席会议|第?(?P<m>[一二三四五])次会议)"
)
_STANDING = regex(rf"第?(?P<n>{_TERM})届全国人(?:大|民代表大会)(?:常委会|常务委员会)")
_CHAIRS = regex(rf"第{_NUMERAL}次委员长会议")
# 中新双边合作联委会|第十九次会议, 缔约方大会|第十五次会议: which of a standing body's sessions
_SESSION = searching(
    rf"(?:委员会|联委会|混委会|分委会|深改委|理事会|协调会|领导小组|工作组|指导组|专班|机制|大会|论坛|协会|峰会|领导人|元首|部长)"
    rf"(?P<which>第{_NUMERAL}[次届](?:全体|高级别|部长级|部长|理事|非正式|领导人非正式|常务)?(?:会议|会晤))(?!室)"
)
# 举行|中新双边合作…, 共同主持|…: verbs that no name of a body goes through
_VERB = regex(
    r".*(?:主持|召开|举行|出席|参加|听取|审议|会见|会议[和暨与]|以及|分别向|向(?=.{5})|情况和|相信|支持|祝贺|认为|期待|并|将|了|的(?=.{4}))"
)
_QUOTED_TREATY = regex(r"(?:联合国)?《[^《》\n]{3,30}》(?:缔约方|缔约国|成员国)?$")
_JOINED = regex(r"大会[和暨]$")
_FRIENDS = regex(r"(?:会见|出席|主持|召开|参加|举行|[，。\n])(?P<first>中[\u4e00-\u9fff]{1,2}[\u4e00-\u9fff]{2}、)$")
_PLACED = regex(r"（[\u4e00-\u9fff]{2,4}）$")
_CLAUSE = regex(r"(?s:.*)[，。；：、！？\n“”（）]|^")


def find_sessions(text: str) -> Iterator[Mention]:
    """Mentions of sessions by number; the national bodies under their full names."""
    told_of = "党的" in text or "中共" in text or "全国代表大会" in text
    for match in _CONGRESS.finditer(text) if told_of else ():
        yield _event(match.span(), f"中国共产党第{match['n'] or match['m']}次全国代表大会", "party congress")
    yield from _plenums(text)
    for match in _PEOPLES_CONGRESS.finditer(text) if "届全国人" in text else ():
        body = "全国人民代表大会" + ("常务委员会" if match["standing"] else "")
        meeting = "委员长会议" if match["chairs"] else "会议"
        number = f"第{match['k'] or match['m']}次{meeting}"
        yield _event(match.span(), f"第{match['n']}届{body}{number}", "session of the NPC")
        if sat := _PRESIDIUM.match(text, match.end()):
            span = (match.start(), sat.end())
            yield _event(span, f"第{match['n']}届{body}{number}{sat[0]}", "sitting of a presidium")
    yield from _chairs(text)
    for match in _CONSULTATIVE.finditer(text) if "政协" in text else ():
        term = match["n"] or match["n2"] or match["n3"]
        body = f"中国人民政治协商会议第{term}届全国委员会" + ("常务委员会" if match["standing"] else "")
        number = f"第{match['c']}次主席会议" if match["c"] else f"第{match['k'] or match['m']}次会议"
        yield _event(match.span(), body + number, "session of the CPPCC")
        if sat := _PRESIDIUM.match(text, match.end()):
            yield _event((match.start(), sat.end()), body + number + sat[0], "sitting of a presidium")
    yield from _of_bodies(text)


def _event(span: tuple[int, int], name: str, rule: str) -> Mention:
    return Mention(Span(*span), "Event", Name(name), rule)


def _plenums(text: str) -> Iterator[Mention]:
    """二十届二中、三中全会 are two; after one of them a bare 三中全会 is that one."""
    told: dict[str, set[str]] = {}  # which plenum → the full names that the article gives
    first = len(text)
    for match in _PLENUM.finditer(text) if "全会" in text else ():
        first = min(first, match.start())
        for part in re.finditer(r"(?:.*届)?([一二三四五六七])中(?:全会)?", match[0]):
            span = (match.start() + part.start(), match.start() + part.end())
            name = f"中国共产党第{match['n']}届中央委员会第{part[1]}次全体会议"
            told.setdefault(part[1], set()).add(name)
            yield _event(span, name, "plenum of the central committee")
    for match in _OTHER_PLENUM.finditer(text) if "中全会" in text else ():
        party = lexicon("party_bodies")[f"{match['who']}中央"].value
        name = f"{party}第{match['n']}届中央委员会第{match['k']}次全体会议"
        yield _event(match.span(), name, "plenum of another party")
    for match in _BARE_PLENUM.finditer(text, first) if told else ():
        names = told.get(match["k"], set())
        if len(names) == 1:
            yield _event(match.span(), next(iter(names)), "plenum that the article has named")


def _chairs(text: str) -> Iterator[Mention]:
    """十四届全国人大常委会举行|第三十三次委员长会议: of the one term that the article names."""
    terms = {m["n"] for m in _STANDING.finditer(text)} if "委员长会议" in text else set()
    for match in _CHAIRS.finditer(text) if len(terms) == 1 else ():
        name = f"第{min(terms)}届全国人民代表大会常务委员会{match[0]}"
        yield _event(match.span(), name, "session of the NPC's chairpersons")


def _of_bodies(text: str) -> Iterator[Mention]:
    for match in _SESSION.finditer(text) if "第" in text else ():
        start = _body_start(text, match.start())
        if verb := _VERB.match(text, start, match.start("which")):
            start = verb.end()
        body = text[start : match.start("which")]
        if 5 <= len(body) <= 40 and body.count("《") == body.count("》") and body.count("“") == body.count("”"):
            yield _event((start, match.end()), text[start : match.end()], "session of a body")


def _body_start(text: str, noun: int) -> int:
    """Where the body's name begins whose last word (理事会) begins at `noun`."""
    floor = max(0, noun - 36)
    start = left_edge(text, noun, floor)
    if treaty := _QUOTED_TREATY.search(text, floor, noun):  # 联合国|《生物多样性公约》缔约方大会
        return treaty.start()
    if joined := _JOINED.search(text, max(0, start - 14), start):  # 科技大会和|院士大会第二次全体会议
        return left_edge(text, joined.start(), max(0, joined.start() - 20))
    if both := _FRIENDS.search(text, floor, start):  # 中俄友好、|和平与发展委员会
        return both.start("first")
    if gloss := _PLACED.search(text, floor, start):  # 中新（重庆）|战略性互联互通示范项目联合协调理事会
        return left_edge(text, gloss.start(), floor)
    if noun - start <= 3:  # 苏州工业园区联合协调|理事会: a verb that belongs to the name
        clause = _CLAUSE.search(text, max(0, noun - 20), noun)
        return clause.end() if clause else start
    return start
