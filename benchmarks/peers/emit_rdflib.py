"""The flat figures as N-Triples by rdflib: a graph in memory, then written."""

import csv
import json
import sys
from pathlib import Path

import rdflib

folder, output = Path(sys.argv[1]), Path(sys.argv[2])
columns = json.loads((folder / "columns.json").read_text(encoding="utf-8"))
graph = rdflib.Graph()
with (folder / "figures.csv").open(encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        subject = rdflib.URIRef(row["subject"])
        for column in columns:
            text = column["value"] if "value" in column else row[column["column"]]
            if not text:
                continue
            end: rdflib.term.Node
            if "language" in column:
                end = rdflib.Literal(text, lang=column["language"])
            elif "datatype" in column:
                end = rdflib.Literal(text, datatype=column["datatype"] or None, normalize=False)
            else:
                end = rdflib.URIRef(text)
            graph.add((subject, rdflib.URIRef(column["property"]), end))
graph.serialize(output, format="nt", encoding="utf-8")
