// Makes {{name}}.wasm out of step.js and what it imports.

import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { componentize } from "@bytecodealliance/componentize-js";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const { component } = await componentize({
  sourcePath: here("step.js"),
  witPath: here("wit"),
  worldName: "step",
  // Iris gives a step no network of its own; requests are wishes.
  disableFeatures: ["http", "fetch-event"],
});
await writeFile(here("{{name}}.wasm"), component);
console.log(`{{name}}.wasm: ${component.length} bytes`);
