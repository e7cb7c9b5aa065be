// A bot on Slack's JavaScript SDK: what it makes of a workspace, it prints as a JSON object a line.
//
// Set: SLACK_API_URL, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, PORT; or SLACK_APP_TOKEN, for Socket
// Mode.

import bolt from "@slack/bolt";
import { steps } from "./calls.mjs";
import * as views from "./views.mjs";

const { App, HTTPReceiver, SocketModeReceiver } = bolt;
const env = process.env;

// An event is acknowledged when its listeners are done, so that one can be refused.
const processBeforeResponse = true;
const signingSecret = env.SLACK_SIGNING_SECRET;
const appToken = env.SLACK_APP_TOKEN;
const clientOptions = { slackApiUrl: env.SLACK_API_URL };
const receiver = appToken
  ? new SocketModeReceiver({ appToken, installerOptions: { clientOptions } })
  : new HTTPReceiver({ signingSecret, processBeforeResponse });
const app = new App({
  token: env.SLACK_BOT_TOKEN,
  receiver,
  processBeforeResponse,
  clientOptions,
});
const tell = (said, more = {}) => console.log(JSON.stringify({ said, ...more }));

// The first delivery of this message is not acknowledged.
app.use(async ({ body, context, next }) => {
  if (body.event?.text === "not at first") {
    const retry = context.retryNum === undefined ? null : String(context.retryNum);
    tell("delivered", { retry, reason: context.retryReason ?? null });
    // Over sockets this SDK acknowledges events before anybody sees them.
    if (retry === null && !appToken) throw new Error("not at first");
  }
  await next();
});
app.error(async (error) => {
  if (!String(error.original ?? error).includes("not at first")) tell("error", { error: String(error) });
  throw error;
});

app.command("/judge", async ({ ack, command, respond, client }) => {
  switch (command.text) {
    case "form":
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: views.form("What is it?") });
      break;
    case "menu":
      await ack({ text: "A menu", blocks: views.menu("A menu") });
      break;
    case "aloud":
      await ack({ response_type: "in_channel", text: "everybody hears it" });
      break;
    case "later":
      await ack();
      await respond({ text: "first" });
      await respond({ text: "second", response_type: "in_channel" });
      await respond({ text: "third", replace_original: true });
      break;
    case "calls":
      await ack("I call");
      // It takes longer than Slack waits.
      callAll(steps(client, command.channel_id, command.user_id));
      break;
    default:
      await ack(`you said ${command.text}`);
  }
});

async function callAll(steps) {
  for (const [step, call] of Object.entries(steps)) {
    try {
      await call();
      tell("called", { step });
    } catch (error) {
      tell("called", { step, error: error.stack });
    }
  }
  tell("done");
}

app.action("press", async ({ ack, body, respond, action }) => {
  await ack();
  tell("pressed", { value: action.value, user: body.user.id });
  await respond({ replace_original: true, text: "pressed", blocks: views.menu("pressed") });
});

app.action("gone", async ({ ack, respond }) => {
  await ack();
  await respond({ delete_original: true });
});

app.action("pick", async ({ ack, action, body, respond }) => {
  await ack();
  tell("picked", { option: action.selected_option.value, state: body.state.values });
  await respond({ replace_original: false, text: `picked ${action.selected_option.text.text}` });
});

app.options("seek", async ({ ack, payload }) => {
  await ack({ options: [views.option(`found ${payload.value}`, "found")] });
});

app.action("seek", async ({ ack, action }) => {
  await ack();
  tell("sought", { option: action.selected_option.value });
});

app.action("more", async ({ ack, body, client }) => {
  await ack();
  const { id, hash } = body.view;
  await client.views.update({ view_id: id, hash, view: views.form("What else is it?") });
});

app.action("deeper", async ({ ack, body, client }) => {
  await ack();
  await client.views.push({ trigger_id: body.trigger_id, view: views.deeper() });
});

app.view("form", async ({ ack, view }) => {
  const { values } = view.state;
  const title = values.title.said.value;
  if (title === "short") {
    await ack({ response_action: "errors", errors: { title: "Say more" } });
  } else if (title === "again") {
    await ack({ response_action: "update", view: views.form("Once more?") });
  } else if (title === "deep") {
    await ack({ response_action: "push", view: views.deeper() });
  } else {
    await ack();
    tell("sent", {
      title,
      people: values.people.chosen.selected_users,
      day: values.day.chosen.selected_date,
      boxes: values.boxes.chosen.selected_options.map((box) => box.value),
    });
  }
});

app.view("deeper", async ({ ack }) => {
  await ack({ response_action: "clear" });
});

app.view({ callback_id: "form", type: "view_closed" }, async ({ ack }) => {
  await ack();
  tell("closed");
});

app.shortcut("begin", async ({ ack, shortcut, client }) => {
  await ack();
  await client.views.open({ trigger_id: shortcut.trigger_id, view: views.form("A shortcut") });
});

app.shortcut("look", async ({ ack, shortcut, say }) => {
  await ack();
  await say({ text: `I see: ${shortcut.message.text}`, thread_ts: shortcut.message.ts });
});

app.event("app_home_opened", async ({ event, client }) => {
  await client.views.publish({ user_id: event.user, view: views.home() });
});

app.event("app_mention", async ({ event, say }) => {
  await say({ text: "you called?", thread_ts: event.ts });
});

app.event("reaction_added", async ({ event }) => {
  tell("reacted", { reaction: event.reaction, item: event.item });
});

app.message("not at first", async () => {
  tell("heard");
});

await app.start(Number(env.PORT));
