"""Three short made-up articles, for examples in the documentation and for trying things out."""

from __future__ import annotations

from extractors.reading import Source

PUBLISHER = "样例日报"

# Name, issue date, text.
_ARTICLES = (
    (
        "plan.txt",
        "2021-12-28",
        "两部门印发海上风电发展规划\n\n"
        "12月27日，国家能源局、自然资源部联合印发《海上风电发展规划》。"
        "规划提出，到2025年，全国海上风电装机容量达到3000万千瓦以上。\n",
    ),
    (
        "plant.txt",
        "2024-06-30",
        "青州海上风电场投产\n\n"
        "6月28日，位于广东省阳江市的青州海上风电场投产。"
        "青州海上风电场总装机容量100万千瓦，由三峡集团投资建设，2022年7月开工。\n",
    ),
    (
        "bulletin.txt",
        "2025-01-27",
        "海上风电装机容量超过4000万千瓦\n\n"
        "国家能源局1月26日发布《可再生能源统计公报》。"
        "公报显示，截至2024年底，全国海上风电装机容量达到4127万千瓦。\n",
    ),
)


def sources() -> list[Source]:
    """The articles as a build reads them."""
    return [Source(name, None, text.encode(), issued, PUBLISHER) for name, issued, text in _ARTICLES]
