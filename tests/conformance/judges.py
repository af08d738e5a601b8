"""Judges of other people: each is set up once, in a folder of its own under build/, from the package registries."""

from __future__ import annotations

import json
import subprocess
import sys
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


def comunica_answers(
    folder: Path, graph: Path, questions: dict[str, str], seconds: int
) -> dict[str, dict[str, object]]:
    """What Comunica 4.5 answers to questions over a file of N-Triples."""
    if not (folder / "node_modules" / "@comunica" / "query-sparql-file").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
        command = ["npm", "install", "--no-audit", "--no-fund", "@comunica/query-sparql-file@4.5"]
        _run(command, "Comunica", cwd=folder, timeout=600)
    command = ["node", "--max-old-space-size=6000", str(HERE / "comunica.mjs"), str(folder), str(graph)]
    done = _run(command, "Comunica", input=json.dumps(questions), timeout=seconds)
    answers: dict[str, dict[str, object]] = json.loads(done.stdout)
    return answers
