"""People: a name is heard by what stands beside it, a post before it or after it, or a verb of saying.

部长|王志刚, 范铁军|院长, 刘友宾|介绍, 副院长陈左宁、|钟志华; foreign names by 总统|马克龙 and by the dot of 托马斯·巴赫.
A name once heard is known in the whole article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from extractors.boundary import edge_at, left_edge
from extractors.lexicon import lexicon, matches
from extractors.model import Article, Mention, Name, Span

_HAN = re.compile(r"[一-龥]+")
# Characters of function and of measure that stand in no given name.
_NOT_GIVEN = frozenset("的了是在与及或等这那将被把说称们个您我你他她它吗呢吧啊该此其每也还就又更最很已不没未无非只从由于对向至到给让使得着过往院校局厅省县级部委会长者员企资项届")
# 省市委书记: what stands in no given name, and starts what follows a name.
_FOREIGN = (
    "阿埃艾安奥澳巴拜班邦鲍保贝本比彼别宾波伯勃博布卜查察达大戴丹道德登邓迪蒂丁东杜多厄恩尔耳法凡范菲费芬丰冯佛弗福夫富盖甘冈戈格根贡古瓜圭果"
    "哈海汉豪赫黑亨洪胡华霍惠基吉季加贾姜杰金津卡凯坎康考科克肯孔库奎昆拉莱兰朗劳勒雷里利莉丽历立连廉列烈林琳龙隆卢鲁路伦罗洛马玛麦曼芒毛梅门"
    "蒙米密明摩莫默墨穆拿纳娜奈南尼年聂涅宁纽农努诺欧帕潘庞佩彭蓬皮匹平珀普齐奇恰钱强乔切钦琼丘曲让热日荣茹瑞若萨赛塞桑瑟森沙山善尚绍舍申圣施什"
    "史舒斯丝松苏素所索塔泰坦汤唐陶特腾滕提田廷通图托瓦万汪旺威韦维魏温文翁沃乌武西希锡席夏香肖谢辛欣兴姓休修许雅亚延扬杨耶叶伊易因英永尤尹于约"
    "云扎赞泽曾詹珍芝直治兹宗佐朱卓祖茨岑措宰雪赤嘉仁次增顿旦妮娅蕾薇黛琪蓓芙瑙耐克勉陀赖郎岛慕屠厥"
)
_FOREIGN_NAME = re.compile(rf"[{_FOREIGN}]{{2,9}}")
# 谢尔达尔·别尔德穆哈梅多夫, 戴维•格罗斯, 雪克来提·扎克尔
_DOTTED = re.compile(
    rf"""
    (?P<first> [{_FOREIGN}·•‧]{{1,20}}) [·•‧] (?P<last> [{_FOREIGN}]{{1,10}} )
    """,
    re.VERBOSE,
)
_FOREIGN_POSTS = frozenset(
    "总统 总理 首相 国王 王储 大公 元首 酋长 埃米尔 苏丹 教皇 议长 主席 外长 外交大臣 防长 财长 国务卿 大臣 联邦总理 代总统 代总理 过渡总统 女王 天皇 "
    "总督 秘书长 总干事 总裁 首席执行官 副总统 副总理 副首相 大使 教授 院士 博士 得主 主教练 专家 学者 特使 发言人 部长 行长".split()
)
# Surnames that are far more often function words; nobody is heard by them alone.
_AMBIGUOUS = frozenset("正和时表日前会指在曾一")
_ROW = re.compile(r"[一-龥]{2,8}?(?:(?:[、/]|以及|和)[一-龥]{2,3}){2,20}")
_ITEM = re.compile(r"(?:(?!以及|和)[一-龥]){2,10}")
_NO_SURNAMES = frozenset("和与及从年是那都能后过了的被将时等就又还再应有为以所其此该本各每当不可使令自由到至")
_FUNCTION_SURNAMES = frozenset("于向应连成全经安任方高明金水国包计管解强关车房时项")
# Third characters that are more often the word after the name: 吴晨|一直, 袁胜|和团队.
_LOOSE = frozenset("和与及在的了为将对向同以等是也都还已从被把")
# 分子遗传学家|李家洋院士, 运动员|…: the last character of a role.
_ROLE = re.compile(r"[家员者师长士手授官匠]$")
_SPACE = re.compile(r"[ \u3000]?")
# Titles that may stand after a name: 范铁军|院长.
_AFTER = re.compile(
    r"""
    (?: 同志|先生|女士|院士|教授|博士|研究员|老师|老人|烈士|将军|上将|中将|少将|医生|律师|夫妇|夫人
      | (?:常务)?副?(?: 总统|总理|首相|国王|王储|主席|部长|院长|校长|主任|局长|司长|厅长|处长|省长|市长|县长|区长|委员长|国务委员
                    |秘书长|大使|总裁|董事长|总经理|所长|会长|理事长|议长|外长|行长|总干事|馆长|队长|团长|社长|台长|检察长|特首
                    |总指挥|总师|总设计师|总工程师|工程师|总书记|书记 )
    )(?![们级办会之])
    """,
    re.VERBOSE,
)
_PUNCTUATION = re.compile(r"[，。！？；：,;:!?\s…—、/|()（）【】《》“”‘’<>·•]|$")
_LISTED = re.compile(r"[、/]|和|与|及|以及|，")
_APPOINTED = re.compile(r"(?:任命|选举|推选|聘任|聘请|增选|补选|免去|以|由)(?=[一-龥]{2,4}[为的任担])")
_TITLE_NO = re.compile(r"[一二三四五六七八九十]{1,3}[级届]|办公|助理|级$")


def find_people(article: Article) -> Iterable[Mention]:
    """Every person named in the article; the name alone, the post is a relation."""
    text = article.text
    heard: dict[int, tuple[int, str]] = {}
    for start, end, rule in _heard(text):
        if start not in heard or heard[start][0] < end:
            heard[start] = (end, rule)
    heard = _agreed(text, heard)
    known = _known(text, heard)
    for start, (end, rule) in sorted(heard.items()):
        word = text[start:end]
        yield Mention(Span(start, end), "Person", Name(known.get(word, word)), rule)
    yield from _again(text, heard, known)


def _heard(text: str) -> Iterator[tuple[int, int, str]]:
    for start, end, _ in matches(text, "known_people"):
        yield start, end, "person of the lexicon"
    yield from _after_posts(text)
    yield from _before_words(text)
    yield from _rows(text)
    for match in _DOTTED.finditer(text):
        if name := _dotted(text, match):
            yield *name, "foreign name with a dot"


def _after_posts(text: str) -> Iterator[tuple[int, int, str]]:
    """部长|王志刚; 副院长陈左宁、|钟志华、|何华武: the post goes on through a list."""
    for start, end, entry in matches(text, "titles"):
        at = _SPACE.match(text, end).end()  # type: ignore[union-attr]
        last = _name_at(text, at) or (_foreign_at(text, at, entry.word))
        rule = "name after a post"
        while last:
            yield at, last, rule
            joint = _LISTED.match(text, last)
            if not joint or joint.group() == "，":
                break
            at, rule = joint.end(), "name in a list after a post"
            last = _name_at(text, at, listed=True)
    for match in _APPOINTED.finditer(text):
        last = _name_at(text, match.end())
        if last and text[last] in "为的任担":
            yield match.end(), last, "name that is appointed"


def _rows(text: str) -> Iterator[tuple[int, int, str]]:
    """陈雨菲、陈清晨/贾一凡以及何冰娇: three or more in a row, at least two of them of three characters."""
    for match in _ROW.finditer(text):
        items = [(match.start() + m.start(), match.start() + m.end()) for m in _ITEM.finditer(match.group())]
        while items and not _is_name(text[items[-1][0] : items[-1][1]]):
            start, end = items.pop()
            if _is_name(text[start : end - 1]) and _ends(text, end - 1):
                items.append((start, end - 1))
                break
        start, end = items[0] if items else (0, 0)
        while end - start > 1 and not (edge_at(text, start) and _is_name(text[start:end])):
            start += 1
        if len(items) < 3 or not _is_name(text[start:end]):
            continue
        items[0] = (start, end)
        if all(_is_name(text[a:b]) for a, b in items) and sum(b - a == 3 for a, b in items) >= 2:
            for a, b in items:
                yield a, b, "row of names"


def _before_words(text: str) -> Iterator[tuple[int, int, str]]:
    """范铁军|院长, 刘友宾|介绍: the name must begin at an edge, for 方面|表示 looks the same."""
    for match in _AFTER.finditer(text):
        if start := _name_before(text, match.start(), after_role=True):
            yield start[0], match.start(), "name before a post"
    for start, _, entry in matches(text, "verbs_of_saying"):
        found = _name_before(text, start)
        if found and (entry.note.endswith("speaking") or found[1]):
            yield found[0], start, "name before a verb of saying"


def _name_before(text: str, end: int, *, after_role: bool = False) -> tuple[int, bool] | None:
    """Start of the name that ends here, and whether punctuation stands before it; None without an edge."""
    for length in (3, 2, 4):
        start = end - length
        if start < 0 or not _is_name(text[start:end]):
            continue
        clean = start == 0 or bool(_PUNCTUATION.match(text[start - 1]))
        if clean or left_edge(text, start, max(0, start - 1)) == start or _after_title(text, start, after_role):
            if length == 2 and not clean:
                continue
            return start, clean
    return None


def _after_title(text: str, start: int, role: bool) -> bool:
    if role and _ROLE.search(text, max(0, start - 1), start):
        return True
    return any(text[start - k : start] in lexicon("titles") for k in (2, 3, 4) if start >= k)


def _name_at(text: str, start: int, *, listed: bool = False) -> int | None:
    """End of the Chinese name that starts here, or None."""
    surname = 2 if text[start : start + 2] in lexicon("surnames") else 1
    if text[start : start + surname] not in lexicon("surnames"):
        return None
    long, short = start + surname + 2, start + surname + 1
    fits_long = _is_name(text[start:long]) and _ends(text, long)
    if _is_name(text[start:short]) and (n := _word_after(text, short)):
        # 总理李强|日前签署: a word of two characters after the short reading is better than a name that eats half of it.
        if not fits_long or (n >= 2 and not _PUNCTUATION.match(text, long)):
            return short
        if text[short] in _LOOSE and not listed:
            return short
        if text[short : short + 2] == "时，":  # 见到青年科学家马麟|时，
            return short
    if fits_long:
        return long
    if text[start : start + 2] in _words() and _said(text, long) and text[start:long] not in _words():
        # 总经理万年辉说: 万年 is a word, but what else could speak here?
        return long if _HAN.fullmatch(text, start, long) and _NOT_GIVEN.isdisjoint(text[start + 1 : long]) else None
    if listed or not _is_name(text[start:long]) or text[start] in _FUNCTION_SURNAMES:
        return None
    # 航天员王亚平出舱: no known word follows; three characters are by far the commonest length.
    return long


def _is_name(word: str) -> bool:
    surname = 2 if len(word) > 2 and word[:2] in lexicon("surnames") else 1
    given = word[surname:]
    if word[:surname] not in lexicon("surnames") or not 1 <= len(given) <= 2 or not _HAN.fullmatch(given):
        return False
    if word in _words() or word[0] in _NO_SURNAMES:
        return False
    return not (surname == 1 and len(given) == 2 and word[:2] in _words()) and _NOT_GIVEN.isdisjoint(given)


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    """Words that look like names: common words, places, function words and verbs."""
    return _place_words() | frozenset(w for w in _following() if len(w) >= 2) | frozenset(lexicon("not_names"))


def _said(text: str, end: int) -> bool:
    """Does a verb of saying stand here?"""
    entries = (lexicon("verbs_of_saying").get(text[end : end + k]) for k in (1, 2, 3))
    return any(e is not None and e.note.endswith("speaking") for e in entries)


def _word_after(text: str, end: int) -> int:
    """Length of the longest known word that follows a name, 0 without one; punctuation counts 1."""
    for k in (4, 3, 2, 1):
        if text[end : end + k] in _following():
            return k
    return 1 if _PUNCTUATION.match(text, end) else 0


@lru_cache(maxsize=1)
def _place_words() -> frozenset[str]:
    return frozenset(w for name in ("provinces", "cities", "counties", "countries", "foreign_cities") for w in lexicon(name) if len(w) <= 4)


@lru_cache(maxsize=1)
def _following() -> frozenset[str]:
    """Words that may stand right after a name."""
    words = {w for w, e in lexicon("boundary_words").items() if e.value in {"edge", "join", "soft"}}
    return frozenset(words | set(lexicon("verbs_of_saying")) | set(lexicon("titles")))


def _ends(text: str, end: int) -> bool:
    """May a name end here: before punctuation, a function word, a verb or a post?"""
    return _word_after(text, end) > 0


def _foreign_at(text: str, start: int, post: str) -> int | None:
    """End of the foreign name after a post: 总统|马克龙, 总理|朔尔茨访华."""
    if post not in _FOREIGN_POSTS:
        return None
    match = _FOREIGN_NAME.match(text, start)
    if not match:
        return None
    for end in range(match.end(), start + 1, -1):
        if _ends(text, end) and text[start:end] not in lexicon("not_names") and text[start:end] not in _following():
            return end
    return None


def _dotted(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    """A dotted name without the post before it (总统|谢尔达尔·…) and without the words behind."""
    start, end = match.span()
    for place, stop, _ in matches(text[start : match.end("first")], "titles", "countries"):
        del place
        start = max(start, match.start() + stop)
    if end < len(text) and not _ends(text, end):
        shorter = next((e for e in range(end, match.start("last"), -1) if _ends(text, e)), None)
        end = shorter or end
    return (start, end) if text[start] not in "·•‧" and end - start >= 3 else None


def _agreed(text: str, heard: dict[int, tuple[int, str]]) -> dict[int, tuple[int, str]]:
    """袁胜正 and 袁胜和 in one article are 袁胜, who is doing something and who has a team."""
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
    for word in list(known):
        if re.search("[·•‧]", word):
            last = re.split("[·•‧]", word)[-1]
            if len(last) >= 2:
                known[last] = word
    return known


def _again(text: str, heard: dict[int, tuple[int, str]], known: dict[str, str]) -> Iterator[Mention]:
    """Later and earlier occurrences of the names; a two-character name must stand at an edge on both sides."""
    if not known:
        return
    taken = {p for s, (e, _) in heard.items() for p in range(s, e)}
    for match in re.finditer("|".join(re.escape(w) for w in sorted(known, key=len, reverse=True)), text):
        start, end = match.span()
        if start in taken or end - 1 in taken:
            continue
        if end - start == 2 and not (_ends(text, end) and left_edge(text, start, max(0, start - 1)) == start):
            continue
        yield Mention(Span(start, end), "Person", Name(known[match.group()]), "name known from the article")
