"""Charts hold the points of the graph, and every character that they write has a glyph."""

from __future__ import annotations

import io
import subprocess
import warnings
from collections.abc import Iterator
from datetime import date

import matplotlib
import pytest

matplotlib.use("agg")

from matplotlib import pyplot as plt
from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.dates import num2date

from kg.assemble import assemble
from kg.charts import Plots, fonts
from kg.charts.fonts import NO_FONT, chinese_font
from kg.charts.life import ROWS
from kg.charts.metric import SERIES
from tests.sample import Draft, hostile, plan
from tests.test_query import newspaper

HAS_FONT = chinese_font() is not None


def plots(*drafts: Draft) -> Plots:
    return Plots(assemble([draft.facts() for draft in drafts]))


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    before = dict(rcParams)
    yield
    assert dict(rcParams) == before  # a chart leaves the settings as they were
    plt.close("all")


def saved(axes: Axes) -> list[str]:
    """What matplotlib complains of when the chart is drawn."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        axes.figure.savefig(io.BytesIO())
    return [str(warning.message) for warning in caught]


def marks(axes: Axes) -> list[tuple[date, float, bool]]:
    """Day, height and whether filled, of every point."""
    found = []
    for line in axes.get_lines():
        if line.get_marker() != "None" and len(line.get_xdata()) == 1:
            filled = line.get_markerfacecolor() != "none"
            found.append((num2date(line.get_xdata()[0]).date(), float(line.get_ydata()[0]), filled))
    return sorted(found)


def growth() -> Draft:
    """Facts of three years, a target, a forecast of a range, and an average over five years."""
    body = (
        "2021年产值1亿元，2022年产值1.5亿元，2023年产值2亿元，到2025年产值达3亿元以上，预计2024年产值2.4亿至2.6亿元，"
        "2021年至2025年产值年均2.2亿元，增加值增长5%。"
    )
    draft = Draft("产值", body, "2021-06")
    for number, year in (("1", "2021"), ("1.5", "2022"), ("2", "2023")):
        draft.figure(f"产值{number}亿元", "产值", f"{number}E8", "元", subject="甲市", time=year)
    draft.figure("产值达3亿元以上", "产值", "3E8", "元", subject="甲市", time="2025", status="target", comparator=">=")
    draft.figure(
        "产值2.4亿至2.6亿元", "产值", "2.4E8", "元", subject="甲市", time="2024", status="forecast", upper="2.6E8"
    )
    draft.figure("产值年均2.2亿元", "产值", "2.2E8", "元", subject="甲市", time="2021/2025")
    draft.figure("增长5%", "产值", "5", "%", subject="甲市", time="2022")
    return draft


def test_a_metric_over_time_with_targets_open() -> None:
    axes = plots(growth()).metric("产值")
    assert axes.get_ylabel() == "产值（亿元）" and axes.get_title() == "甲市"
    assert marks(axes) == [
        (date(2021, 12, 31), 1.0, True), (date(2022, 12, 31), 1.5, True), (date(2023, 12, 31), 2.0, True),
        (date(2024, 12, 31), 2.4, False), (date(2025, 12, 31), 2.2, True), (date(2025, 12, 31), 3.0, False),
    ]  # fmt: skip
    assert {text.get_text() for text in axes.texts} >= {"1", "1.5", "≥3"}
    legend = [text.get_text() for text in axes.get_legend().get_texts()]
    assert legend == ["实际 actual", "目标 target", "预计 forecast"]
    joined = [len(line.get_xdata()) for line in axes.get_lines() if line.get_marker() == "None"]
    assert joined == [3]  # the years, without the average


def test_a_target_is_dotted_since_it_was_set() -> None:
    axes = plots(growth()).metric("产值")
    dotted = {
        tuple(num2date(x).date() for x in path.vertices[:, 0]) for c in axes.collections for path in c.get_paths()
    }
    assert (date(2021, 6, 1), date(2025, 12, 31)) in dotted  # the target, told in June 2021
    assert (date(2021, 1, 1), date(2025, 12, 31)) in dotted  # the average


def test_of_two_facts_for_one_time_the_line_goes_to_the_later_report() -> None:
    axes = plots(*newspaper()).metric("产值")
    (line,) = [line for line in axes.get_lines() if line.get_marker() == "None"]
    assert list(line.get_ydata()) == [120] and [height for _, height, _ in marks(axes)] == [100, 120]
    below, above = (text.xyann[1] for text in axes.texts)
    assert below < 0 < above


def test_unit_and_subject_choose() -> None:
    both = plots(growth(), *newspaper())
    assert [height for _, height, _ in marks(both.metric("产值", unit="%"))] == [5]
    assert [height for _, height, _ in marks(both.metric("产值", subject="北京市"))] == [100, 120]
    with pytest.raises(LookupError, match="there are figures in 元、%"):
        both.metric("产值", unit="吨")
    with pytest.raises(LookupError, match=r"没有这个: no figure with a time to draw$"):
        both.metric("没有这个")
    with pytest.raises(LookupError, match=r"总产值: .*; there are 产值"):
        both.metric("总产值")


def test_many_holders_are_cut_and_told() -> None:
    drafts = []
    for number in range(SERIES + 3):
        draft = Draft(f"第{number}篇", f"第{number}县产量{number + 1}吨。", "2024-01-01")
        draft.figure(f"产量{number + 1}吨", "产量", str(number + 1), "吨", subject=f"第{number}县", time="2023")
        drafts.append(draft)
    axes = plots(*drafts).metric("产量")
    assert len(marks(axes)) == SERIES and "另有 3 个主体未画出" in axes.get_title()


def test_the_co_issuing_matrix_counts_documents() -> None:
    axes = plots(plan(), *newspaper()).co_issuing()
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert set(names) == {"国家发展和改革委员会", "国家能源局", "水利部", "财政部"}
    counts = axes.images[0].get_array()
    at = names.index
    assert counts[at("水利部"), at("财政部")] == counts[at("财政部"), at("水利部")] == 1
    assert counts[at("水利部"), at("国家能源局")] == 0
    with pytest.raises(LookupError, match="no document"):
        plots(growth()).co_issuing()


def test_a_timeline_opens_what_is_only_reported() -> None:
    axes = plots(plan(), *newspaper()).timeline("国家能源局")
    rows = [label.get_text() for label in axes.get_yticklabels()]
    assert len(rows) == 2 and rows[0] == "印发、发布 氢能产业发展规划" and "国家发展和改革委员会" in rows[1]
    filled = [line.get_markerfacecolor() != axes.get_facecolor() for line in axes.get_lines()]
    assert filled == [True, False]
    with pytest.raises(LookupError, match="nothing that is said"):
        plots(*newspaper()).timeline("灌区办法")


def test_a_long_life_is_cut_and_told() -> None:
    draft = Draft("长", "".join(f"第{n}县产量{n + 1}吨。" for n in range(ROWS + 5)), "2024-01-01")
    place = draft.name("第1县", "Place")
    for n in range(ROWS + 5):
        draft.figure(f"第{n}县产量{n + 1}吨", f"产量{n}", str(n), "吨", subject=place, time="2023")
    axes = plots(draft).timeline("第1县")
    assert len(axes.get_yticks()) == ROWS and f"共 {ROWS + 5} 条" in axes.get_title()


def test_one_can_draw_into_axes_of_ones_own() -> None:
    _, (left, right) = plt.subplots(1, 2)
    book = plots(growth(), plan())
    assert book.metric("产值", ax=left) is left and book.timeline("国家能源局", ax=right) is right
    assert left.get_lines()[0].get_color() == "C0" and to_rgba("C0")


@pytest.mark.skipif(not HAS_FONT, reason="needs a font with Chinese glyphs: fonts-noto-cjk")
def test_every_character_has_a_glyph() -> None:
    book = plots(growth(), plan(), *newspaper())
    for axes in (book.metric("产值"), book.metric("保有量"), book.co_issuing(), book.timeline("国家能源局")):
        assert saved(axes) == []


@pytest.mark.skipif(not HAS_FONT, reason="needs a font with Chinese glyphs: fonts-noto-cjk")
def test_debians_font_is_found_in_simplified_forms() -> None:
    installed = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, check=True).stdout
    if "Noto Sans CJK SC" in installed:
        assert chinese_font() in ("Noto Sans CJK SC", "Noto Sans CJK JP")  # before matplotlib 3.11


def test_without_a_font_a_warning_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "chinese_font", lambda: None)
    with pytest.warns(UserWarning, match="fonts-noto-cjk") as caught:
        axes = plots(growth()).metric("产值")
    assert [str(warning.message) for warning in caught] == [NO_FONT]
    assert marks(axes)


def test_no_name_is_taken_for_mathematics() -> None:
    draft = Draft("美元", "甲公司 $x^2$_收入 5元。", "2024-01-01")
    draft.figure("$x^2$_收入 5元", "$x^2$_收入", "5", "元", subject="$\\frac{", time="2023")
    axes = plots(draft).metric("$x^2$_收入")
    saved(axes)
    assert axes.get_ylabel() == "$x^2$_收入（元）" and axes.get_title() == "$\\frac{"


def test_hostile_names_draw() -> None:
    book = plots(hostile())
    name = book.graph.find("<script>alert(1)</script>")
    axes = book.timeline(next(node for node in name if node in book.graph.entities))
    saved(axes)
    assert len(axes.get_yticks()) > 10
