"""Is a phrase the name of a measure (用电量), of who has it (软件业), or of a thing that nobody has (研发经费)?"""

from __future__ import annotations

from functools import cache, lru_cache

from extractors.figures.clause import words
from extractors.lexicon import lexicon
from extractors.patterns import regex

GLOSS = regex(r"[（(][^（）()]{1,16}[）)]$")
_ACTS = regex(
    r"^确认|实施“|^每[年月天]|^[能可]为|^(?:累计)?生产(?!企业|者|线|商|基地|厂|力|性|资料|单位|部门|建设|服务)|^(?:单[日月]|日均|年均|月均|人均|户均|做好|抓好|搞好|进一步|覆盖|拉动|带动|推动|促进|助力|提升|优化|加大|加快|为(?!民))|却|陆续|涉及|分布在|[一-鿿]{2}(?<![所存潜])在(?![建校岗职运线册役营读籍编])[一-鿿]{2}|背后|一年|[像如].+一样|[一-鿿]采购[一-鿿]{2}|"
    r"[了已将就是]|^(?:平均|约占|[左右])|^(?:家(?![电具庭居用政装禽])|个(?![体人])|座|位|款|栋|批)|^(?:等|在|对|从|向|把|为|止于|起于)|正在|预计|显示|报告|我们|他们|利用|通过|取得|连续|现场|所有|节约|减少|增加|新增|继续|建设的?$"
)


def is_bare_thing(phrase: str) -> bool:
    """研发经费, 常住人口: nobody has a figure there; 高校专利 still has somebody."""
    found = thing_in(phrase)
    return found is not None and found[1] == "thing" and not holds(phrase[: -len(found[0])])


@cache
def _pairs() -> tuple[frozenset[str], frozenset[str]]:
    """The two letters that names of measures begin with, and those they end in: asked before the names themselves."""
    heads = lexicon("metric_heads")
    return frozenset(head[:2] for head in heads), frozenset(head[-2:] for head in heads)


@lru_cache(maxsize=1 << 13)
def thing_in(phrase: str) -> tuple[str, str] | None:
    """The word for what is measured that ends a phrase (研发经费), and its sort; None for who has it (企业, 软件业)."""
    holders = lexicon("figure_holders")
    for n in range(min(8, len(phrase)), 0, -1):
        if longest := holders.get(phrase[-n:]):
            return (longest.word, longest.value) if longest.value in ("thing", "fund") else None
    return None


@lru_cache(maxsize=1 << 13)
def names_measure(phrase: str) -> bool:
    """Does a phrase end in the name of a measure: 总投资, 用电量, 普及率, 采购经理指数（PMI）?"""
    if phrase[-1:] in "）)":
        phrase = GLOSS.sub("", phrase)
    return phrase[-1:] in "率量额值度数比力" or head_in(phrase) > 0


def head_in(phrase: str) -> int:
    """How long the longest name of a measure is that ends a phrase; 0 when none does."""
    if phrase[-2:] in _pairs()[1]:
        heads = lexicon("metric_heads")
        for n in range(min(8, len(phrase)), 1, -1):
            if phrase[-n:] in heads:
                return n
    return 0


def has_modifier(metric: str) -> bool:
    """Does a metric say of itself what it is about: 水路客运量 does, 客运量 and 利润总额 do not."""
    head = head_in(metric)
    return head > 0 and len(metric) - head >= 2


def holder_in(metric: str) -> str | None:
    """Who has the measure, where a metric that is one word says so.

    >>> holder_in("粮食产量"), holder_in("总产量")
    ('粮食', None)
    """
    if metric[-2:] not in _pairs()[1]:
        return None
    heads = lexicon("metric_heads")
    for length in range(2, min(8, len(metric) - 1)):
        holder = metric[:-length]
        if metric[-length:] in heads and holds(holder, 2) and not thing_in(holder):
            return None if "的" in holder or holder in ("单位", "全社会") else holder  # 单位|能耗
    return None


def inside_word(phrase: str, at: int) -> bool:
    """A place to part a phrase is none inside a head: 服务|进出口 yes, 业务|量 no, 产业规|模 no."""
    heads = lexicon("metric_heads")
    if phrase.startswith("发展", at):
        return True
    if phrase[at:] in heads and phrase[:at] in lexicon("figure_holders"):  # 企业|数量, though 企业数 is a head too
        return False
    return _head_over(phrase, max(1, at - 4), at, at + 1, 6)


def in_head(phrase: str, start: int, end: int) -> bool:
    """Is a verb part of the name of a measure: the 新增 of 城镇新增就业?"""
    return _head_over(phrase, max(0, start - 3), start + 1, end + 1, 8)


def _head_over(phrase: str, first: int, last: int, end: int, longest: int) -> bool:
    """Does a name of a measure begin in [first, last) and reach to `end` at least?"""
    heads, begins = lexicon("metric_heads"), _pairs()[0]
    for k in range(first, last):
        if phrase[k : k + 2] in begins:
            for stop in range(end, k + longest + 1):
                if phrase[k:stop] in heads:
                    return True
    return False


@lru_cache(maxsize=1 << 13)
def holds(phrase: str, shortest: int = 1) -> bool:
    """Can the phrase be the holder of a figure: 新能源汽车 can, 预计有来自 cannot.

    `shortest` is the length of the shortest class word (车, 汽车) that is trusted to end it.
    """
    phrase = phrase.rstrip("”》）)")
    if not 2 <= len(phrase) <= (60 if "、" in phrase else 30) or not _ends_in_holder(phrase, shortest):
        return False
    if phrase in words("no_holder")[0] or (phrase[2:3] == "的" and phrase[:2] in words("verb")[0]):  # 签署的|合作
        return False
    return _ACTS.search(phrase) is None


def _ends_in_holder(phrase: str, shortest: int) -> bool:
    if phrase[-1] == "业" and len(phrase) > 2:
        return True
    holders = lexicon("figure_holders")
    return any(phrase[-n:] in holders for n in range(min(6, len(phrase)), shortest - 1, -1))
