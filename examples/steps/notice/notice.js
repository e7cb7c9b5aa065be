// Finds somebody who writes the notice to customers.
//
// One message, drawn from what is remembered: with a button while nobody has it, with a name
// afterwards. Events of an incident come one after the other, so of two people who press at the
// same moment the second is told who was first.

import { Refuse } from "./guarded.js";
import { say } from "./texts.js";

/** What is remembered of an incident: `{ by: "U…" }` once somebody has taken it. */
const KEPT = "notice";
/** The message; it is changed in place. */
const MESSAGE = "notice";
/** The timer. */
const NOBODY = "nobody";

export class Notice {
  /** `iris`: the interfaces of the contract, by name. */
  constructor(iris) {
    this.iris = iris;
    this.incident = iris.facts.thisIncident();
    this.locale = iris.facts.thisTeam().locale;
  }

  handle({ what: { tag, val }, by }) {
    // A press on an old message may come without one.
    if (!this.incident) return;
    const kept = JSON.parse(this.iris.state.get("incident", KEPT) ?? "{}");
    if (tag === "room-opened") this.ask(kept);
    if (tag === "pressed" && val.action === "take") this.take(kept, by);
    if (tag === "timer" && val.name === NOBODY) this.remind(kept);
  }

  ask(kept) {
    this.draw(kept);
    if (!kept.by) this.iris.timers.after("incident", NOBODY, this.minutes() * 60);
  }

  take(kept, by) {
    if (kept.by) throw new Refuse(this.say("late", { who: kept.by }));
    this.iris.state.put("incident", KEPT, JSON.stringify({ by }));
    this.iris.timers.cancel("incident", NOBODY);
    this.draw({ by });
  }

  /** Once: a timer that has fired is gone. */
  remind(kept) {
    // Timers outlive the incident; who closed it needs no reminder.
    if (kept.by || this.incident.status === "closed") return;
    const link = this.iris.facts.link(MESSAGE);
    const text = this.marked("reminder", { link, minutes: this.minutes() });
    this.iris.messages.say({ tag: "room" }, { text });
  }

  draw({ by }) {
    const text = by ? this.marked("taken", { who: by }) : this.marked("question");
    const section = { type: "section", block_id: "said", text: { type: "mrkdwn", text } };
    const button = {
      type: "button",
      action_id: "take",
      text: { type: "plain_text", text: this.say("take") },
      value: String(this.incident.number),
    };
    const blocks = by ? [section] : [section, { type: "actions", block_id: "do", elements: [button] }];
    this.iris.messages.post(MESSAGE, { tag: "room" }, { text, blocks: JSON.stringify(blocks) });
  }

  minutes() {
    return JSON.parse(this.iris.config.get()).minutes;
  }

  /** What everybody reads says that a drill is one. */
  marked(key, args) {
    return (this.incident.drill ? this.say("drill") : "") + this.say(key, args);
  }

  say(key, args) {
    return say(this.locale, key, args);
  }
}
