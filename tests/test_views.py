"""What else is made of a package: cubes as cube.link has them, targets as shapes, cubes as tables with CSVW."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from click.testing import CliRunner

from tests.conformance.checks import PROFILES
from tests.conftest import SHARED
from yusuan.cli import main
from yusuan.emit import emit_graph, graph_lines, write_cube_tables
from yusuan.package import Package

CUBE = rdflib.Namespace("https://cube.link/")
QB = rdflib.Namespace("http://purl.org/linked-data/cube#")
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
YS = rdflib.Namespace("https://w3id.org/yusuan/ontology#")
AMOUNT = rdflib.URIRef("http://data.openbudgets.eu/ontology/dsd/measure/amount")


def objections(graph: rdflib.Graph, *rules: rdflib.Graph) -> set[tuple[str, str]]:
    """Node and property of each objection that shapes make to a graph."""
    shapes = rdflib.Graph()
    for one in rules:
        shapes += one
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes)
    assert isinstance(report, rdflib.Graph)
    return {
        (str(report.value(result, SH.focusNode)), str(report.value(result, SH.resultPath)))
        for result in report.subjects(rdflib.RDF.type, SH.ValidationResult)
    }


@pytest.fixture(scope="module")
def told(small: Package) -> set[ox.Triple]:
    """What the graph says of its observations, without what the tables leave to others."""
    quads = list(ox.parse("\n".join(graph_lines(small)).encode(), ox.RdfFormat.N_QUADS))
    kind, observation = ox.NamedNode(str(rdflib.RDF.type)), ox.NamedNode(str(QB.Observation))
    nodes = {quad.subject for quad in quads if (quad.predicate, quad.object) == (kind, observation)}
    left_out = ox.NamedNode(str(rdflib.PROV.wasDerivedFrom))
    default = ox.DefaultGraph()
    return {q.triple for q in quads if q.subject in nodes and q.graph_name == default and q.predicate != left_out}


# cube.link


@pytest.fixture(scope="module")
def linked(small: Package, tmp_path_factory: pytest.TempPathFactory) -> rdflib.Graph:
    """The small package's cubes as cube.link has them."""
    path = tmp_path_factory.mktemp("linked") / "cubes.nt"
    assert emit_graph(small, path, view="cube-link") > 500
    return rdflib.Graph().parse(path, format="nt")


@pytest.fixture
def constrained(linked: rdflib.Graph) -> tuple[rdflib.Graph, rdflib.Graph, rdflib.URIRef]:
    """One cube's observations, its own constraint as a shape of them, and one of the observations."""
    cube = next(
        c for c in sorted(linked.subjects(rdflib.RDF.type, CUBE.Cube), key=str) if str(c).endswith("general-basic")
    )
    constraint, members = linked.value(cube, CUBE.observationConstraint), linked.value(cube, CUBE.observationSet)
    assert constraint is not None and members is not None
    nodes = sorted(linked.objects(members, CUBE.observation), key=str)
    observations, shape = rdflib.Graph(), rdflib.Graph()
    for node in nodes:
        observations += linked.triples((node, None, None))
        shape.add((constraint, SH.targetNode, node))
    for triple in linked:
        if str(triple[0]).startswith(str(cube)) or triple[1] in (rdflib.RDF.first, rdflib.RDF.rest):
            shape.add(triple)
    assert len(nodes) > 5
    return observations, shape, nodes[0]  # type: ignore[return-value]


def test_observations_keep_the_constraint_of_their_cube(
    constrained: tuple[rdflib.Graph, rdflib.Graph, rdflib.URIRef],
) -> None:
    observations, shape, _ = constrained
    assert objections(observations, shape) == set()


def test_the_constraint_sees_what_is_missing_strange_or_of_no_list(
    constrained: tuple[rdflib.Graph, rdflib.Graph, rdflib.URIRef],
) -> None:
    observations, shape, node = constrained
    stranger, fund = rdflib.URIRef("http://example.org/stranger"), YS.fund
    for property_, value in ((AMOUNT, None), (stranger, stranger), (fund, stranger)):
        wrong = rdflib.Graph() + observations
        if property_ != stranger:
            wrong.remove((node, property_, None))
        if value is not None:
            wrong.add((node, property_, value))
        assert objections(wrong, shape) == {(str(node), str(property_))}


@pytest.mark.skipif(not (SHARED / "suites" / "cube-link").is_dir(), reason="the shared suites are not here")
@pytest.mark.parametrize("profile", PROFILES)
def test_cubes_conform_to_the_profiles_of_cube_link(profile: str, linked: rdflib.Graph) -> None:
    paths = [SHARED / "suites" / "cube-link" / f"{part}.ttl" for part in PROFILES[profile]]
    rules = [rdflib.Graph().parse(path, format="turtle") for path in paths]
    assert objections(linked, *rules) == set()
    wrong = rdflib.Graph() + linked
    cube = next(wrong.subjects(rdflib.RDF.type, CUBE.Cube))
    wrong.remove((cube, CUBE.observationSet, None))
    wrong.remove((cube, rdflib.URIRef("http://schema.org/name"), None))
    wrong.remove((cube, CUBE.observationConstraint, None))
    assert {node for node, _ in objections(wrong, *rules)} == {str(cube)}


def test_every_figure_of_a_cube_is_an_observation_of_its_link(told: set[ox.Triple], linked: rdflib.Graph) -> None:
    backcasts = {str(triple.subject) for triple in told if triple.object == ox.NamedNode(str(YS.Backcast))}
    amounts = {(str(t.subject), str(t.object)) for t in told if t.predicate.value == str(AMOUNT)}
    nodes = linked.subjects(rdflib.RDF.type, CUBE.Observation)
    found = {(node.n3(), value.n3()) for node in nodes for value in linked.objects(node, AMOUNT)}
    assert found == {(node, amount) for node, amount in amounts if node not in backcasts}


# targets as shapes

RESULTS = [
    ("gteq", "95", "96%", True),
    ("gteq", "95", "95%", True),
    ("gteq", "95", "90%", False),
    ("lteq", "5", "5%", True),
    ("lteq", "5", "6%", False),
    ("gt", "5", "5%", False),
    ("lt", "5", "4%", True),
    ("eq", "5", "5%", True),
    ("eq", "5", "4%", False),
    ("gteq", "95", "已完成", False),  # a result without a number cannot be held against one
    ("gteq", "95", "", True),  # nothing told, nothing asked
    ("", "95", "90%", True),  # no operator printed: a bare 95% is not judged
]
"""Operator, value, what was achieved, and whether that meets the target."""


def test_results_are_held_against_their_targets(
    small: Package, copy_of: Callable[[Package], Package], tmp_path: Path
) -> None:
    package = copy_of(small)
    first = next(row for row in package.rows("indicators") if row["kind"] == "ratio")
    page = first["id"].partition("#")[0]
    rows = [
        {**first, "id": f"{page}#{n}", "level3": f"指标{n}", "operator": o, "value": v, "unit": "百分比", "actual": a}
        for n, (o, v, a, _) in enumerate(RESULTS)
    ]
    package.write({"indicators": rows})
    shapes, results = tmp_path / "shapes.nt", tmp_path / "graph.nt"
    emit_graph(package, shapes, view="target-shapes")
    emit_graph(package, results)
    found = objections(rdflib.Graph().parse(results), rdflib.Graph().parse(shapes))
    assert {property_ for _, property_ in found} == {str(YS.actualValue)}
    missed = [int(node.partition("#")[2].partition("@")[0]) for node, _ in found]
    assert sorted(missed) == [n for n, (_, _, _, met) in enumerate(RESULTS) if not met]


# cubes as tables


@pytest.fixture(scope="module")
def tables(small: Package, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_cube_tables(small, tmp_path_factory.mktemp("tables"))


def triples(table: Path) -> Iterator[ox.Triple]:
    """The triples that the metadata of a table makes of its rows."""
    described = json.loads(table.with_name(f"{table.name}-metadata.json").read_text(encoding="utf-8"))
    columns = described["tableSchema"]["columns"]
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for column in columns:
                cell = row.get(column["name"], "")
                if not column.get("suppressOutput") and (cell or column.get("virtual")):
                    yield ox.Triple(_node(column["aboutUrl"], row), _property(column), _value(column, cell, row))


def _node(template: str, row: dict[str, str]) -> ox.NamedNode:
    return ox.NamedNode(re.sub(r"\{\+(\w+)\}", lambda found: row[found[1]], template))


def _property(column: dict[str, str]) -> ox.NamedNode:
    return ox.NamedNode(column["propertyUrl"].replace("rdf:type", str(rdflib.RDF.type)))


def _value(column: dict[str, str], cell: str, row: dict[str, str]) -> ox.NamedNode | ox.Literal:
    if "valueUrl" in column:
        return _node(column["valueUrl"], row)
    if "lang" in column:
        return ox.Literal(cell, language=column["lang"])
    return ox.Literal(cell, datatype=ox.NamedNode(str(rdflib.XSD[column["datatype"]])))


def test_tables_of_cubes_say_what_the_graph_says(told: set[ox.Triple], tables: list[Path]) -> None:
    made = [triple for table in tables for triple in triples(table)]
    assert len(made) == len(set(made)) > 2000
    assert set(made) == told


def test_a_cell_that_changes_changes_a_triple(told: set[ox.Triple], tables: list[Path], tmp_path: Path) -> None:
    (table,) = (path for path in tables if path.name == "general-basic.csv")
    for name in (table.name, f"{table.name}-metadata.json"):
        (tmp_path / name).write_bytes((table.parent / name).read_bytes())
    copy = tmp_path / table.name
    with copy.open(encoding="utf-8", newline="") as file:
        head, first, *rest = csv.reader(file)
    first[head.index("amount")] = "1.5"
    with copy.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, first, *rest])
    (new,) = set(triples(copy)) - told
    decimal = ox.NamedNode(str(rdflib.XSD.decimal))
    assert (new.predicate.value, new.object) == (str(AMOUNT), ox.Literal("1.5", datatype=decimal))


def test_tables_have_the_columns_that_are_described(tables: list[Path]) -> None:
    for table in tables:
        described = json.loads(table.with_name(f"{table.name}-metadata.json").read_text(encoding="utf-8"))
        columns = [column["name"] for column in described["tableSchema"]["columns"] if not column.get("virtual")]
        with table.open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == columns
        assert described["url"] == table.name
        assert {title["@language"] for title in described["dc:title"]} == {"zh-Hans", "en"}


def test_the_command_writes_tables_and_refuses_what_does_not_go_with_them(small: Package, tmp_path: Path) -> None:
    folder = tmp_path / "cubes"
    done = CliRunner().invoke(main, ["emit", "--package", str(small.root), "--cubes", str(folder)])
    assert done.exit_code == 0, done.output
    assert len(list(folder.glob("*.csv"))) == len(list(folder.glob("*-metadata.json"))) == int(done.output.split()[0])
    for more in (["--output", str(tmp_path / "graph.nt")], ["--view", "cube-link"]):
        refused = CliRunner().invoke(main, ["emit", "--package", str(small.root), "--cubes", str(folder), *more])
        assert refused.exit_code == 2, refused.output
    assert not (tmp_path / "graph.nt").exists()
