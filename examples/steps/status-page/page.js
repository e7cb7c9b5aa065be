// Keeps one incident of the status page as the incident in Iris is.
//
// One request at a time: what changes while one is under way is sent when its answer has come. So
// the page never hears of two changes in the wrong order, and its incident is made once.

import { say } from "./texts.js";

/** What is remembered of an incident. */
const KEPT = "page";
/** The request's name: its answer comes back under it. */
const REQUEST = "page";
/** The message about trouble; it is changed in place. */
const TROUBLE = "trouble";

export class Page {
  /** `iris`: the interfaces of the contract, by name. */
  constructor(iris) {
    this.iris = iris;
  }

  handle({ tag, val }) {
    const incident = this.iris.facts.thisIncident();
    // A drill stays in the house, and so does what only those in its room may know of: the page is
    // read by everybody.
    if (!incident || incident.drill || incident.private) return;
    const kept = JSON.parse(this.iris.state.get("incident", KEPT) ?? "{}");
    switch (tag) {
      case "declared":
      case "severity-changed":
      case "status-changed":
        return this.bring(incident, kept);
      case "entry-added":
        return ["title", "update"].includes(val.kind) ? this.bring(incident, kept, val) : undefined;
      case "answered":
        return this.answered(incident, kept, val.outcome);
      case "pressed":
        return this.bring(incident, { ...kept, sent: undefined });
      default:
        return undefined;
    }
  }

  /** Sends what the page does not say yet. */
  bring(incident, kept, entry) {
    const update = entry?.kind === "update" ? entry.text : kept.update;
    kept = { ...kept, update };
    const wanted = JSON.stringify(this.wanted(incident, update));
    if (!kept.asking && wanted !== kept.sent) {
      this.request(kept.id, wanted);
      kept = { ...kept, asking: true, sent: wanted };
    }
    this.keep(kept);
  }

  /** What the page is to say. */
  wanted(incident, update) {
    const { facts, config } = this.iris;
    const { components = {} } = JSON.parse(config.get());
    const severity = facts.severities().find(({ id }) => id === incident.severity);
    const component = components[incident.product];
    return {
      name: incident.title,
      status: incident.status === "declared" ? "investigating" : "resolved",
      impact: severity?.label ?? null,
      ...(update ? { message: update } : {}),
      ...(component ? { components: [component] } : {}),
    };
  }

  request(id, wanted) {
    const { url } = JSON.parse(this.iris.config.get());
    const incidents = `${url.replace(/\/$/, "")}/incidents`;
    const request = {
      method: id ? "PATCH" : "POST",
      url: id ? `${incidents}/${encodeURIComponent(id)}` : incidents,
      headers: [
        { name: "Authorization", value: "Bearer {secret:STATUSPAGE_TOKEN}" },
        { name: "Content-Type", value: "application/json" },
      ],
      body: new TextEncoder().encode(JSON.stringify({ incident: JSON.parse(wanted) })),
      timeoutSeconds: 10,
    };
    // Safe to repeat: Iris sends the same Idempotency-Key with each repetition.
    this.iris.http.fetch(REQUEST, request, true);
  }

  answered(incident, kept, outcome) {
    const id = kept.id ?? idOf(outcome);
    const trouble = troubleOf(outcome) ?? (id ? undefined : "no id");
    // What was sent did not arrive: the next change, or the button, sends all of it again.
    const sent = trouble ? undefined : kept.sent;
    kept = { ...kept, id, sent, asking: false };
    if (trouble) {
      this.iris.log.write("warn", `The status page answered: ${trouble}`);
      this.tell("failed", { why: trouble }, true);
      return this.keep({ ...kept, told: true });
    }
    if (kept.told) this.tell("again", {}, false);
    return this.bring(incident, { ...kept, told: false });
  }

  /** One message a room, however long the trouble lasts. */
  tell(key, args, withButton) {
    const locale = this.iris.facts.thisTeam().locale;
    const text = say(locale, key, args);
    const section = { type: "section", block_id: "said", text: { type: "plain_text", text } };
    const button = {
      type: "button",
      action_id: "retry",
      text: { type: "plain_text", text: say(locale, "retry") },
      value: String(this.iris.facts.thisIncident().number),
    };
    const blocks = withButton ? [section, { type: "actions", block_id: "do", elements: [button] }] : [section];
    this.iris.messages.post(TROUBLE, { tag: "room" }, { text, blocks: JSON.stringify(blocks) });
  }

  keep(kept) {
    this.iris.state.put("incident", KEPT, JSON.stringify(kept));
  }
}

/** Why a request came to nothing, in a few words; undefined when it did not. */
function troubleOf({ tag, val }) {
  if (tag === "failed") return val.code;
  if (val.status >= 200 && val.status < 300) return undefined;
  return `HTTP ${val.status}`;
}

/** The page's name for its incident, if it was made. */
function idOf(outcome) {
  if (troubleOf(outcome)) return undefined;
  try {
    const answer = JSON.parse(new TextDecoder().decode(outcome.val.body));
    return answer.id ?? answer.incident?.id;
  } catch {
    return undefined;
  }
}
