// The model that os-types makes of columns: node os_types.mjs MODULES < fields.json > model.json
// fields: [{name, type}], an empty type for a column that is no fiscal one; model: {model, schema} or {errors}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const TypeProcessor = createRequire(join(process.argv[2], "package.json"))("os-types");
console.log = console.error; // it prints its remarks there
const fields = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(new TypeProcessor().fieldsToModel(fields)));
