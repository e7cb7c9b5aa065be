sentence = Opens a room for the incident and announces it where it was declared

purpose = Response to { $inc }. Made by Iris.
bookmark = Incident table: { $product }

# The announcement.
ann-room = *War room *{ $room }
ann-room-none = ⚠️ No room yet. Iris keeps trying.
ann-latest = *Latest, { $time } *{ $text }
# Who declared it, in a fallback text.
by = { $by ->
    [alert] an alert of { $who }
   *[person] { $who }
}
ann-text = { $lead }: { $title }. Ongoing, declared by { by } at { $time } { $zone }. Room: #{ $room }
ann-text-over = { $lead }: { $title }. { status }, { $span } { $zone }. Room: #{ $room }
ann-text-none = { $lead }: { $title }. Ongoing, declared by { by } at { $time } { $zone }. No room yet.

# Replies in the announcement's thread.
thread-severity = { $inc } is now { $sev } (was { $sev0 }).
thread-resolved = ✅ { $inc } is resolved after { $lasted }: { $title }
thread-reopened = 🔴 { $inc } is ongoing again, reopened by { $who }.
thread-update = { $mark } *Update* · { $time } { $zone } · { $who }
thread-update-text = Update on { $inc } ({ $sev }) by { $who }, { $time } { $zone }: { $text }
thread-next = next update by { $time }

# When it cannot be announced.
announce-private = Not announced: Iris is not in the private channel { $channel }. Type /invite @Iris there, then press.
announce-shared = Not announced: another organisation reads { $channel } too. If they may know, post it there yourself.
announce-refused = { $inc } could not be announced in { $channel } ({ $code }).
announce-button = Announce
announce-again = ⏳ Announcing { $inc } in { $channel }. If Slack refuses, this message says so.

# A line on the card of `status`.
not-set = Not set
not-set-topic = topic ({ $code })
not-set-bookmark = bookmark ({ $code })
not-set-purpose = purpose ({ $code })
