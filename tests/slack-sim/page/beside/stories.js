// Stories: what was done by hand is saved as a story; a story is played, step by step or at once.

import { fill, h, icon, toast } from "../kit/dom.js";
import { send } from "../kit/workspace.js";
import { t } from "../kit/words.js";
import { demo, readDemo, speak } from "./demo.js";

/** The loaded story: `{name, lines: [{text, kind}], at, busy?, stuck?}`; `at` is the next line. */
let story;
let drawn = "";

export async function drawStories(root) {
  const [recording] = await Promise.all([send("GET", "/sim/recording"), readDemo()]);
  if (!recording || !root.isConnected || !root.classList.contains("stories")) return;
  const key = JSON.stringify([recording, story, demo.stories]);
  if (key === drawn && root.firstChild) return;
  drawn = key;
  const focused = document.activeElement?.id;
  fill(root, record(root, recording), load(root), story && play(root));
  if (focused) root.querySelector(`#${CSS.escape(focused)}`)?.focus();
  root.querySelector(".line.next")?.scrollIntoView({ block: "nearest" });
}

function record(root, { on, text }) {
  const put = async (body) => {
    await send("POST", "/sim/recording", body);
    drawStories(root);
  };
  return h("section", {}, h("h3", {}, t("story.record")), h("p", { className: "quiet" }, t("story.record.hint")),
    h("div", { className: "lever-row" },
      on
        ? [h("span", { className: "state bad", role: "status" }, icon("record"), t("story.recording")),
          h("button", { id: "story-save", type: "button", className: "button main", onclick: () => save(text) }, t("story.save")),
          h("button", { id: "story-stop", type: "button", className: "button", onclick: () => put({ on: false }) }, t("story.stop"))]
        : h("button", { id: "story-start", type: "button", className: "button", onclick: () => put({ on: true }) }, icon("record"), t("story.start"))),
    on && text && h("pre", { className: "story-text", tabIndex: 0 }, text));
}

function save(text) {
  const link = h("a", { href: URL.createObjectURL(new Blob([text], { type: "text/plain" })), download: "story.txt" });
  link.click();
  URL.revokeObjectURL(link.href);
}

function load(root) {
  const file = h("input", {
    id: "story-file", type: "file", accept: ".txt,text/plain", className: "control", ariaLabel: t("story.file"),
    onchange: async () => take(root, file.files[0].name, await file.files[0].text()),
  });
  const shipped = demo.stories?.length > 0 && h("select", {
    id: "story-shipped", className: "control", ariaLabel: t("story.shipped"),
    onchange: async (event) => {
      const name = event.target.value;
      const answer = name && await fetch(`/demo/stories/${name}`);
      if (answer?.ok) take(root, name, await answer.text());
    },
  }, h("option", { value: "" }, t("story.shipped")), demo.stories.map((name) => h("option", { value: name, selected: story?.name === name }, name)));
  return h("section", {}, h("h3", {}, t("story.play")), h("p", { className: "quiet" }, t("story.play.hint")), h("div", { className: "lever-row" }, shipped, file));
}

async function take(root, name, text) {
  if (demo.iris) await speak(/^# language: ja$/m.test(text) ? "ja" : "en");
  const loaded = await send("POST", "/sim/story", { text });
  if (!loaded) return;
  story = { name, ...loaded };
  drawStories(root);
}

function play(root) {
  const over = story.at >= story.lines.length;
  return h("section", { className: "story" },
    h("div", { className: "lever-row" },
      h("b", {}, story.name),
      h("button", { id: "story-step", type: "button", className: "button main", disabled: story.busy || over, onclick: () => go(root, false) }, icon("step"), t("story.step")),
      h("button", { id: "story-all", type: "button", className: "button", disabled: story.busy || over, onclick: () => go(root, true) }, icon("play"), t("story.all")),
      story.busy && h("button", { id: "story-pause", type: "button", className: "button", onclick: () => { story.pause = true; } }, t("story.pause")),
      over && h("span", { className: "state good", role: "status" }, t("story.over"))),
    story.stuck && h("p", { className: "error", role: "alert" }, icon("alert"), story.stuck),
    h("ol", { className: "lines" }, story.lines.map((line, index) => h("li", {
      className: `line ${line.kind}${index < story.at ? " done" : ""}${index === story.at ? " next" : ""}`,
    }, line.text || "\u00a0"))));
}

/** Plays the next act, or one after the other until the end, a pause or a mishap. */
async function go(root, all) {
  Object.assign(story, { busy: true, stuck: undefined, pause: false });
  await drawStories(root);
  do {
    const played = await send("POST", "/sim/story/step", {});
    if (!played) break;
    Object.assign(story, { at: played.at, stuck: played.stuck });
    if (played.stuck) toast(played.stuck);
    await drawStories(root);
  } while (all && !story.pause && !story.stuck && story.at < story.lines.length);
  story.busy = false;
  drawStories(root);
}
