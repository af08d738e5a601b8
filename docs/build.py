"""Makes the derived pages of the docs from the files they describe; `make docs` runs it, a test holds it."""

from __future__ import annotations

from pathlib import Path

from yusuan.check import Rule, load_rules
from yusuan.package import Package, open_package, read_csv
from yusuan.query import load_questions

HERE = Path(__file__).parent
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
    """Write the pages."""
    for name, text in pages(open_package(HERE.parent)).items():
        (HERE / name).write_bytes(text.encode())


if __name__ == "__main__":
    main()
