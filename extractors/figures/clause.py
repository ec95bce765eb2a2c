"""The words around one number, and the noun phrase that follows it: 已建成|25个|国家级项目."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from extractors.lexicon import lexicon
from extractors.model import Mention, Quantity, Span
from extractors.patterns import regex

Subject = Mention | str | None

BREAK = frozenset("，,；;。：:！!？?\n（）()")

# 40多家以稻米为原料的|企业: a clause before 的 is no part of the noun
_RELATIVE = regex(
    r"(?:全年|来自|以|具有|具备|可|为|从事|用于|涉及|拥有|含|由|各具|符合|列入|属于|参与|经)[^，。；]{1,30}?的"
)
# 50个国家和地区的|嘉宾: what is counted is complete before 的
_COUNTED = regex(r"(?:国家|地区|省份|机构|城市|企业|单位|学校|高校|村|县|乡镇|部门|组织)$")
_GLOSS = regex(r"[（(][^（）()，。]{1,20}[）)]$")
_SHORT_GLOSS = regex(r"[（(][^（）()0-9]{1,4}[）)](?=[一-鿿、])")  # 2147个县（市、区）实施
# 550名|参会嘉宾: not a verb here
_ATTRIBUTIVE = regex(
    r"(?:参会|参展|参赛|参训|参与|观察|与会|获奖|入选|受灾|受伤|登记|注册|签约|入驻|到场|在建|上市|参评|参加)"
    r"(?:、(?:参展|参赛|与会|参会))?(?=成员国|国家|嘉宾|代表|人员|企业|选手|学员|运动员|作品|项目|群众|机构|单位|者|国|展商|客商|专家|公司|展品|队伍|院校)"
)
_GLOSSED = regex(r"[^（(]{1,8}[（(][^（）()0-9]{1,4}[）)]会?")
_DIMENSION = regex(r"[长高宽深厚重远]的")  # 两公里长的梅林
_TOLD_OF = regex(r"[出到着过]的|[^新大小]的[^，。]{0,60}中$")
_BEARING = regex("向(?!日葵|导)[^，。]{2}")  # 资金80%以上|向民生倾斜
_IN_WORDS = ("高中", "初中", "集中", "其中", "空中", "水中")
_CHANGES = frozenset("增减降升提涨跌缩扩")  # 由20个|减到5个
_QUOTE = regex("[“‘]+")
_COLONS = frozenset("：:")
_LABEL = regex(r"(?<![^\n，,；;。\s])[^\n，,；;。：:\s“”]{2,16}[：:]\s?$")
_MEASURE_TAIL = regex(r"[（(][^）)]{1,4}[）)]")  # 30多个（次）


@cache
def words(kind: str) -> tuple[frozenset[str], int]:
    """Words of lexicons/figure_words.csv of one kind (level, connector, verb, …), and the length of the longest."""
    found = frozenset(w for w, entry in lexicon("figure_words").items() if kind in entry.value.split())
    return found, max(map(len, found), default=0)


@lru_cache(maxsize=1)
def _noun_end() -> re.Pattern[str]:
    """Where the noun phrase after a number ends, because a verb or an adverb begins: 8家研发机构|签约入驻."""
    listed = "|".join(sorted(words("after")[0], key=len, reverse=True))
    # What the alternatives begin with is asked before them: at most places none can.
    begins = "".join(sorted({word[0] for word in words("after")[0]})) + (
        "将均在还为接收予稳有投以超0-9都仍则却正把因按专普现线是受遇碰找看感提飞送运回来赶对平让从给累用参签到也就共"
    )
    return re.compile(
        rf"""(?=..到?了)(?![一-鿿][作做有占出开建写签办讲看听走来去发]了|[一-鿿]达到了)
             [一-鿿]{{2}}到?了                                        # 宣布了, 链接到了
           | [作做有占出开建写签办讲看听走来去发]了
           | (?=[{begins}])(?:
             (?!共同(?:体|富裕|利益|点)|现场会)(?:{listed})                # 命运共同体
           | (?<![小老健猛武麻])将(?!军) | (?<![平年日月人户])均[^衡价] | 在(?![线岸职建押校岗轨册研营读]
               |[韩华](?:企业|投资|外资|机构|人员|志愿军|公民|侨胞|留学|烈士|美资|常住))  # 位|在韩志愿军烈士遗骸
           | (?<=[一-鿿])还(?![款原贷])
           | (?<=[一-鿿])(?<![行作人成称认以无])为(?!主|期|农|止)    # 知名学者|为共建出谋划策
           | 接(?=[到受]) | 收到 | 予以 | 稳增长 | 有序(?=[推进实开展恢]) | 投(?=[赞反弃])
           | 以(?![上下内外来色军及太便工])             # 20多个剧种|以国风全新演绎
           | 超(?![大级高长声导临算市前越])         # not 超大规模市场
           | (?<=[一-鿿])[0-9]{{4}}年(?!度?第)              # 12省区市|2024年外贸进出口
           | (?<=[一-鿿])(?:                                # 省份|都已出台, 野火|仍在燃烧, 路段|因结冰封闭
                 (?<![首成古京故港])都(?![市会城督江]) | 仍(?!旧) | (?<![规原守准总细法])则 | (?<![冷退忘])却
               | (?<![立公])正(?=在|加[快紧]|有序|处于|全力|抓紧|抢|逐步|密集) | 把(?![手关握])
               | 因(?![素特子此果斯数]) | 按照 | 专门(?=[用为从面]) | 普遍(?!性)
               | (?:现场|线上|线下)(?=[参签展开举发对线]) | (?<![于可但还就总正老若或要只])是(?![否非])
               | [收受遇碰找看感提飞送运回来赶]到
             )
           | (?<=[一-鿿]{{2}})对(?![外口象比手接话策应称立联])  # 行业|对工业的贡献率
           | (?<=[一-鿿])平均(?!数|值)                             # 51种药品|平均降价超过50%
           | (?<=[一-鿿]{{2}})(?:                           # 职工代表|给总书记写信, 货轮|从港口出发
                 (?<![出转割谦礼])让(?!利) | 从(?![业事属军严])(?=[^，。]{{2}})
               | (?<![供补自配发送交还])给(?![付予力水养排料]) | 累计(?![量额值数])
             )
           | (?<![一-鿿])用(?![户地品途水电工料餐房车药具语法人能量时])   # 约1000人|用线上方式参加
           | 参展(?!商|企) | 签约(?!项) | 到(?![期位]) | 也(?!门) | 就(?![业诊医]) | 共(?![建享同产青和])
             )""",
        re.VERBOSE,
    )


def first_verb(text: str, phrase: Span, names: Sequence[Mention]) -> int:
    """Where the first verb or adverb of a phrase stands that is no part of a name; the phrase's end if none does."""
    first = phrase.start + 2
    for found in _noun_end().finditer(text, phrase.start, phrase.end):
        at = found.start()
        if at < first:
            continue
        for name in names:
            if name.span.start < at < name.span.end:
                break
        else:
            return at
    return phrase.end


def _noun_stop(right: str, least: int) -> int:
    """Where the noun phrase that begins `right` ends, at the earliest after `least` characters."""
    for found in _noun_end().finditer(right):
        if found.start() >= least:
            return found.start()
    return len(right)


@lru_cache(maxsize=1)
def _predicate() -> re.Pattern[str]:
    """What the counted do or suffer: 2名保守党议员|辞职, 40节车厢|脱轨; 交通死亡人数 goes on as a noun."""
    listed = "|".join(sorted(words("predicate")[0], key=len, reverse=True))
    begins = "".join(sorted({word[0] for word in words("predicate")[0]})) + "受失被遇死"
    return re.compile(
        rf"(?=[{begins}])(?<=[一-鿿”]{{2}})(?:(?:受伤|失踪|被困|被毁|受损|遇难|死亡)$|(?:{listed})(?![人者率数量案费地点区站期力队型性化学员品物史的类制权业机式程]|中心|机构|企业|项目|平台"
        r"|工程|基地|技术|设备|产品|资金|活动|服务|系统|能力|标准|方案|细则|意见|办法|主体|进度|情况|单位|计划|仪式|渠道|工作|家(?![电具居装])))"
    )


def _attributive(noun: str, at: int) -> bool:
    """涉嫌直接|实施恐怖袭击的人员: there the verb only tells which; 民众|反对排海的计划 has its doer before it."""
    if noun.find("的", at) < 0:
        return False
    doers = lexicon("figure_holders")
    return not any(noun[max(0, at - n) : at] in doers for n in range(1, 5))


def _acts_from(noun: str, end: int, stop: int) -> int:
    """Where the counted begin to do or suffer something, before `stop`; `stop` when they do not."""
    for begun in _predicate().finditer(noun, 0, end):
        at = begun.start()
        if at >= stop:
            break
        if not _attributive(noun[:stop], at):
            return at
    return stop


COUNTED = "the noun that is counted stands after a number"
CARRIED = "a number that measures what the figure before it measured"
LOAN = "a loan has the rate that is told of it"
FUND = "a fund that is given out has the amount that is given"
PAIRED = "a list of numbers paired with a list of names"


@dataclass(slots=True)  # not frozen, which would take three times as long to make
class Measured:
    """What a number measures (metric) and whose it is (subject); `noun` is where the metric stands, if it does."""

    metric: str
    subject: Subject
    noun: Span | None = None
    rule: str = "the noun that stands before a number"
    parallel: bool = False  # 欧盟经济增长1%，|美国2%: a rise or fall like the figure before it


@cache
def _measure_words() -> frozenset[str]:
    return frozenset(unit for unit, entry in lexicon("units").items() if entry.note.startswith("count"))


def is_count(quantity: Quantity) -> bool:
    """True when the unit is a measure word: what is counted stands after it."""
    return quantity.unit in _measure_words()


class Clause:
    """The words around one number: left of it and right of it, up to the nearest break or other number."""

    def __init__(self, text: str, sentence: Span, before: int, quantity: Mention, after: int) -> None:
        """`before` is where the number before ends, `after` where the next begins (the sentence's ends if none)."""
        breaks, start = BREAK, quantity.span.start
        while start > before:
            letter = text[start - 1]
            if letter in breaks:
                gloss = _GLOSS.search(text, max(before, start - 24), start) if letter in "）)" else None
                if gloss is None:
                    break
                start = gloss.start()  # 细颗粒物（PM2.5）浓度
            elif letter == "—" and text.endswith("——", 0, start):  # 能源大动脉——|陕京管道
                break
            else:
                start -= 1
        if start == quantity.span.start and not _COLONS.isdisjoint(text[max(0, start - 3) : start]):
            label = _LABEL.search(text, max(before, start - 20), start)
            start = label.start() if label else start  # 产量：2147万辆
        end = quantity.span.end
        while end < after:
            if text[end] not in breaks:
                end += 1
            elif text[end] in "（(" and (gloss := _SHORT_GLOSS.match(text, end, after)):
                end = gloss.end()
            else:
                break
        self.text = text
        self.left = Span(start, quantity.span.start)
        while start > sentence.start and text[start - 1] not in breaks:
            start -= 1
        self.start = start
        self.right = Span(quantity.span.end, end)
        self.quantity = quantity
        assert isinstance(quantity.value, Quantity)
        self.amount = quantity.value  # the number itself
        self.counts = is_count(quantity.value)

    def following(self) -> Span:
        """The noun phrase after the number: 25个|项目, 54亿元的|储能电池项目; empty when a verb or a stop follows."""
        right, start = self.right.of(self.text), self.right.start
        skipped = len(right) - len(right.lstrip("的之 “"))
        right, start = right[skipped:], start + skipped
        if not right or right[0] in "、，和与及" or (right[0] == "向" and _BEARING.match(right)):
            return Span(start, start)
        for part in (_MEASURE_TAIL, _DIMENSION, _RELATIVE, _QUOTE):
            if found := part.match(right):
                right, start = right[found.end() :], start + found.end()
        if right.startswith("为") and len(right) > 2 and self.text[start - 1] not in "“‘":  # 6000人|为储备力量
            right, start = right[1:], start + 1
        owner = right.find("的")
        if owner > 1 and _COUNTED.search(right, 0, owner):
            return Span(start, start + owner)
        listed, first = right.rfind("等"), right.find("、")
        if 0 < first < listed and _noun_stop(right, 1) > first:  # 8家导航、芯片等|研发机构; 90%的机构、人员等|都在企业
            rest = right[listed + 1 :]
            if rest and not _noun_end().match(rest) and rest[0] not in "都均也在地":
                right, start = rest, start + listed + 1
            else:
                right = right[:listed]
        kept = found.end() if (found := _ATTRIBUTIVE.match(right)) else 1
        stop = _noun_stop(right, kept)
        for end in (stop, len(right)):  # 救援人员|赶赴灾区: the verb may begin before the noun was seen to end
            stop = _acts_from(right, end, stop)
        if (
            stop == len(right) and right[(last := right.rfind("、")) + 1 :] in words("verb")[0]
        ):  # 两个排水站、|调配120台
            stop = max(last, 0)
        noun = right[:stop].rstrip("的和与及、”")
        quoted, closed, rest = noun.partition("”")
        if closed and "“" not in quoted and _TOLD_OF.search(rest):  # “水玉琮”|敲击出的鼓声
            noun = quoted
        if glossed := _GLOSSED.match(noun):  # 县（市、区）|实施试点, 学（协）会
            noun = glossed.group()
        if len(noun) > 2 and noun[-1] == "中" and noun[-2:] not in _IN_WORDS:  # 近千辆展车|中，450项任务|中已完成
            noun = noun[:-1]
        amount_only = noun in words("no_amount")[0] and not self.counts  # 完成2亿元任务, but 18项任务
        if (kept == 1 and _noun_end().match(noun)) or self._names_nothing(noun) or noun in _CHANGES or amount_only:
            noun = ""
        return Span(start, start + len(noun))

    def _names_nothing(self, noun: str) -> bool:
        """完成6%的|目标 names nothing; 空袭了130个|目标 does."""
        return noun in words("no_noun")[0] and not (noun == "目标" and self.amount.unit in ("个", "处"))
