"""Many documents in one go: what is bad stops no other, processes give the same bytes, the text is kept where asked."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from tests.conftest import FOUNDING, SMALL, needs_shared
from tests.office_files import Box, Made, docx_of, html_of, txt_of, xlsx_of
from yusuan.check import check_package
from yusuan.emit import graph_lines
from yusuan.package import Package, create_package
from yusuan.read import Report, read_documents
from yusuan.read.filing import FilingReader
from yusuan.read.workers import Workers

B = Box
TOWNS = ("浙江省杭州市", "贵州省遵义市", "四川省成都市", "云南省昆明市", "甘肃省兰州市")
ORGANS = ("教育局", "审计局", "农业农村局", "文化和旅游局", "市场监督管理局", "应急管理局", "水务局")
WRITERS: dict[str, Callable[[Made], bytes]] = {"txt": txt_of, "html": html_of, "docx": docx_of, "xlsx": xlsx_of}


def made(agency: str, year: int, amount: int) -> Made:
    """A disclosure of one table that names its agency and its year."""
    rows = (
        (B("科目编码"), B("科目名称"), B("合计"), B("基本支出"), B("项目支出")),
        (B("201"), B("一般公共服务支出"), B(str(amount + 5)), B(str(amount)), B("5")),
        (B("2010301"), B("行政运行"), B(str(amount + 5)), B(str(amount)), B("5")),
    )
    return Made(f"{agency}{year}年部门一般公共预算支出表", f"编制部门：{agency} 单位：万元", rows)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """99 disclosures of 33 departments and three years, in four formats."""
    folder = tmp_path_factory.mktemp("good")
    agencies = [town + organ for town in TOWNS for organ in ORGANS][:33]
    paths = []
    for number, (agency, year) in enumerate((a, y) for a in agencies for y in (2022, 2023, 2024)):
        kind, write = list(WRITERS.items())[number % 4]
        paths.append(folder / f"{number:03}.{kind}")
        paths[-1].write_bytes(write(made(agency, year, 100 + number)))
    return paths


def read(folder: Path, paths: Sequence[Path], jobs: int = 1) -> tuple[list[Report], dict[str, bytes]]:
    """The reports and every file of a package that these documents are read into."""
    package = create_package(folder)
    reports = read_documents(paths, package, jobs=jobs)
    return reports, files(package)


def files(package: Package) -> dict[str, bytes]:
    return {str(path.relative_to(package.root)): path.read_bytes() for path in package.root.rglob("*.csv")}


@pytest.fixture(scope="module")
def alone(good: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the good ones give without any other."""
    reports, found = read(tmp_path_factory.mktemp("alone") / "package", good)
    assert [report.error for report in reports] == [None] * 99
    assert found["data/filings.csv"].count(b"\n") == 100
    return found


BAD: dict[str, tuple[str, bytes]] = {
    "cut off": ("bad.docx", docx_of(made("浙江省杭州市教育局", 2022, 1))[:-900]),
    "of no agency": (
        "bad.html",
        html_of(Made("部门收支总表", "单位：万元", ((B("项目"), B("金额")), (B("甲"), B("1"))))),
    ),
    "misnamed": ("bad.pdf", txt_of(made("浙江省杭州市教育局", 2022, 1))),
    "noise": ("bad.xls", random.Random(3).randbytes(5000)),
    "the same file twice": ("000-again.txt", txt_of(made("浙江省杭州市教育局", 2022, 100))),
}


@pytest.mark.parametrize("name", BAD)
def test_one_bad_file_leaves_the_others_as_they_would_be(
    name: str, good: list[Path], alone: dict[str, bytes], tmp_path: Path
) -> None:
    file_name, data = BAD[name]
    bad = tmp_path / file_name
    bad.write_bytes(data)
    batch = [*good[:40], bad, *good[40:]]
    reports, found = read(tmp_path / "package", batch)
    assert [report.path for report in reports if report.error is not None] == [bad]
    assert found == alone


def test_processes_give_the_same_bytes(good: list[Path], alone: dict[str, bytes], tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.4 nothing")
    reports, found = read(tmp_path / "package", [*good[:10], bad, *good[10:]], jobs=2)
    (error,) = [report.error for report in reports if report.error is not None]
    assert error.place == str(bad)
    assert found == alone


def test_a_mistake_of_the_reader_is_one_line_and_stops_no_other(
    good: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = FilingReader.lay_out

    def broken(self: FilingReader, document: object) -> object:
        if getattr(document, "file_name", "") == good[1].name:
            raise KeyError("column")
        return whole(self, document)  # type: ignore[arg-type]

    monkeypatch.setattr(FilingReader, "lay_out", broken)
    reports, _ = read(tmp_path / "package", good[:3])
    assert [str(report.error) for report in reports if report.error is not None] == [
        f"{good[1]}: cannot be read (KeyError: 'column'); this is a mistake of the reader, please report it"
    ]


class Deadly:
    """A task whose process ends."""

    def __init__(self, path: Path, deadly: bool) -> None:
        self.path = path
        self.deadly = deadly

    def run(self, reader: FilingReader) -> str:
        if self.deadly:
            os._exit(3)
        return self.path.name


def test_a_process_that_ends_takes_only_its_own_file_along(tmp_path: Path) -> None:
    package = create_package(tmp_path / "package")
    tasks: Iterable[object] = [Deadly(Path(f"{number}.pdf"), number == 3) for number in range(6)]
    with Workers(package, 2) as workers:
        found = [str(result) for result in workers.map(tasks)]  # type: ignore[type-var]
        again = list(workers.map([Deadly(Path("later.pdf"), False)]))  # type: ignore[type-var]
    assert found[:3] + found[4:] == ["0.pdf", "1.pdf", "2.pdf", "4.pdf", "5.pdf"]
    assert found[3].startswith("3.pdf: the process that read it ended")
    assert again == ["later.pdf"]


def test_the_text_is_kept_where_asked(tmp_path: Path) -> None:
    package = create_package(tmp_path / "package")
    read_documents([SMALL], package, with_text=True)
    package = Package(package.root)
    rows = package.rows("passages")
    kinds = {row["kind"] for row in rows}
    assert {"duties", "glossary", "goal"} <= kinds
    text = "".join(SMALL.read_text(encoding="utf-8").split())
    assert all("".join(row["text"].split()) in text for row in rows)
    assert not [finding for finding in check_package(package) if finding.rule.startswith("schema")]
    assert graph_lines(package)
    before = package.resource("passages").path.read_bytes()
    read_documents([SMALL], package)
    assert package.resource("passages").path.read_bytes() == before


def test_a_package_without_the_text_has_none(small: Package) -> None:
    assert "passages" not in small.resources
    assert not (small.root / "data" / "passages.csv").exists()


@needs_shared
def test_documents_of_one_filing_stay_together_in_processes(tmp_path: Path) -> None:
    parts = sorted(FOUNDING.parent.glob("js-cppcc-2018-*.pdf"))
    assert len(parts) == 2
    _, one = read(tmp_path / "one", parts)
    _, two = read(tmp_path / "two", parts, jobs=2)
    assert one == two
