"""Where the scene of a sentence lies by its own name: 在合肥骆岗公园, 在安徽合肥创新院, X大学中山研究院."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.lexicon import lexicon
from extractors.model import Article, Mention, Name, Relation, Span
from extractors.patterns import regex
from extractors.relations.clauses import PARK, letter
from extractors.relations.nesting import code_of, nests

# 在, but not 现在 or 正在
_SCENE = regex("(?:(?<![现正])在|位于|走进|来到|走访|地处|坐落[于在]|探访|考察了?)$")
_VENUE = regex(
    "(?:公园|古[镇城村]|街区|遗址|故居|景区|滑雪场|口岸|湿地|保护区|会展中心|会议中心|博览中心|艺术中心|体育[馆场]|奥体中心|剧院|广场"
    "|博物[馆院]|码头|机场|油田|商圈|峡谷|村落?)$"
)
# 上海世纪公园 lies in 上海; of 上海交通大学, 大理古城 and 周口店遗址 the first word is no address of what follows
_WHOLE = regex("(?:大学|银行|集团|电气|[省市区县州]|古[城镇]|[店沟岭山湖河江岛桥庄堡寨屯坝坪塘湾铺营])")
# 长春理工大学中山研究院: the branch of a university in another town
_BRANCH = regex("(?:大学|学院|科学院)(?=[^大学院]{2,5}?(?:研究院|创新院|国际校区|科创中心))")
# 深圳|前海|自贸片区: what is left without the town is a name; of 苏州高新区 and 中国—上海合作组织示范区 it is not
_OWN_NAME = regex("(?!东方|安康|白银|上海合作)[^，。（）“”—、0-9]{6,24}")
_PROPER = regex(
    "(?!国家|[东西南北]部|国际|高新|经济|综合|自由|自贸|保税|工业|科技|科学|产业|农业|循环|化工|出口|空港|临空|跨境|现代|智能|数字|生态|软件|创新|开发"
    "|合作|文化|金融|保税|航空|生物|新能源|新材料|医药|海洋|物流|港|新区|大学|[省市区县州])"
    "[^大]{2,6}(?:高新|经济|经开|综合|综保|自由|自贸|保税|工业|科技|科学|产业|农业|循环|化工|新片区|新区|开发区|合作区|示范区|片区|园区|港区|软件园|创新)"
)
# of counties only the whole name, 麻江县: their short names have too many namesakes
_TABLES = (("provinces", (8, 7, 6, 5, 4, 3, 2)), ("cities", (5, 4, 3, 2)), ("counties", (6, 5, 4, 3)))


def scenes(article: Article, mentions: Sequence[Mention]) -> Iterator[Relation]:
    """What a scene is named after: the province where the name opens with one, else its town."""
    done: set[str] = set()
    for mention in mentions:
        if mention.type not in ("Place", "Organization") or mention.name.anaphor:
            continue
        words = mention.span.of(article.text)
        if len(words) < 5 or words in done:
            continue
        place = None
        if mention.type == "Organization" and (branch := _BRANCH.search(words)):
            free = {m.span.of(article.text): m for m in mentions if m.type == "Place"}
            rest = words[branch.end() :]
            place = next((free[rest[:n]] for n in (5, 4, 3, 2) if rest[:n] in free and code_of(rest[:n])), None)
        elif letter(mention) == PARK and _OWN_NAME.fullmatch(words) and (opens := _opening(mention, words)):
            proper = _PROPER.match(words, opens.span.end - mention.span.start)
            place = opens if proper or _in_scene(article.text, mention) else None
        elif _in_scene(article.text, mention):
            place = _opening(mention, words)
        if place is not None and nests(mention, place):
            done.add(words)
            yield Relation("located_in", mention, place, mention.span, "a scene named after its place")


def _in_scene(text: str, mention: Mention) -> bool:
    return _SCENE.search(text, max(0, mention.span.start - 4), mention.span.start) is not None


def _opening(mention: Mention, words: str) -> Mention | None:
    """The division that opens the name of a park, a venue or an institute."""
    body = mention.type == "Organization"
    if body and letter(mention) != PARK and mention.name.kind != "Academy":
        return None
    if not body and (mention.name.code or _VENUE.search(words) is None):
        return None
    for table, widths in _TABLES:
        known = lexicon(table)
        size = next((n for n in widths if words[:n] in known), 0)
        if not size or " " in known[words[:size]].code or len(words) - size < 3 or _WHOLE.match(words, size):
            continue
        if body and letter(mention) != PARK and not _town(words[size:]):
            return None  # 安徽合肥创新院 is of Anhui, what is 安徽大学 by name tells nothing
        if table == "counties" and words[size - 1] not in "县市区旗":
            continue
        entry = known[words[:size]]
        span = Span(mention.span.start, mention.span.start + size)
        return Mention(span, "Place", Name(entry.value, code=entry.code, anaphor=True), "opens a name")
    return None


def _town(rest: str) -> bool:
    """Whether a town follows: 合肥 of 合肥创新院, but 南昌市启音学校 is a name of office."""
    size = next((n for n in (4, 3, 2) if rest[:n] in lexicon("cities")), 0)
    return size > 0 and not rest[:size].endswith("市") and not rest.endswith(("中学", "小学", "学校", "幼儿园", "医院"))
