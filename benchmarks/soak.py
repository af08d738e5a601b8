"""The service under load: slow connections held open and hostile queries among plain requests, for some minutes.

    python benchmarks/soak.py [--seconds 300] [--package DIR] [--output FILE]

It starts `yusuan serve` with 1 s for a query, holds 200 slow connections of four kinds, and asks 20 times a second,
one request in twenty hostile. It prints what it measured and ends with 1 where a promise is broken: a plain request
failed, 99 in 100 plain requests took longer than 500 ms, a hostile query was not cut off, or memory grew.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import random
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

RATE, HOSTILE_SHARE, SLOW = 20.0, 0.05, 200
WARM_UP = 10.0
LIMITS = ("query_seconds=1", "query_memory=268435456", "keep_bytes=8388608")  # what is kept is soon full
PLAIN_99 = 0.5
CUT_OFF = 3.0  # 1 s to run, and the way there on machines that do other things too
GROWTH = 1.10

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
PLAIN_QUERIES = (
    "SELECT ?f { ?f a ys:Filing } ORDER BY ?f",
    "SELECT ?c (SUM(?a) AS ?yuan) { ?o qb:dataSet ?c ; obeu-measure:amount ?a } GROUP BY ?c",
    "SELECT ?o ?a { ?o ys:role <https://w3id.org/yusuan/code/role/item> ; obeu-measure:amount ?a } LIMIT 50",
    "ASK { ?s a qb:Observation }",
    "CONSTRUCT { ?c skos:prefLabel ?l } { ?c a skos:ConceptScheme ; skos:prefLabel ?l }",
)
HOSTILE = {
    "endless": ENDLESS,
    "paths": "SELECT (COUNT(*) AS ?n) { ?a (!<x:y>)* ?b . ?b (!<x:y>)* ?c }",
    "memory": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a",
    "large": "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "concat": "SELECT (GROUP_CONCAT(?c) AS ?x) { ?a ?b ?c . ?d ?e ?f }",
    "nested": "SELECT * {" + "{" * 5000 + "}" * 5000 + "}",
    "update": "DELETE WHERE { ?s ?p ?o }",
    "service": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
}


@dataclass
class Tally:
    """What was seen: seconds of plain requests, outcomes of hostile ones, both by kind; faults; memory over time."""

    plain: dict[str, list[float]] = field(default_factory=lambda: {"query": [], "page": [], "file": []})
    failed: list[str] = field(default_factory=list)
    hostile: dict[str, Counter[str]] = field(default_factory=dict)
    hostile_seconds: list[float] = field(default_factory=list)
    not_cut: list[str] = field(default_factory=list)
    memory: list[tuple[float, float, float]] = field(default_factory=list)  # seconds, MiB of all, MiB of the server
    slow_held: list[int] = field(default_factory=list)
    slow_ended: int = 0


@dataclass
class Target:
    """The service under test."""

    host: str
    port: int
    pid: int
    pages: tuple[str, ...] = ()

    async def request(self, target: str, accept: str, body: bytes = b"") -> tuple[int, bytes]:
        """One request; status and body. Raises OSError or ValueError where the answer is none or not whole."""
        reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            method = "POST" if body else "GET"
            head = f"{method} {target} HTTP/1.1\r\nHost: x\r\nAccept: {accept}\r\nConnection: close\r\n"
            if body:
                head += f"Content-Type: application/sparql-query\r\nContent-Length: {len(body)}\r\n"
            writer.write(head.encode() + b"\r\n" + body)
            raw = await reader.read(-1)
        finally:
            writer.close()
        top, mark, content = raw.partition(b"\r\n\r\n")
        found = re.match(rb"HTTP/1.1 (\d+)", top)
        if not mark or found is None:
            raise ValueError("no answer")
        length = re.search(rb"\r\ncontent-length: (\d+)", top, re.IGNORECASE)
        if length and len(content) != int(length[1]):
            raise ValueError(f"{len(content)} of {int(length[1])} bytes")
        if b"chunked" in top.lower() and not content.endswith(b"0\r\n\r\n"):
            raise ValueError("the stream ended early")
        return int(found[1]), content


async def main(arguments: argparse.Namespace) -> int:
    """Run the soak and print its table; gives the exit code."""
    package = ("--package", str(arguments.package)) if arguments.package else ()
    code = "import sys; from yusuan.cli import main; sys.exit(main())"
    limits = [f"--limit={limit}" for limit in LIMITS]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, "serve", "--port", "0", "--no-access-log", "--language", "en", *package, *limits,
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        line = (await process.stdout.readline()).decode()
        found = re.search(r"http://([\d.]+):(\d+)/", line)
        if found is None:
            return 2
        target = Target(found[1], int(found[2]), process.pid)
        target.pages = await pages(target)
        tally = await soak(target, arguments.seconds)
        logged = await target.request("/metrics", "*/*")
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
            await process.wait()
    report = summary(tally, arguments.seconds, logged[1].decode())
    report["ended"] = process.returncode
    print(json.dumps(report, ensure_ascii=False, indent=2))
    if arguments.output:
        arguments.output.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 1 if report["broken"] or process.returncode else 0


async def pages(target: Target) -> tuple[str, ...]:
    """Paths of some hundred pages of every size."""
    kinds = "ys:Filing, ys:Table, skos:Concept"
    query = f"SELECT DISTINCT ?s {{ ?s a ?t FILTER (?t IN ({kinds})) }} ORDER BY MD5(STR(?s)) LIMIT 300"
    _, content = await target.request("/sparql?" + urlencode({"query": query}), "text/csv")
    found = [line.strip() for line in content.decode().splitlines() if "w3id.org/yusuan/" in line]
    return tuple("/" + line.partition("/yusuan/")[2].partition("#")[0] for line in found)


async def soak(target: Target, seconds: float) -> Tally:
    """Load for so many seconds after a warm-up."""
    tally = Tally()
    chance = random.Random(20)
    slow = [asyncio.create_task(held(target, tally, number)) for number in range(SLOW)]
    await asyncio.sleep(1)
    for request in (plain(target, chance, Tally()) for _ in range(int(WARM_UP * RATE))):
        await request
    watch = asyncio.create_task(watched(target, tally, slow))
    began = time.monotonic()
    tasks = set()
    for turn in range(int(seconds * RATE)):
        await asyncio.sleep(max(0.0, began + turn / RATE - time.monotonic()))
        bad = chance.random() < HOSTILE_SHARE
        task = asyncio.create_task(hostile(target, chance, tally) if bad else plain(target, chance, tally))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    if tasks:
        await asyncio.wait(tasks, timeout=30)
    for task in (watch, *slow):
        task.cancel()
    await asyncio.gather(watch, *slow, return_exceptions=True)
    return tally


async def plain(target: Target, chance: random.Random, tally: Tally) -> None:
    """One request as people make them: a query, a page, a question, a file."""
    kind, body = chance.choices(["query", "page", "file"], [5, 4, 1])[0], b""
    if kind == "query":
        query = chance.choice(PLAIN_QUERIES) + f" # {chance.randrange(10_000)}"  # no two are the same to the service
        accept = "text/turtle, application/sparql-results+json"
        path = "/sparql?" + urlencode({"query": query})
        if chance.random() < 0.3:
            path, body = "/sparql", query.encode()
    elif kind == "page":
        path, accept = chance.choice(target.pages), chance.choice(["text/html", "text/turtle", "application/ld+json"])
    else:
        path, accept = chance.choice(["/", "/sparql", "/assets/site.css", "/void"]), "text/html, */*"
    began = time.monotonic()
    try:
        status, content = await asyncio.wait_for(target.request(path, accept, body), 30)
    except (OSError, ValueError, TimeoutError) as error:
        tally.failed.append(f"{path}: {type(error).__name__} {error}")
        return
    if status != 200 or not content:
        tally.failed.append(f"{path}: {status}")
    tally.plain[kind].append(time.monotonic() - began)


async def hostile(target: Target, chance: random.Random, tally: Tally) -> None:
    """One request that would take all there is; whatever ends it in time is good."""
    name = chance.choice(list(HOSTILE))
    seen = tally.hostile.setdefault(name, Counter())
    began = time.monotonic()
    try:
        status, content = await asyncio.wait_for(target.request("/sparql", "*/*", HOSTILE[name].encode()), 30)
        seen[f"{status}, truncated" if status == 200 and b'"truncated":true' in content[-200:] else str(status)] += 1
        if status == 200 and b'"truncated":true' not in content[-200:]:
            tally.not_cut.append(f"{name}: answered")
    except (OSError, ValueError, TimeoutError) as error:
        seen[type(error).__name__] += 1
    took = time.monotonic() - began
    tally.hostile_seconds.append(took)
    if took > CUT_OFF:
        tally.not_cut.append(f"{name}: {took:.1f} s")


async def held(target: Target, tally: Tally, number: int) -> None:
    """A slow connection, opened again whenever the service ends it."""
    kinds = (slow_head, slow_body, slow_reader, idle)
    while True:
        try:
            reader, writer = await asyncio.open_connection(target.host, target.port, limit=4096)
            try:
                await kinds[number % len(kinds)](reader, writer)
            finally:
                writer.close()
        except OSError:
            pass
        tally.slow_ended += 1
        await asyncio.sleep(0.5)


async def slow_head(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A byte of the head a second."""
    for byte in b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\nX-Slow: " + b"a" * 10_000:
        writer.write(bytes([byte]))
        await writer.drain()
        await ended(reader, 1.0)


async def slow_body(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A byte of the body a second."""
    writer.write(
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 9999\r\n\r\n"
    )
    for _ in range(9999):
        writer.write(b"#")
        await writer.drain()
        await ended(reader, 1.0)


async def slow_reader(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A large answer read by 256 bytes a second."""
    query = urlencode({"query": "SELECT * { ?s ?p ?o } LIMIT 4000"})
    writer.write(f"GET /sparql?{query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    while await reader.read(256):
        await asyncio.sleep(1)


async def idle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Nothing at all."""
    await reader.read()


async def ended(reader: asyncio.StreamReader, seconds: float) -> None:
    """Wait so long; raises ConnectionError where the service has ended the connection."""
    try:
        await asyncio.wait_for(reader.read(1), seconds)
    except TimeoutError:
        return
    raise ConnectionError


async def watched(target: Target, tally: Tally, slow: list[asyncio.Task[None]]) -> None:
    """Memory every five seconds."""
    began = time.monotonic()
    while True:
        own = proportional(target.pid)
        tally.memory.append((time.monotonic() - began, own + sum(map(proportional, below(target.pid))), own))
        tally.slow_held.append(sum(not task.done() for task in slow))
        await asyncio.sleep(5)


def proportional(pid: int) -> float:
    """MiB of a process, pages that it shares counted in parts (PSS); 0 where it has gone."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1]) / 1024  # type: ignore[index]


def below(pid: int) -> Iterator[int]:
    """Process ids of all descendants."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    for child in map(int, children):
        yield child
        yield from below(child)


def percentile(values: list[float], share: float) -> float:
    """The value that this share of the values does not pass; 0 where there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def summary(tally: Tally, seconds: float, metrics: str) -> dict[str, object]:
    """The figures, and which promises they break."""
    every = [seconds for kind in tally.plain.values() for seconds in kind]
    p99 = percentile(every, 0.99)
    quarter = max(1, len(tally.memory) // 4)
    # hostile queries take memory while they last: what stays is the lower quartile
    first, last = (percentile([m[1] for m in part], 0.25) for part in (tally.memory[:quarter], tally.memory[-quarter:]))
    broken = []
    if tally.failed:
        broken.append(f"{len(tally.failed)} plain requests failed")
    if p99 > PLAIN_99:
        broken.append(f"p99 of plain requests is {p99:.3f} s")
    if tally.not_cut:
        broken.append(f"{len(tally.not_cut)} hostile queries were not cut off")
    if last > first * GROWTH:
        broken.append(f"memory grew from {first:.0f} to {last:.0f} MiB")
    return {
        "machine": f"{len(os.sched_getaffinity(0))} cores, {platform.system()}, Python {platform.python_version()}",
        "load of the machine": [round(value, 1) for value in os.getloadavg()],
        "seconds": seconds,
        "plain requests": {kind: len(found) for kind, found in tally.plain.items()},
        "plain failed": tally.failed[:20],
        "plain milliseconds": {
            kind: {f"p{share * 100:g}": round(percentile(found, share) * 1000, 1) for share in (0.5, 0.9, 0.99, 1.0)}
            for kind, found in {"all": every, **tally.plain}.items()
        },
        "hostile queries": {name: dict(seen) for name, seen in sorted(tally.hostile.items())},
        "hostile seconds at most": round(max(tally.hostile_seconds, default=0.0), 2),
        "hostile not cut off": tally.not_cut[:20],
        "slow connections held": min(tally.slow_held, default=0),
        "slow connections ended by the service": tally.slow_ended,
        "memory MiB, first and last quarter": [round(first), round(last)],
        "memory MiB at most": round(max(m[1] for m in tally.memory)),
        "server process MiB, first and last": [round(tally.memory[0][2]), round(tally.memory[-1][2])],
        "workers made": re.findall(r"^yusuan_workers_started_total (\S+)", metrics, re.MULTILINE)[:1],
        "broken": broken,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--package", type=Path)
    parser.add_argument("--output", type=Path)
    sys.exit(asyncio.run(main(parser.parse_args())))
