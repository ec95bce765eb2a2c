"""The two ends of a relation: a name cut short is made whole, what is no name is refused, a day to come is planned."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.model import Article, Edtf, Mention, Name, Relation, Span
from extractors.patterns import regex

_FOUNDING = frozenset({"founded_on", "owns_or_founds"})
_DATED = frozenset({"completed_on", "started_on", "founded_on", "issued_on", "held_on"})
# 部署|展开治理, 深化|推进“甲”行动, 保障|工程甲快速路: the tail of the verb or noun before the name
_TAIL = regex("展开|制定(?!者)|起(?!重|源|航|步|点|搏)")
_TAIL_OF_WORK = regex("推进|深化|工程(?!实验|技术|机械|院|师|中心|学)|（")
_FOUNDS_BEFORE = regex("(?:成立|建立|设立|创办|组建|发)$")
_LOOSE = regex("(?:相关|有关|配套)活动$")
# 首个国家级开放试验区: a class, of which this is the first
_FIRST_OF = regex("(?:首[个家座批]|第[一二三四五六七八九十]+[个家座批]|唯一(?:一[个家])?)$")
_RANKED = regex("(?:国家|世界|省|市|县|区|洲际)级")
# 中国—非洲（甲国）—|示范中心: the name is longer
_HYPHEN = regex("(?<!—)[—－-]$")
# 开通“义新欧”|中欧班列: one line of many
_ROUTE = regex("[”》]$")
# “新时代|国际传播研究院”: the quotes hold the whole name
_OPENED = regex("“([^“”，。；、\\s]{1,14})$")
_ERA = regex("(?:的|建|立)“?(新时代)$")


def _no_name(mention: Mention, text: str, founding: bool) -> bool:
    if not isinstance(mention.value, Name):
        return False
    name, before = mention.name.text, text[max(0, mention.span.start - 8) : mention.span.start]
    if tail := _TAIL.match(name):
        return tail[0] != "起" or _FOUNDS_BEFORE.search(before) is not None
    if mention.type in ("Project", "Programme") and _TAIL_OF_WORK.match(name):
        return True
    if mention.type == "Event" and _LOOSE.search(name):
        return True
    if name.endswith("班列") and not name.startswith("“") and _ROUTE.search(before):
        return True
    if founding and _HYPHEN.search(before):
        return True
    return founding and _RANKED.match(name) is not None and _FIRST_OF.search(before) is not None


def _in_full(mention: Mention, text: str) -> Mention:
    """A body that is founded with what its quotes hold before it."""
    if mention.type != "Organization" or mention.span.of(text) != mention.name.text:
        return mention
    ahead = text[max(0, mention.span.start - 16) : mention.span.start]
    front = _OPENED.search(ahead) if text.startswith("”", mention.span.end) else None
    front = front or _ERA.search(ahead)
    if front is None:
        return mention
    value = replace(mention.value, text=front[1] + mention.name.text) if isinstance(mention.value, Name) else None
    span = Span(mention.span.start - len(front[1]), mention.span.end)
    return mention if value is None else replace(mention, span=span, value=value)


def _to_come(day: Mention, article: Article) -> bool:
    """Whether a day is later than that of the text; 今年底 is, as long as the year lasts."""
    if not isinstance(day.value, Edtf) or not article.issued:
        return False
    begin = re.match(r"\d{4}(?:-\d\d){0,2}(?![^/~?%])", day.value.value)
    if begin is None or begin[0][5:7] > "12":  # 2025-21: spring
        return False
    known = article.issued[: len(begin[0])]
    if day.span.of(article.text).endswith(("年底", "年末")) and len(begin[0]) == 7:
        return begin[0] >= known
    return begin[0] > known


def mended(relation: Relation, article: Article) -> Relation | None:
    """The relation between whole names, planned where its day is to come; None where an end is no name."""
    founding = relation.type in _FOUNDING
    if any(_no_name(end, article.text, founding) for end in (relation.source, relation.target)):
        return None
    if relation.type == "owns_or_founds":
        relation = replace(relation, target=_in_full(relation.target, article.text))
    if relation.type == "founded_on":
        relation = replace(relation, source=_in_full(relation.source, article.text))
    if relation.type in _DATED and relation.modality == "asserted" and _to_come(relation.target, article):
        relation = replace(relation, modality="planned")
    return relation
