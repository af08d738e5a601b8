// Comunica's answers: node comunica.mjs MODULES GRAPH.nt < questions.json > answers.json
// questions: {name: SPARQL}; answers: {name: {columns, rows}} of text, or {name: {error}}.
import { createReadStream, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, graph] = process.argv.slice(2);
const require = createRequire(join(modules, "package.json"));
const { QueryEngine } = require("@comunica/query-sparql-file");
const { Store, StreamParser } = require("n3");

const store = new Store();
await new Promise((resolve, reject) => {
  const parser = createReadStream(graph).pipe(new StreamParser({ format: "N-Triples" }));
  parser.on("data", (quad) => store.addQuad(quad));
  parser.on("end", resolve);
  parser.on("error", reject);
});

const engine = new QueryEngine();
const answers = {};
for (const [name, text] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  const started = Date.now();
  try {
    const result = await engine.query(text, { sources: [store] });
    const columns = (await result.metadata()).variables.map((v) => (v.variable ?? v).value);
    const rows = [];
    for await (const binding of await result.execute()) {
      rows.push(columns.map((column) => binding.get(column)?.value ?? ""));
    }
    answers[name] = { columns, rows, milliseconds: Date.now() - started };
  } catch (error) {
    answers[name] = { error: String(error.message ?? error) };
  }
  process.stderr.write(`${name} ${Date.now() - started} ms\n`);
}
process.stdout.write(JSON.stringify(answers));
