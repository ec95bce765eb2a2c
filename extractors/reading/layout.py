"""How lines of a page look by themselves: datelines, source lines, credits, list items.

Joining and splitting share these patterns: what is a line of its own for one is so for the other.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.patterns import regex
from extractors.reading.chrome import ALONE, COLON, EDITOR, LINK, NOTE, RELATED, RULE, SECTION
from extractors.reading.metaline import meta_line

HAN = "\u4e00-\u9fff"
_VERB = "从在了获采看发表注对就将问还也"  # 记者从…获悉, 记者了解到: no name begins so
NAME = rf"(?:[{HAN}]{{2,6}}(?:[·•][{HAN}]{{1,8}}){{1,3}}|(?![{_VERB}])[{HAN}]{{2,4}})"
NAMES = rf"{NAME}(?:[ 、，,]{{1,2}}{NAME}){{0,7}}"

WIRE = r"(?:新华社|中新社|中新网|央视网|人民网|新华网|光明网|中国网|法新社|路透社)"
PAPER = rf"[{HAN}]{{2,8}}(?:报|报社|电视台|[^互联]网)"
_OWN = r"本报|本刊|本台|本网"
# 记者 张伟, 本报记者张伟, 通讯员 李明: several roles may follow each other.
_KIND = r"(?:特约|实习|见习|首席|高级|全媒体|融媒体|驻[^\s记]{2,8})?(?:记者|通讯员|实习生)"
ROLE = rf"(?:{_OWN})?{_KIND}"
_WRITER = rf"(?:{ROLE}[ :：]{{1,2}}|(?:{_OWN}){_KIND}){NAMES}"
WRITERS = rf"{_WRITER}(?:[ ，、]{{1,2}}{_WRITER}){{0,3}}"

_DATE = r"[ ]?\d{1,2}[ ]?月[ ]?\d{1,2}[ ]?日"
_NEWS, _CABLE = r"讯(?![息问号速])", r"电(?![视影台子力话商网信])"
_PLACE_DATE = rf"[ ]?[{HAN}]{{2,12}}{_DATE}"

_SAID = rf"{ROLE}[ :：]{{0,2}}{NAMES}(?:[、 ，]{ROLE}[ :：]{{0,2}}{NAMES}){{0,2}}"


def _wire(group: str, words: str) -> str:
    """Words that open a dispatch, and its writers in brackets: 本报讯（记者 张伟）. 据新华社消息，… is no dateline."""
    said = rf"(?P<{group}_said>{_SAID})(?:[ ][{HAN}]{{2,4}})?报道[，,]?"  # 本报讯 记者张伟、实习生李明报道：
    return rf"{words}[ ]{{0,2}}(?:[（(](?P<{group}>[^（()）]{{1,60}})[）)]|{said})?[ :：]{{0,2}}(?![，,])"


_PLACED_NEWS = rf"(?:{_NEWS}|{_PLACE_DATE}(?:{_NEWS}|{_CABLE}))"
_WIRE_NEWS = rf"(?:{_PLACE_DATE}|{_DATE})?(?:{_NEWS}|专?{_CABLE}|消息)"
# 本报讯, 本报北京5月22日电
_FROM_US = regex(rf"""[ ]*{_wire("own_writers", f"(?:{_OWN}){_PLACED_NEWS}")}""", only="本[报刊台网]")
# 据新华社电, 新华社北京5月22日电
_FROM_A_WIRE = regex(rf"""[ ]*据?(?P<wire>{WIRE}){_wire("wire_writers", _WIRE_NEWS)}""", only=WIRE)
# 科技日报讯
_FROM_A_PAPER = regex(
    rf"""[ ]*据?(?P<paper>{PAPER}){_wire("paper_writers", _PLACED_NEWS)}""", only="[报社台网].{0,24}[讯电]"
)
# 东方网消息：, 某台消息（记者 张伟）：; 好消息： and 据…消息： say something else
_FROM_A_STATION = regex(
    rf"""[ ]*(?:(?!据)(?P<station>[{HAN}]{{1,7}}[^\W\d好新息要喜坏本假])消息[ ]{{0,2}}
      (?:[（(](?P<station_writers>[^（()）]{{1,60}})[）)])?[ ]{{0,2}}[:：][ ]{{0,2}}
    | 本[台站]消息[ ]{{0,2}}(?:[（(](?P<own_news_writers>[^（()）]{{1,60}})[）)])?[ ]{{0,2}}[:：][ ]{{0,2}})""",
    re.VERBOSE,
    only="消息",
)
SOURCE = regex(
    rf"""[ ]*(?:[（(【][ ]*)?(?:信息|稿件|文章|新闻|内容|素材|资料)?(?:来源|稿源|供稿){COLON}
    (?P<publisher>[^）)】\n]{{2,40}}?)[ ]*[）)】]?[ ]*""",
    re.VERBOSE,
)
# （市科技局办公室供稿）, （编译自某某网站）
SUPPLIED = regex(
    r"""[ ]*[（(](?:(?:编译|摘编|综合|整理|转载|摘|转|选)自[：:]?(?P<origin>[^（()）]{2,30})
    |(?P<publisher>[^（()）]{2,24}?)(?:供稿|提供))[）)][ ]*""",
    re.VERBOSE,
)
# （某市科技局）: under a bulletin's item or at its end, who sent it in
SENDER = regex(
    rf"""[ ]*[（(](?!据|编译|作者|本文|记者|来源|[摘转选]自)
    (?P<publisher>[^（()），。、；：\s\d]{{2,20}}(?:[局厅委办处科院所学校会协部区园站]|办公室|公司|集团|中心))
    (?:[ ](?P<name>[{HAN}]{{2,4}}))?[）)][ ]*$""",
    re.VERBOSE,
)
# A masthead's name, alone on its line.
OUTLET = regex(rf"[ ]*(?:{WIRE}|[{HAN}]{{2,6}}(?:日报|时报|商报|晚报|早报|青年报)|中国[{HAN}]{{2,4}}报)[ ]*")
# 国办发〔2022〕17号
NUMBER = regex(rf"[ ]*[{HAN}]{{1,12}}[〔\[（(][12]\d{{3}}[〕\]）)][ ]?(?:第[ ]?)?\d{{1,4}}[ ]?号[ ]*")
# （下转第二版）, （上接第一版）
JUMP = regex(r"[（(][下紧]?转至?第?[ ]?[\dA-D一二三四五六七八九十]{1,3}[ ]?版[）)]")
RESUME = regex(r"[ ]*[（(][上紧]?接第?[ ]?[\dA-D一二三四五六七八九十]{1,3}[ ]?版[^）)]{0,30}[）)][ ]*")
# （记者 戴小河 印朋）, （新华社记者 黄一帆 参与采写：孙二）
BYLINE = regex(
    rf"""[ ]*[（(][ ]*(?P<agency>{WIRE}|{PAPER})?[ ]?(?P<writers>{WRITERS})
    (?:[ ，、；;]{{1,2}}参与(?:采写|报道|记者|写作)(?:记者)?[ :：]{{1,2}}{NAMES})?[ ]*[）)][ ]*""",
    re.VERBOSE,
    only="[（(][^（(]*(?:记者|通讯员|实习生)",
)
# 共建智慧港口。（王丽）: who wrote an item, or （完）, （节选）; it stands after the last stop.
INITIALS = regex(rf"(?<=[。！？”])[ ]*[（(](?P<name>[{HAN}](?:[ ]?[{HAN}]){{0,2}})[）)]$")
# 新华社记者 李一博/摄
CREDIT = regex(
    rf"""[ ]*(?P<agency>{WIRE}|{PAPER}|{_OWN})?[ ]?(?:特约|实习)?(?:记者|通讯员)[ ]?
    (?P<writers>{NAMES})[ ]?(?:[/／][ ]?[摄文图](?:影报道)?|摄)(?:[（(].{{0,12}}[）)])?[ ]*$""",
    re.VERBOSE,
)
# 新华社发（陈静 摄）
CREDIT_AFTER = regex(
    rf"(?P<agency>{WIRE}|{PAPER}|{_OWN})?[ ]?(?:发|供图)?[（(](?P<writers>{NAMES})[ ]?[/／]?[ ]?摄影?[）)][ ]*$"
)
_POST = r"""(?:教授|研究员|院士|工程师|主任|院长|所长|局长|厅长|部长|书记|主席|校长|经理
    |董事长|总裁|博士|专家|[市省县区州]长|秘书长|委员|会长|理事长|司长|处长|主编|总编辑|科学家|总师|设计师)"""
# 某大学经济学院教授 周明: who speaks or writes, under a headline
AUTHORED = regex(
    rf"""(?=[^ ]{{4,30}}[ ]{NAME}[ ]*$)[^ ，。：；]{{2,28}}{_POST}[ ]{NAME}[ ]*""",
    re.VERBOSE,
)
# Data of a press conference or an interview, one label to a line: 地点：….
LABEL_LINE = regex(
    r"""[ ]*(?:会议|发布会?|活动|访谈|采访)?
    (?:时间|地点|主持人?|发布人|发言人|主讲人?|嘉宾|对象|出席(?:人员)?
    |参加人员|受访者|受访人|记者|人物)[ ]?[:：].{1,120}""",
    re.VERBOSE,
)
WRITER = regex(
    rf"[ ]*(?:[□■◎●◆▲][ ]*)?(?P<agency>{WIRE}|{PAPER})?[ ]?(?P<writers>{WRITERS})(?:[ ][{HAN}]{{2,4}}报道)?[ ]*",
    only=r"(?:记者|通讯员|实习生)[ :：]|本[报刊台网]\S{0,9}(?:记者|通讯员|实习生)",
)
# 钢铁冶金产业研究团队 崔天琦
TEAM = regex(
    rf"""[ ]*(?P<team>[{HAN}]{{2,16}}(?:研究团队|课题组|研究组|编写组|调研组|报道组))[ ]+(?P<writers>{NAMES})[ ]*""",
    re.VERBOSE,
    only="(?:研究团队|[题究写研道]组)[ ]",
)
AUTHOR = regex(
    rf"[ ]*[（(]?(?:作者|撰稿|文|撰文|执笔|整理)(?:人|单位)?{COLON}(?P<writers>{NAMES})[）)]?[ ]*",
    only="(?:作者|撰稿|文|执笔|整理)(?:人|单位)?[ ]?[:：丨︱｜|/／]",
)
# （本文根据…主题报告整理）: it ends an article, and stays, since it says whose report that was.
REMARK = regex(r"[ ]*[（(](?:本文|作者)(?:根据|转自|选自|摘自|刊于|为|系|单位)[^（()）]{2,120}[）)][ ]*")
# 04 / “碳排放双控”对钢铁行业的影响, 我市召开大会 …… 3
CONTENTS = regex(
    r"""[ ]*+(?:\d{1,3}[ ]?[/／|][ ]?\S.{1,60}
    |(?=[^….·]*[….·])\S.{1,60}?[ ]?(?:…{2,}|\.{4,}|·{4,})[ ]?\d{1,4})[ ]*""",  # most lines hold none of those marks
    re.VERBOSE,
)
_WHOLE_LINES = (
    SOURCE, SUPPLIED, SENDER, OUTLET, NUMBER, JUMP, RESUME, BYLINE, EDITOR, WRITER, TEAM, AUTHOR, LINK, RULE,
    NOTE, REMARK, CONTENTS, RELATED, SECTION, ALONE,
)  # fmt: skip

# What one of them must hold; most lines of running text do not, and are spared the rest.
_SIGN = regex(
    r"""[：:〔/／|丨︱｜(（\[【…>›»＞■◆●▲★◇□○↑↓▼▽△©] | [-—=*_·.]{3} | [A-Z]{2} | [报社网讯电息期][ ]*$
    | 记者|通讯员|实习生|编辑|团队|[题究写研道]组
    | 打印|关闭|返回|分享|收藏|扫一扫|长按|字体|[上下]一篇|首页|蓝字|关注|点赞|在看|阅读|推荐|喜欢|热点|广告
    | [备版]|星期|农历|导[读语]|摘|提[示要]|引言|内部|参考|END|End""",
    re.VERBOSE,
)

_ITEM = regex(
    r"""[（(]?[一二三四五六七八九十]{1,3}[）)][ ]?\S | [一二三四五六七八九十]{1,3}、  # （一）, 一、
    | 第[一二三四五六七八九十百\d]{1,4}[章节条编](?=[ ：:]|$)
    | [（(]\d{1,2}[）)] | \d{1,2}[.．、](?!\d)  # （1）, 1.
    | [①-⑳●■◆▲★□○◎※] | [-*][ ] | ——""",
    re.VERBOSE,
)


def starts_item(line: str) -> bool:
    """Starts with a list mark: 一、, （一）, 第三条, 1., ●, ——.

    >>> starts_item("（二）主要目标"), starts_item("1.2万亿元"), starts_item("一是培育主体")
    (True, False, False)
    """
    return bool(_ITEM.match(line))


def dateline(line: str) -> re.Match[str] | None:
    """The words that open a dispatch, at the beginning of a line: whose it is, where and when it was sent, by whom."""
    return _FROM_US.match(line) or _FROM_A_WIRE.match(line) or _FROM_A_PAPER.match(line) or _FROM_A_STATION.match(line)


def _is_dateline(line: str) -> bool:
    known = _FROM_US.fullmatch(line) or _FROM_A_WIRE.fullmatch(line)
    return bool(known or _FROM_A_PAPER.fullmatch(line) or _FROM_A_STATION.fullmatch(line))


def starts_block(line: str) -> bool:
    """A line with which something new starts, wherever it stands: a dateline, a source line, a credit."""
    if dateline(line):
        return True
    return len(line) <= 160 and (_stands_alone(line) or bool(CREDIT.match(line) or CREDIT_AFTER.match(line)))


def ends_block(line: str) -> bool:
    """A line that is complete, so that what follows is something else: those, and one that ends with a credit."""
    if "摄" in line[-16:] and (CREDIT.search(line[-80:]) or CREDIT_AFTER.search(line[-80:])):
        return True
    if line.endswith(("）", ")")) and INITIALS.search(line[-12:]):
        return True
    return len(line) <= 160 and _stands_alone(line)


@lru_cache(maxsize=256)  # asked of each line as the one before a break and as the one after it
def _stands_alone(line: str) -> bool:
    if not _SIGN.search(line):
        return False
    if any(p.fullmatch(line) for p in _WHOLE_LINES) or meta_line(line) is not None:
        return True
    return len(line) < 40 and _is_dateline(line)
