"""Makes the derived pages of the docs from the files they describe, and the site of all pages in build/docs.

`make docs` runs it; tests hold that the pages are fresh and that every link of the site leads somewhere.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import rdflib

from yusuan.check import Rule, load_rules
from yusuan.package import Package, open_package, read_csv
from yusuan.query import load_questions

HERE = Path(__file__).parent
MOST_LISTED = 100
"""Entries of a list that the glossary shows; longer lists are code lists."""

KINDS = {
    1: "表内合计 · sums within a table",
    2: "表间相等 · the same fact in two tables",
    3: "文字与表一致 · prose says what tables say",
    4: "占比、增减、比率 · shares, changes, rates",
    5: "金额单位 · units of money",
    6: "科目代码与名称 · codes and their names",
    7: "名称一致 · one thing has one name",
    8: "数目与清单一致 · counts match lists",
    9: "绩效表 · performance forms",
    10: "年度衔接 · years agree",
    11: "完整、本部门、无模板残留 · complete, its own, no template left",
    12: "模式 · schemas",
}


def pages(package: Package) -> dict[str, str]:
    """Every derived page by file name."""
    return {
        "data-dictionary.md": data_dictionary(package),
        "glossary.md": glossary(package),
        "rules.md": rules(package),
        "questions.md": questions(package),
    }


def data_dictionary(package: Package) -> str:
    """All resources and their fields, from the Table Schemas."""
    out = [
        "# Data dictionary · 数据字典",
        "",
        "Made from `schemas/tables/*.json` by `make docs`. **Bold** fields are the key; • fields must be filled.",
    ]
    for resource in package.resources.values():
        references = {
            fk["fields"][0]: fk["reference"]["resource"] or resource.name
            for fk in resource.schema.get("foreignKeys", [])
        }
        out += ["", f"## {resource.name} · {resource.title}", "", resource.description, ""]
        out += [f"`{resource.path.relative_to(package.root.resolve())}`", ""]
        out += ["| field | 字段 | type | meaning |", "|---|---|---|---|"]
        for field in resource.schema["fields"]:
            name = field["name"]
            constraints = field.get("constraints", {})
            shown = f"**{name}**" if name in resource.key else name
            meaning = field["description"]
            if name in references:
                meaning += f" → `{references[name]}`"
            if "enum" in constraints:
                meaning += " One of " + ", ".join(f"`{value}`" for value in constraints["enum"]) + "."
            mark = " •" if constraints.get("required") else ""
            out.append(f"| {shown}{mark} | {field['title']} | {field['type']} | {meaning} |")
    return "\n".join(out) + "\n"


def glossary(package: Package) -> str:
    """Terms of the field in Chinese and English: those of glossary.csv, of the small lists, of the ontology."""
    out = [
        "# Glossary · 名词对照",
        "",
        "The one place that pairs Chinese terms with the English words of names, columns and docs. Made by `make docs`",
        "from `docs/glossary.csv`, the small lists of `data/` and `ontology/yusuan.ttl`. `list: id` is an entry of a",
        "list, `resource.column` a column of a [table](data-dictionary.md).",
        "",
        "## 本领域的名词 · Terms of the field",
        "",
        "| 中文 | English | 含义 · meaning | where |",
        "|---|---|---|---|",
        *_terms(package),
    ]
    for resource in package.resources.values():
        if "name_en" in resource.fields and len(rows := package.rows(resource.name)) <= MOST_LISTED:
            out += ["", f"## {resource.title} · {resource.name}", "", "| id | 中文 | English |", "|---|---|---|"]
            out += [f"| `{row[resource.key[0]]}` | {row['name']} | {row['name_en']} |" for row in rows]
    out += [
        "",
        "## 本体的类 · Classes of the ontology",
        "",
        "| class | 中文 | English |",
        "|---|---|---|",
        *_classes(package),
    ]
    return "\n".join(out) + "\n"


def _terms(package: Package) -> Iterator[str]:
    for row in read_csv(HERE / "glossary.csv"):
        name, mark, entry = row["place"].partition("/")
        name, _, field = name.partition(".")
        resource = package.resource(name)
        if field and field not in resource.fields:
            raise ValueError(f"glossary.csv names {row['place']}, which is no column")
        where = f"`{name}: {entry}`" if mark else f"`{row['place']}`"
        if mark:
            listed = next(item for item in package.rows(name) if item[resource.key[0]] == entry)
            row = {**row, "zh": row["zh"] or listed["name"], "en": row["en"] or listed["name_en"]}
        meaning = f"{row['zh_meaning']}<br>{row['en_meaning']}"
        yield f"| {row['zh']} | {row['en']} | {meaning} | {where} |"


def _classes(package: Package) -> Iterator[str]:
    graph = rdflib.Graph().parse(package.file("ontology", "yusuan.ttl"))
    said = {
        (subject, predicate, str(value.language)[:2]): str(value)
        for predicate in (rdflib.RDFS.label, rdflib.SKOS.definition)
        for subject, value in graph.subject_objects(predicate)
        if isinstance(value, rdflib.Literal)
    }
    for subject in sorted(graph.subjects(rdflib.RDF.type, rdflib.OWL.Class)):
        cells = (
            said[subject, rdflib.RDFS.label, language] + colon + said[subject, rdflib.SKOS.definition, language]
            for language, colon in (("zh", "："), ("en", ": "))
        )
        yield f"| `ys:{str(subject).rpartition('#')[2]}` | {' | '.join(cells)} |"


def rules(package: Package) -> str:
    """Every rule with what it says, when, and an example, from the rule files and the cases of tests/broken."""
    found = load_rules(package.file("schemas", "rules"))
    out = [
        "# Rules · 规则",
        "",
        f"{len(found)} promises, made into this page from `schemas/rules/*.sql` and `tests/broken` by `make docs`.",
        "must: cannot both be true; should: very likely wrong; info: worth a look.",
        "`yusuan check --rule CODE` runs one.",
    ]
    for kind, title in KINDS.items():
        chosen = [rule for rule in found if rule.kind == kind]
        if chosen:
            out += ["", f"## {kind} {title}"]
            for rule in chosen:
                out += ["", f"### {rule.code}", "", *_rule(rule)]
    return "\n".join(out) + "\n"


def _rule(rule: Rule) -> list[str]:
    lines = [f"{rule.severity.value} · {_shown(rule.promise('zh'))}", "", _shown(rule.promise("en"))]
    if rule.note:
        lines += ["", rule.note]
    if rule.needs:
        lines += ["", f"Needs what was read beside the package: {', '.join(rule.needs)}."]
    example = next(iter(sorted((HERE.parent / "tests" / "broken").glob(f"{rule.code}.*"))), None)
    if example:
        row = read_csv(example / "expected.csv")[0]
        lines += ["", f"> {_shown(row['message'])}", ">", f"> {_shown(row['message_en'])}"]
    return lines


def _shown(text: str) -> str:
    """A sentence whose signs are not taken for markup."""
    return text.replace("<", "&lt;").replace("|", "\\|")


def questions(package: Package) -> str:
    """The question library, from its SPARQL files."""
    found = load_questions(package.file("ontology", "queries"))
    out = [
        "# Questions · 查询",
        "",
        "Made from `ontology/queries/*.rq` by `make docs`. Run one with `yusuan query NAME --param name=value`;",
        "`--show` prints its SPARQL whole, for any endpoint. A parameter that is open may be left out.",
        "`tests/answers/` keeps what each question answers on the shipped data.",
        "",
        "| question | |",
        "|---|---|",
        *(f"| [{q.name}](#{q.name}) | {q.title['zh']} · {q.title['en']} |" for q in found.values()),
    ]
    for question in found.values():
        out += ["", f"## {question.name}", "", f"{question.title['zh']} · {question.title['en']}", ""]
        out += [f"{question.description['zh']} {question.description['en']}"]
        if question.cubes:
            out += ["", "Cubes: " + ", ".join(f"`{cube}`" for cube in question.cubes)]
        if question.parameters:
            out += ["", "| parameter | | default |", "|---|---|---|"]
            out += [
                f"| `{p.name}` | {p.zh} · {p.en} | {f'`{p.value}`' if p.value else 'open'} |"
                for p in question.parameters
            ]
        out += ["", "| column | |", "|---|---|"]
        out += [
            f"| `{name}` | {question.columns[name]['zh']} · {question.columns[name]['en']} |"
            for name in question.selected
        ]
    return "\n".join(out) + "\n"


def main() -> None:
    """Write the pages, and the site."""
    from web import build_site  # beside this script

    for name, text in pages(open_package(HERE.parent)).items():
        (HERE / name).write_bytes(text.encode())
    sys.stdout.write(f"{len(build_site(HERE.parent / 'build' / 'docs'))} pages → build/docs\n")


if __name__ == "__main__":
    main()
