"""Texts that ask for the most work per character: one word, list or mark said over and over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice, product

# Around each case, so that every extractor has something to find and looks back over it.
_BEFORE = "科技部部长王志刚3月5日在北京大学出席第三届世界智能大会，印发《科技管理规划》，投资3亿元。"
_AFTER = (
    "，部长王志刚出席世界智能大会（WIC），印发《规划》，投资3亿元，会议指出，市科技局局长介绍，布克尔总统访问中国。"
)

REPEATED = (
    "国家发展改革委、", "科技部", "北京市", "大学", "公司", "研究院", "科技有限公司", "大会", "工程", "行动",
    "会议指出，", "科技部要推动科技创新和产业创新深度融合，",
    "科技部印发关于推进科技创新的意见并在北京市召开会议提出完成投资3亿元", "张国清、李明、王小华、",
    "丁薛祥 张国清", "北京、上海、广州市、", "三峡工程、", "嫦娥六号、", "科技部认定", "市科技局、北京市",
    "12345、", "3亿元、", "其中投资", "同比增长3%", "2024年3月5日、", "3月5日", "从3月至5月", "2024年", "《",
    "》", "《》", "《意见》", "“", "”", "“科技”、", "“小巨人”培育", "（", "（）", "（试行）",
    "世界智能大会（WIC）", "1", "1,", "0.", "一", "第", "和", "的", "年", "亿", "市", "部", "、", "，", "—",
    "·", " ", "　", "a", "Ab ", "1\n", "\n", "科技部。\n",
)  # fmt: skip
_HAN = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒"


def _distinct(form: str) -> Callable[[int], str]:
    """A form over and over, each time with another word of three characters at {}."""

    def text(size: int) -> str:
        words: Iterator[str] = map("".join, product(_HAN, repeat=3))
        return "".join(form.format(word) for word in islice(words, size // (len(form) + 1)))

    return text


def _repeated(word: str) -> Callable[[int], str]:
    return lambda size: word * (size // len(word))


def _nested(size: int) -> str:
    return "（" * (size // 2) + "）" * (size // 2)


_DISTINCT = (
    "{}科技有限公司、", "《{}管理办法》、", "印发《{}办法》。", "{}县、", "在{}街道，", "{}科技大会召开。",
    "全国{}科技大会、", "{}示范工程、", "“{}”专项行动、", "部长王{:.2}、", "{0}智能大会（A{0}）、",
    "{}科技大学投资3亿元。\n该校", "“{}”号卫星、",
)  # fmt: skip
CASES: dict[str, Callable[[int], str]] = {
    **{repr(word): _repeated(word) for word in REPEATED},
    **{form: _distinct(form) for form in _DISTINCT},
    "brackets in brackets": _nested,
}


def worst(case: str, size: int) -> str:
    """About `size` characters of a case, between two sentences that say something."""
    return f"{_BEFORE}{CASES[case](size)}{_AFTER}"
