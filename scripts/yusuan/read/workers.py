"""Documents opened and filings read, here or in processes of their own: the same results in the same order."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from dataclasses import dataclass
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from yusuan.errors import DocumentError, YusuanError
from yusuan.package import Package, Row
from yusuan.read.corrections import corrected, keep_print
from yusuan.read.cover import Cover, read_cover
from yusuan.read.filing import FilingReader, FilingRows
from yusuan.read.grid import Document
from yusuan.read.knowledge import Knowledge
from yusuan.read.layout import Layout
from yusuan.read.open_document import open_document
from yusuan.read.register import Departments, Regions


@dataclass(frozen=True)
class Opening:
    """A document to open; `year` and `phase` override what it says."""

    path: Path
    year: int | None
    phase: str | None

    def run(self, reader: FilingReader) -> Opened:
        """The document, its tables and prose, and its cover facts."""
        document = open_document(self.path)
        layout = reader.lay_out(document)
        return Opened(
            document, layout, read_cover([document], [layout], reader.knowledge.cover_words, self.year, self.phase)
        )


@dataclass(frozen=True)
class Opened:
    """A document opened."""

    document: Document
    layout: Layout
    cover: Cover


@dataclass(frozen=True)
class Reading:
    """A filing to read: all its documents, its department, and line items that other documents of it gave before.

    `fixes` are the reviewed corrections of it.
    """

    path: Path
    documents: Sequence[Document]
    layouts: Sequence[Layout]
    cover: Cover
    owner: Row
    known: Sequence[Row]
    fixes: Sequence[Row] = ()

    def run(self, reader: FilingReader) -> FilingRows:
        """The rows of the filing, corrected where `fixes` says so."""
        documents, layouts = self.documents, self.layouts
        if self.fixes:
            documents = corrected(documents, self.fixes)
            layouts = [reader.lay_out(document) for document in documents]
        result = reader.read(documents, layouts, self.cover, self.owner, self.known)
        keep_print(result, self.fixes)
        return result


Task = TypeVar("Task", Opening, Reading)


class Workers(AbstractContextManager["Workers"]):
    """Runs tasks, `jobs` at a time. One that fails gives its error in the place of its result and stops no other."""

    def __init__(self, package: Package, jobs: int = 1) -> None:
        self.package = package
        self.jobs = jobs
        self._here = _Reader(package)
        self._pool = self._processes(jobs) if jobs > 1 else None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def map(self, tasks: Iterable[Task]) -> Iterator[Any]:
        """The result of every task, or its YusuanError, in their order."""
        if self._pool is None:
            yield from map(self._here.run, tasks)
            return
        waiting = list(tasks)
        while waiting:
            done = yield from self._together(self._pool, waiting)
            waiting = waiting[done:]
            if waiting:
                yield self._alone(waiting.pop(0))
                self._pool = self._processes(self.jobs)

    @staticmethod
    def _together(pool: ProcessPoolExecutor, tasks: Sequence[Task]) -> Generator[Any, None, int]:
        """Results in order, as long as no process ends before its time; gives how many there were."""
        done = 0
        try:
            for answer in [pool.submit(_run, task) for task in tasks]:
                yield answer.result()
                done += 1
        except BrokenProcessPool:
            pool.shutdown(cancel_futures=True)
        return done

    def _alone(self, task: Opening | Reading) -> Any:
        """The result of a task in a process of its own, where one of those together ended."""
        with self._processes(1) as pool:
            try:
                return pool.submit(_run, task).result()
            except BrokenProcessPool:
                said = "the process that read it ended: the file is damaged, or too large for this machine"
                return DocumentError(said, str(task.path))

    def _processes(self, count: int) -> ProcessPoolExecutor:
        """Processes that begin afresh, so that no thread or open file of this one is in them."""
        context = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
        context.set_forkserver_preload([__name__])
        return ProcessPoolExecutor(count, context, _start, (self.package.root,))


class _Reader:
    """Reads in one process: what reading knows is loaded once and never changed by it."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.knowledge = Knowledge.of(package)
        lookups = package.file("schemas", "lookups")
        self.departments = Departments(Regions.of((), lookups), lookups)

    def run(self, task: Opening | Reading) -> Any:
        """The result of a task, or its error."""
        try:
            return task.run(FilingReader(self.package, self.knowledge.afresh(), self.departments))
        except YusuanError as error:
            return error
        except Exception as error:  # whatever a damaged file brings a reader to, the other files are read
            said = f"{type(error).__name__}: {str(error)[:80]}"
            return DocumentError(
                f"cannot be read ({said}); this is a mistake of the reader, please report it", str(task.path)
            )


_reader: Callable[[Opening | Reading], Any] | None = None


def _start(root: Path) -> None:
    """Make a process ready."""
    global _reader
    _reader = _Reader(Package(root)).run


def _run(task: Opening | Reading) -> Any:
    """Run a task in a process that is ready."""
    assert _reader is not None
    return _reader(task)
