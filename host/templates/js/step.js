// What Iris calls: describes the step, and handles one event.

import * as facts from "iris:step/facts@0.1.0";
import * as messages from "iris:step/messages@0.1.0";

import { guarded } from "./guarded.js";
import { greeting } from "./greeting.js";

export const handler = guarded({
  // Texts for people in the team's language, all else always the same.
  describe(locale) {
    return {
      name: "{{name}}",
      version: "0.1.0",
      sentence: locale === "ja" ? "War roomの皆にあいさつします" : "Greets everybody in the war room",
      // What it hears of, and what it may wish: the team's file must allow the latter.
      events: ["room-opened"],
      capabilities: ["messages"],
      words: [],
      shortcuts: [],
      fields: [],
      slackMethods: [],
      httpHosts: [],
      // JSON Schema of its `config` in the team's file.
      settings: JSON.stringify({ type: "object", additionalProperties: false, properties: {} }),
      more: "{}",
    };
  },

  handle(event) {
    if (event.what.tag !== "room-opened") return;
    const text = greeting(facts.thisTeam().locale, facts.thisIncident());
    messages.say({ tag: "room" }, { text });
  },
});
