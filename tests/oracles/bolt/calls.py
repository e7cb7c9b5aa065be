"""The Web API as the Python SDK calls it: every step fails on what the SDK did not expect."""

from collections.abc import Callable

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

METADATA = {"event_type": "judged", "event_payload": {"key": "k", "count": 2}}
BLOCKS = [{"type": "section", "text": {"type": "mrkdwn", "text": "*bold*"}}]


def steps(client: WebClient, channel: str, user: str) -> dict[str, Callable[[], None]]:
    made: dict[str, str] = {}

    def pages() -> None:
        kinds = "public_channel,private_channel"
        paged = client.conversations_list(types=kinds, limit=1)
        names = {found["name"] for page in paged for found in page["channels"]}
        whole = client.conversations_list(types=kinds)["channels"]
        assert names == {found["name"] for found in whole} and len(names) > 1, names
        people = [one["id"] for page in client.users_list(limit=2) for one in page["members"]]
        assert len(people) == len(set(people)) > 3, people
        paged = client.conversations_members(channel=channel, limit=1)
        members = [one for page in paged for one in page["members"]]
        assert user in members, members

    def channels() -> None:
        found = client.conversations_create(name="judged")["channel"]
        made["room"] = found["id"]
        assert found["is_channel"] and found["name"] == "judged", found
        refuses("name_taken", lambda: client.conversations_create(name="judged"))
        invited = client.conversations_invite(
            channel=made["room"], users=[user, "U0NOBODY"], force=True
        )
        assert invited["errors"][0]["error"] == "user_not_found", invited
        client.conversations_setTopic(channel=made["room"], topic="a topic")
        client.conversations_setPurpose(channel=made["room"], purpose="a purpose")
        client.conversations_rename(channel=made["room"], name="judged-2")
        info = client.conversations_info(channel=made["room"], include_num_members=True)["channel"]
        assert info["topic"]["value"] == "a topic" and info["num_members"] == 2, info
        direct = client.conversations_open(users=[user])["channel"]["id"]
        client.chat_postMessage(channel=direct, text="just you")

    def messages() -> None:
        room = made["room"]
        posted = client.chat_postMessage(
            channel=room, text="plain", blocks=BLOCKS, metadata=METADATA, unfurl_links=False
        )
        ts = made["ts"] = posted["ts"]
        assert posted["message"]["bot_id"] == "B0JUDGE", posted
        client.chat_postMessage(channel=room, text="answer", thread_ts=ts, reply_broadcast=True)
        client.chat_update(channel=room, ts=ts, text="changed", blocks=[])
        history = client.conversations_history(channel=room, include_all_metadata=True)
        root = next(one for one in history["messages"] if one["ts"] == ts)
        assert root["text"] == "changed" and root["metadata"] == METADATA, root
        assert root["reply_count"] == 1 and "blocks" not in root, root
        replies = [
            one
            for page in client.conversations_replies(channel=room, ts=ts, limit=1)
            for one in page["messages"]
        ]
        assert replies[-1]["text"] == "answer", replies
        link = client.chat_getPermalink(channel=room, message_ts=ts)["permalink"]
        assert link.endswith(f"/archives/{room}/p{ts.replace('.', '')}"), link
        only = client.chat_postEphemeral(channel=room, user=user, text="only you")
        assert only["message_ts"], only
        gone = client.chat_postMessage(channel=room, text="gone")["ts"]
        client.chat_delete(channel=room, ts=gone)
        refuses("message_not_found", lambda: client.chat_delete(channel=room, ts=gone))
        bad = [{"type": "section", "text": {"type": "mrkdwn", "text": "a" * 3001}}]
        refuses("invalid_blocks", lambda: client.chat_postMessage(channel=room, blocks=bad, text="a"))

    def marks() -> None:
        room, ts = made["room"], made["ts"]
        client.pins_add(channel=room, timestamp=ts)
        refuses("already_pinned", lambda: client.pins_add(channel=room, timestamp=ts))
        assert client.pins_list(channel=room)["items"][0]["message"]["ts"] == ts
        client.pins_remove(channel=room, timestamp=ts)
        client.reactions_add(channel=room, timestamp=ts, name="eyes")
        seen = client.reactions_get(channel=room, timestamp=ts)["message"]["reactions"]
        assert seen == [{"name": "eyes", "users": ["U0JUDGE"], "count": 1}], seen
        client.reactions_remove(channel=room, timestamp=ts, name="eyes")
        link = "https://wiki.example/a"
        mark = client.bookmarks_add(channel_id=room, title="Wiki", type="link", link=link)
        mark = mark["bookmark"]["id"]
        client.bookmarks_edit(channel_id=room, bookmark_id=mark, title="The wiki")
        listed = client.bookmarks_list(channel_id=room)["bookmarks"]
        assert [(one["title"], one["link"]) for one in listed] == [("The wiki", link)], listed
        client.bookmarks_remove(channel_id=room, bookmark_id=mark)

    def people() -> None:
        found = client.users_info(user=user)["user"]
        email = found["profile"]["email"]
        assert client.users_lookupByEmail(email=email)["user"]["id"] == user
        refuses("users_not_found", lambda: client.users_lookupByEmail(email="no@acme.example"))
        group = client.usergroups_list(include_users=True)["usergroups"][0]
        users = client.usergroups_users_list(usergroup=group["id"])["users"]
        assert users == group["users"], group

    def files() -> None:
        room = made["room"]
        one = client.files_upload_v2(
            channel=room, content="# Report", filename="report.md", initial_comment="Read it"
        )
        assert one["file"]["title"] == "report.md", one
        uploads = [
            {"content": "a,b", "filename": "a.csv", "title": "A"},
            {"content": "{}", "filename": "b.json", "title": "B"},
        ]
        two = client.files_upload_v2(channel=room, file_uploads=uploads)
        assert [file["title"] for file in two["files"]] == ["A", "B"], two
        info = client.files_info(file=one["file"]["id"])["file"]
        assert info["size"] == len("# Report") and info["filetype"] == "markdown", info

    def patience() -> None:
        """The first answers are 429 and a reset; the SDK tries again by itself."""
        assert client.team_info()["team"]["id"] == "T0JUDGE"
        assert client.api_test(foo="bar")["args"]["foo"] == "bar"

    def ends() -> None:
        client.conversations_archive(channel=made["room"])
        refuses("already_archived", lambda: client.conversations_archive(channel=made["room"]))
        refuses("unknown_method", lambda: client.api_call("no.such"))
        stranger = WebClient(token="xoxb-wrong", base_url=client.base_url)
        refuses("invalid_auth", stranger.auth_test)
        refuses("invalid_trigger_id", lambda: client.views_open(trigger_id="1", view=VIEW))

    return {
        "pages": pages,
        "channels": channels,
        "messages": messages,
        "marks": marks,
        "people": people,
        "files": files,
        "patience": patience,
        "ends": ends,
    }


VIEW = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Late"},
    "blocks": [{"type": "divider"}],
}


def refuses(code: str, call: Callable[[], object]) -> None:
    try:
        answer = call()
    except SlackApiError as error:
        assert error.response["error"] == code, error.response
    else:
        raise AssertionError(f"{code} was expected: {answer}")
