// Makes notice.wasm out of step.js and what it imports.

import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { componentize } from "@bytecodealliance/componentize-js";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const { component } = await componentize({
  sourcePath: here("step.js"),
  // The contract with steps: a copy of Iris's folder `wit`, or the folder itself.
  witPath: process.env.IRIS_WIT ?? here("../../../wit"),
  worldName: "step",
  // Iris gives a step no network of its own; requests are wishes.
  disableFeatures: ["http", "fetch-event"],
});
const file = here("notice.wasm");
await writeFile(file, component);
console.log(`${file}: ${component.length} bytes`);
