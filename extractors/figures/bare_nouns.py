"""A metric without the words round it: 是|跨国公司领导人, 城市|传递, 乘客|的列车."""

from __future__ import annotations

import re

from extractors.patterns import regex

# 是|跨国公司领导人, ——|全长, 友好人士|等: what stands round a noun and is no part of it
_ROUND = regex(
    r"(?:——|是(?![否非])|就(?=[有是达])|都(?![市会城安匀]|柏林|江堰)|由(?![于来])"
    r"|有(?![机色轨线效关限害望利形氧源偿序趣毒组期无产])(?=[一-鿿]{2})"  # 就有|革命旧址
    r"|内(?=[高公铁]))*"  # 区域内|高铁里程
    r"(?P<noun>[^\n]{2,}?)(?:(?<![平高初中同上对不优何])等"
    r"|(?:(?<![高初其集空水当])中)?(?:[只仅就已还仍]|(?<![没所拥含具国私享占富保稀特共持公自]))有)?"  # 医院|中仅有
)
_BEFORE, _BEHIND = frozenset("—是就都由有内"), frozenset("等有")  # one of them stands at its beginning or end
# Where a counted noun ends.
_END = regex(
    r"""
      (?: 传递 | 转移安置 | (?<![装设配布安处位放购闲添])置 | 发生 | 录取 | 应邀 | 停工 | 确认 | 投入使用  # 城市|传递
        | 积极响应 | [回进]港避风 | 情况不明 | 遭威胁 | 受影响 | 组团 | 新近 | 选择 | 特色鲜明 | 势头强劲
        | 当天 | 今年 | 的?基础上 | 的结果 | 稳定 | 成功 | 拉开帷幕
        | (?<![修校改更]) 正 | 再次 | 再度 | (?<![三变]) 更 | 与会 ) $                   # 农技人员|正忙着
    | 的结果                                                  # 192票|赞成的结果获得通过
    | (?<=[一-鿿]) “ [^“”]{0,6} (?:会师|通办|对接|握手|同框|出海|过节|接力) ”? $   # 航天员乘组|“太空会师”
    | (?:试点|试行|先行先试) (?=[一-鿿“]{3})                        # 省份|试点跨省通办; not 国家试点|城市
      (?! [^，]* (?: 城市 | 地区 | 单位 | 省份 | 项目 | 企业 | 任务 | 区 | 县 | 镇 | 村 | 校 | 园 ) $ )
    | 回到 (?![^的]*的)                                        # 烈士遗骸|回到祖国
    | (?<![在第]) (?: 当地时间 )? \d{1,2}日 $                     # 公务员|15日
    | (?: 先后 | 给予 | 开足马力 | 作为 | 犹如 | 时常 | 深入 | 搭乘 | 带着 | 涌入 | 受理 | 派遣 | 享有 | 打造成 | 备受
        | 荣获 | 各具 | 需要 | 投入(?=生产|春耕|救援|运行) | 正(?=实时|争分|加紧) | 建立(?=对口|起) | 一一(?=[握与])
      ) (?! [^的]*的 )                                          # 新能源汽车|作为交通服务车辆
    | (?: 以及 | [和及与] )                                       # 出舱活动|和第四次授课
      (?= [一两二三四五六七八九十\d]{1,3}[个辆艘架名位座家项次] | [^和及与]{0,10}第[一二三四五六七八九十\d] )
    """,
    re.VERBOSE,
)
# 载有|100名|乘客的列车: the count belongs to what is held, and not to what holds it
_HOLDS = regex(r"(?:载有|搭载|载着|容纳|拥有|达到?|造成|导致|装有|设有)了?(?:近|约|超过?|逾|多达)?$")


def bare(metric: str) -> str:
    """A metric without the words round it.

    >>> [bare(m) for m in ("是跨国公司领导人", "——全长", "友好人士等", "就业人数")]
    ['跨国公司领导人', '全长', '友好人士', '就业人数']
    """
    if metric[:1] not in _BEFORE and metric[-1:] not in _BEHIND:
        return metric
    found = _ROUND.fullmatch(metric)
    return found["noun"] if found else metric


def counted(metric: str, before: str) -> str:
    """What is counted, up to the next verb, day or further item; `before` stands before the number.

    >>> counted("城市传递", ""), counted("乘客的列车", "一列载有"), counted("运兵车和一辆推土机", "")
    ('城市', '乘客', '运兵车')
    """
    found = _END.search(metric, 2)
    metric = metric[: found.start()] if found else metric
    held = metric.find("的")
    return metric[:held] if held >= 2 and _HOLDS.search(before) else metric
