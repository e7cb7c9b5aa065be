// An incident bot on Bolt for JavaScript, with what Iris is compared.
//
// Set: SLACK_API_URL, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, PORT, STORE.

import { readFileSync } from "node:fs";
import bolt from "@slack/bolt";
import Database from "better-sqlite3";

const { App, HTTPReceiver } = bolt;
const env = process.env;
const read = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
const texts = JSON.parse(read("texts.json"));
const form = JSON.parse(read("form.json"));

const db = new Database(env.STORE);
db.pragma("journal_mode = WAL");
db.pragma("synchronous = FULL");
db.exec(read("schema.sql"));
const addIncident = db.prepare("INSERT INTO incident VALUES (?, ?, ?, ?)");
const hasIncident = db.prepare("SELECT 1 FROM incident WHERE channel = ?");
const addTodo = db.prepare("INSERT INTO todo (channel, text) VALUES (?, ?)");
const addEntry = db.prepare("INSERT OR IGNORE INTO timeline VALUES (?, ?, ?, ?)");

// An event is acknowledged when its listeners are done: a message is committed before.
const processBeforeResponse = true;
const receiver = new HTTPReceiver({ signingSecret: env.SLACK_SIGNING_SECRET, processBeforeResponse });
const app = new App({
  token: env.SLACK_BOT_TOKEN,
  receiver,
  processBeforeResponse,
  clientOptions: { slackApiUrl: env.SLACK_API_URL },
});

app.command("/incident", async ({ ack, command, client }) => {
  const [word, ...rest] = command.text.trim().split(/\s+/);
  if (word === "help") {
    await ack(texts.help);
  } else if (word === "todo") {
    if (rest.length === 0 || !hasIncident.get(command.channel_id)) {
      await ack("Say what to do, in the room of an incident");
      return;
    }
    addTodo.run(command.channel_id, rest.join(" "));
    await ack("Noted");
  } else {
    await ack();
    await client.views.open({ trigger_id: command.trigger_id, view: form });
  }
});

app.view("declare", async ({ ack, view, body, client }) => {
  const { title, severity } = view.state.values;
  await ack();
  // `processBeforeResponse` would hold back the acknowledgement until the room stands.
  declare(client, title.said.value, severity.chosen.selected_option.value, body.user.id).catch(console.error);
});

async function declare(client, title, severity, user) {
  const { channel } = await client.conversations.create({ name: roomName(title) });
  const room = channel.id;
  addIncident.run(room, title, severity, user);
  await client.conversations.setTopic({ channel: room, topic: `${severity}: ${title}` });
  await client.conversations.setPurpose({ channel: room, purpose: texts.purpose });
  await client.bookmarks.add({ channel_id: room, title: "Runbook", type: "link", link: texts.runbook });
  const users = await people(client, [user, ...texts.responders]);
  await client.conversations.invite({ channel: room, users: users.join(",") });
  const guide = await client.chat.postMessage({ channel: room, text: texts.guide });
  await client.pins.add({ channel: room, timestamp: guide.ts });
  await client.chat.postMessage({ channel: texts.announce, text: `${severity}: ${title}, in <#${room}>` });
}

async function people(client, named) {
  const found = new Set();
  for (const one of named) {
    if (one.startsWith("S")) {
      const group = await client.usergroups.users.list({ usergroup: one });
      group.users.forEach((user) => found.add(user));
    } else if (one.includes("@")) {
      const { user } = await client.users.lookupByEmail({ email: one });
      found.add(user.id);
    } else {
      found.add(one);
    }
  }
  return [...found];
}

function roomName(title) {
  const words = title.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return `inc-${Date.now().toString(36)}-${words}`.slice(0, 80);
}

app.event("message", async ({ event }) => {
  if (event.subtype || event.bot_id || !hasIncident.get(event.channel)) return;
  addEntry.run(event.channel, event.ts, event.user, event.text ?? "");
});

await app.start(Number(env.PORT));
