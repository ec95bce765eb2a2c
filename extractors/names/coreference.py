"""Which words of one article mean the same thing: shorter names, names in brackets, 该项目, 本届大会, 会议强调.

One candidate or nothing: a short form that fits two names of the article stays what it is, and an anaphor with two
possible antecedents is no mention at all.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from extractors.lexicon import lexicon, occurrences
from extractors.model import Article, Mention, Name, Span
from extractors.names.endings import only_opens
from extractors.patterns import regex, searching
from extractors.sentences import paragraph

_NAMED = ("Event", "Programme", "Project", "Product")
_SHORTENED = (*_NAMED, "Policy")
_GENERIC_TAIL = regex(r"(?:建设)?(?:项目|工程|专项行动|行动|活动|建设)$")
_GENERIC_END = regex(r"(?<=[\u4e00-\u9fff]{4})(?:建设)?(?:项目|工程|行动|活动|建设)$")
# 杭州亚运会 and 杭州亚残运会, 某工程 and 某二期工程 differ in just these
_DISTINGUISHES = frozenset("一二三四五六七八九十期残副青冬夏女男东西南北新老0123456789")
# 公园|科技市集 is the 科技市集 of an article; a 金融|科技周 is not its 科技周
_ONE_SHOW = regex("(?:市集|音乐会|图片展|晚会|灯会)$")
_MARKS = regex(r"[\s“”‘’《》（）()·—－\-]")
_CALLED = regex(r"”?[（(](?:(?:以下|下)?统?简称|下称)(?:为|：)?[“《‘]?(?P<short>[^”》’）)，。\n]{2,16})[”》’]?[）)]")
_BEFORE_SHORT = frozenset("”（(")  # what both begin with
_GLOSS = regex(r"”?[（(](?P<short>[A-Za-z][A-Za-z0-9\-]{1,11}|[\u4e00-\u9fff]{2,8})[）)]")

# The kinds of thing that an anaphor can point at: its words, the type, and how the antecedent's name must end.
_MEETING = r"(?:会|会议|大会|会晤|峰会|论坛|全会|座谈会|年会|会议[）)])$"
_KINDS: tuple[tuple[str, str, str], ...] = (
    ("会议", "Event", _MEETING),
    ("大会", "Event", r"(?:大会|大会第.{1,3}次会议|年会|博览会|交易会|运动会|亚运会|奥运会)$"),
    ("论坛|论坛年会", "Event", r"论坛(?:年会|\d{4}年年会)?$"),
    ("峰会", "Event", r"峰会$"),
    ("年会", "Event", r"年会$|论坛$"),
    ("博览会|展会|展览会|交易会", "Event", r"(?:博览会|展览会|交易会|展|洽谈会|成果会)$"),
    ("大赛|比赛|赛事|竞赛", "Event", r"(?:赛|杯|竞赛)$"),
    ("座谈会", "Event", r"座谈会$"),
    ("全会", "Event", r"全体会议$"),
    ("运动会|亚运会|奥运会|冬奥会|大运会", "Event", r"运动会$"),
    ("活动周|科技周|宣传周", "Event", r"周$"),
    ("活动", "Event", r"(?:活动|周|节|月|展|仪式|日)$"),
    ("展览", "Event", r"展(?:览)?$"),
    ("项目", "Project", r"."),
    ("工程", "Project", r"(?:工程|枢纽|大桥|隧道|通道|铁路|高速|公路|运河|电站)$"),
    ("平台", "Project", r"平台$"),
    ("大桥|桥", "Project", r"桥$"),
    ("隧道", "Project", r"隧道$"),
    ("水电站|电站", "Project", r"电站$"),
    ("机场", "Project", r"机场$"),
    ("铁路|高铁|线路", "Project", r"(?:铁路|高铁|专线|城际)$"),
    ("管道", "Project", r"(?:管道|线|管道工程|输|送)$"),
    ("基地", "Project", r"基地$"),
    ("装置|设施|望远镜", "Project", r"(?:装置|设施|望远镜|源|加速器|观测站)$"),
    ("卫星|飞船|探测器|火箭", "Project", r"[号星船器]$"),
    ("行动|专项行动", "Programme", r"行动$"),
    ("计划", "Programme", r"计划$"),
    ("基金", "Programme", r"基金$"),
    ("意见", "Policy", r"意见$"),
    ("方案", "Policy", r"方案"),
    ("规划", "Policy", r"规划"),
    ("纲要", "Policy", r"纲要"),
    ("办法", "Policy", r"办法"),
    ("条例", "Policy", r"条例"),
    ("通知", "Policy", r"通知$"),
    ("决定", "Policy", r"决定$"),
    ("报告", "Policy", r"报告"),
    ("白皮书", "Policy", r"白皮书"),
    ("目录|清单", "Policy", r"(?:目录|清单)"),
    ("措施|若干措施", "Policy", r"措施"),
    ("公司|企业|集团", "Organization", r"(?:公司|集团|厂)$"),
    ("校|大学", "Organization", r"(?:大学|学院|学校)$"),
    ("院|研究院|医院", "Organization", r"院$"),
    ("所|研究所", "Organization", r"所$"),
    ("中心", "Organization", r"中心$"),
    ("实验室", "Organization", r"实验室$"),
    ("协会|学会", "Organization", r"(?:协会|学会)$"),
)  # fmt: skip
_ENDS = {word: (type_, regex(end)) for words, type_, end in _KINDS for word in words.split("|")}
_WORDS = "|".join(sorted(_ENDS, key=len, reverse=True))
_POLICY = "|".join(w for words, t, _ in _KINDS if t == "Policy" for w in words.split("|"))
_ANAPHOR = searching(
    rf"""
      (?:该|这一|这个|这项|这座|这条|此次|本次|本届|这次|这份|新版)(?P<this>{_WORDS})(?![\u4e00-\u9fff]?[室员们])
    | (?:^|(?<=[。！\n，；]))(?P<meeting>会议|大会|论坛|峰会|活动|年会|博览会|展会|大赛|运动会|全会)
        (?=指出|强调|明确|认为|要求|决定|审议|听取|由|通过|提出|以“|以"|现场|上[，发]|传达|部署|讨论|围绕|将于|期间|还
          |设有|设立|设置|共设|共有|吸引|汇聚|聚焦|为期|举办|将持续|将举办)
    | (?:^|(?<=[。！\n，；]))(?P<work>工程|项目|大桥|隧道|铁路|高铁|电站|水电站|机场|管道)  # 大桥|全长1.2公里
        (?=全长|全线|总投资|总装机|总库容|位于|地处|计划|建成|预计|设计|投产|投用|投运|投资|于|自|是|连接|采用|共|建设|包括
          |占地|起于|途经|横跨|穿越|通车|正线|规划|开工|完工|竣工|主桥|分为|由|南起|北起|西起|东起|建有)
    | (?:本届|本次|此次|今年)(?P<short>[\u4e00-\u9fff]{{1,3}}(?:会|节|赛|周|展|季)(?![员议场期区展览]))  # 本届|世园会
    | (?:^|(?<=[。！\n]))(?P<policy>{_POLICY})(?=提出|明确|指出|要求|强调|规定|部署|从|围绕|共|包括|自|显示)
    """,
    re.VERBOSE | re.MULTILINE,
)
# 贯彻党的二十大|精神, 二十大|以来: an event that is only cited is not what 会议 points at
_ONLY_CITED = regex(r"”?(?:精神|以来|报告|战略部署|决策部署|部署|的?[^，。]{0,6}要求|闭幕后|文件)")
# 政治局召开会议: a meeting without a name comes in between
_UNNAMED = searching(r"(?:召开|举行|主持)(?:了)?会议")
_CROWD = 300  # so many names that end alike are a list, in which none is short for another
_REACH = 200  # no anaphor points further back than so many mentions of its type
_TITLED = regex(
    # the look ahead spares most letters the long list
    r"(?P<surname>[\u4e00-\u9fff])(?=[总主部副书省市院教局司厅校所董会秘老博])(?:总理|主席|总书记|部长|副部长|书记|省长|市长|主任|院士|教授|局长|司长|厅长|校长|院长|所长|董事长|总经理|会长|秘书长|老师|博士)(?![\u4e00-\u9fff]{0,1}[们级])"
)


def resolve(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with shortened names made one, and with new ones for short names in brackets and for anaphors."""
    found = _united(article.text, mentions)
    more = [*_introduced(article.text, found), *_anaphors(article.text, found), *_titled(article.text, found)]
    taken = {i for m in found for i in range(m.span.start, m.span.end)} if more else set()
    for new in more:
        places = range(new.span.start, new.span.end)
        if taken.isdisjoint(places):
            taken.update(places)
            found.append(new)
    return sorted(found, key=lambda m: (m.span.start, m.span.end))


def _united(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Gives a shorter name the fuller one of the article when there is exactly one that it can be short for."""
    names: dict[str, dict[str, Name]] = defaultdict(dict)
    for mention in mentions:
        if mention.type in _SHORTENED and isinstance(mention.value, Name):
            names[mention.type].setdefault(mention.value.text, mention.value)
    # Among policies only a title without 《》 is shortened: 《条例》 was settled where titles are read.
    loose = {m.value.text for m in mentions if m.type == "Policy" and isinstance(m.value, Name) and "verb" in m.rule}
    fuller = {
        (kind, short): full
        for kind, known in names.items()
        if len(known) > 1
        for short, full in _fuller(known, loose if kind == "Policy" else known)
    }
    if not fuller:
        return list(mentions)
    return [
        replace(m, value=fuller[m.type, m.value.text])
        if isinstance(m.value, Name) and (m.type, m.value.text) in fuller
        else m
        for m in mentions
    ]


def _fuller(names: dict[str, Name], wanted: Container[str]) -> Iterator[tuple[str, Name]]:
    """Each wanted name that is short for one other, and that one; the other way round for 第19届亚洲运动会."""
    folded = {text: _MARKS.sub("", text) for text in names}
    tails = {text: _GENERIC_TAIL.sub("", fold)[-2:] for text, fold in folded.items()}
    alike: dict[str, list[str]] = defaultdict(list)  # only names that end alike can be one: keeps this near linear
    ending: dict[str, list[str]] = defaultdict(list)
    for text in names:
        alike[tails[text]].append(text)
        ending[text[-2:]].append(text)
    for short in names:
        group = alike[tails[short]]
        if short not in wanted or len(group) > _CROWD:
            continue
        longer = [full for full in group if full != short and _is_short_for(folded[short], folded[full], names)]
        if not longer and short.startswith("“") and len(ending[short[-2:]]) <= _CROWD:
            longer = [full for full in ending[short[-2:]] if _is_key_of(short, full)]
        tops = [
            full
            for full in longer
            if not any(_is_short_for(folded[full], folded[o], names) for o in longer if o != full)
        ]
        if len({folded[full] for full in tops}) == 1:
            if short in lexicon("events") and re.search(r"\d|第", short):
                yield tops[0], names[short]  # 第19届亚洲运动会 is the name, “…”杭州第19届亚洲运动会 the longer form
            else:
                yield short, names[tops[0]]


def _is_short_for(short: str, full: str, names: Iterable[str]) -> bool:
    """Is `short` a shorter form of the folded name `full`: 世界智能大会 and 第七届世界智能大会?"""
    if short == full:
        return False
    if len(short) >= 3 and full.endswith(short):
        prefix = full[: -len(short)]
        if len(prefix) == 2 and _ONE_SHOW.search(short) and len(short) >= 4:
            return True
        known = short in lexicon("events") and len(prefix) <= 12  # 江原道|冬青奥会
        return known or only_opens(prefix) or prefix in names
    if _bare(short) == _bare(full):  # 太湖港灌区 and 湖北太湖港灌区项目
        return len(short) < len(full)
    if "至" in full and short[-2:] == full[-2:] and len(short) >= 4:  # 防东铁路 and 防城港至东兴铁路
        return _missing(_bare(short), _bare(full)) is not None
    if not (5 <= len(short) < len(full) <= 5 * len(short) // 2 and short[0] == full[0] and short[-2:] == full[-2:]):
        return False
    if short in lexicon("projects"):  # 南水北调东线一期工程 is not short for 南水北调东中线一期工程
        return False
    return not _DISTINGUISHES & set(_missing(short, full) or "一")


@lru_cache(maxsize=4096)
def _bare(name: str) -> str:
    """A folded name without the province before it and without 项目, 工程, 行动 after it."""
    province = next((n for n in (6, 5, 4, 3, 2) if name[:n] in lexicon("provinces") and len(name) > n + 3), 0)
    return _GENERIC_END.sub("", name[province:])


def _is_key_of(short: str, full: str) -> bool:
    """“赋能”行动 and 数字化赋能中小企业专项行动: the quoted word stands in the longer name, and both end alike."""
    quoted = re.fullmatch(r"“([^”]{2,8})”([\u4e00-\u9fff]{2,6})", short)
    return bool(quoted and len(short) < len(full) and quoted[1] in full and full.endswith(quoted[2][-2:]))


def _missing(short: str, full: str) -> str | None:
    """The characters of `full` that `short` leaves out, or None when it is not made of it by leaving out."""
    left: list[str] = []
    position = 0
    for character in full:
        if position < len(short) and short[position] == character:
            position += 1
        else:
            left.append(character)
    return "".join(left) if position == len(short) else None


def _introduced(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Later mentions of Y after X（以下简称Y）, and of Y after X（Y） where Y is letters or short for X."""
    introduced: dict[str, tuple[int, Mention, str]] = {}
    for mention in mentions:
        if mention.type not in _NAMED or not isinstance(mention.value, Name):
            continue
        if text[mention.span.end : mention.span.end + 1] not in _BEFORE_SHORT:
            continue
        match = _CALLED.match(text, mention.span.end)
        rule = "short name introduced by 简称"
        if match is None:
            match = _GLOSS.match(text, mention.span.end)
            rule = "short name in brackets"
            if match and not (match["short"].isascii() or _missing(match["short"], mention.value.text)):
                match = None
        if match is None:
            continue
        introduced.setdefault(match["short"], (match.start("short"), mention, rule))
    for start, end, short in occurrences(text, introduced):
        first, mention, rule = introduced[short]
        if start >= first:
            yield Mention(Span(start, end), mention.type, mention.value, rule)


def _anaphors(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    anaphors = list(_ANAPHOR.finditer(text))
    if not anaphors:
        return
    seen: dict[str, list[Mention]] = defaultdict(list)
    unnamed = [m.span() for m in _UNNAMED.finditer(text)]
    following = iter([m for m in mentions if isinstance(m.value, Name) and not _ONLY_CITED.match(text, m.span.end)])
    upcoming = next(following, None)
    for match in anaphors:
        while upcoming is not None and upcoming.span.end <= match.start():
            seen["Project" if upcoming.type == "Product" else upcoming.type].append(upcoming)
            upcoming = next(following, None)
        word = match["this"] or match["meeting"] or match["policy"] or match["work"] or match["short"]
        kind, ends = _ENDS.get(word) or ("Event", _shortened(word))
        line = paragraph(text, match.start()).start
        antecedent = _antecedent(seen[kind], ends, line, near=match["meeting"] == "活动" or bool(match["work"]))
        if antecedent is None or (word == "会议" and antecedent.span.end <= _last(unnamed, match.start())):
            continue
        name = replace(antecedent.name, anaphor=True)
        yield Mention(Span(*match.span()), antecedent.type, name, "points back at the one thing of its kind")


@lru_cache(maxsize=256)
def _shortened(word: str) -> re.Pattern[str]:
    """What 风筝会 is short for: 第40届潍坊国际风筝会; its characters in order, the last one at the end."""
    return re.compile(".*?".join(word[:-1]) + f".*?{word[-1]}$")


def _last(spans: Sequence[tuple[int, int]], position: int) -> int:
    """Where the last of these begins that ends before a position; -1 when none does."""
    at = bisect_right(spans, position, key=lambda span: span[1])
    return spans[at - 1][0] if at else -1


def _antecedent(seen: Sequence[Mention], ends: re.Pattern[str], paragraph: int, *, near: bool) -> Mention | None:
    """The one thing of the kind that was named before, in this paragraph or else (unless `near`) in the article."""
    found: Mention | None = None
    for mention in reversed(seen[-_REACH:]):
        if mention.span.start < paragraph and (found is not None and found.span.start >= paragraph):
            break
        if ends.search(mention.name.text):
            if found is not None and found.name.text != mention.name.text:
                return None
            found = found or mention
    return None if found is None or (near and found.span.start < paragraph) else found


def _titled(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """王部长 after 王志刚: the one person of that surname in the article so far."""
    people: dict[str, dict[str, Mention]] = defaultdict(dict)  # surname → full name → its first mention
    for mention in mentions:
        if mention.type == "Person" and isinstance(mention.value, Name) and not mention.value.anaphor:
            people[mention.value.text[0]].setdefault(mention.value.text, mention)
    for match in _TITLED.finditer(text) if people else ():
        first_two = islice(people.get(match["surname"], {}).values(), 2)  # in text order
        before = [m for m in first_two if m.span.end <= match.start()]
        if len(before) == 1:
            name = replace(before[0].name, anaphor=True)
            yield Mention(Span(*match.span()), "Person", name, "surname and title")
