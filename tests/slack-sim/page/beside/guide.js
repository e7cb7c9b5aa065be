// Leads a newcomer of the demo through one incident, in six prompts; can be left at any time.

import { fill, h, icon, iconButton } from "../kit/dom.js";
import { addressAs, goTo, place } from "../kit/places.js";
import { channels, onAct, people, seen } from "../kit/workspace.js";
import { language, t } from "../kit/words.js";
import { toggleBeside } from "./drawer.js";
import { demo, readDemo, speak } from "./demo.js";

const KEY = "guide";
/** What the newcomer types, in their language. */
const TYPED = {
  en: ["/incident checkout fails", "/incident update Rolled back to 1.41", "/incident resolve It works again"],
  ja: ["/incident 決済画面で500エラー", "/incident 状況更新 1.41に切り戻しました", "/incident 復旧 正常に戻りました"],
}[language];

/** Where the newcomer is: `at` is the prompt, 6 the end; `room` is their war room. */
let guide = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
let drawn = "";

const typed = (name, fields, words) => name === "command" && words.some((word) => fields.line.startsWith(`/incident ${word}`));

/** Each prompt, and how it is recognised that it was done. */
const DONE = [
  (name, fields) => name === "command" && /^\/incident .{3,}/.test(fields.line) && fields.channel !== guide.room,
  (name, _, outcome) => name === "submit" && !outcome.errors,
  (name, fields) => name === "press" && fields.what.startsWith("guide:take"),
  (name, fields) => typed(name, fields, ["update", "状況更新", "更新", "続報"]),
  (name, fields) => name === "react" && fields.emoji === "pushpin",
  (name, fields) => typed(name, fields, ["resolve", "復旧", "解決"]),
];

onAct((name, fields, outcome) => {
  if (outcome?.status && outcome.status !== "ok") return;
  if (guide.at === undefined || !DONE[guide.at]?.(name, fields, outcome)) return;
  go({ at: guide.at + 1 });
});

/** Draws the prompt above the room, in the demo only. */
export async function drawGuide(root) {
  if (!demo.asked) await readDemo();
  if (!demo.iris || guide.left) {
    root.hidden = true;
    return;
  }
  findRoom();
  const key = JSON.stringify([guide, seen.now.me, place.channel]);
  if (key === drawn) return;
  drawn = key;
  root.hidden = false;
  root.setAttribute("role", "region");
  root.ariaLabel = t("guide");
  fill(root, guide.at === undefined ? welcome() : guide.at < DONE.length ? prompt() : end());
}

function go(changes) {
  guide = { ...guide, ...changes };
  sessionStorage.setItem(KEY, JSON.stringify(guide));
  drawGuide(document.getElementById("guide"));
}

const leave = () => iconButton("x", t("guide.leave"), () => go({ left: true }));

/** The newest war room that this person came into since the guide began. */
function findRoom() {
  if (guide.at === undefined || guide.at < 1 || guide.room) return;
  const room = channels().find((one) => one.name.startsWith("inc-") && one.member && !guide.known.includes(one.id));
  if (room) guide.room = room.id;
}

function welcome() {
  const begin = async () => {
    if (language === "ja") await speak("ja");
    goTo({ channel: channels().find((one) => one.name === "general")?.id });
    go({ at: 0, known: channels().map((one) => one.id), room: undefined });
  };
  return h("div", { className: "prompt" }, icon("iris"),
    h("p", {}, h("b", {}, t("guide.welcome")), " ", t("guide.welcome.text")),
    h("button", { type: "button", className: "button main", onclick: begin }, t("guide.begin")), leave());
}

function prompt() {
  const { at } = guide;
  const line = { 0: TYPED[0], 3: TYPED[1], 5: TYPED[2] }[at];
  return h("div", { className: "prompt" },
    h("span", { className: "step", ariaLabel: t("guide.step", { n: at + 1 }) }, `${at + 1}/6`),
    h("p", { role: "status" }, t(`guide.${at}`), line && [" ", h("code", {}, line)]),
    help(at, line), leave());
}

/** What brings the newcomer to where the prompt can be followed. */
function help(at, line) {
  const away = at > 1 && guide.room && place.channel !== guide.room;
  if (away) return h("button", { type: "button", className: "button", onclick: () => goTo({ channel: guide.room }) }, t("guide.to.room"));
  if (line) return h("button", { type: "button", className: "button", onclick: () => type(line) }, t("guide.type"));
  const other = people().find((one) => one.id !== seen.now.me && !one.guest);
  if (at === 4 && other) return h("a", { className: "button", href: addressAs(other.id) }, t("become", { who: other.shown }));
  return null;
}

function type(line) {
  const box = document.querySelector("#composer textarea");
  if (!box) return;
  box.value = line;
  box.dispatchEvent(new Event("input"));
  box.focus();
}

function end() {
  const commands = ["iris manifest > manifest.json", "export SLACK_BOT_TOKEN=xoxb-… SLACK_SIGNING_SECRET=…", "iris check", "iris serve"];
  return h("div", { className: "prompt end" },
    h("div", {},
      h("h3", {}, t("guide.end")), h("p", {}, t("guide.end.text")),
      h("ol", {}, commands.map((line, index) => h("li", {}, h("code", {}, line), " ", t(`guide.end.${index}`)))),
      h("p", {}, t("guide.end.more"), " ", h("button", { type: "button", className: "link", onclick: () => toggleBeside("levers") }, t("tab.levers")), " · ",
        h("button", { type: "button", className: "link", onclick: () => go({ at: undefined }) }, t("guide.again")))),
    leave());
}
