"""`python -m tests.conformance [CODE…]`: every judge, or those named; a row for each; exit code 1 where one objects.

A judge that cannot be set up here (no network, no Node) is said to be missing, and the exit code is 2.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator

from tests.conformance.case import Case, Row
from tests.conformance.checks import CHECKS
from tests.conformance.judges import MissingJudgeError
from tests.conftest import HERE
from yusuan.package import open_package


def main(codes: list[str]) -> int:
    """Run the judges and print the table."""
    case = Case(open_package(HERE.parent), HERE.parent / "build" / "judges")
    unknown = set(codes) - set(CHECKS)
    if unknown:
        sys.stderr.write(f"no judge {', '.join(sorted(unknown))}; there are {', '.join(CHECKS)}\n")
        return 2
    worst = 0
    line = "{:<12} {:<76} {:>9} {:>10} {:>7}\n"
    sys.stdout.write(line.format("judge", "promise", "looked at", "objections", "seconds"))
    for code in codes or CHECKS:
        for name, count, objections, seconds in _rows(CHECKS[code], case):
            verdict = count if count == "missing" else str(len(objections))
            sys.stdout.write(line.format(code, name, "" if count == "missing" else count, verdict, f"{seconds:.1f}"))
            sys.stdout.writelines(f"{'':<13}{objection}\n" for objection in objections[:5])
            sys.stdout.flush()
            worst = max(worst, 2 if count == "missing" else bool(objections))
    return worst


def _rows(check: Callable[[Case], Iterator[Row]], case: Case) -> Iterator[tuple[str, str, list[str], float]]:
    started = time.perf_counter()
    try:
        for name, count, objections in check(case):
            yield name, count, objections, time.perf_counter() - started
            started = time.perf_counter()
    except MissingJudgeError as error:
        yield str(error), "missing", [], time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
