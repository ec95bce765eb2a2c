"""The parts that entities play where they stand, as words of lexicons/figure_subjects.csv: oblique, speaks, anchor."""

from __future__ import annotations

from extractors.figures.context import Context
from extractors.model import Mention
from extractors.patterns import regex

# 党的十八大|以来, 论坛|期间, 在“以旧换新”行动|带动下: says when or why, and whose no figure is
_ANCHOR = regex(
    "[”》]?(?:(?:召开)?(?:以来|之?后|精神|期间|部署|要求|前夕)|[^，,；;。]{0,6}(?:带动|推动|影响|支持|引领|作用|助推)下)"
)
# 启动|合肥科教基地|等7个平台: one of what is counted
_EXAMPLE = regex(
    r"[》”]?(?:、[^，。；]{1,60}?)?等(?:[0-9]{1,4}|[一二两三四五六七八九十]{1,2})[多余]?"
    r"[个家项台座艘架条支种款件颗处名位部所场只档]"
)
# 今天是|国际罕见病日: a day, and no event that figures are told of
_FEAST = regex(r"是(?:第[0-9一二三四五六七八九十]{1,4}个)?[^，,。；]{2,16}[日节周]$")
# 火炬传递|途经图灵小镇、亚残运村: where something passes
_PASSES = regex(r"(?:途经|经过|路过|穿越|跨越)[^，,；;。]{0,24}$")
_PASSED = 30  # characters
_FEAST_LENGTH = 20  # characters
# 国家发展改革委|核准项目97个，总投资9160亿元: the investment is that of the projects
_APPROVES = regex(r"[^，,。；]{0,6}(?:审批|核准|批准|批复|审核|下达|安排)")
_ENDS = frozenset("来后神间署求夕下批准核排达")  # one of them stands in an anchor and in what approves
_AFTER = 12  # characters
_EXAMPLES = frozenset("》”、等")


def kind_of(name: Mention) -> str:
    """The type of an entity; the country is a kind of its own."""
    return "country" if name.name.text == "中国" else name.type


class PartsPlayed:
    """The entities of an article, asked for the part that each plays."""

    def __init__(self, context: Context) -> None:
        self.context, self.text = context, context.text
        self._known: dict[int, frozenset[str]] = {}  # by where the name begins

    def of(self, name: Mention) -> frozenset[str]:
        """The part that an entity plays where it stands, and its kind."""
        if name.span.start not in self._known:
            self._known[name.span.start] = self._read(name)
        return self._known[name.span.start]

    def _read(self, name: Mention) -> frozenset[str]:
        context, text, (start, end) = self.context, self.text, (name.span.start, name.span.end)
        after = text[end : end + _AFTER]
        said_of = not _ENDS.isdisjoint(after)
        passed = _PASSES.search(text, max(0, start - _PASSED), start)
        parts = (
            ("oblique", context.is_oblique(name)),
            ("adverbial", context.is_adverbial(name)),
            ("speaks", context.speaks(name)),
            ("site", passed or (name.type != "Place" and context.is_site(name))),
            ("anchor", said_of and _ANCHOR.match(text, end)),
            ("approves", said_of and _APPROVES.match(text, end)),
            ("example", after[:1] in _EXAMPLES and _EXAMPLE.match(text, end)),
            ("feast", name.type == "Event" and _FEAST.search(text, max(0, start - _FEAST_LENGTH), end)),
            ("Ministry", name.name.kind == "Ministry"),
            ("country_inside", name.name.text == "中国" and not context.opens_clause(name)),
            (kind_of(name), True),
        )
        return frozenset([part for part, plays in parts if plays])
