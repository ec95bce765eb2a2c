"""The named things of an article and the part that each plays in its clause: subject, place, addressee, speaker."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache

from extractors.model import Mention, Span
from extractors.patterns import regex

_SAYS = regex(
    r"[^，,；;。]{0,12}(?:发布|公布|数据|获悉|介绍|表示|消息|统计|通报|预测|预计|了解到|透露|报道|称|显示|说[：，“]|告诉)"
)
# 向中国移动|颁发, 组建|技术委员会: whom something is done to or for
_SITE = ("位于", "坐落于", "坐落在", "地处", "发表于", "发表在", "发表于《", "发表在《", "刊登于《")
_OBLIQUE = regex(
    r"(?:(?:[向对给与同跟受为]|会同|针对|面向|围绕|关于|随着|根据|按照|依据|依托)(?:[^，,；;。]{0,24}、)?"
    r"|(?<=[一-鿿])由|(?:组建|成立|设立|筹建|编制|修订|落实|贯彻|推进|推动|支持|实施|得到|获得))[“《]?$"
)
_OBLIQUE_LENGTH = 30  # characters
_OBLIQUE_ENDS = frozenset("向对给与同跟受为绕于着据照托、由建立制订实彻进动持施到得“《\n")
# 由商务部发起的|行动计划今天启动: what is told of stands behind its attribute
_MADE_BY = regex(
    r"(?:^|[，,；;。\n])[^，,；;。]{0,8}由[^，,；;。]{2,40}的$|(?:主办|承办|组织|发起|举办|建设|研发|承建|牵头|投资|运营|编制|起草)的$"
)
# Behind these an entity stands where a subject stands: 在北京，由科技部, 截至目前广东
_OPENERS = (
    "在", "由", "今年", "目前", "日", "年", "月", "说", "显示", "截至", "来自", "从", "是", "本届", "为期", "期间",
)  # fmt: skip
_ROW = 6  # names in a row: 江苏|镇江|句容; a longer row is a table
_IN = regex(r"在[一-鿿、]{0,20}$")
_SCENE = regex(r"(?:的[^，,；;。、]{1,16}|(?P<does>[^，,；;。、0-9]{0,10}))[，,]")
# 在贵州|举办，25支队伍: what is done there is no scene
_DONE_THERE = regex(
    r"举[行办]|召开|开[幕工园馆业]|[闭揭]幕|启[动用]|发[布射]|签约|揭牌|会见|出席|落[户地成下]|成立|印发|新增|新建|建[成设]|打造|布局"
    r"|投[产用运]|上市|首发|亮相|通车|运行|进行|开展|发行|实施|试点"
)
_THERE = regex(r"在[一-鿿]{0,8}$")
# 国务院新闻办公室举行的新闻发布会: where something is said, never what it is said of
_FRAMES = regex(
    r"^中国共产党第[^，]{1,4}次全国代表大会$|^中国共产党第[^，]{1,4}届中央委员会第[^，]{1,3}次全体会议$|新闻发布会|吹风会|国务院新闻办|新闻办公室|工作报告$|统计公报$|形势报告$"
)


@lru_cache(maxsize=1 << 12)
def _is_frame(name: str) -> bool:
    return _FRAMES.search(name) is not None


def _once(ask: Callable[[Roles, Mention], bool]) -> Callable[[Roles, Mention], bool]:
    """A question that is put to a name only once: each number of a sentence asks the names before it."""
    question = ask.__name__

    def asked(roles: Roles, name: Mention) -> bool:
        answers, start = roles.answers[question], name.span.start
        if start not in answers:
            answers[start] = ask(roles, name)
        return answers[start]

    asked.__doc__ = ask.__doc__
    return asked


class Roles:
    """The entities of a text in its order, asked for the part they play. No two of them overlap."""

    def __init__(self, text: str, names: Sequence[Mention]) -> None:
        self.text = text
        self.names = sorted(
            [m for m in names if m.name.kind != "Media" and not _is_frame(m.name.text)], key=lambda m: m.span.start
        )
        self.answers: defaultdict[str, dict[int, bool]] = defaultdict(dict)  # by question and start of the name
        self.starts = [m.span.start for m in self.names]
        self.ending = {m.span.end: m for m in self.names}
        self.places = [m for m in self.names if m.type == "Place"]
        self.place_starts = {m.span.start for m in self.places}
        self.place_ends = {m.span.end for m in self.places}

    def within(self, start: int, end: int) -> list[Mention]:
        """The entities named between two places."""
        starts = self.starts
        low = bisect_left(starts, start)
        if low == len(starts) or starts[low] >= end:
            return []
        found = self.names[low : bisect_left(starts, end, low)]
        if found[-1].span.end > end:
            found.pop()
        return found

    def names_in(self, span: Span) -> list[Mention]:
        starts = self.starts
        low = bisect_left(starts, span.start)
        if low == len(starts) or starts[low] >= span.end:  # as in most phrases
            return []
        return self.within(span.start, span.end)

    def first_in(self, start: int, end: int) -> Mention | None:
        found = self.within(start, end)
        return found[0] if found else None

    def is_name(self, span: Span) -> Mention | None:
        """The entity whose name the whole phrase is."""
        name = self.ending.get(span.end)
        return name if name and name.span.start == span.start else None

    @_once
    def is_adverbial(self, name: Mention) -> bool:
        """在成都、自贡布局 says where something is done; 在河南遂平，当地 says whose it is."""
        start, end = name.span.start, name.span.end
        if name.type != "Place":  # 在商业航天试验区|发射升空
            there = self.text.rfind("在", max(0, start - 9), start)
            there_only = there >= 0 and name.type != "Event" and _THERE.match(self.text, there, start)
            return bool(there_only and _DONE_THERE.match(self.text, end))
        there = self.text.rfind("在", max(0, start - 24), start)
        if there < 0 or not _IN.match(self.text, there, start):
            return False
        scene = _SCENE.match(self.text, end)
        return not scene or bool(scene["does"] and _DONE_THERE.search(scene["does"]))

    def is_listed(self, name: Mention) -> bool:
        """福建、河南、海南5省: none of them is what the sentence is about."""
        start, end = name.span.start, name.span.end
        near = end + 1 in self.place_starts or end + 2 in self.place_starts
        before = start - 1 in self.place_ends or start - 2 in self.place_ends
        joined = (near and self.text[end] in "、和及与") or (before and self.text[start - 1] in "、和及与")
        return name.type == "Place" and bool(joined)

    def is_oblique(self, name: Mention) -> bool:
        """向中国移动颁发许可, 会同财政部, 针对东北地区的降雪: they are not what the sentence is about."""
        text, start = self.text, name.span.start
        if start == 0 or text[start - 1] not in _OBLIQUE_ENDS:
            return False
        return bool(_OBLIQUE.search(text, max(0, start - _OBLIQUE_LENGTH), start))

    def is_maker(self, name: Mention, others: Sequence[Mention]) -> bool:
        """由商务部发起的千帆计划今天启动: what is told is told of the plan."""
        made = (m for m in others if m.span.start > name.span.end and self.text[m.span.start - 1] == "的")
        return any("，" not in self.text[name.span.end : m.span.start] and self.opens_clause(m) for m in made)

    def is_site(self, name: Mention) -> bool:
        """该装置位于北京怀柔科学城: where a thing stands is not what is told of."""
        start = name.span.start
        whole = self.ending.get(start)
        return self.text.endswith(_SITE, 0, whole.span.start if whole and whole.span.start >= start - 24 else start)

    @_once
    def opens_clause(self, name: Mention) -> bool:
        """Does a clause begin with the name, or with the names right before it (江苏|镇江)?"""
        start = name.span.start
        for _ in range(_ROW):
            whose = self.ending.get(start)
            if whose is None or whose.span.start < start - 12:
                break
            name, start = whose, whose.span.start
        before = self.text[max(0, start - 6) : start]
        if before.endswith("的") and name.type in ("Event", "Programme", "Project", "Product", "Policy"):
            return bool(_MADE_BY.search(self.text, max(0, start - 60), start))
        if before.endswith("、"):  # 财政部、|水利部: the first of a list opens the clause
            listed = self.ending.get(start - 1)
            return listed is None or listed.span.start < start - 40
        return not before or before[-1] in "，,；;。：:\n“（、" or before.endswith(_OPENERS)

    @_once
    def speaks(self, name: Mention) -> bool:
        """国家统计局发布, 海关总署数据显示: who says it is not who it is about."""
        after = self.text[name.span.end : name.span.end + 1]
        if after in ("：", ":"):  # 商务部：家电以旧换新见效
            return True
        return name.type in ("Organization", "Work", "Policy") and bool(_SAYS.match(self.text, name.span.end))
