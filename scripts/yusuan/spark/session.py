"""A Spark session, as quiet as a command is."""

from __future__ import annotations

import os
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from py4j.protocol import Py4JError, Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from yusuan.errors import ClusterError, PackageError

_SETTINGS = {
    "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs": "false",  # folders are named when whole
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.ansi.enabled": "true",  # a cast that fails is an error, not an empty cell
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.maxConcurrentOutputFileWriters": "4",  # kinds of output are not sorted before they are written
}

_OURS = re.compile(r"^yusuan\.errors\.[A-Za-z]+: (?P<said>.*)$", re.MULTILINE)


@contextmanager
def session(master: str | None = None, name: str = "yusuan") -> Iterator[SparkSession]:
    """A session with a cluster, ended with the context; settings of the environment come before ours.

    Without `master` it is the one that `spark-submit` or Spark's own files name, else this machine. Its processes run
    this Python, or the one that PYSPARK_PYTHON names. Raises ClusterError where there is no Java, or no such cluster.
    """
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")  # pandas is not asked for anything
    builder = SparkSession.builder.appName(name)
    for key, value in _SETTINGS.items():
        builder = builder.config(key, value)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    if master is not None:
        builder = builder.master(master)
        if master.startswith("local"):
            builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.ui.enabled", "false")
    try:
        spark = builder.getOrCreate()
    except (PySparkException, Py4JError, OSError, RuntimeError) as error:
        told = f"Spark does not start ({_first(error)}); it needs Java 17 or later, and a master that it knows"
        raise ClusterError(told, master or "") from None
    try:
        with plainly():
            yield spark
    finally:
        spark.stop()


@contextmanager
def plainly() -> Iterator[None]:
    """Errors of the cluster as one of ours: PackageError for what work on a part raised, else ClusterError."""
    try:
        yield
    except (PySparkException, Py4JError) as error:
        if raised := _OURS.search(str(error)):
            raise PackageError(raised["said"]) from None
        raise ClusterError(f"the cluster failed: {_first(error)}") from None


def _first(error: Exception) -> str:
    """The first line of what an error says; of one of Java's its own words."""
    said = str(error.java_exception.toString()) if isinstance(error, Py4JJavaError) else str(error)
    return next((line.strip() for line in said.splitlines() if line.strip()), type(error).__name__)
