"""What a proposal must look like to be believed, type by type: the model hears the context, these know the words.

A word that a lexicon holds is for the rules: where they did not hear it, they had a reason (安宁 is a county, but not
in 和平、安宁、繁荣). What is left must have the form of a name of its type, and no edge inside unless the model is
quite sure (`sure`).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extractors.lexicon import Entry, lexicon
from extractors.model import Name
from extractors.names.boundary import edge_at, left_edge, opens
from extractors.names.classes import is_class
from extractors.names.endings import is_generic
from extractors.names.organization_kinds import KINDS
from extractors.names.person_names import ends, is_name, is_word
from extractors.patterns import regex

_PLACES = ("provinces", "cities", "counties", "countries", "foreign_cities", "places", "place_decoys", "departments")
_NAMED = (*_PLACES, *KINDS, "known_people", "events", "projects", "programmes", "products", "not_names", "titles")
_WORDS = (
    "boundary_words", "generic_words", "clause_words", "figure_words", "structure_words", "change_words",
    "metric_heads", "counted_nouns", "event_generic", "project_generic", "programme_generic", "leading_words",
)  # fmt: skip
# 【该】中心, 【我】院, 【新一届】论坛: words that point at a thing
_POINTS = regex(r"[该本此这那某各我你他她其每]|新一|上[一届]|下[一届]|[两几数多]|全[省市县区]")
_HAN = regex(r"[一-龥]+")
_DOTTED = regex(r"[一-龥]{1,10}(?:[·•‧—–-][一-龥]{1,12}){1,4}")
# 【穆迪】公司, 【马克思】主义, 【林肯】号
_NO_PERSON = regex(
    r"”?号|主义|公司|集团|大学|学院|基金会|奖|杯|酒店|机场|国际机场|医院|战|坦克|导弹|[省市县区州镇村乡]|[河江湖山岛港桥]"
)
# 【亨特】, but 穆迪 and 标普 are firms: two characters that sound foreign are not enough.
_SHORTEST_FOREIGN = 3
# 第三次全体会议: which body meets only the article tells
_SESSION = regex(r"第[一二三四五六七八九十百零\d]+次[一-龥]{0,6}(?:会议|全会)|.{0,4}新闻发布会|.{0,4}[主分]会场活动")
_EDITION = regex(r"^(?:第[一二三四五六七八九十\d]{1,4}届|20\d\d年?)+")
# 联合国外层空间事务|司, 伊朗原子能|组织: what foreign and international bodies end in besides
_BODY = regex(r"(?:组织|联会|奥组委|组委会|总署|(?<![格布结全大时当残僵])局|(?<![部签])署|(?<![上])司)$")
_SHORTEST_BODY = 5
# 办公厅|研究室, 跨国|公司, 人民|委员会: bodies and kinds of bodies, of which there are many
_KIND_OF_BODY = regex(
    r"""(?: 办公[厅室]|跨国|上市|[子母]|外资|合资|民营|国有|骨干|成员|[上下]级|武装|新进|[读上] ) $
      | ^ (?: 人民|新进.{0,4}|联邦(?:最高)?|纪律检查|政法|自贸|自由贸易|(?:民营)?自然科学|历史|艺术|红十字国际 ) $
      | [一二三四五六七八九十两几]大 | [一本上]届""",
    re.VERBOSE,
)
# 卡法舒巴|村, 瓦峪|河: what a place that no list has ends in
_PLACE = regex(
    r"""(?P<stem>[一-龥]{2,8}?)(?P<suffix>
      村|镇|乡|县|市|州|区|省|郡|岛|群岛|半岛|山|山脉|峰|河|江|湖|海|湾|港|峡谷|海峡|盆地|高原|草原|街道|新城|古城)""",
    re.VERBOSE,
)
# 【阿拉伯】国家, 【马克思列宁】主义
_NO_PLACE_BEFORE = regex(r"国家|主义|语|[大]?学|同志|总统|总理|主席|先生|女士|”?号|坦克|导弹")
# 守江山, 半山区, 美丽河湖, 平舆全县: a class, a goal or a part of a place
_NO_PLACE = regex(
    r"""江山|江湖|[江河]湖 | [城战社园景校库矿厂牧林灾疫街辖郊山港城全病赛户湖]区 | 产业区|工业区
      | [城都超全闹]市|全[县省]|[跨边]境|苏区|老区|[地门]市|[沿近远临][海江河]|美丽|小镇|特色|智慧|幸福|每
      | 之州|厄尔尼诺|拉尼娜|阿拉伯|黑臭|边疆|沙漠|丘陵|稻区|名列
      | 河山|山河|林海|湖泊|海湾|内湾|[雪高群青]山$|万水|金山银""",
    re.VERBOSE,
)


# 坚持|戴口罩, 国家主席|夫人娜丽, 阿拉伯文
_NO_NAME = regex(r"^夫人|^孙[子女后]|口罩|阿拉伯|马拉松|郁金香|[物罩]$")
# 任|何鲁莽的行为, 子|孙后代: words that go over the left edge
_OVER_THE_EDGE = frozenset({"任何", "如何", "为何", "有何", "子孙", "由衷"})


def person(text: str, start: int, end: int, sure: bool = False) -> Name | None:
    """A surname with one or two characters more, or what sounds foreign; nothing that a list holds as something else.

    >>> person("张义珍委员发言说", 0, 3).text
    '张义珍'
    >>> person("穆迪下调评级", 0, 2), person("反对任何国家使用", 3, 6)
    (None, None)
    """
    word = text[start:end]
    if known := lexicon("known_people").get(word):
        return Name(known.value)
    if is_word(word) or _listed(word) or _NO_PERSON.match(text, end) or _cuts_a_word(text, start, end):
        return None
    if word in _common() or word[1:] in _common() or _NO_NAME.search(word):  # 任|何国家
        return None
    if is_name(word):
        if word[:-1] in lexicon("known_people"):  # 蔡奇|肯定
            return None
        sure = len(word) > 2 or (edge_at(text, start) and ends(text, end))
    else:
        sure = bool(_DOTTED.fullmatch(word)) or _sounds_foreign(word)
    return Name(word) if sure else None


def _sounds_foreign(word: str) -> bool:
    """Characters that write the sound of foreign names; of four one may be rare (扎哈罗|娃)."""
    rare = sum(char not in lexicon("transliteration") for char in word)
    if word[-1] in "文语族":  # 维吾尔文
        return False
    return len(word) >= _SHORTEST_FOREIGN and rare * 4 <= len(word) and bool(_HAN.fullmatch(word))


def _cuts_a_word(text: str, start: int, end: int) -> bool:
    """反对任|何国家: does a word of the language go over one of the edges?"""
    words = lexicon("boundary_words")
    left = text[max(0, start - 1) : start + 1]
    return left in _OVER_THE_EDGE or left in words or text[end - 1 : end + 1] in words


def place(text: str, start: int, end: int, sure: bool = False) -> Name | None:
    """A stem and a suffix of places, or a name that sounds foreign; 安宁 and 中国 are for the lists.

    >>> place("在瓦峪河涨水时", 1, 4).text, place("建设美丽河湖", 2, 6)
    ('瓦峪河', None)
    """
    word = text[start:end]
    if _listed(word) or is_word(word) or _NO_PLACE.search(word) or _POINTS.match(word):
        return None
    if _NO_PLACE_BEFORE.match(text, end) or _cuts_a_word(text, start, end):
        return None
    match = _PLACE.fullmatch(word)
    if match and not _is_generic_stem(match["stem"]) and left_edge(text, start + match.end("stem"), start) <= start:
        return Name(word)
    return Name(word) if _sounds_foreign(word) and not is_name(word) else None


def _is_generic_stem(stem: str) -> bool:
    """中心城|区, 丘陵山|区: a stem of describing words names nothing."""
    return is_class(stem) or any(word in stem for word in lexicon("place_generic") if len(word) > 1)


def organization(text: str, start: int, end: int, sure: bool = False) -> Name | None:
    """A name with a suffix of organisations that is no class.

    >>> organization("习近平来到中环产业园考察", 5, 10)
    Name(text='中环产业园', kind='Park', within=None, code=None, anaphor=False)
    >>> organization("确认参会的跨国公司", 5, 9), organization("有关部门介绍", 0, 4)
    (None, None)
    """
    word = text[start:end]
    ending = _ending(word, "org_suffixes")
    other = _BODY.search(word)
    if ending and ending.value != "-":
        core_end, kind = end - len(ending.word), ending.value.rstrip("?") or None
    elif other and end - start >= _SHORTEST_BODY:
        core_end, kind = start + other.start(), None
    else:
        return None
    core = text[start:core_end]
    if not _names(text, start, core_end, sure) or is_class(core, local=True) or _KIND_OF_BODY.search(core):
        return None
    return Name(word, kind)


def event(text: str, start: int, end: int, sure: bool = False) -> Name | None:
    """A name with a suffix of events that is more than describing words, or one that tells its edition.

    >>> event("出席第十四届冰雪运动季开幕式", 2, 11).text, event("举行第三次全体会议", 2, 9)
    ('第十四届冰雪运动季', None)
    """
    if _SESSION.fullmatch(text, start, end):
        return None
    ending = _ending(text[start:end], "event_suffixes")
    core_end = end - len(ending.word) if ending else end
    if not _names(text, start, core_end, sure):
        return None
    described = _EDITION.sub("", text[start:core_end])
    if ending is None and described == text[start:core_end]:
        return None
    return Name(text[start:end]) if described and not is_generic(described, "event_generic") else None


def _names(text: str, start: int, core_end: int, sure: bool) -> bool:
    """May a name stand here whose suffix begins at `core_end`? Edges inside do not count when the model is sure."""
    core = text[start:core_end]
    if len(core) < 2 or _listed(text[start:core_end]) or _POINTS.match(core):
        return False
    whole = sure or left_edge(text, core_end, start) <= start  # 伊朗原子|能|组织
    return whole and (edge_at(text, start) or opens(text, start))


@lru_cache(maxsize=4096)
def _ending(word: str, suffixes: str) -> Entry | None:
    """The longest suffix that a word ends in."""
    found = (lexicon(suffixes).get(word[at:]) for at in range(1, len(word)))
    return next((entry for entry in found if entry), None)


@cache
def _tables() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(lexicon(name)) for name in _NAMED)


@cache
def _common() -> frozenset[str]:
    """Words of the language that some lexicon of words holds."""
    return frozenset(word for name in _WORDS for word in lexicon(name) if len(word) > 1)


def _listed(word: str) -> bool:
    """Does a lexicon hold the word?"""
    return any(word in table for table in _tables())
