"""Findings in every form: for a person, for other programs, for code hosts."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from tests.conftest import HERE
from yusuan.check import as_github, as_json, as_markdown, as_sarif, load_rules, summary
from yusuan.check.sentence import sentence
from yusuan.cli import main
from yusuan.finding import Finding, Severity
from yusuan.package import Package

SARIF = json.loads((HERE / "sarif.schema.json").read_text(encoding="utf-8"))


def a_finding(number: int = 1, severity: Severity = Severity.MUST, **more: object) -> Finding:
    fields = {
        "rule": "sum-down-rows", "severity": severity,
        "message": f"第 {number} 处不平", "message_en": f"place {number} is off",
        "filing": "110000-yl-2020-budget", "resource": "line_items", "row_key": f"t#{number}", "line": number + 1,
        "file": "data/line_items.csv",
        "source": f"a b.pdf#page={number}", "other_source": "c.pdf#page=9",
        "expected": "1", "found": "2", "difference": "1",
    }  # fmt: skip
    return Finding(**{**fields, **more})  # type: ignore[arg-type] # a test may give any field


def test_sarif_is_valid_and_names_both_places(shipped: Package) -> None:
    rules = load_rules(shipped.file("schemas", "rules"))
    findings = [
        a_finding(),
        a_finding(2, Severity.SHOULD, status="accepted"),
        a_finding(3, Severity.INFO, resource="", line=None, file=""),
        a_finding(4, rule="schema-type-error", filing="", source="", other_source=""),
    ]
    log = json.loads(as_sarif(findings, rules, "1.2.3", "en"))
    jsonschema.Draft202012Validator(SARIF).validate(log)
    (run,) = log["runs"]
    described = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert {rule.code for rule in rules} <= set(described)
    for result in run["results"]:
        assert described[result["ruleIndex"]] == result["ruleId"]
    first, second, third, fourth = run["results"]
    assert first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "data/line_items.csv"
    assert first["locations"][0]["physicalLocation"]["region"] == {"startLine": 2}
    assert [place["message"]["text"] for place in first["relatedLocations"]] == ["a b.pdf#page=1", "c.pdf#page=9"]
    assert first["level"] == "error" and second["level"] == "warning" and third["level"] == "note"
    assert "suppressions" in second and "suppressions" not in first
    assert third["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%20b.pdf#page=3"
    assert fourth["ruleId"] == "schema-type-error"


def test_the_schema_of_the_test_refuses_what_is_no_sarif(shipped: Package) -> None:
    log = json.loads(as_sarif([a_finding()], load_rules(shipped.file("schemas", "rules")), "1.2.3", "zh"))
    log["runs"][0]["results"][0]["level"] = "must"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SARIF).validate(log)


def test_github_shows_ten_of_each_level_and_escapes() -> None:
    findings = [a_finding(n) for n in range(1, 15)] + [a_finding(n, Severity.SHOULD) for n in range(1, 13)]
    findings += [a_finding(99, status="accepted")]
    lines = list(as_github(findings, "zh"))
    assert sum(line.startswith("::error ") for line in lines) == 10
    assert sum(line.startswith("::warning ") for line in lines) == 10
    assert lines[0] == "::error file=data/line_items.csv,line=2,title=sum-down-rows::第 1 处不平 (a b.pdf#page=1)"
    (line,) = as_github([a_finding(message_en="100% of\nit", rule="a:b,c")], "en")
    assert "title=a%3Ab%2Cc::100%25 of%0Ait" in line


def test_github_writes_the_whole_table_into_the_step_summary(tmp_path: Path) -> None:
    page = tmp_path / "summary.md"
    runner = CliRunner(env={"GITHUB_STEP_SUMMARY": str(page)})
    result = runner.invoke(
        main, ["check", "--package", str(HERE.parent), "--format", "github", "--rule", "share-follows"]
    )
    assert result.exit_code == 0, result.output
    assert "share-follows" in page.read_text(encoding="utf-8")


def test_markdown_leaves_no_markup_of_a_document() -> None:
    page = as_markdown([a_finding(message="a|b <script> *c* `d`")], "zh")
    assert "<script>" not in page
    assert "a\\|b &lt;script&gt; \\*c\\* \\`d\\`" in page


def test_json_has_the_names_of_the_contract() -> None:
    (row,) = json.loads(as_json([a_finding()]))
    assert set(row) >= {"code", "severity", "filing", "place", "message", "expected", "found", "difference"}
    assert row["place"] == "a b.pdf#page=1 | data/line_items.csv:2"


def test_the_summary_counts_open_findings() -> None:
    assert (
        summary([a_finding(), a_finding(status="fixed"), a_finding(2, Severity.INFO)])
        == "1 must, 0 should, 1 info; 1 reviewed"
    )


@pytest.mark.parametrize(
    ("template", "language", "said"),
    [
        ("{found:money}", "zh", "-1,234.5 万元"),
        ("{found:size}", "zh", "1,234.5 万元"),
        ("{found:money}", "en", "-12,345,000 yuan"),
        ("{label}”{word}{nothing}", "zh", "预算”增加"),
    ],
)
def test_sentences_say_money_in_the_unit_printed(template: str, language: str, said: str) -> None:
    values = {"found": "-12345000", "unit": "万元", "label": "预算增加", "word": "增加"}
    assert sentence(template, values, language) == said
