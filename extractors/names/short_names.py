"""Short forms of organisations inside one article: 上海商汤智能科技有限公司（以下简称商汤科技） and later 商汤科技."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.lexicon import beginning, occurrences
from extractors.model import Mention, Name, Span, Unresolved
from extractors.names.boundary import edge_starts
from extractors.names.classes import is_class
from extractors.patterns import regex

# （以下简称“商汤科技”）, （简称：国网）, （下称上合组织）
_CALLED = regex(
    r"""[（(] (?:以下|下文)? (?:简称|下称|又称) [为：:]? [“《"]? (?P<short> [^）)”》"，。（(]{2,14} ) [”》"]? [）)]""",
    re.VERBOSE,
)
# The legal form, which short names leave off.
_LEGAL = regex(r"(?:（?集团）?)?(?:控股)?(?:股份)?有限(?:责任)?公司$|集团公司$|（集团）.{0,8}公司$")
# 上海商汤智能科技有限公司 may be called by its brand and one of these.
_BRANCHES = (
    "科技", "集团", "股份", "智能", "重工", "电气", "医疗", "生物", "汽车", "能源", "环保", "材料", "新材", "药业",
    "光电", "电子", "通信", "信息", "机器人", "钢铁", "化工", "石化", "航空", "航天", "公司",
)  # fmt: skip
# What is no brand, so that 中国X有限公司 is not also 中国科技.
_COMMON_BRAND = regex(
    r"中国|国家|中科|科技|技术|创新|信息|数据|智能|工业|能源|电力|建设|城市|发展|投资|服务|中央|国际"
    r"|航天|航空|石油|石化|铁路|核|集团"
)


def find_short_names(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """Later (and earlier) occurrences of the short forms of the organisations found, as mentions of the full name."""
    full: dict[str, Name] = {}  # short form → what it means
    for mention in found:
        if isinstance(mention.value, Unresolved):
            continue
        called = _CALLED.match(text, mention.span.end)
        if called:
            full[called["short"].strip()] = mention.name
        if mention.rule.startswith("brand"):
            full.setdefault(mention.name.text, mention.name)
        for short in _shorter(mention.name):
            full.setdefault(short, mention.name)
    for start, end, short in occurrences(text, full):
        if edge_starts(text, end):
            yield Mention(Span(start, end), "Organization", full[short], "short name of an organisation of the article")


def _shorter(name: Name) -> Iterator[str]:
    """Forms that a reader knows without being told: without the place or the parent, without the legal form."""
    text = name.text
    own = text
    if name.kind in {"Company", "Academy"} and (place := beginning(text, "provinces", "cities")):
        own = text[place[0] :] if len(text) - place[0] >= 5 else text
    if name.kind == "Company":
        core = _LEGAL.sub("", own)
        brand = core[:2]
        if core != text and len(core) >= 3 and not is_class(core):
            yield core
        if core != own and not _COMMON_BRAND.match(core) and re.fullmatch(r"[一-龥]{4,}", core):
            if len(core) > 4:
                yield core[:4]
            for branch in _BRANCHES:
                yield brand + branch
