"""What two names say of whether they mean one thing: each feature a score and a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.aliases import full_names
from kg.model import Judgement, Reason, fold
from kg.resolution.blocking import COINED, Key
from kg.resolution.candidates import Candidate
from kg.resolution.judging import doubted, reason, weigh
from kg.resolution.known import Known, codes_of, contains, is_full_name
from kg.resolution.names import bare, loose, marks

LONG_ALIAS = 5  # 中国队 and 省政府 are said of many
_OF_ANY = ("省", "市", "区", "县", "州", "自治", "中央", "全国")  # 省人大常委会 of every province
# What a text is before it is a law: another text than the law.
_DRAFTS = ("修订草案", "修正草案", "草案", "修订稿", "征求意见稿", "讨论稿", "建议稿", "审议稿")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two nodes that share keys; `left` is the fuller one."""

    left: Candidate
    right: Candidate
    keys: tuple[str, ...]  # kinds of key

    @property
    def words(self) -> str:
        return f"{self.left.name} and {self.right.name}"


Feature = Callable[[Pair, Known], Iterable[Reason]]


def pairs(blocks: Mapping[Key, Sequence[Candidate]]) -> Iterator[Pair]:
    """Every pair of a block of names or numbers, once."""
    shared: dict[tuple[str, str], tuple[Candidate, Candidate, set[str]]] = {}
    for key, members in blocks.items():
        if key[0] in ("name", "number"):
            for at, one in enumerate(members):
                for other in members[at + 1 :]:
                    left, right = fuller(one, other)
                    shared.setdefault((left.id, right.id), (left, right, set()))[2].add(key[0])
    for node in sorted(shared):
        left, right, kinds = shared[node]
        yield Pair(left, right, tuple(sorted(kinds)))


def fuller(one: Candidate, other: Candidate) -> tuple[Candidate, Candidate]:
    """The two with the fuller name first: that of which the other is an alias, that with a place, the more used."""

    def rank(this: Candidate, that: Candidate) -> tuple[bool, bool, int, int, str]:
        known = that.name in this.aliases and this.name not in that.aliases
        return not known, this.entity.within is None, -len(this.scenes), -len(this.name), this.id

    return (one, other) if rank(one, other) < rank(other, one) else (other, one)


def _written(pair: Pair, known: Known) -> Iterator[Reason]:
    left, right = pair.left, pair.right
    if loose(left.name) == loose(right.name) and left.name != right.name:
        yield reason("spelling", "0.90", f"{pair.words} differ in signs alone")


def _genre(pair: Pair, known: Known) -> Iterator[Reason]:
    """成渝中线高铁 and 成渝中线高铁项目: what it is need not be said."""
    kind, left, right = pair.left.entity.type, pair.left.name, pair.right.name
    if left != right and loose(left) != loose(right) and bare(kind, left) == bare(kind, right):
        yield reason("genre", "0.80" if kind == "Project" else "0.55", f"{pair.words} differ in what says what it is")


def _called(pair: Pair, known: Known) -> Iterator[Reason]:
    left, right = pair.left, pair.right
    if left.entity.within or right.entity.within:
        return
    for one, other in ((left, right), (right, left)):
        if other.name in one.aliases and len(other.name) >= COINED.get(other.entity.type, 99):
            mutual = one.name in other.aliases
            score = "0.70" if mutual else "0.60" if _more(one, other, known) else "0.90"
            yield reason("alias", score, f"an article that names {one.name} calls it {other.name}")
            return
    common = sorted(a for a in left.aliases & right.aliases if len(a) >= LONG_ALIAS and not a.startswith(_OF_ANY))
    if common and left.entity.type != "Event":
        yield reason("common alias", "0.50", f"both are called {common[0]}")


def _more(full: Candidate, short: Candidate, known: Known) -> bool:
    """Whether a name says more than another one, which may be of several: 广西民族出版社, 民族出版社."""
    name, rest = fold(full.name), fold(short.name)
    if full.entity.type == "Organization":
        return name.endswith(rest) and known.opening(name[: -len(rest)]) is not None
    return full.entity.type == "Event" and name.startswith(rest) and not name.startswith(f"{rest}暨")


def _lexicon(pair: Pair, known: Known) -> Iterator[Reason]:
    for one, other in ((pair.left, pair.right), (pair.right, pair.left)):
        if is_full_name(one.name) and one.name in full_names(other.name):
            yield reason("known short form", "0.95", f"{other.name} is short for {one.name}")
            return
    if pair.left.name != pair.right.name and loose(pair.left.name) != loose(pair.right.name):
        full = next((c.name for c in (pair.right, pair.left) if is_full_name(c.name)), "")
        if full and is_full_name(pair.left.name) and is_full_name(pair.right.name):
            yield reason("full names", "-1", f"{pair.words} are full names of two things")
        elif full == pair.right.name:  # 国家安全部, which an article on 以色列国家安全部 speaks of so
            yield reason("full name", "-0.60", f"{full} is the full name of another thing")


def _number(pair: Pair, known: Known) -> Iterator[Reason]:
    left, right = set(pair.left.entity.codes), set(pair.right.entity.codes)
    if pair.left.entity.type == "Policy":
        if left & right:
            yield reason("document number", "0.90", f"same document number {min(left & right)}")
            if not _bigrams(pair.left.name) & _bigrams(pair.right.name):
                yield reason("title", "-0.35", "the titles have nothing in common")
        elif left and right:
            yield reason("document number", "-1", f"document numbers {min(left)} and {min(right)}")
    elif left and right and not left & right:
        yield reason("code", "-1", f"codes {min(left)} and {min(right)}")


def _bigrams(name: str) -> set[str]:
    letters = fold(name)
    return {letters[at : at + 2] for at in range(len(letters) - 1)}


def _marks(pair: Pair, known: Known) -> Iterator[Reason]:
    left, right = marks(pair.left.name), marks(pair.right.name)
    if left == right:
        return
    event = pair.left.entity.type == "Event"
    if left and right and not (left <= right or right <= left):
        yield reason("numbers", "-1", f"{'、'.join(sorted(left))} and {'、'.join(sorted(right))}")
    elif event and any(mark[-1] in "届次期" for mark in left & right) and all(len(m) == 4 for m in left ^ right):
        yield reason("edition", "0.30", f"both are the {min(m for m in left & right if m[-1] in '届次期')}")
    elif event:
        yield reason("series", "-0.95", f"{pair.words}: an edition and its series")
    else:
        yield reason("numbers", "-0.30", f"only one is of {'、'.join(sorted(left ^ right))}")


def _host(pair: Pair, known: Known) -> Iterator[Reason]:
    """七国集团广岛峰会 is one of the meetings called 七国集团峰会."""
    long, short = sorted((pair.left.name, pair.right.name), key=len, reverse=True)
    if pair.left.entity.type != "Event" or len(long) == len(short):
        return
    begin = next((at for at, (a, b) in enumerate(zip(long, short, strict=False)) if a != b), len(short))
    inserted = long[begin : begin + len(long) - len(short)]
    if begin and long[begin + len(inserted) :] == short[begin:] and inserted in known.owners:
        yield reason("series", "-0.95", f"{long} is the one in {inserted}")


def _draft(pair: Pair, known: Known) -> Iterator[Reason]:
    stages = [next((word for word in _DRAFTS if word in c.name), "") for c in (pair.left, pair.right)]
    if pair.left.entity.type == "Policy" and stages[0] != stages[1]:
        yield reason("draft", "-1", f"one is a {stages[0] or stages[1]}")


def _kind(pair: Pair, known: Known) -> Iterator[Reason]:
    left, right = pair.left.entity.kind, pair.right.entity.kind
    if left and right and left != right:
        yield reason("kind", "-0.15", f"one is of the kind {left}, one {right}")


def _place(pair: Pair, known: Known) -> Iterator[Reason]:
    """One name in two places: 九龙湖镇 of 宁波市 and of 镇海区, which lies in 宁波市."""
    left, right = pair.left, pair.right
    if fold(left.name) != fold(right.name):
        return
    a, b = left.entity.within, right.entity.within
    if a and b:
        if contains(a, b) or contains(b, a):
            inner, outer = (b, a) if contains(a, b) else (a, b)
            yield reason("place", "0.90", f"{inner} lies in {outer}")
            return
        if left.entity.type != "Place" or (codes_of(a) and codes_of(b)) or _side_by_side(left, right):
            yield reason("place", "-1", f"one in {a}, one in {b}")
            return
        both = known.owners.get(fold(a), frozenset()), known.owners.get(fold(b), frozenset())
        beside = [s for c, other in ((left, both[1]), (right, both[0])) for s in c.scenes if known.named_in(s, other)]
        if beside:
            yield reason("place", "0.85", f"an article that names {left.name} names {a} and {b}")
        else:
            yield reason("place", "-1", f"one in {a}, one in {b}")


def _side_by_side(left: Candidate, right: Candidate) -> bool:
    """Whether an article names both."""
    return any(right.id in scene.nodes for scene in left.scenes)


FEATURES: tuple[Feature, ...] = (_written, _genre, _called, _lexicon, _number, _marks, _host, _draft, _kind, _place)


def judge(pair: Pair, known: Known) -> Judgement | None:
    """What all features of a pair come to."""
    reasons = [r for feature in FEATURES for r in feature(pair, known)]
    if pair.left.entity.type == "Event" and all(r.feature == "numbers" for r in reasons):
        return None  # two of one series, which nobody takes for one
    return weigh(pair.left, pair.right, reasons)


def settle(judgements: Iterable[Judgement]) -> Iterator[Judgement]:
    """A short form of two things is neither, until somebody says which."""
    found = list(judgements)
    lefts: dict[str, set[str]] = {}
    for judgement in found:
        if judgement.judgement == "same" and _coined(judgement):
            lefts.setdefault(judgement.right, set()).add(judgement.left)
    names = {j.left: j.left_name for j in found}
    for judgement in found:
        rivals = lefts.get(judgement.right, set()) - {judgement.left}
        if judgement.judgement == "same" and _coined(judgement) and rivals:
            words = f"also fits {'、'.join(sorted(names[node] for node in rivals))}"
            yield doubted(judgement, reason("several", "-0.30", words))
        else:
            yield judgement


def _coined(judgement: Judgement) -> bool:
    return all(r.feature in ("alias", "common alias", "kind", "numbers") for r in judgement.reasons)
