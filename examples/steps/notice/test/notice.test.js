// The step without Iris: what happened goes in, what it wishes comes out.

import assert from "node:assert/strict";
import { test } from "node:test";

import { failure, Refuse } from "../guarded.js";
import { Notice } from "../notice.js";

const LINK = "https://acme.slack.com/archives/C0ROOM/p1";

/** Iris, as far as this step sees it. */
function iris({ locale = "en", link = LINK, minutes = 30, ...incident } = {}) {
  const kept = new Map();
  const world = {
    wishes: [],
    incident: { number: 7, status: "declared", drill: false, ...incident },
    config: { get: () => JSON.stringify({ minutes }) },
    facts: {
      thisIncident: () => world.incident,
      thisTeam: () => ({ locale }),
      link: (name) => (name === "notice" ? link : undefined),
    },
    state: { get: (_, key) => kept.get(key), put: (_, key, value) => kept.set(key, value) },
    messages: {
      post: (name, place, { text, blocks }) => world.wishes.push({ post: name, place: place.tag, text, blocks: JSON.parse(blocks) }),
      say: (place, { text }) => world.wishes.push({ say: place.tag, text }),
    },
    timers: {
      after: (scope, name, seconds) => world.wishes.push({ after: name, scope, seconds }),
      cancel: (scope, name) => world.wishes.push({ cancel: name, scope }),
    },
    happens: (tag, val, by) => {
      world.wishes.length = 0;
      new Notice(world).handle({ what: { tag, val }, by });
      return world.wishes;
    },
    opens: () => world.happens("room-opened", { room: "C0ROOM", name: "inc-7" }),
    presses: (by) => world.happens("pressed", { action: "take", values: ["7"] }, by),
    waits: () => world.happens("timer", { name: "nobody", due: 0n }),
  };
  return world;
}

test("who writes it is asked, with a button and a timer", () => {
  const [post, timer] = iris().opens();
  assert.deepEqual([post.post, post.place, post.text], ["notice", "room", "Who writes the customer notice?"]);
  const [button] = post.blocks.at(-1).elements;
  assert.deepEqual([button.action_id, button.value, button.text.text], ["take", "7", "I write it"]);
  assert.deepEqual(timer, { after: "nobody", scope: "incident", seconds: 1800 });
});

test("a press changes the message in place and ends the waiting", () => {
  const world = iris();
  world.opens();
  const [timer, post] = world.presses("U0KEN");
  assert.deepEqual(timer, { cancel: "nobody", scope: "incident" });
  assert.deepEqual([post.post, post.text], ["notice", "<@U0KEN> writes the customer notice."]);
  assert.deepEqual(post.blocks.map(({ type }) => type), ["section"], "no button");
});

test("who comes second is told who was first, and nothing changes", () => {
  const world = iris();
  world.opens();
  world.presses("U0KEN");
  assert.throws(() => world.presses("U0YUI"), (error) => error instanceof Refuse && /<@U0KEN>/.test(error.message));
  assert.deepEqual(world.wishes, []);
});

for (const [locale, link, said] of [
  ["en", LINK, `Nobody has taken the customer notice for 30 minutes. <${LINK}|The button is here.>`],
  ["en", null, "Nobody has taken the customer notice for 30 minutes. The button is above."],
  ["ja", LINK, `お客様へのお知らせの担当が30分間決まっていません。<${LINK}|ここから引き受けられます。>`],
]) {
  test(`nobody takes it: one reminder, which sets no timer (${locale}, ${link ? "" : "no "}link)`, () => {
    const world = iris({ locale, link });
    world.opens();
    assert.deepEqual(world.waits(), [{ say: "room", text: said }]);
  });
}

test("somebody has it: no reminder", () => {
  const world = iris();
  world.opens();
  world.presses("U0KEN");
  assert.deepEqual(world.waits(), []);
});

test("the incident is closed: no reminder", () => {
  const world = iris();
  world.opens();
  world.incident.status = "closed";
  assert.deepEqual(world.waits(), []);
});

test("the team's file says how long to wait", () => {
  const world = iris({ minutes: 5 });
  assert.equal(world.opens()[1].seconds, 300);
  assert.match(world.waits()[0].text, /for 5 minutes\./);
  assert.match(iris({ minutes: 1 }).waits()[0].text, /for a minute\./);
});

test("a drill says so wherever everybody reads it", () => {
  const world = iris({ drill: true });
  assert.match(world.opens()[0].text, /^🧯 DRILL · Who/);
  assert.match(world.waits()[0].text, /^🧯 DRILL · Nobody/);
  assert.match(world.presses("U0KEN")[1].text, /^🧯 DRILL · <@U0KEN>/);
});

test("other buttons, and what happens outside of incidents, are nothing to it", () => {
  const world = iris();
  assert.deepEqual(world.happens("pressed", { action: "other", values: [] }, "U0KEN"), []);
  world.incident = undefined;
  assert.deepEqual(world.presses("U0KEN"), []);
});

test("a refusal becomes a sentence, an error a bug that says where", () => {
  assert.deepEqual(failure(new Refuse("Not now.")), { tag: "refuse", val: "Not now." });
  const bug = failure(new TypeError("x is not a function"));
  assert.match(bug.val, /x is not a function\n.*notice\.test\.js/s);
});
