"""What can be the name of a person, and where it ends.

Chinese names have a surname of one or two characters and one or two more; where they end only the next word can tell
(总理李强|日前签署). Foreign names are written with a few hundred characters that carry sound (transliteration.csv).
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.lexicon import lexicon
from extractors.patterns import regex

_HAN = regex(r"[一-龥]+")
PUNCTUATION = regex(r"[\d，。！？；：,;:!?\s…—－、/|()（）【】《》“”‘’<>·•]|$")

# 物理学家|周光召院士, 研究院|周云帆院长: the last character of a role or of a body.
ROLE = regex(r"[家员者师长士手授官匠院部局所会司校学处办室科站队厂社馆台]$")
# Characters of function and of bodies that stand in no given name.
_NOT_GIVEN = frozenset(
    "的了是在与及或等这那将被把说称们个您我你他她它吗呢吧啊该此其每也还就又更最很已不没未无非"
    "只从由于对至到给让使得着过往院校局厅省县级部委会者员企资项届"
)
# Surnames that are far more often function words; nobody is heard by them alone.
_NO_SURNAMES = frozenset(
    "第国家但和与及从年是那都能后过了的被将时等就又还再应有为以所其此该本各每当不可使令自由到至却便才仅均皆亦竟若虽因"
)
# Surnames that often begin another word; a name with them must be followed by a known word.
_DOUBTFUL = frozenset("于向应连成全经安任方高明金水国包计管解强关车房时项曾边齐宁门")
# 乌方, 韩媒, 巴军 speak, but are no people.
_SIDE = regex(
    r"[哈乌韩巴马俄美英法德日朝越菲印伊沙以黎叙土阿中新加智葡荷瑞丹波捷匈罗塞南埃尼泰缅柬老汤澳蒙古安海苏利肯卢刚贝"
    r"孟冈毛乍津几秘厄玻圭]"
    r"[方媒军总武]"
)
# 王|师傅, 李|大姐 are forms of address, no names.
_ADDRESSED = frozenset(
    {"师傅", "大姐", "大哥", "大爷", "大妈", "大叔", "大娘", "大嫂", "阿姨", "阿婆", "奶奶", "爷爷", "老师"}
)
# Verbs that people are named after.
_GIVEN = frozenset({"建设", "建立", "振兴", "学习", "爱国", "宝应"})
# Third characters that are more often the word after the name: 吴凡|一直, 丁澜|和同事.
LOOSE = frozenset("曾携率和与及在的了为将对向同以等是也都还已从被把")
# 见到工程师马骏|时，; 秘书长刘奇|作的报告
_LOOSE_PAIRS = frozenset(
    {"时，", "作的", "作了", "作讲", "作报", "作说", "作辅", "作宣", "作主", "作发", "作总", "作题", "作工", "忙着"}
)
_FOREIGN_POSTS = frozenset(
    {
        "秘书长",
        "总干事",
        "大使",
        "特使",
        "总裁",
        "首席执行官",
        "主教练",
        "发言人",
        "部长",
        "行长",
        "得主",
        "专家",
        "学者",
    }
)


def chinese_name_at(text: str, start: int, *, listed: bool = False, weak: bool = False) -> int | None:
    """End of the Chinese name that starts here, or None. After a weak role (游客) a rare surname is not believed."""
    if text[start : start + 1] not in surname_letters():
        return None
    surname = 2 if text[start : start + 2] in lexicon("surnames") else 1
    common = surname == 2 or text[start : start + 1] in lexicon("common_surnames")
    if text[start : start + surname] not in lexicon("surnames") or (weak and not common):
        return None
    long, short = start + surname + 2, start + surname + 1
    if any(text[start : start + n] in _far_places() for n in range(3, 7)):
        return None  # 委员马来西|亚, 大使白俄罗|斯
    known = lexicon("known_people")
    if text[start:short] in known and text[start:long] not in known:
        return short
    fits_long = long <= len(text) and is_name(text[start:long]) and ends(text, long)
    if is_name(text[start:short]) and _is_short(text, start, short, long, fits_long, listed):
        return short
    if fits_long:
        return long
    if long > len(text):
        return None
    odd = text[start : start + 2] in _words() and text[start + 2 : long] not in _following()
    if odd and _said(text, long) and text[start:long] not in _words():
        # 总经理万年松说: 万年 is a word, but what else could speak here?
        return long if _HAN.fullmatch(text, start, long) and _NOT_GIVEN.isdisjoint(text[start + 1 : long]) else None
    if odd and common and not weak and text[start] not in _DOUBTFUL and PUNCTUATION.match(text, long):
        # 校长王国栋，: 王国 is a word, but nothing else would end here
        plain = _HAN.fullmatch(text, start, long) and _NOT_GIVEN.isdisjoint(text[start + 1 : long])
        return long if plain and text[start:long] not in _words() else None
    if not common or not is_name(text[start:long]) or text[start] in _DOUBTFUL:
        return None
    if listed and text[start + 2] in _following():
        return None
    if is_name(text[start:short]) and text[short : short + 2] in _vocabulary():
        return short  # 航天员张陆|密切协同, 代表刘洋|履职
    # 航天员王亚平出舱: no known word follows; three characters are by far the commonest length.
    return long


def _is_short(text: str, start: int, short: int, long: int, fits_long: bool, listed: bool) -> bool:
    """Is the reading with one character after the surname the better one?"""
    after = _word_after(text, short)
    if text[short : short + 2] in _LOOSE_PAIRS and text[short] == "作" and not PUNCTUATION.match(text, long):
        return True  # 院长张军|作的关于人民法院工作情况的报告
    if text[short : short + 2] in {"夫妇", "夫妻"}:  # 护林员刘军|夫妇
        return True
    if not after:
        return False
    # 总理李强|日前签署: a word of two characters after the short reading beats a name that eats half of it.
    if fits_long and text[short] == "和" and _verb_at(text, long):
        return False  # 主任马延和|主持: after 和 a second noun would follow, no verb
    if not fits_long or (after >= 2 and not PUNCTUATION.match(text, long)):
        return True
    return (text[short] in LOOSE and not listed) or text[short : short + 2] in _LOOSE_PAIRS


def foreign_name_at(text: str, start: int, post: str, note: str) -> int | None:
    """End of the foreign name after a post: 总统|马克龙, 总理|朔尔茨访华."""
    match = _foreign().match(text, start)
    used_abroad = note.startswith(("head of state", "academic")) or post in _FOREIGN_POSTS
    # After a post that Chinese people hold too, only a long run of such characters is foreign (总司令莫伊谢耶夫), or
    # one that begins with no surname (领导人达加洛).
    if not match or (not used_abroad and match.end() - start < (4 if text[start] in lexicon("surnames") else 3)):
        return None
    end = foreign_end(text, start + 2, match.end())
    head = note.startswith("head of state")
    if end is None and match.end() - start >= (4 if head else 5):  # 总统穆赫贝尔|致唁电: no Chinese name is so long
        end = match.end()
    return None if end is None or text[start:end] in _words() else end


def foreign_end(text: str, shortest: int, longest: int) -> int | None:
    """Where a foreign name ends whose characters could go on to `longest`; None when no known word follows anywhere."""
    for end in range(longest, shortest - 1, -1):
        if text[end : end + 2] in _REGNAL:  # 费利佩|六世
            return end + 2
        if not ends(text, end):
            continue
        for shorter in (end - 2, end - 1):  # 穆内内|热烈欢迎, 厄立特里亚外长奥斯曼|日前
            if shorter >= shortest and _word_after(text, shorter) >= 2:
                end = shorter
                break
        return end
    return None


_REGNAL = frozenset(n + "世" for n in "一二三四五六七八九")


@lru_cache(maxsize=1 << 12)
def is_name(word: str) -> bool:
    """Could the word be a Chinese name, and is it no common word, place or side (乌方)?"""
    surname = 2 if len(word) > 2 and word[:2] in lexicon("surnames") else 1
    given = word[surname:]
    if word[:surname] not in lexicon("surnames") or not 1 <= len(given) <= 2 or not _HAN.fullmatch(given):
        return False
    if word in _words() or word[0] in _NO_SURNAMES or _SIDE.match(word) or given in lexicon("countries"):
        return False
    if (
        given in _ADDRESSED
        or (word[0] in "于向" and len(word) == 2)
        or given in lexicon("titles")
        or given in {"长", "向"}
    ):
        return False
    if given + "部" in lexicon("ministries"):  # 乌|内务部长
        return False
    if word[0] in _DOUBTFUL and given in lexicon("not_names"):  # 经|任务总指挥部研究
        return False
    # 司|负责, 曾|报道, 范|大学 (师范大学)
    if len(given) == 2 and (given in lexicon("org_suffixes") or (given in _following() and given not in _GIVEN)):
        return False
    return not (surname == 1 and len(given) == 2 and word[:2] in _words()) and _NOT_GIVEN.isdisjoint(given)


def is_word(word: str) -> bool:
    """Is it a common word, a place, a function word or a verb?"""
    return word in _words()


def ends(text: str, end: int) -> bool:
    """May a name end here: before punctuation, a function word, a verb or a post?"""
    return _word_after(text, end) > 0


def after_title(text: str, start: int, *, role: bool) -> bool:
    """Does a post stand right before this position, or with `role` a body or a trade before a common surname?"""
    if role and ROLE.search(text, max(0, start - 1), start):
        return text[start] in lexicon("common_surnames")
    if text[start - 1 : start] not in _title_ends():
        return False
    titles, before = lexicon("titles"), [start - k for k in range(2, min(start, 7) + 1)]
    # 董事长|孙皓, not 董事|长孙皓
    return any(text[k:start] in titles for k in before) and not any(text[k : start + 1] in titles for k in before)


def _said(text: str, end: int) -> bool:
    """Does a verb of saying stand here?"""
    entries = (lexicon("verbs_of_saying").get(text[end : end + k]) for k in (1, 2, 3))
    return any(e is not None and e.note.endswith("speaking") for e in entries)


def _verb_at(text: str, start: int) -> bool:
    return any(text[start : start + k] in lexicon("verbs_of_saying") for k in (2, 3, 1))


def _word_after(text: str, end: int) -> int:
    """Length of the longest known word that follows a name, 0 without one; punctuation counts 1."""
    words = _following()
    for k in (4, 3, 2, 1):
        if text[end : end + k] in words:
            return k
    return 1 if PUNCTUATION.match(text, end) else 0


@lru_cache(maxsize=1)
def _foreign() -> re.Pattern[str]:
    """马杜罗, 迪亚斯-卡内尔"""
    sounds = "".join(lexicon("transliteration"))
    return re.compile(rf"[{sounds}]{{2,9}}(?:[-－][{sounds}]{{2,6}})?")


@lru_cache(maxsize=1)
def _far_places() -> frozenset[str]:
    return frozenset(word for table in ("countries", "foreign_cities") for word in lexicon(table) if len(word) >= 3)


@lru_cache(maxsize=1)
def _place_words() -> frozenset[str]:
    tables = ("provinces", "cities", "counties", "countries", "foreign_cities")
    return frozenset(word for table in tables for word in lexicon(table) if len(word) <= 4)


@lru_cache(maxsize=1)
def surname_letters() -> frozenset[str]:
    """What a surname begins with."""
    return frozenset(surname[0] for surname in lexicon("surnames"))


@lru_cache(maxsize=1)
def _title_ends() -> frozenset[str]:
    return frozenset(title[-1] for title in lexicon("titles"))


@lru_cache(maxsize=1)
def _following() -> frozenset[str]:
    """Words that may stand right after a name."""
    words = {w for w, e in lexicon("boundary_words").items() if e.value in {"edge", "join", "soft"}}
    return frozenset(words | set(lexicon("verbs_of_saying")) | set(lexicon("titles")))


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """Words of two characters in which no name ends."""
    words = (*lexicon("not_names"), *lexicon("boundary_words"))
    return frozenset(w for w in words if len(w) == 2 and w not in lexicon("common_surnames"))


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    """Words that look like names: common words, places, function words and verbs."""
    return _place_words() | frozenset(w for w in _following() if len(w) >= 2) | frozenset(lexicon("not_names"))
