"""Judges of other people: each is set up once, in a folder of its own under build/, from the package registries."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


class MissingJudgeError(Exception):
    """A judge that cannot be set up here."""


def _run(command: list[str], where: str, **options: object) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(command, check=True, capture_output=True, text=True, **options)  # type: ignore[call-overload, no-any-return]
    except FileNotFoundError:
        raise MissingJudgeError(f"{where}: no {command[0]} here") from None
    except subprocess.TimeoutExpired:
        raise MissingJudgeError(f"{where}: no answer in time") from None
    except subprocess.CalledProcessError as error:
        said = (error.stderr or error.stdout or "").strip().splitlines()
        raise MissingJudgeError(f"{where}: {said[-1] if said else error}") from None


def csvwlib_triples(folder: Path, tables: Path) -> list[str]:
    """The N-Triples that csvwlib 0.3.2 makes of all tables of a folder. It wants an rdflib older than ours."""
    python = folder / "bin" / "python"
    if not python.is_file():
        _run([sys.executable, "-m", "venv", str(folder)], "csvwlib")
        _run([str(folder / "bin" / "pip"), "install", "--quiet", "csvwlib==0.3.2", "rdflib<6"], "csvwlib")
    done = _run([str(python), str(HERE / "csvwlib_rdf.py"), str(tables)], "csvwlib", timeout=1800)
    return [line for line in done.stdout.splitlines() if line.startswith("<")]  # it prints its remarks there too


def ckan_datasets(folder: Path, catalogue: Path) -> list[dict[str, Any]]:
    """The datasets that ckanext-dcat 2.4.4 finds in a catalogue, as CKAN would store them."""
    python = folder / "bin" / "python"
    if not python.is_file():
        _run([sys.executable, "-m", "venv", str(folder)], "ckanext-dcat")
        packages = ["ckan[requirements]==2.12.0", "ckanext-dcat==2.4.4"]
        _run([str(folder / "bin" / "pip"), "install", "--quiet", *packages], "ckanext-dcat")
    done = _run([str(python), str(HERE / "ckan_dcat.py"), str(catalogue)], "ckanext-dcat", timeout=600)
    datasets: list[dict[str, Any]] = json.loads(done.stdout)
    return datasets


def jena_answers(folder: Path, graph: Path, questions: dict[str, str], seconds: int) -> dict[str, dict[str, Any]]:
    """What Apache Jena, as Debian packs it, answers to questions over a file of N-Triples, each in so many seconds."""
    if not (folder / "messages").is_dir():
        _unpack_jena(folder)
    path = f"{folder / 'messages'}:{folder / 'usr/share/java'}/*"
    command = ["java", "-Xmx4g", "-cp", path, str(HERE / "Jena.java"), str(graph), str(seconds)]
    done = _run(command, "Apache Jena", input=json.dumps(questions), timeout=seconds * len(questions) + 300)
    answers: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return answers


def _unpack_jena(folder: Path) -> None:
    """Jena and what it needs, from Debian's packages, in a folder: nothing is installed."""
    folder.mkdir(parents=True, exist_ok=True)
    others = [f"--no-{kind}" for kind in ("recommends", "suggests", "conflicts", "breaks", "replaces", "enhances")]
    needed = _run(["apt-cache", "depends", "--recurse", *others, "libapache-jena-java"], "Apache Jena")
    names = sorted({line for line in needed.stdout.splitlines() if line.startswith("lib") and line.endswith("-java")})
    _run(["apt-get", "download", *names], "Apache Jena", cwd=folder, timeout=600)
    for package in sorted(folder.glob("*.deb")):
        _run(["dpkg-deb", "-x", str(package), str(folder)], "Apache Jena")
        package.unlink()
    # its classes look for their messages below xerces/, but Debian's jar has them elsewhere
    elsewhere = "org/apache/jena/ext/"
    with zipfile.ZipFile(folder / "usr/share/java/jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(elsewhere) and name.endswith(".properties"):
                target = folder / "messages" / name.removeprefix(elsewhere)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))


def os_types(folder: Path, columns: list[dict[str, str]]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The ColumnTypes that os-types 1.17 knows, and the model it makes of columns (name, type)."""
    module = folder / "node_modules" / "os-types"
    if not module.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
        _run(["npm", "install", "--no-audit", "--no-fund", "os-types@1.17"], "os-types", cwd=folder, timeout=600)
    types: dict[str, Any] = json.loads((module / "dist" / "os-types.json").read_text(encoding="utf-8"))
    done = _run(["node", str(HERE / "os_types.mjs"), str(folder)], "os-types", input=json.dumps(columns))
    model: dict[str, Any] = json.loads(done.stdout)
    return types, model
