// The step without Iris: what happened goes in, what it wishes comes out.

import assert from "node:assert/strict";
import { test } from "node:test";

import { failure, Refuse } from "../guarded.js";
import { Page } from "../page.js";

/** Iris, as far as this step sees it. */
function iris({ locale = "en", ...incident } = {}) {
  const kept = new Map();
  const world = {
    wishes: [],
    incident: { number: 7, title: "Checkout fails", severity: "sev1", status: "declared", product: "payments", drill: false, private: false, ...incident },
    config: { get: () => JSON.stringify({ url: "https://api.statuspage.example/v1/", components: { payments: "c1" } }) },
    facts: {
      thisIncident: () => world.incident,
      thisTeam: () => ({ locale }),
      severities: () => [{ id: "sev1", label: "SEV1" }],
    },
    state: { get: (_, key) => kept.get(key), put: (_, key, value) => kept.set(key, value) },
    http: { fetch: (key, request, repeatable) => world.wishes.push({ key, repeatable, ...request, body: JSON.parse(new TextDecoder().decode(request.body)).incident }) },
    messages: { post: (name, _, content) => world.wishes.push({ name, text: content.text }) },
    log: { write: () => {} },
    happens: (tag, val) => {
      world.wishes.length = 0;
      new Page(world).handle({ tag, val });
      return world.wishes;
    },
    answers: (status, body) => world.happens("answered", {
      key: "page",
      outcome: { tag: "http", val: { status, headers: [], body: new TextEncoder().encode(JSON.stringify(body)) } },
    }),
    fails: (code) => world.happens("answered", { key: "page", outcome: { tag: "failed", val: { code, sentence: "" } } }),
  };
  return world;
}

test("an incident is made on the page, and its id is kept", () => {
  const world = iris();
  const [wish] = world.happens("declared", { answers: [] });
  assert.equal(wish.method, "POST");
  assert.equal(wish.url, "https://api.statuspage.example/v1/incidents");
  assert.deepEqual(wish.body, { name: "Checkout fails", status: "investigating", impact: "SEV1", components: ["c1"] });
  assert.deepEqual(world.answers(201, { id: "p 1" }), []);

  world.incident.status = "resolved";
  const [update] = world.happens("status-changed", {});
  assert.equal(update.method, "PATCH");
  assert.equal(update.url, "https://api.statuspage.example/v1/incidents/p%201");
  assert.equal(update.body.status, "resolved");
});

test("what changes while a request is under way is sent after its answer", () => {
  const world = iris();
  world.happens("declared", { answers: [] });
  world.incident.severity = undefined;
  assert.deepEqual(world.happens("severity-changed", {}), []);
  assert.deepEqual(world.happens("entry-added", { kind: "update", text: "Rolled back" }), []);
  const [update] = world.answers(201, { id: "p1" });
  assert.deepEqual([update.body.impact, update.body.message], [null, "Rolled back"]);
  assert.deepEqual(world.answers(200, {}), [], "once");
});

test("what is said already is not sent", () => {
  const world = iris();
  world.happens("declared", { answers: [] });
  world.answers(201, { id: "p1" });
  assert.deepEqual(world.happens("entry-added", { kind: "note", text: "x" }), []);
  assert.deepEqual(world.happens("severity-changed", {}), []);
});

test("what changes while a request fails is sent with the next one", () => {
  const world = iris();
  world.happens("declared", { answers: [] });
  world.incident.severity = undefined;
  assert.deepEqual(world.happens("severity-changed", {}), []);
  assert.equal(world.fails("timeout").at(-1).name, "trouble");
  world.incident.status = "resolved";
  const [again] = world.happens("status-changed", {});
  assert.deepEqual([again.method, again.body.impact, again.body.status], ["POST", null, "resolved"]);
});

test("what failed is sent again even when it reads as before", () => {
  const world = iris();
  const [first] = world.happens("declared", { answers: [] });
  world.fails("unreachable");
  const [again] = world.happens("severity-changed", {});
  assert.deepEqual(again?.body, first.body);
});

test("closing says nothing new, reopening does", () => {
  const world = iris({ status: "resolved" });
  world.happens("declared", { answers: [] });
  world.answers(201, { incident: { id: "p1" } });
  world.incident.status = "closed";
  assert.deepEqual(world.happens("status-changed", {}), []);
  world.incident.status = "declared";
  const [reopened] = world.happens("status-changed", {});
  assert.deepEqual([reopened.method, reopened.body.status], ["PATCH", "investigating"]);
});

test("Iris may repeat each request, and fills in the token", () => {
  const world = iris();
  const [made] = world.happens("declared", { answers: [] });
  world.answers(201, { id: "p1" });
  world.incident.status = "resolved";
  const [changed] = world.happens("status-changed", {});
  for (const { repeatable, headers } of [made, changed]) {
    assert.equal(repeatable, true);
    assert.deepEqual(headers[0], { name: "Authorization", value: "Bearer {secret:STATUSPAGE_TOKEN}" });
  }
});

for (const [locale, said, again] of [
  ["en", "The status page could not be updated (HTTP 503). Press the button to try again.", "The status page is up to date again."],
  ["ja", "ステータスページを更新できませんでした（HTTP 503）。ボタンを押すともう一度試します。", "ステータスページを更新しました。"],
]) {
  test(`trouble is told in one message, with a way out (${locale})`, () => {
    const world = iris({ locale });
    world.happens("declared", { answers: [] });
    assert.deepEqual(world.answers(503, {}), [{ name: "trouble", text: said }]);
    const [retry] = world.happens("pressed", { action: "retry" });
    assert.equal(retry.method, "POST");
    assert.deepEqual(world.answers(201, { id: "p1" }), [{ name: "trouble", text: again }]);
  });
}

for (const kind of ["drill", "private"]) {
  test(`what is ${kind} stays in the house`, () => {
    const world = iris({ [kind]: true });
    assert.deepEqual(world.happens("declared", { answers: [] }), []);
    assert.deepEqual(world.happens("severity-changed", {}), []);
    assert.deepEqual(world.happens("entry-added", { kind: "update", text: "Rolled back" }), []);
  });
}

test("an error becomes a bug that says where, a refusal a sentence", () => {
  const bug = failure(new TypeError("x is not a function"));
  assert.equal(bug.tag, "bug");
  assert.match(bug.val, /x is not a function\n.*page\.test\.js/s);
  const refused = failure(Object.assign(new Error("refused"), { payload: { code: "allow.http", sentence: "No." } }));
  assert.equal(refused.tag, "bug");
  assert.match(refused.val, /^allow\.http: No\.\n.*page\.test\.js/s);
  assert.deepEqual(failure(new Refuse("Not now.")), { tag: "refuse", val: "Not now." });
});
