// The Web API as the JavaScript SDK calls it: the same steps as calls.py.

import assert from "node:assert/strict";
import bolt from "@slack/bolt";

const METADATA = { event_type: "judged", event_payload: { key: "k", count: 2 } };
const BLOCKS = [{ type: "section", text: { type: "mrkdwn", text: "*bold*" } }];
const VIEW = {
  type: "modal",
  title: { type: "plain_text", text: "Late" },
  blocks: [{ type: "divider" }],
};

export function steps(client, channel, user) {
  let room;
  let ts;
  return {
    async pages() {
      const types = "public_channel,private_channel";
      const names = await all(client, "conversations.list", { types, limit: 1 }, "channels");
      const whole = await client.conversations.list({ types });
      assert.deepEqual(names.map((one) => one.name), whole.channels.map((one) => one.name));
      assert.ok(names.length > 1);
      const people = await all(client, "users.list", { limit: 2 }, "members");
      assert.ok(people.length > 3 && new Set(people.map((one) => one.id)).size === people.length);
      const members = await all(client, "conversations.members", { channel, limit: 1 }, "members");
      assert.ok(members.includes(user));
    },

    async channels() {
      const made = await client.conversations.create({ name: "judged" });
      room = made.channel.id;
      assert.ok(made.channel.is_channel && made.channel.name === "judged");
      await refuses("name_taken", client.conversations.create({ name: "judged" }));
      const users = `${user},U0NOBODY`;
      const invited = await client.conversations.invite({ channel: room, users, force: true });
      assert.equal(invited.errors[0].error, "user_not_found");
      await client.conversations.setTopic({ channel: room, topic: "a topic" });
      await client.conversations.setPurpose({ channel: room, purpose: "a purpose" });
      await client.conversations.rename({ channel: room, name: "judged-2" });
      const info = await client.conversations.info({ channel: room, include_num_members: true });
      assert.equal(info.channel.topic.value, "a topic");
      assert.equal(info.channel.num_members, 2);
      const direct = await client.conversations.open({ users: user });
      await client.chat.postMessage({ channel: direct.channel.id, text: "just you" });
    },

    async messages() {
      const message = { channel: room, text: "plain", blocks: BLOCKS, metadata: METADATA };
      const posted = await client.chat.postMessage({ ...message, unfurl_links: false });
      ts = posted.ts;
      assert.equal(posted.message.bot_id, "B0JUDGE");
      const answer = { channel: room, text: "answer", thread_ts: ts, reply_broadcast: true };
      await client.chat.postMessage(answer);
      await client.chat.update({ channel: room, ts, text: "changed", blocks: [] });
      const history = { channel: room, include_all_metadata: true };
      const { messages } = await client.conversations.history(history);
      const root = messages.find((one) => one.ts === ts);
      assert.equal(root.text, "changed");
      assert.deepEqual(root.metadata, METADATA);
      assert.equal(root.reply_count, 1);
      assert.equal(root.blocks, undefined);
      const thread = { channel: room, ts, limit: 1 };
      const replies = await all(client, "conversations.replies", thread, "messages");
      assert.equal(replies.at(-1).text, "answer");
      const link = await client.chat.getPermalink({ channel: room, message_ts: ts });
      assert.ok(link.permalink.endsWith(`/archives/${room}/p${ts.replace(".", "")}`));
      const only = await client.chat.postEphemeral({ channel: room, user, text: "only you" });
      assert.ok(only.message_ts);
      const gone = await client.chat.postMessage({ channel: room, text: "gone" });
      await client.chat.delete({ channel: room, ts: gone.ts });
      await refuses("message_not_found", client.chat.delete({ channel: room, ts: gone.ts }));
      const blocks = [{ type: "section", text: { type: "mrkdwn", text: "a".repeat(3001) } }];
      await refuses("invalid_blocks", client.chat.postMessage({ channel: room, text: "a", blocks }));
    },

    async marks() {
      const named = { channel: room, timestamp: ts };
      await client.pins.add(named);
      await refuses("already_pinned", client.pins.add(named));
      const pins = await client.pins.list({ channel: room });
      assert.equal(pins.items[0].message.ts, ts);
      await client.pins.remove(named);
      await client.reactions.add({ ...named, name: "eyes" });
      const { message } = await client.reactions.get(named);
      assert.deepEqual(message.reactions, [{ name: "eyes", users: ["U0JUDGE"], count: 1 }]);
      await client.reactions.remove({ ...named, name: "eyes" });
      const link = "https://wiki.example/a";
      const added = { channel_id: room, title: "Wiki", type: "link", link };
      const { bookmark } = await client.bookmarks.add(added);
      const known = { channel_id: room, bookmark_id: bookmark.id };
      await client.bookmarks.edit({ ...known, title: "The wiki" });
      const { bookmarks } = await client.bookmarks.list({ channel_id: room });
      assert.deepEqual(bookmarks.map((one) => [one.title, one.link]), [["The wiki", link]]);
      await client.bookmarks.remove(known);
    },

    async people() {
      const found = await client.users.info({ user });
      const { email } = found.user.profile;
      assert.equal((await client.users.lookupByEmail({ email })).user.id, user);
      const nobody = { email: "no@acme.example" };
      await refuses("users_not_found", client.users.lookupByEmail(nobody));
      const { usergroups } = await client.usergroups.list({ include_users: true });
      const { users } = await client.usergroups.users.list({ usergroup: usergroups[0].id });
      assert.deepEqual(users, usergroups[0].users);
    },

    async files() {
      const report = { content: "# Report", filename: "report.md", initial_comment: "Read it" };
      const one = await client.filesUploadV2({ channel_id: room, ...report });
      const [file] = one.files[0].files;
      assert.equal(file.title, "report.md");
      const file_uploads = [
        { content: "a,b", filename: "a.csv", title: "A" },
        { content: "{}", filename: "b.json", title: "B" },
      ];
      const two = await client.filesUploadV2({ channel_id: room, file_uploads });
      assert.deepEqual(two.files[0].files.map((file) => file.title), ["A", "B"]);
      const info = await client.files.info({ file: file.id });
      assert.equal(info.file.size, "# Report".length);
      assert.equal(info.file.filetype, "markdown");
    },

    // The first answers are 429 and a reset; the SDK tries again by itself.
    async patience() {
      assert.equal((await client.team.info()).team.id, "T0JUDGE");
      assert.equal((await client.api.test({ foo: "bar" })).args.foo, "bar");
    },

    async ends() {
      await client.conversations.archive({ channel: room });
      await refuses("already_archived", client.conversations.archive({ channel: room }));
      await refuses("unknown_method", client.apiCall("no.such"));
      const { slackApiUrl } = client;
      const stranger = new bolt.webApi.WebClient("xoxb-wrong", { slackApiUrl });
      await refuses("invalid_auth", stranger.auth.test());
      await refuses("invalid_trigger_id", client.views.open({ trigger_id: "1", view: VIEW }));
    },
  };
}

async function all(client, method, args, field) {
  const found = [];
  for await (const page of client.paginate(method, args)) found.push(...page[field]);
  return found;
}

async function refuses(code, call) {
  await assert.rejects(call, (error) => {
    assert.equal(error.data?.error, code);
    return true;
  });
}
