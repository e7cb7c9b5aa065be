# How an incident is told: the message, its entries, the file.

# The message.
head = *Timeline of { $inc }* · { $date }, times in { $zone }
text = Timeline of { $inc }, { $n ->
    [one] { $n } entry
   *[other] { $n } entries
  }, { $from } to { $to } { $zone }
nothing = ⚠️ Nothing yet.
open = open
left-out = … { $n } more …
add-to-it = Add to it: `{ $command } note …`, or { $emoji } on a message.
file-sent = All of it is in a file that Iris has sent you.

# Entries. A quote is put behind what was done.
quote = : “{ $text }”
quote-below = :
entry-declared = { $who } declared the incident: { $sev }
entry-declared-product = { $who } declared the incident: { $sev }, { $product }
entry-declared-alert = An alert of { $who } declared the incident: { $sev }
entry-declared-alert-product = An alert of { $who } declared the incident: { $sev }, { $product }
entry-alert-resolved = { $who }: alert resolved{ $quote }
entry-alert-again = { $who }: alert fires again{ $quote }
entry-room = Room #{ $room } made
entry-renamed = Room renamed to #{ $room }
entry-gone = Room { $how ->
    [deleted] deleted
   *[archived] archived
  } by { $who }
entry-back = Room unarchived by { $who }
entry-called = Called: { $names }
entry-not-called = Not called: { $names }
entry-missing = { $who } ({ $reason })
entry-invited = { $by } invited { $who }
entry-joined = { $who } joined
entry-left = { $who } left the room
entry-role-taken = { $who } took { $role }
entry-role-given = { $by } gave { $role } to { $who }{ $quote }
entry-role-moved = { $role }: { $from } → { $who }{ $quote }
entry-role-left = { $from } left { $role }
entry-severity = { $who } changed the severity: { $was } → { $now }{ $quote }
entry-resolved = { $who } resolved the incident{ $quote }
entry-reopened = { $who } reopened it{ $quote }
entry-closed = { $who } closed the incident{ $quote }
entry-title = { $who } changed the title{ $quote }
entry-update = Update by { $who }{ $quote }
entry-note = Note by { $who }{ $quote }
entry-message = { $who }{ $mark }{ $quote }
entry-message-app = A message of an app{ $mark }{ $quote }
entry-edited = {" "}(edited { $time })
entry-deleted = {" "}(message deleted { $time })
entry-todo-added = Todo: { $text } ({ $owner }, { $due })
entry-todo-changed = Todo changed: { $text } ({ $owner }, { $due })
entry-todo-moved = Todo moved to { $date }: { $text }
entry-todo-done = Done by { $who }: { $text }
entry-todo-undone = Not done after all: { $text }
entry-failure = ⚠️ { $text }
owner = { $who }
owner-none = nobody
due = by { $date }
due-none = no date

# The file.
file-title = Timeline of { $inc }
file-drill = DRILL
file-status = Status
file-severity = Severity
file-severity-value = { $label } ({ $meaning })
file-product = Product
file-declared = Declared
file-resolved = Resolved
file-closed = Closed
file-at = { $time } by { $who }
file-at-alert = { $time } by an alert of { $who }
file-lasted = Time to resolve
file-span = { $who } ({ $from }–{ $to })
file-took = Took part
file-room = Room
file-private = { $status } · Private
file-zone = All times are { $name } ({ $zone }, { $offset }).
file-situation = What was happening
file-timeline = Timeline
file-open = {" "}([open]({ $link }))
file-todos = Todos
file-todo = { $text } ({ $owner }, { $due })
file-todo-done = { $text } ({ $owner }, { $due }, done { $date })
file-end = Written by Iris from the incident's entries.

# Feedback, in the file.
file-feedback = Feedback
file-answers = { $n ->
    [one] { $n } answer
   *[other] { $n } answers
  }. How did the response go: { $average } of 5 ({ $responses }). Did Iris help: yes { $yes }, partly { $partly }, no { $no }.
file-response = { $response }: { $n }
file-quote = “{ $text }”
