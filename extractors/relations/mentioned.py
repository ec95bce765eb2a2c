"""Events that a sentence only mentions: 决定召开E, 提请E闭幕会通过, 在E到来之际, 会见来华出席E的M.

Whoever then 出席会议 or 发言 was at another meeting, told of or not; so was who sits at E主席团会议.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.model import Mention
from extractors.patterns import regex
from extractors.relations.clauses import LETTERS, Line
from extractors.relations.grammar import pattern

_EVENT = LETTERS["Event"]
# 会议决定8月在P召开E: another meeting decides it, and nobody was at it yet
_BEFORE = regex(
    r"""(?: 决定[^，。；]{0,24}(?:召开|举行|举办) | 关于(?:召开|举办) | 提请
        | (?:会见|接见|会谈|来华|访华)[^，。；]{0,20}(?:出席|参加|参会) )$""",
    re.VERBOSE,
)
_AFTER = regex(r"”?(?:将(?:听取和?)?(?:审议|审查)|(?:即将)?(?:到来|来临)(?:之[际前]|前夕)|前夕|的?(?:筹备|议程|日程))")
# E主席团举行第一次会议, E预备会议举行, 全国政协召开主席会议: meetings with no mention of their own
_OTHER = regex(
    r"(?P<what>主席团|主席会议|委员长会议|书记处|预备会议)[^。；\ue000-\ue00b]{0,6}[^。；]{0,16}?(?:举行|召开)"
    r"|(?:举行|召开)[^，。；]{0,12}(?:主席团会议|主席会议|委员长会议|预备会议)"
    r"|主席团[^，。；]{0,8}会议"
)
# 闭幕会后，A举行讲座，P主持; 会前，P参观展览
_APART = regex(
    r"(?:^|[，。；])(?:[^，。；]{0,4}(?:闭幕会?式?|会议|大会|论坛|会谈|仪式|会))(?:结束)?[之以]?[后前]，|机场"
)
# 会见P, 接见出席E的代表: those who are received are at the event
_RECEIVES = regex("(?:接见|会见|看望|慰问|宴请|欢送)(?:了|来华|应邀|在京|前来|参观){0,2}$")
_RECEIVED = regex("会见|会谈|会晤|接见")
# 出席E纪念雕塑揭幕仪式: at the ceremony, not at E
_CEREMONY = regex(r"[^，。；、\ue000-\ue00b]{2,10}(?:揭幕|揭牌|落成|奠基|植树)(?:仪式|典礼)")
# 将出席开幕式; E将于18日举行，P出席: still to come
_WILL = pattern(r"将(?![军领士])(?:[^，。；]{0,16}?(?:出席|参加|致辞|主持|发表|举行|举办|召开|开幕|访问|赴))")


def only_mentioned(line: Line, event: int) -> bool:
    """Whether what stands around an event says that the sentence tells of another meeting."""
    return _AFTER.match(line.mask, event + 1) is not None or (
        _BEFORE.search(line.mask[max(0, event - 40) : event]) is not None
    )


def other_meeting(line: Line, told: Iterable[Mention]) -> bool:
    """Whether a sentence tells of a meeting that is no mention: of the presidium, before the session."""
    mask = line.mask
    if not ("主席" in mask or "委员长会" in mask or "书记处" in mask or "预备会" in mask):
        return False
    match = _OTHER.search(mask)
    return match is not None and not (match["what"] and any(e.name.text.endswith(match["what"]) for e in told))


def receives(line: Line) -> bool:
    return _RECEIVED.search(line.mask) is not None


def another_scene(line: Line, place: int) -> bool:
    """闭幕会后, 会前, 机场: what follows is not at the event told before."""
    return _APART.search(line.mask, 0, place) is not None


def modifies(line: Line, verb: int, event: int) -> bool:
    """Whether E only tells which delegates were received, or which ceremony was attended."""
    return _RECEIVES.search(line.mask[:verb]) is not None or _CEREMONY.match(line.mask, event + 1) is not None


def to_come(line: Line, verb: int) -> bool:
    """将出席E, or a sentence that says before that it is still to come."""
    end = min(len(line), verb + 4)
    return "将" in line.mask[:verb] and _WILL.search(line.mask, 0, end) is not None and "了" not in line.mask[verb:end]
