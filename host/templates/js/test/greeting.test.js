import assert from "node:assert/strict";
import { test } from "node:test";

import { greeting } from "../greeting.js";

test("the incident is named in the team's language", () => {
  assert.equal(greeting("en", { number: 7 }), "INC-7 begins here.");
  assert.equal(greeting("ja", { number: 7 }), "INC-7の対応を始めます。");
});
