"""Policies and works by their titles: 《…》 with short forms, laws without brackets, document numbers.

A title is a Policy when it ends in a genre of policy_suffixes.csv or is what somebody 印发s; any other is a Work.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from extractors.lexicon import lexicon, matches
from extractors.model import Article, Mention, Name, Span, Unresolved
from extractors.names.quotes import curly
from extractors.names.unmarked_titles import plenary_decision, unmarked_titles
from extractors.patterns import regex, searching
from extractors.sentences import paragraph

_VERSION = (
    r"(?:\d{4}年?(?:版|修订版?|本)?|\d{4}年?[—－─~～至-]{1,2}\d{4}年?|\d\.\d|\d{1,2}\.0"
    r"|[^（）()\n]{0,6}(?:草案|征求意见稿|试行|暂行|修订|修正案?|讨论稿|审议稿)|第[一二三四五六七八九十\d]{1,3}[版期次批])"
)
# 《关于贯彻〈…〉的意见》（试行）: one level of 《》 inside; a version outside the marks belongs to the name.
_TITLE = regex(
    rf"《(?P<title>(?:[^《》\n]|《[^《》\n]{{0,80}}》){{1,160}})》(?P<version>[（(]{_VERSION}[）)])?",
)
# 国发〔2015〕28号 · 财政部令第101号 · 工信部公告2024年第12号
_CODE = searching(
    r"""(?:(?<=[（(、，。；：“》\s])|(?<=根据)|(?<=按照)|(?<=依据)|(?<=落实)|(?<=印发)|^)
    (?P<code>[\u4e00-\u9fff]{1,10}
      (?:[〔\[［【（(]\ ?\d{4}\ ?[〕\]］】）)]\ ?第?\ ?\d{1,5}\ ?号   # 国发〔2015〕28号, 沪府办〔2016〕100 号
        |令\ ?第?\ ?\d{1,4}\ ?号                                    # 国务院令第785号
        |公告\ ?\d{4}\ ?年第?\ ?\d{1,4}\ ?号))                      # 财政部公告2024年第12号
    """,
    re.VERBOSE | re.MULTILINE,
    only=r"\d\ ?号",
)
_BEFORE_CODE = regex(r"(?:.{0,8}(?:按照|根据|依据|参照|落实|执行|印发|关于|以|见|和|与))?")
# 关于发布项目申报指南的通知（国科发资〔2023〕45号）: no marks, but its number after it
_TITLE_BEFORE_CODE = regex(r"(?P<title>关于[^，。；《》\n]{4,90}的(?:通知|公告|意见|决定|批复|函|复函|通报))[（(]$")
# （以下简称《方案》）, (以下简称“条例”): what follows a full title
_CALLED = regex(r"[^。\n《》]{0,6}[（(](?:以下|下)?统?简?称(?:为|：)?[《“‘\"]?(?P<short>[^》”’\"）)\n]{1,24})")
# 印发《…》, 签署了《…》: what is issued or signed is a policy, whatever its title ends in
_ISSUING = regex(r"(?:印发|颁布|签署|签订|制定|修订|审议|审议通过|批准|执行|落实|贯彻|施行|根据|依据)(?:了|的)?$")
# 《新时代的中国绿色发展》白皮书: the genre stands outside the marks
_GENRE_AFTER = regex(
    r"(?:[和、与]《[^《》\n]{2,40}》){0,6}等(?:\d{1,3}[项个份部])?(?:技术方案|政策文件|技术标准|技术规范|团体标准|行业标准|国家标准)"
    r"|白皮书|蓝皮书|绿皮书|的?工作报告|(?:系列)?(?:研究|评估|年度)?报告(?!文学|会|团|厅)|(?:立场|政策|成果|指导性?)?文件|行动计划|实施方案|管理办法|的?决议草案|(?:强制性|推荐性)?(?:国家|行业|团体|国际)?标准(?![化的])"
)
# 《…计划》等影片, 电视剧《…行动》: a film may be called like a policy
_ART = (
    "影片|电影|新片|电视剧|剧集|纪录片|动画片|综艺|歌曲|舞剧|话剧|京剧|歌剧|小说|图书|专著|游戏|节目|栏目|专题片|短片"
    "|文章|社论|画作"
)
_ART_BEFORE = regex(rf"(?:{_ART})(?:《[^《》\n]{{1,40}}》[、，和]?){{0,6}}$")
_ART_AFTER = regex(
    rf"(?:[、，和]?《[^《》\n]{{1,40}}》){{0,8}}等?(?:\d+[部首]|多部|国产|优秀|经典|新)?(?:{_ART})", only=_ART
)
# 播发题为《坚定奉行和平外交政策》的文章, 以《…》为题: what somebody writes about, whatever it ends in
_HEADLINE = regex(r"(?:题为|题目是|标题为|以题|署名文章|作题为)$")
_OF_REPORT = regex(r"的?(?:工作)?报告")
# 《…重要论述选编》, 《…学习纲要》, 《…》一书: a book, whatever it ends in
_BOOK = regex(r"(?:选编|摘编|选读|学习纲要|文选|读本|导读|百问|画传|概论|通史纲要)$")
_BOOK_AFTER = regex(
    r"(?:《[^《》\n]{1,40}》|[、和]){0,24}"
    r"(?:一书|新书|(?:中文版|英文版)?(?:图书)?首发[式仪]|等?(?:系列)?(?:图书|书籍)|等?的?(?:专题)?讲座)",
    only="书|首发|讲座",
)
# 升级《自由贸易协定》: which one, only the parties tell
_BETWEEN_TWO = frozenset(("自由贸易协定", "自贸协定", "全面经济伙伴关系协定", "投资协定", "谅解备忘录", "联合声明"))
_NOT_ISSUED = regex(r"(?:之歌|传|记|曲|摘编|选读|文选|选集|读本|片单|展|讲话|节目|故事|课本|教材)$")
# 《2024年元宵晚会》: an event that is broadcast under its name
_BROADCAST = regex(r"^(?:中央广播电视总台)?(?:19|20)\d\d年?.*(?:晚会|盛典|典礼|大会)$")
# 书法, 说法: words in 法 that are no law
_NO_LAW = regex(r"(?:书|方|说|看|兵|算|魔|做|想|用|手|语|技|疗|枪|棋|宪法与|民)法$")
_ISSUER = regex(r"^(?:中共中央|国务院|办公厅|\s){1,5}(?=关于)")
_TRAILING = regex(r"(?:[（(][^（）()]*[）)]){1,3}$")
_MARKS = regex(r"[\s“”‘’〈〉《》\"]")
# 专利法实施细则（修正草案）, 湿地保护法草案: what may follow a law's name
_LAW_TAIL = regex(
    r"(?:实施细则|实施条例)?(?:[（(]?(?:修订|修正)?草案[）)]?|修正案(?:（[一二三四五六七八九十]{1,3}）)?(?:草案)?)?"
)
# 公司法人, 劳动法律, 审计法规: the law's name runs into another word
_NOT_LAW_BEFORE = regex(r"[人律治院定规制官庭学务医师宝则理]")
_ABROAD = regex(r"(?:和平|美国|日本|德国|法国|英国|韩国|欧盟|印度|俄罗斯|联邦|外国)的?新?$")
_NOT_CONSTITUTION = ("政府", "秩序", "危机", "法院", "委员会", "和法律委", "法律委", "和基本法委", "惯例")
_LONGEST_GENRE = 8
_CATALOGUE = 200  # so many titles of one genre are a catalogue, in which none is short for another


@dataclass(frozen=True, slots=True)
class _Title:
    """One 《…》 of the text."""

    span: Span
    text: str  # with its version, without 《》
    core: str  # without version and marks: what short forms are compared with
    genre: str | None


def find_policies(article: Article) -> Iterable[Mention]:
    """Mentions of policies and works; a short title without its full form in the article is Unresolved."""
    return _find(curly(article.text), (article.issued or "")[:4])


@lru_cache(maxsize=64)
def _find(text: str, year: str) -> tuple[Mention, ...]:
    titles = list(_titles(text))
    called = dict(_called(text, titles))
    known = _Titles(text, titles)
    found = [_mention(text, title, known, called) for title in titles]
    found += _laws(text)
    found += _documents(text, year)
    found += unmarked_titles(text)
    return (*found, *_codes(text, found))


def _titles(text: str) -> Iterator[_Title]:
    for match in _TITLE.finditer(text):
        # 2023─2035, 2023～2035: one dash, so that two spellings of a title are one name
        full = re.sub(r"(?<=\d)[─－~～-](?=\d)", "—", match["title"].strip() + (match["version"] or ""))
        core = _core(full)
        yield _Title(Span(match.start(), match.end()), full, core, _genre(core))


def _core(title: str) -> str:
    core = _TRAILING.sub("", _ISSUER.sub("", title))
    return _MARKS.sub("", core)


def _genre(core: str) -> str | None:
    """The longest ending of a title that is a genre of policy: 实施意见, 条例, 白皮书.

    >>> _genre("关于促进服务消费的实施意见"), _genre("书法"), _genre("求是")
    ('实施意见', None, None)
    """
    bare = re.sub(r"[\d—-]+年?版?$", "", core)
    for length in range(min(_LONGEST_GENRE, len(bare)), 0, -1):
        if bare[-length:] in lexicon("policy_suffixes"):
            return None if bare[-length:] == "法" and _NO_LAW.search(bare) else bare[-length:]
    return None


def _called(text: str, titles: Iterable[_Title]) -> Iterator[tuple[str, _Title]]:
    for title in titles:
        if match := _CALLED.match(text, title.span.end):
            yield _core(match["short"]), title


def _mention(text: str, title: _Title, known: _Titles, called: Mapping[str, _Title]) -> Mention:
    if text.startswith("为题", title.span.end) and text[: title.span.start].endswith("以"):
        return Mention(title.span, "Work", Name(title.text), "headline in 《》")  # 以《…行动计划》为题
    if is_bare(title.core) or title.core in called:
        if title.core == "决定" and (plenum := plenary_decision(text, title.span.start, called.get("决定") is None)):
            return Mention(title.span, "Policy", Name(plenum), "decision of the plenum that the article tells of")
        full = called.get(title.core) or known.antecedent(title)
        if full is None or full.core == title.core:
            return Mention(
                title.span, "Policy", Unresolved("short title without its full form in the article"), "short title"
            )
        kind = (
            "Work" if _BOOK.search(full.core) or (full.genre is None and _NOT_ISSUED.search(full.core)) else "Policy"
        )  # （以下简称《…学习读本》）
        return Mention(title.span, kind, Name(_canonical(full)), "short title, full form in the article")
    if longer := known.longer(title):
        return Mention(title.span, "Policy", Name(_canonical(longer)), "shortened title, full form in the article")
    if _ART_BEFORE.search(text, max(0, title.span.start - 120), title.span.start) or _ART_AFTER.match(
        text, title.span.end
    ):
        return Mention(title.span, "Work", Name(title.text), "title in 《》 of a film, a book or the like")
    if _BOOK.search(title.core) or _BOOK_AFTER.match(text, title.span.end):
        return Mention(title.span, "Work", Name(title.text), "title in 《》 of a book")
    before = text[max(0, title.span.start - 6) : title.span.start]
    headline = _HEADLINE.search(text, max(0, title.span.start - 6), title.span.start)
    known_document = title.core in lexicon("documents")
    if (
        headline
        and not known_document
        and not title.core.endswith("报告")
        and not _OF_REPORT.match(text, title.span.end)
    ):
        return Mention(title.span, "Work", Name(title.text), "headline in 《》")
    if title.genre or title.core in lexicon("documents") or _GENRE_AFTER.match(text, title.span.end):
        return Mention(title.span, "Policy", Name(_canonical(title)), "title in 《》 of a policy genre")
    if _ISSUING.search(before) and not _NOT_ISSUED.search(title.core):
        return Mention(title.span, "Policy", Name(_canonical(title)), "title in 《》 after a verb of issuing")
    if _BROADCAST.search(title.core):
        return Mention(title.span, "Event", Name(title.text), "gala or conference in 《》")
    return Mention(title.span, "Work", Name(title.text), "title in 《》")


def is_bare(core: str) -> bool:
    """A title that is nothing but a genre: 《意见》, 《规划纲要》; 《宪法》 and 《政府工作报告》 are names."""
    if core in _BETWEEN_TWO:
        return True
    return core in lexicon("policy_suffixes") and core not in lexicon("laws") and core not in lexicon("documents")


class _Titles:
    """The titles of one article, and what a short one of them can stand for; each distinct one is looked for once."""

    def __init__(self, text: str, titles: list[_Title]) -> None:
        self.text = text
        self.full = [t for t in titles if not is_bare(t.core)]
        self.fitting: dict[str, list[_Title]] = {}  # bare genre → the full titles of it
        self.in_paragraph: dict[tuple[str, Span | None], _Title | None] = {}
        self.shortened: dict[str, _Title | None] = {}
        self.of_genre: dict[str, dict[str, _Title]] = defaultdict(dict)  # ending → distinct titles
        for title in titles:
            for length in range(1, min(_LONGEST_GENRE, len(title.core)) + 1):
                self.of_genre[title.core[-length:]][title.text] = title

    def antecedent(self, short: _Title) -> _Title | None:
        """The one full title that the bare genre can stand for, in the article or else in the paragraph."""
        return self._one(short.core, None) or self._one(short.core, paragraph(self.text, short.span.start))

    def _one(self, genre: str, within: Span | None) -> _Title | None:
        key = genre, within
        if key not in self.in_paragraph:
            self.in_paragraph[key] = _only(self._fitting(genre, within))
        return self.in_paragraph[key]

    def _fitting(self, genre: str, within: Span | None) -> list[_Title]:
        if genre not in self.fitting:
            full = [t for t in self.full if t.core != genre]
            self.fitting[genre] = [t for t in full if t.core.endswith(genre)] or [
                t for t in full if t.genre and genre in t.core[-len(genre) - 6 :]
            ]
        found = self.fitting[genre]
        if within is None:
            return found
        first, last = (bisect_left(found, place, key=lambda t: t.span.start) for place in (within.start, within.end))
        return found[first:last]

    def longer(self, title: _Title) -> _Title | None:
        """The one longer title of the same genre that holds the words of this one in order: 《鼓励目录》."""
        if title.text not in self.shortened:
            self.shortened[title.text] = self._longer(title)
        return self.shortened[title.text]

    def _longer(self, title: _Title) -> _Title | None:
        if len(title.core) < 4 or title.genre is None or len(self.of_genre[title.genre]) > _CATALOGUE:
            return None
        longer = [
            t
            for t in self.of_genre[title.genre].values()
            if (len(t.core) > len(title.core) or (t.core == title.core and len(t.text) > len(title.text)))
            and _holds(t.core, title.core)
        ]
        return longer[0] if len(longer) == 1 else None


def _only(titles: list[_Title]) -> _Title | None:
    return titles[0] if titles and len({t.core for t in titles}) == 1 else None


def _holds(long: str, short: str) -> bool:
    rest = iter(long)
    return all(character in rest for character in short)


def _canonical(title: _Title) -> str:
    if title.core in lexicon("laws") and title.core == title.text:
        return lexicon("laws")[title.core].value
    if title.core in lexicon("documents"):
        return lexicon("documents")[title.core].value
    return _ISSUER.sub("", title.text)


def _laws(text: str) -> Iterator[Mention]:
    for start, end, entry in matches(text, "laws"):
        whole = text.startswith("中华人民共和国", start - 7) if start >= 7 else False
        if not whole and _ABROAD.search(text, max(0, start - 8), start):
            continue
        if text.startswith(_NOT_CONSTITUTION, end):  # 宪法|和法律委员会 is a body
            continue
        tail = _LAW_TAIL.match(text, end)
        after = tail.end() if tail else end
        if _NOT_LAW_BEFORE.match(text, end) and after == end:
            continue
        span = Span(start - 7 if whole else start, after)
        yield Mention(span, "Policy", Name(entry.value + text[end:after]), "law by its name")


def _documents(text: str, year: str) -> Iterator[Mention]:
    for start, end, entry in matches(text, "documents"):
        beside = text[max(0, start - 1) : start] + text[end : end + 1]
        if text[start:end].isascii() and any(sign.isascii() and sign.isalnum() for sign in beside):
            continue  # the DEPA of DEPARTMENT
        if entry.value in {"政府工作报告", "中央一号文件"}:
            yield _yearly(text, start, end, entry.value, year)
        else:
            yield Mention(Span(start, end), "Policy", Name(entry.value), "document by its name")


def _yearly(text: str, start: int, end: int, name: str, year: str) -> Mention:
    """2024年中央一号文件, 今年的政府工作报告: a document of every year, named by the year where the text says it."""
    match = re.search(
        r"(?:(?P<year>\d{4})年|(?P<this>今年))(?:的|度)?(?P<by>国务院)?$", text[max(0, start - 10) : start]
    )
    said = (match["year"] or year) if match else ""
    first = start - len(match["by"] or "") - (5 if match["year"] else 0) if match and match["year"] else start
    return Mention(
        Span(max(0, first), end), "Policy", Name(f"{said}年{name}" if said else name), "document of every year"
    )


def _codes(text: str, policies: list[Mention]) -> Iterator[Mention]:
    """Document numbers: of the title that they follow, else a policy known by nothing but its number."""
    if "号" not in text:
        return
    ends = {m.span.end: m for m in policies if isinstance(m.value, Name)}
    for match in _CODE.finditer(text):
        start, end = match.span("code")
        start += _BEFORE_CODE.match(match["code"]).end()  # type: ignore[union-attr]  # matches the empty string
        code = re.sub(r"\s", "", text[start:end]).translate(str.maketrans("[［【（()）】］]", "〔〔〔〔〔〕〕〕〕〕"))
        title = _TITLE_BEFORE_CODE.search(text, max(0, start - 120), start)
        if title:
            yield Mention(
                Span(*title.span("title")), "Policy", Name(title["title"], code=code), "关于…的通知 before its number"
            )
        owner = next((ends[p] for p in (start, start - 1, start - 2) if p in ends), None)
        known = title["title"] if title else owner.name.text if owner else code
        name = Name(known, code=code)
        yield Mention(Span(start, end), "Policy", name, "document number")
