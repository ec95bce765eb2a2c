"""How lines of a page look by themselves: datelines, source lines, credits, list items.

Joining and splitting share these patterns: what is a line of its own for one is so for the other.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.reading.metaline import meta_line

HAN = "\u4e00-\u9fff"
_VERB = "从在了获采看发表注对就将问还也"  # 记者从…获悉, 记者了解到: no name begins so
NAME = rf"(?:[{HAN}]{{2,6}}(?:[·•][{HAN}]{{1,8}}){{1,3}}|(?![{_VERB}])[{HAN}]{{2,4}})"
NAMES = rf"{NAME}(?:[ 、，,]{{1,2}}{NAME}){{0,7}}"

WIRE = r"(?:新华社|中新社|中新网|央视网|人民网|新华网|光明网|中国网|法新社|路透社)"
PAPER = rf"[{HAN}]{{2,8}}(?:报|报社|电视台)"
_OWN = r"本报|本刊|本台|本网"
# 记者 张伟, 本报记者张伟, 通讯员 李明: several roles may follow each other.
_KIND = r"(?:特约|实习|见习|首席|高级|全媒体|融媒体|驻[^\s记]{2,8})?(?:记者|通讯员|实习生)"
ROLE = rf"(?:{_OWN})?{_KIND}"
_WRITER = rf"(?:{ROLE}[ :：]{{1,2}}|(?:{_OWN}){_KIND}){NAMES}"
WRITERS = rf"{_WRITER}(?:[ ，、]{{1,2}}{_WRITER}){{0,3}}"

COLON = r"[ ]?[:：丨︱｜|/／][ ]?"  # WeChat writes 编辑丨, newspapers 编辑/
_DATE = r"[ ]?\d{1,2}[ ]?月[ ]?\d{1,2}[ ]?日"
_NEWS, _CABLE = r"讯(?![息问号速])", r"电(?![视影台子力话商网信])"
_PLACE_DATE = rf"[ ]?[{HAN}]{{2,12}}{_DATE}"


def _wire(group: str, words: str) -> str:
    """Words that open a dispatch, and its writers in brackets: 本报讯（记者 张伟）. 据新华社消息，… is no dateline."""
    return rf"{words}[ ]{{0,2}}(?:[（(](?P<{group}>[^（()）]{{1,60}})[）)])?[ :：]{{0,2}}(?![，,])"


DATELINE = re.compile(
    rf"""[ ]*(?:
      # 本报讯, 本报北京5月22日电
      {_wire("own_writers", rf"(?:{_OWN})(?:{_NEWS}|{_PLACE_DATE}(?:{_NEWS}|{_CABLE}))")}
      # 据新华社电, 新华社北京5月22日电
    | 据?(?P<wire>{WIRE}){_wire("wire_writers", rf"(?:{_PLACE_DATE}|{_DATE})?(?:{_NEWS}|专?{_CABLE}|消息)")}
      # 科技日报讯
    | 据?(?P<paper>{PAPER}){_wire("paper_writers", rf"(?:{_NEWS}|{_PLACE_DATE}(?:{_NEWS}|{_CABLE}))")}
      # 东方网消息：, 某台消息（记者 张伟）：; 好消息： and 据…消息： say something else
    | (?!据)(?P<station>[{HAN}]{{1,7}}[^\W\d好新息要喜坏本假])消息[ ]{{0,2}}
      (?:[（(](?P<station_writers>[^（()）]{{1,60}})[）)])?[ ]{{0,2}}[:：][ ]{{0,2}}
    | 本[台站]消息[ ]{{0,2}}(?:[（(](?P<own_news_writers>[^（()）]{{1,60}})[）)])?[ ]{{0,2}}[:：][ ]{{0,2}}
    )""",
    re.VERBOSE,
)
SOURCE = re.compile(
    rf"""[ ]*[（(【]?[ ]*(?:信息|稿件|文章|新闻|内容|素材|资料)?(?:来源|稿源|供稿){COLON}
    (?P<publisher>[^）)】\n]{{2,40}}?)[ ]*[）)】]?[ ]*""",
    re.VERBOSE,
)
# （市科技局办公室供稿）
SUPPLIED = re.compile(r"[ ]*[（(](?P<publisher>[^（()）]{2,24}?)(?:供稿|提供)[）)][ ]*")
# A masthead's name, alone on its line.
OUTLET = re.compile(rf"[ ]*(?:{WIRE}|[{HAN}]{{2,6}}(?:日报|时报|商报|晚报|早报|青年报)|中国[{HAN}]{{2,4}}报)[ ]*")
# 国办发〔2022〕17号
NUMBER = re.compile(rf"[ ]*[{HAN}]{{1,12}}[〔\[（(][12]\d{{3}}[〕\]）)][ ]?(?:第[ ]?)?\d{{1,4}}[ ]?号[ ]*")
# （下转第二版）, （上接第一版）
JUMP = re.compile(r"[（(][下紧]?转至?第?[ ]?[\dA-D一二三四五六七八九十]{1,3}[ ]?版[）)]")
RESUME = re.compile(r"[ ]*[（(][上紧]?接第?[ ]?[\dA-D一二三四五六七八九十]{1,3}[ ]?版[^）)]{0,30}[）)][ ]*")
# （记者 戴小河 印朋）, （新华社记者 黄一帆 参与采写：孙二）
BYLINE = re.compile(
    rf"""[ ]*[（(][ ]*(?P<agency>{WIRE}|{PAPER})?[ ]?(?P<writers>{WRITERS})
    (?:[ ，、；;]{{1,2}}参与(?:采写|报道|记者|写作)(?:记者)?[ :：]{{1,2}}{NAMES})?[ ]*[）)][ ]*""",
    re.VERBOSE,
)
# 共建智慧港口。（王丽）: who wrote an item, or （完）, （节选）; it stands after the last stop.
INITIALS = re.compile(rf"(?<=[。！？”])[ ]*[（(](?P<name>[{HAN}](?:[ ]?[{HAN}]){{0,2}})[）)]$")
EDITOR = re.compile(
    rf"""[ ]*[（(【]?[ ]*(?:本[版期])?(?:责任|执行|值班|美术|新媒体|图片|视觉)?
    (?:编辑|责编|编审|美编|版式|校对|审核|审校|审签|主编|主任|监制|统筹|制图|排版|制作|策划|编校|供图|摄影|终审|初审|复审|签发|翻译)
    {COLON}.{{1,60}}""",
    re.VERBOSE,
)
# 新华社记者 李一博/摄
CREDIT = re.compile(
    rf"""[ ]*(?P<agency>{WIRE}|{PAPER}|{_OWN})?[ ]?(?:特约|实习)?(?:记者|通讯员)[ ]?
    (?P<writers>{NAMES})[ ]?(?:[/／][ ]?[摄文图](?:影报道)?|摄)(?:[（(].{{0,12}}[）)])?[ ]*$""",
    re.VERBOSE,
)
WRITER = re.compile(rf"[ ]*[□■◎●◆▲]?[ ]*(?P<agency>{WIRE}|{PAPER})?[ ]?(?P<writers>{WRITERS})[ ]*")
# 钢铁冶金产业研究团队 崔天琦
TEAM = re.compile(
    rf"""[ ]*(?P<team>[{HAN}]{{2,16}}(?:研究团队|课题组|研究组|编写组|调研组|报道组))[ ]+(?P<writers>{NAMES})[ ]*""",
    re.VERBOSE,
)
AUTHOR = re.compile(rf"[ ]*[（(]?(?:作者|撰稿|文|撰文|执笔|整理)(?:人|单位)?{COLON}(?P<writers>{NAMES})[）)]?[ ]*")
LINK = re.compile(r"[ ]*\[[^\]\n]{1,40}\]\((?P<address>[^)\s]{1,300})\)[ ]*")
RULE = re.compile(r"[ ]*(?:[-—=*_·]{3,}|\(更新时间戳: ?\d+\)|[（(]完[）)])[ ]*")
# What web pages and bulletins put around an article.
NOTE = re.compile(
    rf"""[ ]*(?:
      (?:[【\[]?(?:打印(?:本页)?|关闭(?:窗口|本页)?|返回(?:顶部|首页)|分享(?:到|至)?[:：]?|收藏|点赞|在看|转发|举报|微信|微博
        |QQ空间|阅读原文|查看原文)[】\]]?[ ]?){{1,6}}
    | (?:扫一扫|扫描|长按|识别).{{0,12}}(?:二维码|关注|打开|分享|查看|手机).{{0,16}} | 扫一扫.{{0,20}}
    | [【\[]?字[体号][:：].{{0,16}} | 上一篇.{{0,60}} | 下一篇.{{0,60}}
    | 点击?(?:上方|下方|这里|此处)?.{{0,4}}蓝字.{{0,24}} | [↑↓▲▼▽△]{{1,4}}.{{0,16}}关注.{{0,16}} | 关注我们.{{0,10}}
    | (?:您?的?(?:当前|所在)?位置[:：]|首页[ ]?[>›»＞]).{{0,80}}
    | [^\s>›»＞，。]{{2,16}}(?:[ ]?[>›»＞][ ]?[^\s>›»＞，。]{{2,30}}){{2,6}}                # 科技部 > 工作动态 > 正文
    | [（(]此件(?:公开|主动|依申请|不)[^）)]{{0,12}}[）)]
    | 原标题{COLON}.{{2,80}} | 声明[:：].{{2,120}} | 免责声明.{{0,120}} | 特别声明.{{0,120}}
    | 版权所有.{{0,60}} | .{{0,30}}(?:ICP[备证]|公网安备).{{0,40}} | 网站标识码.{{0,40}} | (?:Copyright|©).{{0,100}}
    | (?:联系)?地址[:：].{{2,40}}(?:邮编|电话|邮政编码).{{0,40}} | (?:投稿|联系|电子)?(?:邮箱|信箱)[:：][!-~ ]{{4,60}}
    | (?:编辑部)?(?:联系)?电话[:：][\d （）()—-]{{6,40}} | [主承协]办(?:单位)?[:：].{{2,60}} | 技术支持[:：].{{2,40}}
    | (?:抄|主|分|呈)?[报送][:：].{{2,120}} | 发[:：].{{2,120}} | [（(]?共印[ ]?\d{{1,5}}[ ]?份[）)]?
    | [（(【]?(?:内部资料|内部刊物|内部参考|仅供参考)[^）)】]{{0,16}}[）)】]?
    | [（(]?第?[ ]?\d{{1,4}}[ ]?期[ ]?(?:[（(]?总第?[ ]?\d{{1,5}}[ ]?期[）)]?)?[）)]? | [（(]?总第?[ ]?\d{{1,5}}[ ]?期[）)]?
    | 星期[一二三四五六日天] | 农历.{{2,16}} | 今日\d{{1,2}}版
    | (?:国内统一(?:连续出版物|刊)号|国内统一刊号|邮发代号|CN|ISSN).{{0,60}}
    | [A-Z][A-Z ]{{7,60}}                                              # SCIENCE AND TECHNOLOGY DAILY
    )[ ]*""",
    re.VERBOSE,
)
# 导读, over the running text that it announces
ALONE = re.compile(r"[ ]*[（(【]?(?:导[读语]|核心提示|编者按|内容提要|摘[ ]?要|阅读提示)[）)】]?[:：]?[ ]*")
# Under it stand the headlines of other articles: 往期推荐, 相关链接.
RELATED = re.compile(
    r"""[ ]*[【\[]?(?:往期(?:推荐|回顾|精彩)|(?:推荐|延伸|相关|热门|精彩|更多)(?:阅读|推荐|链接|新闻|报道|文章|附件|文件|信息|稿件|内容|资讯)
    |猜你喜欢|今日热点|你可能还想看)[】\]]?[:：]?[ ]*""",
    re.VERBOSE,
)
# 【政策动态】, ◆ 地方科技 ◆: the name of a bulletin's section over its items.
SECTION = re.compile(
    r"""[ ]*(?:【[ ]?(?P<name>[^】【]{2,10})[ ]?】|[■◆●▲★◇□○][ ]?(?P<mark>[^\s，。■◆●▲★◇□○]{2,10})[ ]?[■◆●▲★◇□○])[ ]*""",
    re.VERBOSE,
)
_SECTION_NAME = re.compile(
    r"""(?:动态|要闻|资讯|简讯|快讯|短讯|聚焦|前沿|视点|视野|速递|速览|新闻|专栏|政策|国内|国际|国外|省内|市内|地方|部委|部门
    |传真|信息|播报|扫描|之窗|园地|广角|纵横|观察|科技|经济|产业|综合|经验|交流|进展)$""",
    re.VERBOSE,
)
# 【摘要】近日，…: a label before running text
LABELLED = re.compile(r"[ ]*[【\[](?:摘[ ]?要|导[读语]|核心提示|编者按|内容提要|提要)[】\]][:：]?[ ]*")
# （本文根据…主题报告整理）: it ends an article, and stays, since it says whose report that was.
REMARK = re.compile(r"[ ]*[（(](?:本文|作者)(?:根据|转自|选自|摘自|刊于|为|系|单位)[^（()）]{2,120}[）)][ ]*")
# 04 / “碳排放双控”对钢铁行业的影响, 我市召开大会 …… 3
CONTENTS = re.compile(
    r"""[ ]*(?:\d{1,3}[ ]?[/／|][ ]?\S.{1,60}|\S.{1,60}?[ ]?(?:…{2,}|\.{4,}|·{4,})[ ]?\d{1,4})[ ]*""", re.VERBOSE
)
_WHOLE_LINES = (
    SOURCE, SUPPLIED, OUTLET, NUMBER, JUMP, RESUME, BYLINE, EDITOR, WRITER, TEAM, AUTHOR, LINK, RULE, NOTE, REMARK,
    CONTENTS, RELATED, SECTION, ALONE,
)  # fmt: skip

# What one of them must hold; most lines of running text do not, and are spared the rest.
_SIGN = re.compile(
    r"""[：:〔/／|丨︱｜(（\[【…>›»＞■◆●▲★◇□○↑↓▼▽△©]|记者|通讯员|实习生|编辑|团队|[题究写研道]组|[报社网讯电息][ ]*$|[-—=*_·.]{3}
    |打印|关闭|返回|分享|收藏|扫一扫|长按|字体|[上下]一篇|首页|蓝字|关注|点赞|在看|阅读|推荐|[备版]|星期|农历|期[ ]*$|[A-Z]{2}|喜欢|导[读语]|摘
    |提[示要]|引言|内部|参考""",
    re.VERBOSE,
)

_ITEM = re.compile(
    r"""[（(]?[一二三四五六七八九十]{1,3}[）)][ ]?\S | [一二三四五六七八九十]{1,3}、  # （一）, 一、
    | 第[一二三四五六七八九十百\d]{1,4}[章节条编](?=[ ：:]|$)
    | [（(]\d{1,2}[）)] | \d{1,2}[.．、](?!\d)  # （1）, 1.
    | [①-⑳●■◆▲★□○◎※] | [-*][ ] | ——""",
    re.VERBOSE,
)


def section_name(line: str) -> str | None:
    """The name of a bulletin's section when a line is one.

    >>> section_name("【政策动态】"), section_name("【案例一】")
    ('政策动态', None)
    """
    match = SECTION.fullmatch(line)
    name = (match["name"] or match["mark"]).strip() if match else ""
    return name if _SECTION_NAME.search(name) else None


def starts_item(line: str) -> bool:
    """Starts with a list mark: 一、, （一）, 第三条, 1., ●, ——.

    >>> starts_item("（二）主要目标"), starts_item("1.2万亿元"), starts_item("一是培育主体")
    (True, False, False)
    """
    return bool(_ITEM.match(line))


def starts_block(line: str) -> bool:
    """A line with which something new starts, wherever it stands: a dateline, a source line, a credit."""
    if DATELINE.match(line):
        return True
    return len(line) <= 160 and (_stands_alone(line) or bool(CREDIT.match(line)))


def ends_block(line: str) -> bool:
    """A line that is complete, so that what follows is something else: those, and one that ends with a credit."""
    if "摄" in line[-16:] and CREDIT.search(line[-80:]):
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
    return len(line) < 40 and bool(DATELINE.fullmatch(line))
