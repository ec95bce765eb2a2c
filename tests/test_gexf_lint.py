"""Each rule of the lint has a file that breaks it; a file in order breaks none."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli import app
from kg.gexf_lint import lint

FILE = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<graph defaultedgetype="directed" mode="dynamic" timeformat="date">
<attributes class="node"><attribute id="type" title="type" type="string"/></attributes>
<attributes class="edge">
 <attribute id="articles" title="articles" type="integer"/><attribute id="sure" title="sure" type="boolean"/>
 <attribute id="confidence" title="confidence" type="double"/>
</attributes>
<nodes>
<node id="a" label="甲" start="2024-01-01" end="2024-06-30">
 <attvalues><attvalue for="type" value="组织"/></attvalues>
 <spells><spell start="2024-01-01" end="2024-01-31"/><spell start="2024-03-01" end="2024-06-30"/></spells>
 <viz:color r="1" g="2" b="3"/><viz:size value="4.0"/><viz:position x="1.5" y="0" z="0"/></node>
<node id="b" label="乙" start="2024-01-01">
 <viz:color r="1" g="2" b="3" a="0.5"/><viz:size value="4.0"/><viz:position x="-2" y="0" z="0"/></node>
<node id="c" label="丙">
 <viz:color r="1" g="2" b="3"/><viz:size value="4.0"/><viz:position x="3" y="0" z="0"/></node>
</nodes>
<edges>
<edge id="1" source="a" target="b" type="directed" kind="issued" label="印发" weight="2.0"
 start="2024-03-01" end="2024-03-02">
 <attvalues><attvalue for="articles" value="2"/><attvalue for="sure" value="true"/></attvalues></edge>
<edge id="2" source="a" target="b" type="directed" kind="approved" label="批准" weight="1.0"
 start="2024-05-01" end="2024-05-01"/>
<edge id="3" source="b" target="c" kind="issued" label="印发" start="2024-05-01"/>
</edges>
</graph>
</gexf>
"""

DAY = 'start="2024-05-01" end="2024-05-01"'
SPELL = '<spell start="2024-03-01" end="2024-06-30"/>'
ARTICLES = '<attribute id="articles" title="articles" type="integer"/>'
SECOND = '<edge id="2" source="a" target="b" type="directed"'
SIZE, COLOUR, LAST = '<viz:size value="4.0"/>', '<viz:color r="1" g="2" b="3"/>', '<viz:position x="3"'

# What is put in the place of what, and the complaint.
BREAKS = [
    ('version="1.3"', 'version="1.2"', "version 1.2"),
    ('defaultedgetype="directed" ', "", "defaultedgetype"),
    ('defaultedgetype="directed"', 'defaultedgetype="mutual"', "defaultedgetype"),
    ('timeformat="date"', 'timeformat="double"', "without timeformat date"),
    ('mode="dynamic"', 'mode="static"', "days in a graph that does not say mode dynamic"),
    ('class="node"', 'class="nodes"', "neither node nor edge"),
    (ARTICLES, '<attribute id="sure" title="s" type="string"/>', "declared twice"),
    ('type="integer"', 'type="decimal"', "of type decimal"),
    ('<node id="c" ', "<node ", "no id: the node is dropped"),
    ('<node id="c"', '<node id="b"', "the id of another node"),
    ('label="丙"', "", "no label"),
    ('label="丙"', 'label=""', "no label"),
    ('label="批准"', "", "no label"),
    ('value="组织"', 'value="组&#x85;织"', "a control character"),
    ('label="丙"', 'label="丙&#x7F;"', "a control character"),
    ('label="丙"', 'label="丙\x07"', "no XML"),
    ('label="丙"', 'label="丙&#x0;"', "no XML"),
    ("</graph>", "", "no XML"),
    ('for="type"', 'for="sort"', "value sort is not declared"),
    ('for="articles" value="2"', 'for="articles" value="2.5"', "no integer"),
    ('for="articles" value="2"', 'for="confidence" value="nan"', "no double"),
    ('for="sure" value="true"', 'for="sure" value="True"', "no boolean"),
    ('value="组织"', 'value="None"', "which is no value"),
    ('value="组织"', 'value=""', "which is no value"),
    ('for="sure" value="true"', 'for="articles" value="3"', "value articles twice"),
    (COLOUR + SIZE + LAST, SIZE + LAST, "no colour"),
    ('r="1" g="2" b="3" a="0.5"', 'r="256" g="2" b="3"', "three numbers from 0 to 255"),
    ('r="1" g="2" b="3" a="0.5"', 'r="-1" g="2" b="3"', "three numbers from 0 to 255"),
    ('r="1" g="2" b="3" a="0.5"', 'r="1" g="2"', "three numbers from 0 to 255"),
    ('r="1" g="2" b="3" a="0.5"', 'hex="#010203"', "a colour in hex"),
    ('a="0.5"', 'a="128"', "an opacity"),
    (SIZE + LAST, '<viz:size value="0"/>' + LAST, "no size above 0"),
    (SIZE + LAST, LAST, "no size above 0"),
    ('<viz:position x="3" y="0" z="0"/>', "", "no position"),
    ('x="3"', 'x="NaN"', "no position"),
    ('x="3"', 'x="-2.0"', "on top of another node"),
    ('<edge id="2"', "<edge", "gets one by chance"),
    ('<edge id="2"', '<edge id="1"', "the id of another edge"),
    ('source="b" target="c"', 'source="b" target="d"', "d is no node"),
    ('source="b" target="c"', 'target="c"', "an end is no node"),
    (SECOND, SECOND.replace("directed", "undirected"), "undirected, where all are directed"),
    (SECOND, SECOND.replace("directed", "mutual"), "mutual, where all are directed"),
    ('weight="1.0"', 'weight="0"', "weight 0"),
    ('weight="1.0"', 'weight="-1"', "weight -1"),
    ('weight="1.0"', 'weight="inf"', "weight inf"),
    ('weight="1.0"', 'weight="viel"', "weight viel"),
    ('kind="approved"', 'kind="issued"', "parallel to another edge of its kind"),
    (DAY, 'start="2024-05" end="2024-05-01"', "start '2024-05' is no full day"),
    (DAY, 'start="20240501" end="2024-05-01"', "is no full day"),
    (DAY, 'start="2024-05-01T09:00:00+08:00" end="2024-05-01"', "is no full day"),
    (DAY, 'start="2024-05-01" end="None"', "end 'None' is no full day"),
    (DAY, 'start="2024-05-01" end="2024-04-30"', "before it starts"),
    (DAY, 'timestamp="2024-05-01"', "timestamp: another kind of time"),
    (DAY, 'start="2024-05-01" endopen="2024-05-02"', "endopen: another kind of time"),
    (DAY, 'start="2024-02-01" end="2024-02-01"', "is there when a is not"),
    (DAY, 'start="2024-01-20" end="2024-03-02"', "is there when a is not"),
    (DAY, "", "is there when a is not"),
    (SPELL, '<spell start="2024-01-31" end="2024-06-30"/>', "spells that overlap"),
    (SPELL, "<spell/>", "a spell without start and end"),
    (SPELL, '<spell start="2024-03-01" end="2024-06-29"/>', "not those of its spells"),
]  # fmt: skip


def messages(text: str) -> list[str]:
    return [problem.message for problem in lint(io.BytesIO(text.encode()))]


def test_a_file_in_order() -> None:
    assert messages(FILE) == []


@pytest.mark.parametrize(("was", "becomes", "complaint"), BREAKS, ids=[f"{b[2]}-{n}" for n, b in enumerate(BREAKS)])
def test_what_is_out_of_order(was: str, becomes: str, complaint: str) -> None:
    assert was in FILE
    broken = FILE.replace(was, becomes, 1)
    assert [words for words in messages(broken) if complaint in words], messages(broken)


def test_parallel_without_a_direction_is_parallel_either_way() -> None:
    there = '<edge id="1" source="a" target="b" kind="k" label="x"/>'
    back = '<edge id="2" source="b" target="a" kind="k" label="x"/>'
    nodes = FILE[FILE.index("<nodes>") : FILE.index("<edges>")].replace(' start="2024-01-01"', "")
    head = FILE[: FILE.index("<nodes>")]
    text = f"{head}{nodes}<edges>{there}{back}</edges></graph></gexf>"
    assert not [words for words in messages(text) if "parallel" in words]
    assert [words for words in messages(text.replace('type="directed"', "")) if "parallel" in words] == []
    undirected = text.replace('defaultedgetype="directed"', 'defaultedgetype="undirected"')
    assert [words for words in messages(undirected) if "parallel" in words]


def test_where_it_is_wrong() -> None:
    problems = lint(io.BytesIO(FILE.replace('weight="1.0"', 'weight="0"').encode()))
    assert [(p.where, p.lost) for p in problems] == [("edge 2", True)]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.gexf", b"<html/>", "no GEXF: begins with html"),
        ("a.gexf.gz", FILE.encode(), "cannot be unpacked: Not a gzipped file"),
        ("a.gexf.gz", gzip.compress(FILE.encode())[:200], "cannot be unpacked: Compressed file ended"),
        ("a.gexf.gz", gzip.compress(FILE.encode())[:20] + b"?" * 99, "cannot be unpacked: Error -3"),
    ],
)
def test_what_is_no_gexf(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    (problem,) = lint(tmp_path / name)
    assert problem.message.startswith(words)


def test_the_command(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.gexf.gz", tmp_path / "bad.gexf"
    good.write_bytes(gzip.compress(FILE.encode()))
    bad.write_text(FILE.replace('label="丙"', ""), encoding="utf-8")
    run = CliRunner().invoke
    assert (run(app, ["lint", str(good)]).exit_code, run(app, ["lint", str(good)]).output) == (0, "")
    done = run(app, ["lint", str(good), str(bad)])
    assert (done.exit_code, done.stdout) == (1, f"{bad}: node c: no label\n")
    gone = run(app, ["lint", str(tmp_path / "none.gexf")])
    assert gone.exit_code == 2 and "no such file" in gone.stderr
