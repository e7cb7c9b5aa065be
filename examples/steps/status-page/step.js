// What Iris calls. The work is in page.js, which knows Iris only by what it is given.

import * as config from "iris:step/config@0.1.0";
import * as facts from "iris:step/facts@0.1.0";
import * as http from "iris:step/http@0.1.0";
import * as log from "iris:step/log@0.1.0";
import * as messages from "iris:step/messages@0.1.0";
import * as state from "iris:step/state@0.1.0";

import { Page } from "./page.js";
import { guarded } from "./guarded.js";
import { say } from "./texts.js";

const SETTINGS = {
  type: "object",
  required: ["url"],
  additionalProperties: false,
  properties: {
    url: { type: "string", pattern: "^https://", description: "Where the page's incidents are, such as https://api.statuspage.example/v1" },
    components: {
      type: "object",
      additionalProperties: { type: "string" },
      description: "Of each product, by its id, the page's component",
    },
  },
};

export const handler = guarded({
  describe(locale) {
    return {
      name: "status-page",
      version: "0.1.0",
      sentence: say(locale, "sentence"),
      events: ["declared", "severity-changed", "status-changed", "entry-added"],
      words: [],
      shortcuts: [],
      fields: [],
      capabilities: ["messages", "http"],
      slackMethods: [],
      // Which host it is, the team's file says.
      httpHosts: ["*"],
      settings: JSON.stringify(SETTINGS),
      more: "{}",
    };
  },

  handle(event) {
    const page = new Page({ config, facts, http, log, messages, state });
    page.handle(event.what);
  },
});
