"""People: a name is heard by what stands beside it, a post before it or after it, or a verb of saying.

部长|王志刚, 李晓红|院长, 刘友宾|介绍, 副院长陈左宁、|钟志华; foreign names by 总统|马克龙 and by the dot of
托马斯·巴赫. A name once heard is known in the whole article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from extractors.lexicon import lexicon, matches, occurrences
from extractors.model import Article, Mention, Name, Span, longest_first
from extractors.names.boundary import edge_at
from extractors.names.person_names import (
    LOOSE,
    PUNCTUATION,
    chinese_name_at,
    ends,
    foreign_end,
    foreign_name_at,
    is_name,
    is_word,
)

# 丁澜正带领, 丁澜和同事: third characters that may belong to the next word.
_AMBIGUOUS = frozenset("正和时表日前会指在曾一")
# 沈雨桐、陈可欣/许一诺以及周云帆
_ROW = re.compile(r"[一-龥]{2,8}?(?:(?:[、/]|以及|和)[一-龥]{2,3}){2,20}")
_JOINT = re.compile(r"[、/]|以及|和")
_RIVER = re.compile(r"长江(?:[大三经流中上下干口沿禁生之与、，和的]|$)|长安街|长三角")
# “亚伯拉罕·林肯”号 is a ship, 洛克希德·马丁公司 a firm.
_NO_PERSON = re.compile(r"”?号|公司|集团|大学|学院|基金会|研究所|奖|杯|中心|酒店|国际机场|机场|医院|体育")
# 向媒体|介绍, 向全馆|同志
_PREPOSITIONS = frozenset("向于应连全")
# 物理学家|周光召院士, 研究院|周云帆院长: the last character of a role or of a body.
_ROLE = re.compile(r"[家员者师长士手授官匠院部局所会司校学处办室科站队厂社馆台]$")
# Titles that may stand after a name: 李晓红|院长.
_AFTER = re.compile(
    r"""
    (?: 同志|先生|女士|院士|教授|博士|研究员|老师|老人|烈士|将军|上将|中将|少将|医生|律师|夫妇|夫人
      | (?:常务)?副?
        (?: 总统|总理|首相|国王|王储|主席|部长|院长|校长|主任|局长|司长|厅长|处长|省长|市长|县长|区长|委员长|国务委员
          | 秘书长|大使|总裁|董事长|总经理|所长|会长|理事长|议长|外长|行长|总干事|馆长|队长|团长|社长|台长|检察长|特首
          | 站长|厂长|组长|科长|镇长|村长|主编|主委|监事长|巡视员|调研员|副教授
          | 总指挥|总师|总设计师|总工程师|工程师|总书记|书记 )
    )(?![们级办会之])
    """,
    re.VERBOSE,
)
# 大连化学物理研究所|李灿院士, 中国科学技术大学|潘建伟团队: bodies that scientists work at.
_AT_WORK = re.compile(r"(?:大学|学院|研究[院所]|科学院|医院|实验室|天文台|植物园|大学[一-龥]{2,6}系)$")
_TEAM = re.compile(r"(?:院士)?(?:研究|科研|创新)?(?:团队|课题组)")
_LISTED = re.compile(r"[、/]|和|与|及|以及|，")
_POST = re.compile(
    r"[一-龥]{0,10}?(?:主席|主任|组长|团长|队长|院长|会长|理事长|书记|代表|核心|首席|负责人)|任|编剧|导演"
)
_APPOINTED = re.compile(r"(?:任命|选举|推选|聘任|聘请|增选|补选|免去|以|由)(?=[一-龥]{2,4}[为任担])")


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
        if entry.value == entry.word and (end - start > 2 or _alone(text, start, end)):
            yield start, end, "person of the lexicon"
    yield from _after_posts(text)
    yield from _before_words(text)
    yield from _rows(text)
    yield from _pairs(text)
    for match in _tibetan().finditer(text):
        yield *match.span(), "two Tibetan names in a row"
    yield from _foreign_before_posts(text)
    for match in _dotted_pattern().finditer(text):
        if name := _dotted(text, match):
            yield *name, "foreign name with a dot"


def _alone(text: str, start: int, end: int) -> bool:
    """Does a name of two characters stand here, and not the middle of 日韩正在 or 任何维护?"""
    left = edge_at(text, start) or _after_title(text, start, role=False)
    return left and ends(text, end)


def _after_posts(text: str) -> Iterator[tuple[int, int, str]]:
    """部长|王志刚; 副院长陈左宁、|钟志华、|何华武: the post goes on through a list."""
    for _, end, entry in matches(text, "titles"):
        # 践行|长江大保护 is no 行长, 养护|工程师 no 养护工; 同志 and 先生 stand after names.
        if _RIVER.match(text, end - 1) or text[end - 1 : end + 1] == "工程" or entry.note.startswith("courtesy"):
            continue
        at = end + (text[end : end + 1] in {" ", "\u3000"})
        last = chinese_name_at(text, at, weak=entry.note.startswith("other"))
        foreign = foreign_name_at(text, at, entry.word, entry.note)
        if foreign and (last is None or foreign > last):
            last = foreign
        rule = "name after a post"
        while last:
            yield at, last, rule
            joint = _LISTED.match(text, last)
            if not joint or joint.group() == "，":
                break
            at, rule = joint.end(), "name in a list after a post"
            last = chinese_name_at(text, at, listed=True)
    for match in _APPOINTED.finditer(text):
        last = chinese_name_at(text, match.end())
        if last and text[last] in "为任担" and (text[match.start()] not in "以由" or _POST.match(text, last + 1)):
            yield match.end(), last, "name that is appointed"


def _rows(text: str) -> Iterator[tuple[int, int, str]]:
    """沈雨桐、陈可欣/许一诺以及周云帆: three or more in a row, at least two of them of three characters."""
    for match in _ROW.finditer(text):
        joints = list(_JOINT.finditer(text, *match.span()))
        items = list(
            zip(
                [match.start(), *(j.end() for j in joints)],
                [*(j.start() for j in joints), match.end()],
                strict=True,
            )
        )
        last = chinese_name_at(text, items[-1][0], listed=True)
        items[-1:] = [(items[-1][0], last)] if last else []
        start, end = items[0] if items else (0, 0)
        while end - start > 1 and not (_may_begin(text, start) and is_name(text[start:end])):
            start += 1
        if len(items) < 3 or not is_name(text[start:end]):
            continue
        items[0] = (start, end)
        names = [text[a:b] for a, b in items]
        fit = [is_name(n) and n[0] in lexicon("common_surnames") for n in names]
        # 任一荣 in a row of eleven is a name although 任一 is a word.
        odd = all(f or (len(n) == 3 and n[0] in lexicon("surnames")) for f, n in zip(fit, names, strict=True))
        plain = all(fit) or (odd and sum(fit) >= 4 and sum(fit) >= 0.8 * len(fit))
        # 白如玉、明如镜、薄如纸 and 莫偷盗、莫撒谎、莫懒惰 rhyme; people do not.
        rhymes = len({n[:1] for n in names}) == 1 or len({n[1:2] for n in names}) == 1
        if plain and sum(len(n) == 3 for n in names) >= 2 and not rhymes:
            for a, b in items:
                yield a, b, "row of names"


def _pairs(text: str) -> Iterator[tuple[int, int, str]]:
    """王楚钦/孙颖莎: partners in a contest."""
    for slash in re.finditer("/", text):
        at = slash.start()
        one = next(
            (at - k for k in (3, 2) if at >= k and is_name(text[at - k : at]) and _may_begin(text, at - k)), None
        )
        two = chinese_name_at(text, at + 1, listed=True)
        if one is None or two is None or at - one + two - at < 6:
            continue
        if text[one] in lexicon("common_surnames") and text[at + 1] in lexicon("common_surnames"):
            yield one, at, "pair of names"
            yield at + 1, two, "pair of names"


@lru_cache(maxsize=1)
def _tibetan() -> re.Pattern[str]:
    """格桑卓嘎, 扎西次仁: names that are joined of two."""
    given = "|".join(lexicon("tibetan_names"))
    return re.compile(rf"(?<![·•])(?:{given}){{2}}(?![·•])")


@lru_cache(maxsize=1)
def _heads() -> re.Pattern[str]:
    return re.compile(rf"([{''.join(lexicon('transliteration'))}]{{3,9}})(?=总统|总理|首相|外长|国王|埃米尔|苏丹)")


def _foreign_before_posts(text: str) -> Iterator[tuple[int, int, str]]:
    """来华访问的|布克尔总统; but in 哈萨克斯坦总统 a country stands before the post."""
    countries = {end for _, end, _ in matches(text, "countries", "foreign_cities")}
    for match in _heads().finditer(text):
        start = next((p for p in range(match.start(), match.end() - 2) if edge_at(text, p)), None)
        if start is None or match.end() in countries or is_word(match.group()):
            continue
        if countries.isdisjoint(range(start + 1, match.end() + 1)):
            yield start, match.end(), "foreign name before a post"


def _may_begin(text: str, start: int) -> bool:
    """At an edge, or after a body: 青岛理工大学|陈全林、章建平."""
    return edge_at(text, start) or bool(_ROLE.search(text, max(0, start - 1), start))


def _before_words(text: str) -> Iterator[tuple[int, int, str]]:
    """李晓红|院长, 刘友宾|介绍: the name must begin at an edge, for 方面|表示 looks the same."""
    for match in _AFTER.finditer(text):
        found = _name_before(text, match.start(), after_role=True)
        # 省委书记林武|和省长: the post before has said where the name ends.
        if found and not (text[match.start() - 1] in LOOSE and _after_title(text, found[0], role=False)):
            yield found[0], match.start(), "name before a post"
    for match in _TEAM.finditer(text):
        # 吉林大学|黄大年团队, but not 大学|科研团队
        if (found := _name_before(text, match.start(), after_role=True)) and not found[1]:
            yield found[0], match.start(), "name before a team"
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
    for length in (4, 3, 2):
        start = end - length
        if start < 0 or not is_name(text[start:end]) or text[start] in _PREPOSITIONS:
            continue
        clean = start == 0 or (not text[start - 1].isdigit() and bool(PUNCTUATION.match(text[start - 1])))
        if clean or edge_at(text, start) or _after_title(text, start, role=after_role):
            at_work = text[start - 1] in "处办室科" or _AT_WORK.search(text, max(0, start - 4), start)
            if length == 2 and not clean and not (after_role and at_work):
                continue
            return start, clean
    return None


def _after_title(text: str, start: int, *, role: bool) -> bool:
    if role and _ROLE.search(text, max(0, start - 1), start):
        return text[start] in lexicon("common_surnames")
    titles = lexicon("titles")
    # 董事长|孙皓, not 董事|长孙皓
    ends_later = any(text[start - k : start + 1] in titles for k in range(2, 8) if start >= k)
    return not ends_later and any(text[start - k : start] in titles for k in range(2, 8) if start >= k)


@lru_cache(maxsize=1)
def _dotted_pattern() -> re.Pattern[str]:
    """谢尔达尔·别尔德穆哈梅多夫, 戴维•格罗斯, 雪克来提·扎克尔"""
    sounds = "".join(lexicon("transliteration"))
    return re.compile(
        rf"(?P<first> [{sounds}·•‧]{{1,24}}) [·•‧] (?P<last> [{sounds}-]{{1,12}} (?:[—－–][{sounds}]{{2,6}})?)",
        re.VERBOSE,
    )


def _dotted(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    """A dotted name without the post before it (总统|谢尔达尔·…) and without the words behind."""
    start, end = match.span()
    base = max(0, start - 6)
    for _, stop, _ in matches(text[base : match.end("first")], "titles", "countries"):
        start = max(start, base + stop)
    start = _dotted_start(text, start)
    end = foreign_end(text, match.start("last") + 1, end) or _dotted_end(text, end)
    if text[start : start + 1] in "·•‧" or end - start < 3 or text[start - 1 : start] == "《":
        return None
    if _NO_PERSON.search(text, match.start("last") + 1, end + 3):
        return None
    return start, end


def _dotted_start(text: str, start: int) -> int:
    """Left over the characters that transliterations seldom use, when an edge is near: 叶|甫根尼·普鲁申科."""
    for left in range(start, max(0, start - 3), -1):
        if edge_at(text, left) or _after_title(text, left, role=False):
            return left
    return start


def _dotted_end(text: str, end: int) -> int:
    """Right over such characters, when a known word is near."""
    return next((right for right in range(end, end + 4) if ends(text, right)), end)


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


def _known(text: str, heard: dict[int, tuple[int, str]]) -> dict[str, str]:
    """Surface → name of everybody heard: 戴维·格罗斯 is also known as 格罗斯."""
    known = {text[s:e]: text[s:e] for s, (e, _) in heard.items()}
    known |= {w: e.value for w, e in lexicon("known_people").items() if e.value != w and w in text}
    for word in list(known):
        if re.search("[·•‧]", word):
            last = re.split("[·•‧]", word)[-1]
            if len(last) >= 2:
                known[last] = word
    return known


def _again(text: str, heard: dict[int, tuple[int, str]], known: dict[str, str]) -> Iterator[Mention]:
    """Later and earlier occurrences of the names; a two-character name must stand at an edge on both sides."""
    taken = {p for s, (e, _) in heard.items() for p in range(s, e)}
    for start, end, word in occurrences(text, known):
        if start in taken or end - 1 in taken:
            continue
        if end - start == 2 and not _alone(text, start, end):
            continue
        yield Mention(Span(start, end), "Person", Name(known[word]), "name known from the article")
