# What Iris itself says. Keys are those of the design, with hyphens for dots.

people = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
nobody = nobody yet
core-form-cancel = Cancel
who = { $who }

# --- the manifest of the Slack app ---
manifest-name = Iris
manifest-description = Incident response in Slack: a war room, the right people, clear roles, todos and a timeline.
manifest-long-description = Type /incident when something is wrong. Iris makes a war room, calls the people of the product, shows everybody the flow and who holds which role, keeps the todos and the timeline, and asks afterwards how it went. It runs on your own machines, and your team can add its own steps.
manifest-command = Declare an incident, or work on one
manifest-usage = [what is broken] | list | status | update … | resolve | help
manifest-core-declare-name = Declare an incident
manifest-core-declare-description = Make a war room and call the right people
manifest-timeline-add-description = Keep this message in the incident's timeline
manifest-todo-add-message-description = Turn this message into a todo of the incident
manifest-core-declare-message-name = Declare from message
manifest-core-declare-message-description = Declare an incident with this message in it

# --- the form of a declaration ---
core-form-title = Declare an incident
core-form-title-drill = Start a drill
core-form-submit = Declare
core-form-submit-drill = Start drill
core-form-preparing = ⏳ Preparing the form…
core-form-inroom = You are in the room of { $inc }. To tell the room:
core-form-inroom-update = Post as update
core-form-inroom-note = Keep as note
core-form-from = From a message in { $channel }
core-form-open = Already open. Is it one of these?
core-form-field-title = Title
core-form-field-title-hint = A few words: what is broken, for whom
core-form-field-product = Product
core-form-choose = Choose
core-form-field-severity = Severity
core-form-unsure = Not sure yet
core-form-unsure-hint = You can set it later, by button
core-form-field-what = What is happening?
core-form-field-what-placeholder = What you see, since when, who is affected. Links are welcome.
core-form-field-what-hint = Goes to the top of the war room. You can leave it empty.
core-form-more = More options
core-form-options = Options
core-form-private = Private
core-form-private-hint = Only those who are called or invited see it. No announcement.
core-form-drill = This is a drill
core-form-drill-hint = Every message says so. Kept out of the figures.
core-form-also = Also call
core-form-also-choose = People
core-form-also-hint = Besides the people of this product
core-form-announce = Announce in
core-form-announce-hint = Empty: no announcement. A private incident is never announced.
core-form-note = A war room is made and the people of this product are called.
core-form-note-one = A war room is made and the people of { $product } are called.
core-form-note-none = A war room is made.
core-form-note-drill = 🧯 A drill: a real room is made and real people are called. Messages say it is a drill.
core-form-error-title = Write a few words.
core-form-error-gone = { $what } was just removed. Choose another.
core-form-error-deactivated = { $who } is deactivated. Remove the name.

# --- after it was sent ---
core-declared-title = Declared
core-declared-title-drill = Drill started
core-declared-inc = ✅ { $inc } is declared
core-declared-room-wait = ⏳ Making the room
core-declared-room = ✅ Room { $room }
core-declared-call-wait = ⏳ Calling { people }
core-declared-call-wait-groups = ⏳ Calling the people
core-declared-call = ✅ { people } called
core-declared-call-none = ⚠️ Nobody is listed for { $what }. Invite people in the room.
core-declared-call-some = ⚠️ { people } could not be called. The room has the names.
core-declared-announced-not = ⚠️ Not announced in { $channel }: Iris is not in it
core-declared-announced-not-shared = ⚠️ Not announced in { $channel }: another organisation reads it too
core-declared-announced-not-refused = ⚠️ Not announced in { $channel } ({ $code })
core-declared-open = Open the room
core-declared-close = Close
core-declared-dm = { $inc } "{ $title }" is declared. Room: { $room }

# --- severity ---
core-sev-title = Change severity
core-sev-why = Why?
core-sev-submit = Change
core-sev-detail = : { $meaning }
core-sev-changed = { $was } → { $now }{ $detail }. Changed by { $who }.
core-sev-set = Severity is { $now }{ $detail }. Set by { $who }.
core-sev-text = { $inc } is now { $now } (was { $was }).
core-sev-same = It is { $sev } already.
core-sev-bad = No severity "{ $text }". There are: { $list }.
core-sev-button = Set severity

# --- status ---
core-status-ongoing = *Ongoing* for { $lasted }
core-status-zone = times in { $zone }
core-status-as-of = as of { $time } { $zone }
core-status-declared = Declared
core-status-people = In the room
core-status-not-called = Not called
core-status-waiting = Waiting for an operator
core-status-things = { $n ->
    [one] { $n } thing
   *[other] { $n } things
}
core-status-not-set = Not set
core-status-not-set-what = { $what ->
    [pin] pin ({ $code })
    [bookmark] bookmark ({ $code })
   *[topic] topic ({ $code })
}
core-status-latest = Latest update
core-status-latest-at = { $time }, { $ago }
core-status-latest-none = none yet
core-status-update = Post an update
core-status-share = Show in the room
core-status-text = { $inc } is ongoing for { $lasted }: { $facts }, { $title }.
core-status-text-over = { $inc } is { $status ->
    [closed] closed
   *[resolved] resolved
}: { $facts }, { $title }.
core-status-line = { $label }: { $value }.

# --- updates ---
core-update-head = *Update* · { $time } { $zone } · { $who }
core-update-next = next update by { $time }
core-update-text = Update on { $inc } ({ $sev }) by { $who }, { $time } { $zone }: { $text }
core-update-title = Post an update
core-update-last = Last, { $time }: { $text }
core-update-first = This is the first update.
core-update-field = What is the situation now?
core-update-placeholder = Effect now, what is being done, what comes next
core-update-in = Next update in
core-update-minutes = { $n } min
core-update-hours = { $n } h
core-update-never = No reminder
core-update-note = Goes to this room and to { $channel }.
core-update-note-room = Stays in this room.
core-update-submit = Post
core-update-error = Write a few words.

# --- a note, from the form of a declaration ---
core-note-title = Add a note
core-note-field = Note
core-note-submit = Keep

# --- resolve ---
core-resolve-head = ✅ Resolved · { $title }
core-resolve-by = resolved by { $who }
core-resolve-first = First update
core-resolve-first-after = { $lasted } after it was declared
core-resolve-first-none = none
core-resolve-lead = { $who }, after { $lasted }
core-resolve-lead-none = nobody
core-resolve-took = Took part
core-resolve-next = Not over after all? Press Reopen. When the todos are settled, press Close.
core-resolve-drill = Drill over. Its figures are kept apart.
core-resolve-unknown = ⚠️ Severity was never set.
core-resolve-reopened = Reopened at { $time }
core-resolve-text = { $inc } is resolved after { $lasted }: { $title }. { $text }
core-alert-resolved = ✅ The alert is over: { $title }
core-alert-again = 🔔 The alert fires again: { $title }
core-alert-over = 🔔 { $who }{ $inc } is resolved, but its alert fires again: { $title }
core-resolve-title = Resolve
core-resolve-field = What made it work again?
core-resolve-submit = Resolve
core-resolve-note = Announced in { $channel }. Todos, timeline and feedback come next.
core-resolve-note-quiet = Todos, timeline and feedback come next.
core-resolve-already = { $inc } was resolved by { $who } at { $time }.

# --- reopen ---
core-reopen-line = 🔴 { $inc } is ongoing again, reopened by { $who }.
core-reopen-title = Reopen
core-reopen-field = Why is it not over?
core-reopen-submit = Reopen
core-reopen-error = Write a few words. They go into the timeline.
core-reopen-not = { $inc } is still ongoing.

# --- close ---
core-close-line = 🏁 { $inc } is closed by { $who }.
core-close-context = The room stays. Iris answers here to status, timeline, todos and reopen.
core-close-button = Close
core-close-confirm-title = { $n ->
    [one] { $n } todo is still open
   *[other] { $n } todos are still open
}
core-close-confirm-text = They stay on their owners' lists and reminders go on. Close anyway?
core-close-confirm-deny = Not yet
core-close-ongoing = { $inc } is still ongoing. Resolve it first.

# --- help ---
core-help-text = What can be typed after { $command }
core-help-declare = Declare
core-help-anywhere = Anywhere
core-help-room = In the war room
core-help-steps = From this team's steps
core-help-title-word = what is broken
core-help-title = opens the form
core-help-drill = the same, as a drill
core-help-list = open incidents
core-help-help = this page
core-help-status = one card with everything that counts
core-help-update = tell the room and the channel of origin
core-help-severity = change the severity; its people are called
core-help-resolve = it works again
core-help-reopen = it does not, after all
core-help-close = all is settled
core-help-other = Japanese words work too: `一覧` `状況` `更新` `復旧`
core-help-status-button = Status
core-help-todo-button = Add a todo

# --- list ---
core-list-head = Open incidents: { $n }
core-list-resolved = Resolved, not closed
core-list-lead-none = no commander
core-list-none = No open incidents.
core-list-declare = Declare an incident
core-more = and { $n } more
core-more-list = and { $n } more: `{ $command } { $word }`

# --- the App Home ---
core-home-help = What can I type?
core-home-todos = My todos: { $n }
core-home-due = by { $date }
core-home-due-none = no date
core-home-overdue = overdue
core-home-done = Done
core-home-done-label = Done: { $text }
core-home-roles = My roles: { $n }
core-home-role = { $role } of { $inc }
core-home-as-of = As of { $time } { $zone }. Updated whenever you open this page.

# --- words that do not fit ---
core-word-unknown = There is no word { $text }. Did you mean { $word }?
core-word-unknown-text = There is no word "{ $text }". Did you mean { $word }?
core-word-run = Run { $word }
core-word-declare = Declare "{ $text }"
core-word-help = Help
core-word-list = List
core-word-room = { $word } works in a war room. Your open rooms:
core-word-room-none = { $word } works in a war room, and you are in none that is open.
core-word-typed = You typed { $line }
core-word-closed = { $inc } is closed. Reopen it first: { $line }
core-word-closed-why = why
core-word-private = This incident is private. Ask somebody in its room to invite you.
core-word-gone = This button is too old. Type { $word } instead.
core-word-step-off = { $word } is not used for { $sev }.
core-word-press = { $line } needs a form. Press the button to open it.
core-word-open = Open the form

# --- drills ---
core-drill-real = ⚠️ A real incident is open: { $inc }, { $title }. Stop the drill if you are needed there.

# --- failures ---
try-again = Try again
room-restricted = { $inc } is recorded, but Slack does not let apps make channels here ({ $code }). A workspace admin can allow it under Settings > Permissions > Channel Management.
room-failed = { $inc } is recorded, but its room could not be made ({ $code }).
room-gone = The room of { $inc } was { $how ->
    [deleted] deleted
   *[archived] archived
}. Iris posts nothing more there. It can be resolved from here.
room-back = The room of { $inc } is open again. Iris posts there again.
rate = ⏳ Slack asks to wait { $lasted }. Iris goes on by itself.
scope = Iris lacks the permission { $scope } for this ({ $what }). An admin must reinstall the app; iris check prints the line.
step-failed = ⚠️ The step { $step } failed and is set aside. The rest goes on. The operator has been told.
step-refused = ⚠️ The step { $step } may not { $what }. The team's file must allow it.
effect-parked = ⚠️ Iris could not tell whether this was done: { $what }. An operator is asked to look.
effect-settled = ✅ Settled: { $what }.
did-room-open = making the room
did-room-invite = calling people into the room
did-room-topic = setting the room's topic
did-room-bookmark = adding a bookmark
did-room-rename = renaming the room
did-room-archive = archiving the room
did-message-post = posting a message
did-message-update = changing a message
did-message-delete = deleting a message
did-message-pin = pinning a message
did-message-unpin = unpinning a message
did-message-react = putting an emoji on a message
did-message-unreact = taking an emoji off a message
did-file-share = sharing a file
did-http = a request to another service
did-slack = a change in Slack
trigger-expired = That took too long for Slack to open the form. Nothing is lost.
slack-late = Slack did not answer from { $from } to { $to }. Everything is caught up now.
what-allowed = { $kind ->
    [incident] change incidents
    [room] change rooms
    [messages] post messages
    [forms] open forms
    [timers] set timers
    [slack] call { $name }
   *[http] reach { $name }
}
what-done = { $wish ->
    [room-open] making the room
    [room-invite] calling people
    [room-topic] setting the topic
    [room-bookmark] setting the bookmark
    [room-rename] renaming the room
    [room-archive] archiving the room
    [messages-post] posting a message
    [messages-say] posting a message
    [messages-update] changing a message
    [messages-remove] deleting a message
    [messages-pin] pinning a message
    [messages-unpin] unpinning a message
    [messages-react] reacting to a message
    [messages-unreact] taking a reaction back
    [messages-upload] sharing a file
    [forms-open] opening a form
    [slack-call] a request of a step to Slack
    [http-fetch] a request of a step to another service
   *[other] answering
}
store-down = Iris cannot write anything down now, so it did nothing. Try again in a minute; meanwhile make a channel by hand.
no-team = This workspace is not set up. The operator must create teams/{ $team }.toml or teams/default.toml.
not-installed = Iris is not installed in this workspace. Ask its operator.

# --- installing: the page of a browser, and the message after it ---
core-welcome = Iris is ready. Type { $command } in any channel; { $drill } is a good first try. Settings: { $file }.
core-welcome-granted = Iris is ready in { $workspaces }. Type { $command } in any channel there; { $drill } is a good first try. Settings: { $file }.
core-welcome-button = Start a drill
install-title = Install Iris
install-done = Iris is installed in { $name }. Type /incident in any channel.
install-done-org = Iris is installed for { $name }. It works in a workspace as soon as an admin adds it there in Slack.
install-open = Open Slack
install-again = Begin again
install-closed = Iris cannot be installed from here. Ask its operator.
install-denied = You did not allow it in Slack, so nothing was installed.
install-stale = This link was used already, or is older than 10 minutes. Nothing was installed.
install-foreign = This was begun in another browser. Nothing was installed.
install-code = Slack did not confirm it. Nothing was installed.
install-lacking = Slack allowed less than Iris needs. Nothing was installed. Missing: { $scopes }
install-other = Slack answered for another app. Nothing was installed. Ask the operator of Iris.
install-unknown = Iris is not set up for the workspace { $team }. Nothing was installed. Ask its operator.
install-silent = Slack does not answer. Nothing was installed. Try again in a minute.
install-unable = Iris cannot be installed now. Nothing was installed. Its operator sees why.
