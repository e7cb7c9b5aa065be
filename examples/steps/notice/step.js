// What Iris calls. The work is in notice.js, which knows Iris only by what it is given.

import * as config from "iris:step/config@0.1.0";
import * as facts from "iris:step/facts@0.1.0";
import * as messages from "iris:step/messages@0.1.0";
import * as state from "iris:step/state@0.1.0";
import * as timers from "iris:step/timers@0.1.0";

import { guarded } from "./guarded.js";
import { Notice } from "./notice.js";
import { say } from "./texts.js";

const SETTINGS = {
  type: "object",
  additionalProperties: false,
  properties: {
    minutes: { type: "integer", minimum: 1, maximum: 1440, default: 30, description: "How long to wait before the reminder" },
  },
};

export const handler = guarded({
  describe(locale) {
    return {
      name: "notice",
      version: "0.1.0",
      sentence: say(locale, "sentence"),
      // `pressed` and `timer` come without asking.
      events: ["room-opened"],
      words: [],
      shortcuts: [],
      fields: [],
      capabilities: ["messages", "timers"],
      slackMethods: [],
      httpHosts: [],
      settings: JSON.stringify(SETTINGS),
      more: "{}",
    };
  },

  handle(event) {
    new Notice({ config, facts, messages, state, timers }).handle(event);
  },
});
