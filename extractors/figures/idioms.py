"""Which numbers measure nothing: 第三次, 一批, “四个意识”, 3个方面, 万吨级, 历时4年."""

from __future__ import annotations

from extractors.figures.units import Reading
from extractors.lexicon import lexicon
from extractors.patterns import regex, searching

# Chinese numbers below ten count things with these measure words; 三度, 两岸, 四口之家 are idiom.
_PLAIN_MEASURES = frozenset("个家项台座艘架辆条支套场名位所款件颗枚列只栋部张处")
_IDIOMATIC = frozenset("里度斤方寸丈桶转节升卡块担克人安焦")

# Durations are measured where something is timed: 审查周期压减至16个月; 历时4年 is an adverb.
_TIMED = regex(
    r"(?:周期|时间|耗时|用时|时长|寿命|时数|期限|时限|缩短|压减|压缩|缩减|延长|年龄|提速|天数)[^，,；;。：:]{0,12}$"
)
_AGE = regex(r"(?:年龄|寿命)[^，,；;。：:]{0,8}$")
_MINUTES = regex("[0-9]分$")
_CLOCK = ("日", "时", "分", "月")
_ORDINAL = searching(r"(?:第|初|星期|礼拜|农历|(?<![目此日之以当])前|排名|位居|位列|首|老|小|型号)$")
_ORDINAL_ENDS = "第初期拜历前名居列首老小号"
_SERIES = regex(r"(?:举办|举行|召开|连续|持续)[^，,；;。]{0,6}$")
_WIND = regex(r"[级至到—、0-9和]{0,4}(?:以上|左右)?的?[^，。；]{0,6}(?:风|地震)|级$")
_SLOGAN = regex(r"[^“”]{0,8}[”’]")
_NOUN = regex(r"[^，,。；;、：:！？!?）)（(”’》\n 的]*")
_IN_NAME = regex(r"[“‘][一-鿿]{1,8}$")
_COORDINATE = regex(r"(?:[南北]纬|[东西]经)[^，。；]{0,12}$")  # 北纬26度30分至12度
_VEHICLE = regex(r"(?:[及以][^，。]{1,3})?的?[^，。]{0,4}(?:客车|轿车|汽车|乘用车)")  # 七座以下小型客车
_SEATS_AND = regex(r"及\S{1,3}座")  # 七座及七座以下的小型客车
# 男子|500米双人划艇, 4×|100米接力: a number in the name of a contest
_CONTEST_BEFORE = regex(r"(?:男子|女子|混合|男女|[0-9][×xX]|团体)$")
_CONTEST_AFTER = regex(
    r"(?:自由泳|蛙泳|仰泳|蝶泳|混合泳|(?:个人|男子|女子)?(?:全能|混合)|接力|[气步手]{1,2}枪|跳台|跳板|[一-鿿]{0,2}栏|障碍|[单双]人|划艇|皮艇"
    r"|[台板级]|以[上下]级|竞走|速滑|短道|[一-鿿]{0,6}(?:决赛|预赛|冠军|金牌))"
)


def measures(text: str, r: Reading) -> bool:
    """False for what has number and unit and still measures nothing."""
    before, after = text[max(0, r.start - 16) : r.start], text[r.end : r.end + 8]
    if (before[-1:] in _ORDINAL_ENDS and _ORDINAL.search(before)) or (
        after.startswith("级") and not after.startswith("级别")
    ):
        return False
    if r.number_start and text[r.number_start - 1] in "-－" and r.value > 0:  # 歼-20, 恩平15-1
        return False
    if after.startswith(("”", "’")) and _IN_NAME.search(before) and r.kind.startswith("count"):  # “高光20条”政策
        return False
    if r.unit == "度" and _COORDINATE.search(before):
        return False
    if r.number_start > 1 and text[r.number_start - 1] in ":：" and text[r.number_start - 2].isdigit():  # 22:30档
        return False
    if r.unit in ("米", "公里", "公斤") and (_CONTEST_BEFORE.search(before) or _CONTEST_AFTER.match(after)):
        return False
    if r.kind == "time":
        return _is_timed(r, before)
    if r.kind.startswith(("share", "currency", "index", "physical")):
        return _is_amount(r) and not (r.unit in ("千伏", "伏") and "一" <= after[:1] <= "鿿")  # 500千伏输变电工程
    return _counts(text, r, before, after)


def _is_timed(r: Reading, before: str) -> bool:
    if r.unit in _CLOCK or (r.unit in ("岁", "周岁") and not _AGE.search(before)):
        return False
    if r.unit == "秒" and r.value % 1:  # 划出48秒464的成绩; 3分37秒73 is two numbers
        return not _MINUTES.search(before)
    return bool(_TIMED.search(before)) and not (r.unit == "年" and 1900 < r.value < 2100)


def _is_amount(r: Reading) -> bool:
    """一度, 二元醇 are words; 一倍 and 千亿元 are amounts."""
    if not r.single_character or r.unit in ("倍", "%"):
        return True
    return r.kind != "currency" and r.value > 1 and r.unit not in _IDIOMATIC


def _counts(text: str, r: Reading, before: str, after: str) -> bool:
    if r.unit == "级":
        return bool(_WIND.match(after) or before.endswith(("阵风", "风力")))
    if r.unit == "届":
        return bool(_SERIES.search(before)) and not (after and "一" <= after[0] <= "鿿")  # not 十四届全国人大
    if r.single_character and (r.value == 1 or r.unit not in _PLAIN_MEASURES):
        return False
    if r.unit == "项" and r.value == 8 and after.startswith("规定"):  # 中央八项规定 is a document
        return False
    if before.endswith("等") and after.startswith("部门"):
        return False
    if r.unit == "座" and (before.endswith("及") or _SEATS_AND.match(after) or _VEHICLE.match(text, r.end)):
        return False
    if before.endswith(("“", "‘")) and not r.written[0].isdigit() and _SLOGAN.match(text, r.end):
        return False
    return not _is_structure(after, r)


def _is_structure(after: str, r: Reading) -> bool:
    """3个方面, 五个坚持, 三大板块: parts of a text or a slogan."""
    words = lexicon("structure_words")
    noun = _NOUN.match(after)
    phrase = noun.group() if noun else ""
    if phrase in words and r.value <= 20:
        return True
    starts = [phrase[:n] for n in (2, 3, 4)]
    ends = [phrase[-n:] for n in (2, 3)] if r.value <= 20 else []
    return any((entry := words.get(word)) and entry.value == "start" for word in (*starts, *ends))
