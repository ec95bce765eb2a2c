"""People: a name is heard by what stands beside it, a post before it or after it, or a verb of saying.

部长|王志刚, 李晓红|院长, 刘友宾|介绍, 副院长陈左宁、|钟志华; foreign names by 总统|马克龙 and by the dot of
托马斯·巴赫. A name once heard is known in the whole article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from extractors.lexicon import everywhere, lexicon, matches, occurrences
from extractors.model import Article, Mention, Name, Span, longest_first
from extractors.names.boundary import edge_at
from extractors.names.foreign_people import foreign_people
from extractors.names.name_rows import pairs, rows
from extractors.names.person_names import (
    LOOSE,
    PUNCTUATION,
    after_title,
    chinese_name_at,
    ends,
    foreign_name_at,
    is_name,
    surname_letters,
)
from extractors.patterns import regex, searching

# 丁澜正带领, 丁澜和同事: third characters that may belong to the next word.
_AMBIGUOUS = frozenset("正和时表日前会指在曾一")
_RIVER = regex(r"长江(?:[大三经流中上下干口沿禁生之与、，和的]|$)|长安街|长三角")
# 向媒体|介绍, 向全馆|同志
_PREPOSITIONS = frozenset("向于应连全")
# Titles that may stand after a name: 李晓红|院长.
_HEADING = (
    "总统|总理|首相|国王|王储|主席|部长|院长|校长|主任|局长|司长|厅长|处长|省长|市长|县长|区长|委员长|国务委员|秘书长|大使|总裁"
    "|董事长|总经理|所长|会长|理事长|议长|外长|行长|总干事|馆长|队长|团长|社长|台长|检察长|特首|站长|厂长|组长|科长|镇长|村长"
    "|主编|主委|监事长|巡视员|调研员|副教授|总指挥|总师|总设计师|总工程师|工程师|总书记|书记"
)
# Every branch begins with a letter of its own, for which Python has a quick search.
_AFTER = regex(
    rf"""
    (?: 同志|先生|女士|院士|教授|博士|研究员|老师|老人|烈士|将军|上将|中将|少将|医生|律师|夫妇|夫人
      | {_HEADING} | 副(?:{_HEADING}) | 常务副?(?:{_HEADING}) )(?![们级办会之])
    """,
    re.VERBOSE,
)
# 大连化学物理研究所|李灿院士, 中国科学技术大学|潘建伟团队: bodies that scientists work at.
_AT_WORK = regex(r"(?:大学|学院|研究[院所]|科学院|医院|实验室|天文台|植物园|大学[一-龥]{2,6}系)$")
_TEAM = regex(r"(?:院士)?(?:研究|科研|创新)?(?:团队|课题组)")
_LISTED = regex(r"[、/]|和|与|及|以及|，")
# 钱学森|论坛, 李政道|图书馆: named after somebody
_NAMED_AFTER = regex(
    r"(?:青年|科技|科学|国际|农业|文化|教育|空间|数学){0,2}(?:奖|论坛|杯|班|星|纪念|图书馆|大学|学院|中学|小学|学校|故居|基金|实验室|研究|高科技|精神)"
)
# “时代楷模”|黄大发, “大国工匠”|艾爱国
_HONOUR = searching(r"(?:楷模|工匠|劳模|模范|好人|标兵|先锋|勋章|奖章|能手)”(?:获得者|称号获得者)?")
# 周远航|和团队, 李明远|和他的同事
_COMPANIONS = searching(r"和(?:他的|她的|其)?(?:团队|同事|队友|工友|伙伴|队员|妻子|丈夫)")
# 来自四川农村的|王念远和李正南
_HAILS_FROM = searching(
    r"(?:来自|从事|负责|毕业于|钻研)[一-龥]{2,12}的(?=[一-龥]{3}(?:[和、，]|今年|现在|是|说|在|就在))"
    r"|(?<=\d)岁的(?=[一-龥]{3})",  # 33岁的|孙茵茵正带领
    only=r"(?:来自|从事|负责|毕业于|钻研).{2,12}的|\d岁的",
)
_POST = regex(r"[一-龥]{0,10}?(?:主席|主任|组长|团长|队长|院长|会长|理事长|书记|代表|核心|首席|负责人)|任|编剧|导演")
# 李明远|是南岭村党支部书记: who is what, told at the beginning of a sentence
_IS_HEAD = searching(
    r"(?<![^。，；\n“])[一-龥]{3}(?=(?:是|担任|曾任|现任)[一-龥]{2,14}(?:书记|主任|村长|镇长|所长|校长|院长|站长|队长|工程师|研究员"
    r"|教授|医生|社长|负责人|董事长|总经理)[，。；、])"
)
_HEADS = regex(
    r"(?:是|担任|曾任|现任)[一-龥]{2,14}(?:书记|主任|村长|[镇所校院站队]长|工程师|研究员|教授|医生|社长|负责人|董事长|总经理)[，。；、]"
)
# 周岚委员|代表民建中央发言: who speaks in a session, told at the beginning of a sentence
_SPEAKS = searching(
    r"(?<![^。；\n”])[一-龥]{2,3}(?=(?:委员|常委)(?:代表[^，。；\n]{2,20}|在[^，。；\n]{2,20})?(?:发言|说|表示|建议|认为))"
)
_MEMBER = regex("(?:委员|常委)(?:代表|在|发言|说|表示|建议|认为)")
# 同普京|总统, 和朔尔茨|总理
_HEADS_OF_STATE = regex("总统|总理|首相|国王|主席")
_APPOINTED = searching(r"(?:任命|选举|推选|聘任|聘请|增选|补选|免去|以|由)(?=[一-龥]{2,4}[为任担])")


def find_people(article: Article) -> Iterable[Mention]:
    """Every person named in the article; the name alone, the post is a relation."""
    text = article.text
    heard: dict[int, tuple[int, str]] = {}
    for start, end, rule in _heard(text):
        if start not in heard or heard[start][0] < end:
            heard[start] = (end, rule)
    heard = _agreed(text, heard)
    known = _known(text, heard)
    found = [
        Mention(Span(start, end), "Person", Name(known.get(text[start:end], text[start:end])), rule)
        for start, (end, rule) in heard.items()
    ]
    return longest_first([*found, *_again(text, heard, known)])


def _heard(text: str) -> Iterator[tuple[int, int, str]]:
    for start, end, entry in matches(text, "known_people"):
        if _NAMED_AFTER.match(text, end):
            continue
        if entry.value == entry.word and (end - start > 2 or _alone(text, start, end)):
            yield start, end, "person of the lexicon"
    yield from _after_posts(text)
    yield from _before_words(text)
    yield from rows(text)
    yield from pairs(text)
    for match in _tibetan().finditer(text) if _of_tibetan().search(text) else ():
        yield *match.span(), "two Tibetan names in a row"
    yield from foreign_people(text)


def _alone(text: str, start: int, end: int) -> bool:
    """Does a name of two characters stand here, and not the middle of 日韩正在 or 任何维护?"""
    if text[start - 1 : start] in set("同与和") and _HEADS_OF_STATE.match(text, end):
        return True
    left = edge_at(text, start) or after_title(text, start, role=False)
    return left and ends(text, end)


def _after_posts(text: str) -> Iterator[tuple[int, int, str]]:
    """部长|王志刚; 副院长陈左宁、|钟志华、|何华武: the post goes on through a list."""
    for _, end, entry in matches(text, "titles"):
        # 践行|长江大保护 is no 行长, 养护|工程师 no 养护工; 同志 and 先生 stand after names.
        if (
            _RIVER.match(text, end - 1)
            or text[end - 1 : end + 1] in {"工程", "儿童"}
            or entry.note.startswith("courtesy")
        ):
            continue
        at = end + (text[end : end + 1] in {" ", "\u3000"})
        if text.startswith("——", end) and len(entry.word) > 2:  # 大国工匠——孙景远
            at = end + 2
        last = chinese_name_at(text, at, weak=entry.note.startswith("other"))
        foreign = foreign_name_at(text, at, entry.word, entry.note)
        if foreign and (last is None or foreign > last):
            last = foreign
        if last:
            yield from _list_from(text, at, last, "name after a post")
    for match in _HONOUR.finditer(text):
        if last := chinese_name_at(text, match.end(), weak=True):
            yield from _list_from(text, match.end(), last, "name after an honour")
    for match in _HAILS_FROM.finditer(text):
        at, last = match.end(), chinese_name_at(text, match.end(), weak=True)
        if last == at + 3:
            yield from _list_from(text, at, last, "name after where somebody comes from")
    for match in _IS_HEAD.finditer(text) if ("是" in text or "任" in text) and _HEADS.search(text) else ():
        if match.group()[0] in lexicon("common_surnames") and is_name(match.group()):
            yield *match.span(), "name of whom a post is told"
    for match in _SPEAKS.finditer(text) if ("委员" in text or "常委" in text) and _MEMBER.search(text) else ():
        if match.group()[0] in lexicon("common_surnames") and is_name(match.group()):
            yield *match.span(), "name of who speaks in a session"
    for match in _APPOINTED.finditer(text):
        last = chinese_name_at(text, match.end())
        if last and text[last] in "为任担" and (text[match.start()] not in "以由" or _POST.match(text, last + 1)):
            yield match.end(), last, "name that is appointed"


def _list_from(text: str, at: int, last: int | None, rule: str) -> Iterator[tuple[int, int, str]]:
    """The name from `at` to `last`, and those that follow it in a list."""
    while last:
        yield at, last, rule
        joint = _LISTED.match(text, last)
        if not joint or joint.group() == "，":
            break
        at, rule = joint.end(), "name in a list after a post"
        last = chinese_name_at(text, at, listed=True)


@lru_cache(maxsize=1)
def _tibetan() -> re.Pattern[str]:
    """格桑卓嘎, 扎西次仁: names that are joined of two."""
    names = lexicon("tibetan_names")
    first = "".join({name[0] for name in names})  # a look at one character spares a try of every name
    return re.compile(rf"(?=[{first}])(?<![·•])(?:{'|'.join(names)}){{2}}(?![·•])")


@lru_cache(maxsize=1)
def _of_tibetan() -> re.Pattern[str]:
    """Four letters that all stand in such names, which are quicker to look for."""
    letter = f"[{''.join(set().union(*lexicon('tibetan_names')))}]"
    return re.compile(letter * (2 * min(map(len, lexicon("tibetan_names")))))


def _before_words(text: str) -> Iterator[tuple[int, int, str]]:
    """李晓红|院长, 刘友宾|介绍: the name must begin at an edge, for 方面|表示 looks the same."""
    for match in _AFTER.finditer(text):
        found = _name_before(text, match.start(), after_role=True)
        # 省委书记林武|和省长: the post before has said where the name ends.
        if found and not (text[match.start() - 1] in LOOSE and after_title(text, found[0], role=False)):
            yield found[0], match.start(), "name before a post"
    for match in _TEAM.finditer(text) if "团队" in text or "课题组" in text else ():
        # 吉林大学|黄大年团队, but not 大学|科研团队
        if (found := _name_before(text, match.start(), after_role=True)) and not found[1]:
            yield found[0], match.start(), "name before a team"
    for match in _COMPANIONS.finditer(text):
        if (found := _name_before(text, match.start())) and match.start() - found[0] == 3:
            yield found[0], match.start(), "name before companions"
    for start, _, entry in matches(text, "verbs_of_saying"):
        found = _name_before(text, start)
        if not found and entry.note.endswith("speaking"):  # 四川大学|李正赤说
            found = _name_before(text, start, after_role=True)
            found = found if found and _AT_WORK.search(text, max(0, found[0] - 4), found[0]) else None
        if not found or not (found[1] or entry.note.endswith("speaking")):
            continue
        end = start
        if start - found[0] == 3 and text[start - 1] in LOOSE and not entry.note.endswith("speaking"):
            end = start - 1  # 张澜|和同事
        yield found[0], end, "name before a verb of saying"


def _name_before(text: str, end: int, *, after_role: bool = False) -> tuple[int, bool] | None:
    """Start of the name that ends here, and whether punctuation stands before it; None without an edge."""
    letters = surname_letters()
    for length in (4, 3, 2):
        start = end - length
        if start < 0 or text[start] not in letters or not is_name(text[start:end]) or text[start] in _PREPOSITIONS:
            continue
        clean = start == 0 or (not text[start - 1].isdigit() and bool(PUNCTUATION.match(text[start - 1])))
        if length == 2 and text[start - 1 : start] in set("“‘《"):  # “麦稻同框”
            continue
        if clean or edge_at(text, start) or after_title(text, start, role=after_role):
            at_work = text[start - 1] in "处办室科" or _AT_WORK.search(text, max(0, start - 4), start)
            if length == 2 and not clean and not (after_role and at_work):
                continue
            return start, clean
    return None


def _agreed(text: str, heard: dict[int, tuple[int, str]]) -> dict[int, tuple[int, str]]:
    """丁澜正 and 丁澜和 in one article are 丁澜, who is doing something and who has a team."""
    thirds: dict[str, set[str]] = {}
    for start, (end, _) in heard.items():
        if end - start <= 3:
            thirds.setdefault(text[start : start + 2], set()).add(text[start + 2 : end])
    short = {two for two, rest in thirds.items() if len(rest) > 1 and any(not x or x in _AMBIGUOUS for x in rest)}
    agreed = {}
    for start, (end, rule) in heard.items():
        two, third = text[start : start + 2], text[start + 2 : end]
        cut = two in short and (third in _AMBIGUOUS or not third)
        agreed[start] = (start + 2 if cut else end, rule)
    return agreed


@lru_cache(maxsize=1)
def _other_names() -> tuple[tuple[str, str], ...]:
    return tuple((word, entry.value) for word, entry in lexicon("known_people").items() if entry.value != word)


def _known(text: str, heard: dict[int, tuple[int, str]]) -> dict[str, str]:
    """Surface → name of everybody heard: 戴维·格罗斯 is also known as 格罗斯."""
    known = {text[s:e]: text[s:e] for s, (e, _) in heard.items()}
    said = {entry.word for _, _, entry in everywhere(text, "known_people") if entry.value != entry.word}
    if said:
        known |= {word: name for word, name in _other_names() if word in said}
    for word in list(known):
        if re.search("[·•‧]", word):
            last = re.split("[·•‧]", word)[-1]
            if len(last) >= 2:
                known[last] = word
    return known


def _again(text: str, heard: dict[int, tuple[int, str]], known: dict[str, str]) -> Iterator[Mention]:
    """Later and earlier occurrences of the names; a two-character name must stand at an edge on both sides."""
    taken = {p for s, (e, _) in heard.items() for p in range(s, e)}
    found = occurrences(text, known)
    beside = {end + 1 for _, end, _ in found if text[end : end + 1] in set("和与同及、")}  # 丁薛祥和|尹力一起
    for start, end, word in found:
        if start in taken or end - 1 in taken:
            continue
        if end - start == 2 and not _alone(text, start, end) and not (start in beside and ends(text, end)):
            continue
        yield Mention(Span(start, end), "Person", Name(known[word]), "name known from the article")
