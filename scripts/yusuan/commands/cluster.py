"""The options of verbs that can work on a cluster, and the package they work on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from yusuan.errors import MissingExtraError
from yusuan.package import home, open_package

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from yusuan.package import Package


@dataclass(frozen=True)
class Cluster:
    """The cluster asked for: its master, and into how many parts the work is cut."""

    master: str | None
    parts: int | None

    @contextmanager
    def session(self) -> Iterator[SparkSession]:
        """A session with it."""
        try:
            from yusuan.spark import session
        except ModuleNotFoundError as error:
            raise MissingExtraError(
                f"a cluster needs {error.name}; install it with: pip install 'yusuan[spark]'"
            ) from None
        with session(self.master) as spark:
            yield spark


@dataclass(frozen=True)
class Opened:
    """A package, and where a cluster works on it the session with that and the package's address."""

    package: Package
    spark: SparkSession | None = None
    address: str = ""
    parts: int | None = None


@contextmanager
def opened(address: str | None, cluster: Cluster | None) -> Iterator[Opened]:
    """The package at an address; of one that is not of this machine what is fetched of it."""
    if cluster is None:
        yield Opened(open_package(None if address is None else Path(address)))
        return
    with cluster.session() as spark:
        from yusuan.spark import address_of, package_at

        at = address_of(address or str(home()))
        with package_at(spark, at) as package:
            yield Opened(package, spark, at, cluster.parts)


def engine_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options that choose a cluster; the command gets them as `cluster`."""

    @click.option(
        "--engine",
        type=click.Choice(["embedded", "spark"]),
        default="embedded",
        show_default=True,
        help="Work in this process, or on a Spark cluster.",
    )
    @click.option(
        "--master", metavar="URL", help="The cluster, as Spark names it; that of Spark's settings by default."
    )
    @click.option("--parts", type=click.IntRange(1), help="Parts to cut the work into; by size if not given.")
    @wraps(command)
    def with_cluster(*args: Any, engine: str, master: str | None, parts: int | None, **kwargs: Any) -> Any:
        if engine == "embedded" and (master is not None or parts is not None):
            raise click.UsageError("--master and --parts are of a cluster; they go with --engine spark")
        return command(*args, cluster=Cluster(master, parts) if engine == "spark" else None, **kwargs)

    return with_cluster
