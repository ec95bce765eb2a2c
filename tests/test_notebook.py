"""What a notebook asks of a graph: typed tables, parts that are whole, questions, quotes, and HTML that is safe."""

from __future__ import annotations

import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from pandas.api.types import is_bool_dtype, is_datetime64_any_dtype, is_float_dtype, is_integer_dtype, is_string_dtype

import kg
from kg import frames
from kg.assemble import assemble
from kg.check import check
from kg.export import csv
from kg.model import CannotRun, Problem
from kg.notebook import KnowledgeGraph
from kg.query import QueryError
from tests.sample import HOSTILE, Draft, hostile, plan, posts
from tests.test_query import newspaper
from tests.test_report import OPEN

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="module")
def g() -> KnowledgeGraph:
    return KnowledgeGraph(assemble([draft.facts() for draft in (plan(), posts(), *newspaper())]))


@pytest.fixture(scope="module")
def evil() -> KnowledgeGraph:
    return KnowledgeGraph(assemble([hostile().facts()]), problems=[Problem("<b>", "<i>", True)])


# ---- tables

IS = {
    "text": is_string_dtype,
    "number": is_float_dtype,
    "whole": is_integer_dtype,
    "day": is_datetime64_any_dtype,
    "flag": is_bool_dtype,
    "list": pd.api.types.is_object_dtype,
}


@pytest.mark.parametrize("name", ["entities", "relations", "figures", "articles", "problems"])
def test_tables_have_their_columns_and_types_full_or_empty(g: KnowledgeGraph, evil: KnowledgeGraph, name: str) -> None:
    for graph in (g, evil, KnowledgeGraph(assemble([]))):
        frame = getattr(graph, name)()
        columns = getattr(frames, name.upper())
        assert list(frame.columns) == list(columns)
        for column, kind in columns.items():
            assert IS[kind](frame[column].dtype), (column, frame[column].dtype)
    assert len(evil.problems()) == 1 and evil.problems().lost.all()


@pytest.mark.parametrize("name", ["ENTITIES", "RELATIONS", "FIGURES"])
def test_tables_have_the_columns_of_the_csv_files(name: str) -> None:
    assert set(getattr(csv, name)) - {"id"} <= set(getattr(frames, name))


def test_rows_are_records(g: KnowledgeGraph) -> None:
    assert list(g.entities().index) == list(g.graph.entities)
    assert list(g.relations().index) == list(g.graph.statements)
    assert list(g.figures().index) == list(g.graph.observations)
    assert list(g.articles().index) == list(g.graph.articles)


def test_figures_can_be_reckoned_with(g: KnowledgeGraph) -> None:
    figures = g.figures()
    told = figures[(figures.subject == "北京市") & (figures.metric == "产值")]
    assert told.value.sum() == 22_000_000_000
    assert set(told.begin) == {pd.Timestamp("2023-01-01")} and set(told.end) == {pd.Timestamp("2023-12-31")}
    (stated,) = figures[figures.stated_by.notna()].stated_by
    assert stated == "华光公司"


def test_a_day_before_nanoseconds_begin() -> None:
    draft = Draft("元朝", "至元八年即1271年，元朝设立上都。", "2024-01-01")
    draft.figure("1271年", "年份", "1271", "年", subject="元朝", time="1271")
    (begin,) = KnowledgeGraph(assemble([draft.facts()])).figures().begin
    assert begin == pd.Timestamp("1271-01-01").as_unit("s")


def test_names_and_ids_join_the_tables(g: KnowledgeGraph) -> None:
    joined = g.relations().merge(g.entities(), left_on="subject_id", right_index=True)
    assert len(joined) == len(g.relations()) and (joined.subject == joined.name).all()


def test_articles_count_what_is_in_them(g: KnowledgeGraph) -> None:
    row = g.articles().set_index("title").loc["两部门印发氢能规划"]
    assert (row.entities, row.relations, row.figures) == (5, 5, 2)


@pytest.mark.parametrize("option", [{"issued": "yesterday"}, {"sources_file": "absent.toml"}])
def test_build_refuses_what_the_command_refuses(option: dict[str, str]) -> None:
    with pytest.raises(CannotRun, match=r"^--(issued yesterday: not a date|sources absent\.toml: no such file)"):
        kg.build(SEEDS / "reform-2023-03.txt", check="none", **option)  # type: ignore[arg-type]


def test_problems_come_back_from_the_report(tmp_path: Path) -> None:
    (tmp_path / "open.txt").write_text(OPEN, encoding="utf-8")
    built = kg.build([tmp_path / "open.txt", tmp_path / "nothing.txt"])
    built.write(tmp_path / "out")
    told = built.problems()
    assert told.lost.sum() == 1 and set(told.undecided.dropna()) >= {"name", "date"}
    pd.testing.assert_frame_equal(kg.load(tmp_path / "out").problems(), told)


# ---- SPARQL


def test_sparql_knows_the_prefixes_and_types_the_answer(g: KnowledgeGraph) -> None:
    found = g.sparql(
        "SELECT ?name ?value ?begin ?issued (COUNT(?span) AS ?quotes) "
        "{ ?f kg:about/skos:prefLabel ?name ; kg:value ?value ; kg:evidence ?span . "
        " ?span kg:inArticle ?a . OPTIONAL { ?a dcterms:issued ?issued } "
        "OPTIONAL { ?f kg:time/kg:begin ?begin } } GROUP BY ?name ?value ?begin ?issued"
    )
    kinds = {"name": "text", "value": "number", "begin": "day", "issued": "text", "quotes": "whole"}
    assert all(IS[kind](found[column].dtype) for column, kind in kinds.items())
    assert found.value.sum() == g.figures().value.sum()


def test_sparql_asks_and_constructs_and_takes_names(g: KnowledgeGraph) -> None:
    assert g.sparql("ASK { ?s a kg:Policy }").answer.tolist() == [True]
    assert list(g.sparql("CONSTRUCT WHERE { ?s a kg:Policy }")) == ["subject", "predicate", "object"]
    assert g.sparql("targets-due").reported.dropna().tolist() == [60000.0]
    large = str(10**30)  # which no column of numbers holds
    assert g.sparql(f"SELECT ('{large}'^^xsd:integer AS ?n) {{}}").n.tolist() == [large]
    with pytest.raises(QueryError, match="expected"):
        g.sparql("SELECT nonsense {")


def test_sparql_over_a_part_sees_only_the_part(g: KnowledgeGraph) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s a kg:Article }"
    assert g.subgraph(since=2026).sparql(count).n.tolist() == [1] and g.sparql(count).n.tolist()[0] > 1


# ---- finding


def test_find_gives_views_that_lead_on(g: KnowledgeGraph) -> None:
    (ndrc,) = g.find("国家发展改革委")
    assert (ndrc.name, ndrc.type, ndrc.kind) == ("国家发展和改革委员会", "Organization", "Ministry")
    assert ndrc.aliases == ("国家发展改革委",) and ndrc.iri == "urn:policykg:" + ndrc.id
    assert [article.name for article in ndrc.articles] == ["两部门印发氢能规划", "领导活动"]
    issued = next(s for s in ndrc.statements if s.predicate == "issued")
    assert issued.object.name == "氢能产业发展规划" and issued.evidence[0].article.name == "两部门印发氢能规划"
    (figure,) = issued.object.figures
    assert (figure.amount, figure.unit, figure.status) == ("目标约50,000辆", "辆", "target")
    assert g.find(figure.id)[0] == figure and g.find(issued.id)[0] == issued


def test_a_short_name_that_no_article_says_finds_the_thing() -> None:
    draft = Draft("一", "工业和信息化部印发《甲办法》。", "2024-01-02")
    body, rules = draft.name("工业和信息化部", "Organization"), draft.name("《甲办法》", "Policy", "甲办法")
    draft.relate("issued", body, rules, "工业和信息化部印发《甲办法》")
    graph = KnowledgeGraph(assemble([draft.facts()]))
    assert [found.name for found in graph.find("工信部")] == ["工业和信息化部"]
    assert graph.find("教育部") == ()


def test_one_candidate_or_an_error_that_lists_them(g: KnowledgeGraph) -> None:
    with pytest.raises(LookupError, match=r"more than one thing.*Organization/.*Organization/"):
        g.timeline("科技局")
    with pytest.raises(LookupError, match=r"not in the graph; there are .*国家能源局"):
        g.ego("能源局")
    assert len(g.timeline(g.find("科技局")[0])) > 0


def test_what_is_no_thing_of_the_graph_is_told_in_one_line(g: KnowledgeGraph) -> None:
    (elsewhere,) = kg.example().find("广东省")
    for wrong in (elsewhere, None, g.figures().iloc[0]):
        with pytest.raises(LookupError, match=r"^[^\n]{,80}: no thing of this graph$"):
            g.timeline(wrong)  # type: ignore[arg-type]
    for nothing in (None, 5, {}):
        with pytest.raises(LookupError, match="no view, id, edge of nx or row of a table"):
            g.evidence(nothing)  # type: ignore[arg-type]


# ---- parts


def test_ego_goes_step_by_step_and_not_through_dates(g: KnowledgeGraph) -> None:
    near = g.ego("海淀光源项目")
    assert set(near.entities().name) == {"海淀光源项目", "海淀区"}
    assert "completed_on" in set(near.relations().relation)
    assert set(g.ego("海淀光源项目", depth=2).entities().name) == {"海淀光源项目", "海淀区", "北京市"}
    assert set(g.ego("海淀光源项目", depth=0).entities().name) == {"海淀光源项目"}
    assert set(g.ego("科技部", kinds="partner_of").entities().name) == {"科学技术部", "教育部"}
    with pytest.raises(ValueError, match="no relation is called partner"):
        g.ego("科技部", kinds=["partner"])
    with pytest.raises(ValueError, match="燃料电池车辆保有量: Metric has no relations"):
        g.ego("燃料电池车辆保有量")


def test_subgraph_by_type_and_time(g: KnowledgeGraph) -> None:
    kinds = g.subgraph(types=["Ministry", "Policy"])
    assert set(kinds.entities().type) == {"Organization", "Policy"}
    assert set(kinds.relations().object_type) == {"Policy", "Organization", "Date"}
    assert set(kinds.figures().subject) == {"氢能产业发展规划"}
    march = g.subgraph(since="2024-03", until="2024-03")
    assert set(march.articles().issued) == {"2024-03-01", "2024-03-05"}
    assert not set(march.entities().name) & {"王芳", "水利部"}
    with pytest.raises(ValueError, match="no type is called Ministery"):
        g.subgraph(types="Ministery")


@pytest.mark.parametrize("part", [
    lambda g: g.ego("国家发展改革委", 2), lambda g: g.subgraph(since=2024), lambda g: g.subgraph("Ministry"),
    lambda g: g.subgraph(until="2024-02"), lambda g: g.subgraph("Person", 2024, 2024), lambda g: g.subgraph(since=2099),
])  # fmt: skip
def test_a_part_is_in_order_and_can_be_written(g: KnowledgeGraph, part: object, tmp_path: Path) -> None:
    assert callable(part)
    found = part(g)
    assert check(found.graph) == []
    assert found.graph.entities.keys() <= g.graph.entities.keys() and found.nx.number_of_edges() <= len(g.relations())
    found.write(tmp_path)
    assert list(kg.load(tmp_path).entities().name) == list(found.entities().name)


# ---- time


def test_timeline_dates_an_issue_by_the_documents_date(g: KnowledgeGraph) -> None:
    line = g.timeline("国家能源局")
    issued = line[line.fact == "issued"].iloc[0]
    assert (issued.time, issued.basis, issued.begin) == ("2024-03-04", "said", pd.Timestamp("2024-03-04"))
    assert line[line.fact == "partner_of"].basis.tolist() == ["reported"]
    assert line.begin.is_monotonic_increasing


def test_targets_meet_what_was_reported_later(g: KnowledgeGraph) -> None:
    due = g.targets(due=2025)
    met = due[due.actual.notna()]
    assert met[["target", "actual", "gap"]].values.tolist() == [[50000, 60000, 10000]]
    assert set(due.metric) == {"保有量", "燃料电池车辆保有量"}
    assert g.targets(due="2024").empty and len(g.targets()) == len(due)


def test_what_was_before_a_target_is_no_report_on_it() -> None:
    old = Draft("旧", "甲市保有量为1万辆。", "2019-01-01")
    old.figure("保有量为1万辆", "保有量", "10000", "辆", subject="甲市", time="2018")
    aim = Draft("新", "甲市提出，到2025年保有量达5万辆，2018年保有量为1万辆。", "2021-01-01")
    aim.figure("保有量达5万辆", "保有量", "50000", "辆", subject="甲市", time="2025", status="target")
    aim.figure("保有量为1万辆", "保有量", "10000", "辆", subject="甲市", time="2018")
    (row,) = KnowledgeGraph(assemble([old.facts(), aim.facts()])).targets().itertuples()
    assert pd.isna(row.actual)


# ---- evidence


def test_evidence_of_views_ids_edges_and_rows(g: KnowledgeGraph) -> None:
    relations = g.relations()
    issued = relations[relations.relation == "issued"]
    row = issued.iloc[0]
    (quote,) = g.evidence(row)
    assert quote.quote == row.quote
    assert g.evidence(row.name) == g.evidence(g.find(row.name)[0]) == (quote,)
    assert quote in g.evidence((row.subject_id, row.object_id))
    assert g.evidence((row.subject_id, row.object_id, row.name)) == (quote,)
    assert len(g.evidence(issued)) == len(issued)
    assert {q.quote for q in g.evidence("燃料电池车辆保有量")} == {"燃料电池车辆保有量约5万辆"}
    with pytest.raises(LookupError):
        g.evidence("没有这个")
    for edge in g.nx.edges(keys=True):
        assert g.evidence(edge)
    for edge in g.nx.edges(keys=True, data=True):
        assert g.evidence(edge)


def test_the_network_is_networkx(g: KnowledgeGraph) -> None:
    degrees = nx.degree_centrality(g.nx)
    assert g.find(max(degrees, key=lambda node: degrees[node]))[0].type == "Organization"


# ---- HTML


class Elements(HTMLParser):
    """The tags of a page and its words; nothing else may come out of a text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.words: list[str] = []
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_cards_show_the_quote_marked_in_its_context(g: KnowledgeGraph) -> None:
    (figure,) = g.find("氢能产业发展规划")[0].figures
    page = figure._repr_html_()
    assert ">燃料电池车辆保有量约5万辆</mark>。华光公司" in page and "规划提出，到2025年，<mark" in page
    assert "目标约50,000辆" in page and "《两部门印发氢能规划》, 2024-03-05 (printed), a.txt" in page


def test_cards_show_aliases_and_facts(g: KnowledgeGraph) -> None:
    words = Elements(g.find("国家发展改革委")._repr_html_()).words
    assert "also called: 国家发展改革委" in words and "氢能产业发展规划" in words
    assert "nothing found" in Elements(g.find("没有这个")._repr_html_()).words
    assert any("印发、发布" in word for word in Elements(g._repr_html_()).words)


def test_nothing_in_a_text_becomes_a_tag(evil: KnowledgeGraph) -> None:
    allowed = {"div", "b", "span", "mark", "table", "tr", "th", "td"}
    views = [evil, *(evil.find(i)[0] for i in (*evil.graph.entities, *evil.graph.statements, *evil.graph.observations))]
    views += list(evil.evidence(evil.figures()))
    assert len(views) > 3 * len(HOSTILE)
    for view in views:
        elements = Elements(view._repr_html_())
        assert elements.tags <= allowed and elements.attributes <= {"style"} and not elements.open, view


def test_the_explorer_stays_in_its_frame(evil: KnowledgeGraph) -> None:
    shown = evil.show(height=500)
    elements = Elements(shown._repr_html_())
    assert elements.tags == {"iframe"} and not any(word.strip() for word in elements.words)
    assert "height:500px" in shown._repr_html_() and shown.page.lower().startswith("<!doctype html>")


# ---- what it costs to have all this


def in_a_fresh_python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_the_command_does_not_wait_for_tables_and_charts() -> None:
    heavy = "{'pandas', 'matplotlib', 'networkx', 'rdflib', 'numpy', 'kg.notebook'} & set(sys.modules)"
    assert in_a_fresh_python(f"import sys, kg, kg.cli; print({heavy})") == "set()\n"
    heavy = "{'pandas', 'matplotlib'} & set(sys.modules)"
    assert in_a_fresh_python(f"import sys, kg; kg.example().find('三峡集团'); print({heavy})") == "set()\n"


@pytest.mark.parametrize(
    ("package", "use"), [("pandas", "kg.example().entities()"), ("matplotlib", "kg.example().plot")]
)
def test_a_missing_extra_is_told_in_one_line(package: str, use: str) -> None:
    said = in_a_fresh_python(f"import sys; sys.modules['{package}'] = None; import kg; {use}")
    assert said.splitlines()[-1].endswith(f"need {package}, which is not installed: pip install 'policykg[notebook]'")
