# What the guide says. Keys as in the surfaces' design: panel, role lines, duties, hand-over.

sentence = Pins the situation, the flow and the roles in the room
word-role = take or give a role
usage-role = commander @who

drill-silent = Not in this drill: { $steps }
situation = What is happening
situation-none = Nobody has described it yet. Write what you see.
situation-more = … (all of it: { $command } status)
flow = What to do
flow-1 = Share what you know
flow-2 = Agree on the roles
flow-3 = Stop the bleeding
flow-4 = Tell the customers
table = Incident table of { $product }

role-open = Nobody yet
role-taken = { $who } since { $time }
role-past = { $who }
take = 🙋 I'll take it
take-label = Take the role { $role }
handover = Hand over
handover-label = Hand over { $role }
do-update = Post an update
do-severity = Change severity
do-severity-unknown = Set severity
do-todo = Add a todo
do-resolve = Resolve
do-reopen = Reopen
do-close = Close

text = { $sev } { $product }: { $title }. The situation, the flow and the roles of { $inc }.
text-open = Open: { $roles }.
text-lead = { $role }: { $who }.

line-taken = 🙋 { $who } is { $role }.
line-given = 🙋 { $who } is { $role }, asked by { $by }.
line-moved = 🙋 { $role }: { $from } → { $who }.
line-left = 🙋 { $role } is open again. { $from } has left it.

duties-title = You are { $role } of { $inc }
duties-first = First
duties-text = You are { $role } of { $inc }. { $duties }
duties-given = { $by } asked you to be { $role } of { $inc }, { $title }. Room: { $room }
first-commander-1 = Say in the room that you lead
first-commander-2 = Set the severity, if it is not set
first-commander-3 = Find the operation lead
first-commander-4 = Post the first update within { $n } min
first-operation-lead-1 = Say who looks at what
first-operation-lead-2 = Stop the effect before finding the cause
first-operation-lead-3 = Tell the commander what you are about to change

taken-already = { $who } took it at { $time }.
take-over = Take over
yours = You are { $role } already.

hand-title = Hand over
hand-role = { $role }, now { $who }
hand-role-open = { $role }, nobody yet
hand-to = To whom?
hand-to-hint = Empty: the role is open again
hand-note = What should they know?
hand-submit = Hand over
hand-cancel = Cancel
hand-not-a-person = Choose a person of this workspace.

typed-unknown = No role "{ $text }". There are: { $roles }.
typed-none = This team has no roles in its file.
panel-text = The roles of { $inc }

vacant = ⏰ Nobody is { $role } yet.

remind = ⏰ { $inc }: the last update is { $lasted } old. What is the situation?
remind-first = ⏰ { $inc }: no update yet, { $lasted } after it was declared.
remind-last = This was the last reminder.
remind-30 = In 30 min
remind-60 = In 60 min
remind-stop = Stop
remind-snoozed = ⏰ { $inc }: next reminder at { $time }.
remind-stopped = ⏰ { $inc }: reminders are off. They start again with your next update.
remind-updated = ✅ { $inc }: updated at { $time }.

join-head = { $inc }, { $sev }: { $title }
join-ongoing = Ongoing for { $lasted }.
join-over = Resolved at { $time } after { $lasted }.
join-lead-none = Nobody leads yet.
join-role = { $role }: { $who }.
join-role-open = { $role }: nobody yet.
join-latest = Latest, { $time }: { $text }
join-latest-none = No update yet.
join-todos = Open todos: { $n }
join-take = 🙋 Take { $role }
join-status = Status
