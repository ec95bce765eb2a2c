"""Extractions into one graph: nodes, names, statements, figures."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from extractors.model import Article, Extraction, Mention, Name, Offsets, Relation, Span
from kg.assemble import assemble
from kg.facts import boil_down, date_id
from kg.model import fold, make_id
from tests.sample import Draft, plan, posts


def short() -> Draft:
    """Another article on the plan, in other words."""
    draft = Draft(None, "国家发展改革委近日印发《氢能产业发展规划》。", "2024-03-07", "c.txt")
    ndrc = draft.name("国家发展改革委", "Organization", "国家发展和改革委员会", "Ministry")
    policy = draft.name("《氢能产业发展规划》", "Policy", "氢能产业发展规划")
    draft.relate("issued", ndrc, policy, "国家发展改革委近日印发《氢能产业发展规划》")
    return draft


def test_one_node_per_thing_across_articles() -> None:
    graph = assemble([plan().facts(), posts().facts()])
    (node,) = graph.find("国家发展改革委")
    ndrc = graph.entities[node]
    assert ndrc.name == "国家发展和改革委员会"
    assert ndrc.aliases == ("国家发展改革委",)
    assert ndrc.kind == "Ministry"
    assert len(ndrc.mentioned_in) == 2


def test_ids_depend_on_type_and_name_alone() -> None:
    graph = assemble([plan().facts()])
    assert make_id("Organization", fold("国家能源局"), "") in graph.entities
    assert make_id("Organization", fold("“国家 能源局”"), "") in graph.entities


def test_homonyms_are_kept_apart_by_their_place() -> None:
    graph = assemble([posts().facts()])
    assert {e.within for e in graph.entities.values() if e.name == "科技局"} == {"徐州市", "苏州市"}


def test_words_that_only_point_are_no_alias() -> None:
    graph = assemble([posts().facts()])
    (event,) = (e for e in graph.entities.values() if e.type == "Event")
    assert (event.name, event.aliases) == ("淮海科技大会", ())
    assert event.mentioned_in


def test_an_end_that_only_points_costs_confidence() -> None:
    graph = assemble([posts().facts()])
    trust = {s.predicate: s.confidence for s in graph.statements.values()}
    assert trust["partner_of"] == Decimal("0.80")
    assert trust["located_in"] == Decimal("0.60")


def test_two_articles_are_surer_than_one() -> None:
    graph = assemble([plan().facts(), short().facts()])
    statement = next(s for s in graph.statements.values() if s.predicate == "issued" and len(s.articles) == 2)
    assert statement.confidence == Decimal("0.96")


def test_a_reprint_is_no_second_voice() -> None:
    again = plan()
    again.article = replace(again.article, id="0" * 16, source="c.txt", issued="2024-03-06")
    graph = assemble([plan().facts(), again.facts()])
    statement = next(s for s in graph.statements.values() if s.predicate == "issued")
    assert len(statement.articles) == 2
    assert statement.confidence == Decimal("0.80")
    first, second = graph.articles.values()
    assert (first.reprint_of, second.reprint_of) == (None, first.id)
    assert not any(seen.contradicts for seen in graph.observations.values())


def test_symmetric_relations_are_written_once() -> None:
    draft = Draft(None, "甲公司与乙公司合作。乙公司与甲公司签约。")
    first, second = draft.name("甲公司", "Organization"), draft.name("乙公司", "Organization")
    draft.relate("partner_of", first, second, "甲公司与乙公司合作")
    draft.relate("partner_of", second, first, "乙公司与甲公司签约")
    (statement,) = assemble([draft.facts()]).statements.values()
    assert [e.quote for e in statement.evidence] == ["甲公司与乙公司合作", "乙公司与甲公司签约"]


def test_two_posts_are_two_statements() -> None:
    graph = assemble([posts().facts()])
    held = [s for s in graph.statements.values() if s.predicate == "holds_post"]
    assert {s.qualifier for s in held} == {"局长", "党组书记"}


def test_a_date_inferred_for_a_figure_is_mentioned_nowhere() -> None:
    dates = assemble([plan().facts()]).dates
    assert dates[date_id("2023")].mentioned_in == ()
    assert dates[date_id("2025")].mentioned_in
    assert dates[date_id("2024-03-04")].labels == ("3月4日",)


def test_unnamed_subjects_belong_to_their_article() -> None:
    other = plan()
    other.article = replace(other.article, id="1" * 16)
    graph = assemble([plan().facts(), other.facts()])
    things = [n for n in graph.labels.values() if n.type == "Thing"]
    assert [t.name for t in things] == ["基地", "基地"]
    assert len([n for n in graph.labels.values() if n.name == "产量"]) == 1


def test_the_same_article_in_two_files_is_kept_once() -> None:
    first, second = plan(), plan()
    second.article = replace(second.article, source="copy/a.txt")
    graph = assemble([first.facts(), second.facts()])
    (article,) = graph.articles.values()
    assert article.sources == ("a.txt", "copy/a.txt")
    assert all(len(s.evidence) == 1 for s in graph.statements.values())
    assert len(graph.observations) == 2


def test_an_undated_copy_is_no_second_support() -> None:
    copy = plan()
    copy.article = replace(copy.article, id="3" * 16, issued=None, issued_basis="unknown", source="copy.txt")
    for facts in ([plan().facts(), copy.facts()], [copy.facts(), plan().facts()]):
        graph = assemble(facts)
        (article,) = graph.articles.values()
        assert (article.issued, article.sources) == ("2024-03-05", ("a.txt", "copy.txt"))
        assert all(len(s.articles) == 1 for s in graph.statements.values())


def test_quotes_bring_their_context_and_their_place_in_the_file() -> None:
    draft = posts()
    graph = assemble([draft.facts()])
    evidence = next(s for s in graph.statements.values() if s.predicate == "located_in").evidence[0]
    text = draft.article.text
    assert evidence.quote == evidence.span.of(text) == "本届大会在徐州召开"
    assert text.startswith(evidence.before + evidence.quote, evidence.span.start - len(evidence.before))
    assert evidence.raw == Span(evidence.span.start + 100, evidence.span.end + 100)


def test_raw_span_holds_all_pieces_in_whatever_order_they_stand() -> None:
    # The headline stands behind its body in the file; a line break between them was put in.
    article = Article("2" * 16, "a.txt", "题", "题\n正文甲乙", offsets=Offsets(((0, 50), (1, -1), (2, 10), (4, 20))))
    a = Mention(Span(2, 4), "Organization", Name("正文"), "r")
    b = Mention(Span(4, 6), "Organization", Name("甲乙"), "r")
    said = Relation("partner_of", a, b, Span(0, 6), "r")
    (claim,) = boil_down(Extraction(article, (a, b), (said,), (), ())).claims
    assert claim.evidence.raw == Span(10, 51)
    inserted = Relation("partner_of", a, b, Span(1, 2), "r")
    (claim,) = boil_down(Extraction(article, (a, b), (inserted,), (), ())).claims
    assert claim.evidence.raw is None


def test_what_the_schema_does_not_allow_is_a_problem() -> None:
    draft = Draft(None, "王芳印发意见。")
    person, policy = draft.name("王芳", "Person"), draft.name("意见", "Policy")
    draft.relate("issued", person, policy, "王芳印发意见")
    draft.relate("no_such_relation", person, policy, "王芳印发意见")
    facts = draft.facts()
    assert facts.claims == []
    assert len(facts.problems) == 2


def test_dates_and_evidence_that_cannot_be_are_problems() -> None:
    draft = Draft(None, "本月32日召开大会。")
    event, day = draft.name("大会", "Event"), draft.date("本月32日", "2024-02-32")
    draft.relate("held_on", event, day, "本月32日召开大会")
    facts = draft.facts()
    assert not facts.claims and not facts.dates and facts.problems
    outside = replace(draft.relations[0], type="located_in", target=draft.name("本月", "Place"), evidence=Span(5, 99))
    draft.relations = [outside]
    assert any("outside" in p.message for p in draft.facts().problems)
