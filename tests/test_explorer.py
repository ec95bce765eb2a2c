"""The explorer in a real Chromium: what a reader does with the mouse, the keyboard or a screen reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from html import escape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kg.assemble import assemble
from kg.export import deflated, html
from kg.graph import GraphData
from tests.browser import CHROMIUM, chromium, opened, picture
from tests.sample import HOSTILE, Draft, hostile, plan, posts

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs chromium")

Open = Callable[..., AbstractContextManager[Page]]


def output(issued: str, year: str, value: str, words: str, status: str = "actual") -> Draft:
    draft = Draft(f"氢能产量（{year}）", f"据通报，国家能源局表示，{words}。各地稳步推进。", issued, f"{year}.txt")
    holder = draft.name("国家能源局", "Organization", kind="Ministry")
    draft.figure(words, "氢气产量", value, "吨", subject=holder, time=year, status=status)  # type: ignore[arg-type]
    return draft


def series() -> list[Draft]:
    """The same metric in four articles of two years; the last is a target."""
    return [
        output("2023-02-01", "2022", "3500000", "2022年氢气产量350万吨"),
        output("2024-02-01", "2023", "3.62E+7", "2023年氢气产量3620万吨"),
        output("2024-06-10", "2024", "37500000", "2024年氢气产量约3750万吨", "forecast"),
        output("2024-12-20", "2025", "4E+7", "到2025年氢气产量达到4000万吨", "target"),
    ]


def sample() -> GraphData:
    return assemble([draft.facts() for draft in [plan(), posts(), *series()]])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Open:
    def show(graph: GraphData | None = None, **window: object) -> AbstractContextManager[Page]:
        file = tmp_path / "explorer.html"
        file.write_text(html.page(graph or sample()), encoding="utf-8")
        return opened(browser, file, **window)  # type: ignore[arg-type]

    return show


def find(page: Page, words: str) -> None:
    page.fill("#search", words)
    page.press("#search", "Enter")


def click_node(page: Page, name: str) -> None:
    node = next(n for n in page.evaluate("explorer.model.nodes.map((n) => [n.id, n.name])") if n[1] == name)
    place = page.evaluate("(id) => explorer.network.where(id)", node[0])
    page.mouse.click(place["x"], place["y"])


def counts(page: Page) -> tuple[int, int]:
    found = page.evaluate("explorer.network.counts()")
    return found["nodes"], found["links"]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("国家发展改革委", "国家发展和改革委员会"),  # an alias
        ("发改委", "国家发展和改革委员会"),  # a short name that everybody knows and nobody wrote
        ("海阳基地", "海阳制氢基地"),  # an abbreviation that nobody knows
        ("发改高技〔2022〕206号", "氢能产业发展规划"),  # a document number
        ("《氢能产业 发展规划》", "氢能产业发展规划"),  # brackets and spaces do not count
        ("320300", "徐州市"),
        ("氢气产量", "氢气产量"),  # a metric
        ("两部门印发", "两部门印发氢能规划"),  # an article
    ],
)
def test_search_by_any_name(show: Open, words: str, name: str) -> None:
    with show() as page:
        find(page, words)
        expect(page.locator("#panel h2")).to_have_text(name)


def test_a_search_without_an_answer_says_so(show: Open) -> None:
    with show() as page:
        find(page, "没有这样的机构")
        expect(page.locator("#found")).to_have_text("没有找到")
        expect(page.locator("#panel")).to_be_hidden()


def test_homonyms_are_told_apart(show: Open) -> None:
    with show() as page:
        page.fill("#search", "科技局")
        found = page.locator("#found .found-name")
        expect(found).to_contain_text(["徐州市", "苏州市"])
        find(page, "王芳")
        expect(page.locator(".fact-line").first).to_contain_text("科技局徐州市")


def test_a_click_on_a_node_opens_it_with_its_neighbourhood(show: Open) -> None:
    with show() as page:
        picture(page, "open")
        click_node(page, "氢能产业发展规划")
        expect(page.locator("#panel h2")).to_have_text("氢能产业发展规划")
        picture(page, "node")
        page.get_by_role("button", name="只看邻域").click()
        expect(page.locator("#shown")).to_have_text("氢能产业发展规划的邻域")
        assert counts(page) == (3, 3)  # the plan and both issuers, who are partners
        page.get_by_role("button", name="返回全图").click()
        assert counts(page)[0] > 3


def test_every_fact_shows_its_quote_in_context_with_article_and_date(show: Open) -> None:
    with show() as page:
        find(page, "国家能源局")
        fact = page.locator(".fact", has_text="氢能产业发展规划").first
        expect(fact.locator("summary")).to_contain_text("两部门印发氢能规划")
        expect(fact.locator("summary")).to_contain_text("2024年3月5日")
        fact.locator("summary").click()
        expect(fact.locator("mark")).to_have_text("国家发展改革委、国家能源局联合印发《氢能产业发展规划》")
        expect(fact.locator("blockquote")).to_contain_text("3月4日，国家发展改革委")
        expect(fact.locator("blockquote")).to_contain_text("规划提出，到2025年")
        fact.get_by_role("link", name="两部门印发氢能规划").click()
        expect(page.locator("#panel h2")).to_have_text("两部门印发氢能规划")
        page.get_by_role("button", name="上一项").click()
        expect(page.locator("#panel h2")).to_have_text("国家能源局")


def test_compressed_quotes_are_read_too(show: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deflated, "PLAIN", 0)
    with show() as page:
        assert all(page.locator(f"#{block}").inner_text().startswith('{"deflate":') for block in ("data", "passages"))
        find(page, "王芳")
        page.locator(".fact summary").first.click()
        expect(page.locator(".fact mark").first).to_have_text("徐州市科技局局长王芳")


def test_what_is_planned_is_marked_and_dashed(show: Open) -> None:
    with show() as page:
        asserted = {link["label"]: link["asserted"] for link in page.evaluate("explorer.network.links()")}
        assert (asserted["承建、研发"], asserted["印发、发布"]) == (False, True)
        find(page, "华光公司")
        expect(page.locator(".fact.planned .badge")).to_have_text("计划中")
        page.get_by_label("计划", exact=False).uncheck()
        assert "承建、研发" not in [link["label"] for link in page.evaluate("explorer.network.links()")]


def test_figures_stand_in_a_table_and_a_chart_with_open_targets(show: Open) -> None:
    with show() as page:
        find(page, "国家能源局")
        group = page.locator(".figure-group", has_text="氢气产量")
        expect(group.locator(".value")).to_have_text(["350万吨", "3,620万吨", "3,750万吨", "4,000万吨"])
        expect(group.locator(".value").nth(1)).to_have_attribute("title", "精确值 36,200,000 吨")
        chart = group.locator("svg.chart")
        expect(chart).to_have_attribute("aria-label", "氢气产量（吨）：4 个数据点")
        assert [chart.locator(f".point.{status}").count() for status in ("actual", "target", "forecast")] == [2, 1, 1]
        fill = "(e) => getComputedStyle(e).fill"
        assert chart.locator(".point.target circle").evaluate(fill) == "rgb(255, 255, 255)"
        assert chart.locator(".point.actual circle").first.evaluate(fill) != "rgb(255, 255, 255)"
        group.locator("summary").last.click()
        expect(group.locator("mark").last).to_have_text("到2025年氢气产量达到4000万吨")
        picture(page, "figures")


def test_dates_in_words(show: Open) -> None:
    means = {
        "2024-03-05": "2024年3月5日", "2021/2025": "2021—2025年", "2023-10/2023-12": "2023年10月—12月",
        "2024": "2024年", "2023-12-30/2024-01-02": "2023年12月30日—2024年1月2日",
        "2024-05-30/2024-06-01": "2024年5月30日—6月1日", "2024-05-01/2024-05-07": "2024年5月1日—7日",
    }  # fmt: skip
    draft = Draft("会期", "博览会举行。" + "、".join(means))
    event = draft.name("博览会", "Event")
    for edtf in means:
        draft.relate("held_on", event, draft.date(edtf, edtf), "博览会举行")
    with show(assemble([draft.facts()])) as page:
        find(page, "博览会")
        assert sorted(page.locator(".fact .link").all_inner_texts()) == sorted(means.values())


def test_filters_by_type_and_relation(show: Open) -> None:
    with show() as page:
        nodes, links = counts(page)
        page.get_by_label("政策文件", exact=False).uncheck()
        assert counts(page) < (nodes, links)
        assert "印发、发布" not in [link["label"] for link in page.evaluate("explorer.network.links()")]
        page.get_by_label("政策文件", exact=False).check()
        assert counts(page) == (nodes, links)
        page.get_by_role("button", name="关系: 全不选").click()
        assert counts(page) == (0, 0)
        page.get_by_role("button", name="关系: 全选").click()
        page.get_by_label("日期", exact=False).check()
        assert counts(page)[0] > nodes


def test_the_slider_leaves_out_what_was_reported_outside(show: Open) -> None:
    with show() as page:
        find(page, "国家能源局")
        upper, lower = page.locator("#timeline input.to"), page.locator("#timeline input.from")
        everything = page.locator(".figure-group tbody").count()
        upper.focus()
        page.keyboard.press("ArrowLeft")  # leaves out December 2024
        expect(upper).to_have_attribute("aria-valuetext", "2024年11月")
        expect(page.locator(".figure-group tbody")).to_have_count(everything - 1)
        expect(page.locator("#panel .note")).to_have_text("另有 1 项在所选时间之外")
        lower.focus()
        page.keyboard.press("End")  # it stops at the other handle
        expect(lower).to_have_attribute("aria-valuetext", "2024年11月")
        assert counts(page)[1] == 0
        page.get_by_role("button", name="全部时间").click()
        expect(page.locator(".figure-group tbody")).to_have_count(everything)


def test_names_and_quotes_cannot_become_code(show: Open) -> None:
    evil = "</script><img src=x onerror=alert(1)><!--<script>\u2028\u2029'\"`${alert(2)}"
    draft = Draft(f"标题{evil}", f"甲公司与{evil}合作。", "2024-01-01", "a.txt")
    draft.relate(
        "partner_of", draft.name("甲公司", "Organization"), draft.name(evil, "Organization"), f"甲公司与{evil}合作"
    )
    with show(assemble([draft.facts(), hostile().facts()])) as page:
        assert page.evaluate("document.scripts.length") == 4 and page.locator("img").count() == 0
        find(page, "甲公司")
        page.get_by_role("button", name="展开全部出处").click()
        expect(page.locator(".fact .link").first).to_contain_text("</script><img src=x onerror=alert(1)>")
        expect(page.locator("mark").first).to_contain_text("onerror=alert(1)")
        page.get_by_role("button", name="列表").click()
        shown = page.locator("#list tbody").inner_text()
        assert all(name in shown for name in (HOSTILE[0], HOSTILE[2], "emoji😀", "&amp;"))
        picture(page, "hostile")


def test_markup_from_a_script_is_refused(show: Open) -> None:
    with show(faults=1) as page:  # the browser tells of what it refuses
        refused = page.evaluate("() => { try { document.body.innerHTML = '<b>x</b>'; } catch (e) { return e.name; } }")
        assert refused == "TypeError"


def test_both_languages(show: Open) -> None:
    with show(locale="en-GB") as page:
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.get_by_role("heading", level=1)).to_have_text("Policy knowledge graph")
        find(page, "国家能源局")
        expect(page.locator(".fact-group h4")).to_contain_text(["partner of", "issued"])
        expect(page.locator(".value").last).to_have_text("40 million 吨")
        picture(page, "english")
        page.get_by_role("button", name="切换到中文").click()
        expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
        expect(page.locator(".fact-group h4")).to_contain_text(["合作", "印发、发布"])
        expect(page.locator("#filters")).to_contain_text("组织机构")
        assert page.evaluate("localStorage.length + document.cookie.length") == 0


def test_with_the_keyboard_alone(show: Open) -> None:
    with show() as page:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # skip to search
        page.keyboard.type("国家")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        chosen = page.locator("#found [aria-selected=true]")
        expect(chosen).to_have_count(1)
        assert chosen.get_attribute("id") == page.locator("#search").get_attribute("aria-activedescendant")
        page.keyboard.press("Enter")
        expect(page.locator("#panel h2")).to_be_focused()
        expect(page.locator("#said")).to_contain_text("已打开")
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="只看邻域")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#panel")).to_be_hidden()
        expect(page.locator("#search")).to_be_focused()
        page.locator("#canvas").focus()
        before = page.evaluate("explorer.network.where(explorer.model.nodes[0].id)")
        page.keyboard.press("ArrowRight")
        page.wait_for_function("(x) => explorer.network.where(explorer.model.nodes[0].id).x < x", arg=before["x"])
        page.keyboard.press("Enter")
        page.locator("#list tbody a").first.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#panel")).to_be_visible()


def test_the_list_holds_what_the_drawing_holds_and_more(show: Open) -> None:
    with show() as page:
        page.get_by_role("button", name="列表").click()
        names = page.locator("#list tbody th").all_inner_texts()
        assert {"国家发展和改革委员会", "王芳", "徐州市"} <= set(names)
        assert len(names) == len(sample().entities)
        picture(page, "list")


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_nothing_that_axe_finds_fault_with(show: Open, locale: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    with show(locale=locale) as page:
        faults = axe.run(page).response["violations"]
        find(page, "国家能源局")
        page.locator(".acts button").last.click()
        page.fill("#search", "国")
        faults += axe.run(page).response["violations"]
        page.locator("#view-list").click()
        faults += axe.run(page).response["violations"]
        assert [(f["id"], [n["html"] for n in f["nodes"]]) for f in faults] == []


def test_prints_the_panel_with_every_quote(show: Open, tmp_path: Path) -> None:
    with show() as page:
        find(page, "国家能源局")
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        expect(page.locator("details.sources:not([open])")).to_have_count(0)
        expect(page.locator("blockquote mark").last).to_be_visible()
        expect(page.locator("#filters")).to_be_hidden()
        inked = """() => {
            const c = document.getElementById("print-picture");
            const pixels = c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
            return pixels.some((value, at) => at % 4 === 3 && value > 0);
        }"""
        assert page.evaluate(inked)
        picture(page, "print")
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        expect(page.locator("details.sources[open]")).to_have_count(0)


def test_works_inside_a_frame_that_may_only_run_scripts(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "notebook.html"
    frame = f'<iframe sandbox="allow-scripts" width="880" height="600" srcdoc="{escape(html.page(sample()))}"></iframe>'
    file.write_text(f"<!doctype html><meta charset=utf-8>{frame}", encoding="utf-8")
    with opened(browser, file, width=920, height=640) as page:
        inside = page.frame_locator("iframe")
        inside.locator("#search").fill("王芳")
        inside.locator("#search").press("Enter")
        expect(inside.locator("#panel h2")).to_have_text("王芳")
        picture(page, "frame")


def test_a_large_graph_opens_on_its_main_nodes_and_grows(show: Open) -> None:
    draft = Draft("大图", "合作。" + "、".join(f"甲{n}公司" for n in range(900)), "2024-01-01")
    firms = [draft.name(f"甲{n}公司", "Organization") for n in range(900)]
    for number in range(1, 900):
        draft.relate("partner_of", firms[number // 3], firms[number], "合作")
    with show(assemble([draft.facts()])) as page:
        expect(page.locator("#shown")).to_contain_text("900 个相连节点中最重要的 400 个")
        assert counts(page)[0] == 400
        find(page, "甲899公司")
        assert counts(page)[0] == 401  # the firm itself: the one it is linked with was there
        page.get_by_role("button", name="全部显示").click()
        assert counts(page) == (900, 899)
        picture(page, "large")


def test_a_link_names_what_is_open(browser: Browser, tmp_path: Path) -> None:
    graph = sample()
    file = tmp_path / "explorer.html"
    file.write_text(html.page(graph), encoding="utf-8")
    (person,) = graph.find("王芳")
    with opened(browser, file) as page:
        page.goto(f"{file.as_uri()}#{person}")
        page.reload()
        expect(page.locator("#panel h2")).to_have_text("王芳")
        page.get_by_role("button", name="关闭").click()
        assert "#" not in page.url.rstrip("#")


def test_without_a_drawing_the_rest_works(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "explorer.html"
    file.write_text(html.page(sample()), encoding="utf-8")
    context = browser.new_context(locale="zh-CN", offline=True)
    context.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page = context.new_page()
    page.goto(file.as_uri())
    expect(page.locator("#list")).to_be_visible()
    find(page, "王芳")
    expect(page.locator("#panel h2")).to_have_text("王芳")
    context.close()


def test_on_a_telephone(show: Open) -> None:
    with show(width=390, height=800) as page:
        expect(page.locator("#filters")).to_be_hidden()
        page.get_by_role("button", name="筛选").click()
        expect(page.get_by_label("政策文件", exact=False)).to_be_visible()
        page.get_by_role("button", name="筛选").click()
        find(page, "王芳")
        expect(page.locator("#panel h2")).to_be_in_viewport()
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        picture(page, "telephone")


def test_an_address_that_names_nothing(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "explorer.html"
    file.write_text(html.page(sample()), encoding="utf-8")
    with opened(browser, file) as page:
        page.goto(f"{file.as_uri()}#%E0%A4%A")
        page.reload()
        expect(page.locator("#shown")).to_have_text("10 个节点，7 条连线")
        expect(page.locator("#panel")).to_be_hidden()


def test_an_empty_graph(show: Open) -> None:
    with show(assemble([])) as page:
        expect(page.locator("#shown")).to_have_text("0 个节点，0 条连线")
