# What the todo step says. Keys as in the surfaces' design: rows, messages, form, list, reminders.

sentence = Keeps what is still to do, by whom and by when
word-todo = write down a todo
usage-todo = … @who by fri
word-todos = the todos, to tick off
shortcut = Make it a todo

# A row: the words, and below them owner and date.
owner = { $who }
owner-none = nobody
due = by { $date }
due-none = no date
overdue = overdue
done-by = done by { $who }, { $time }
count = Todos of { $inc }: { $open } open, { $done } done

# The message of one todo.
for-you = { $who }: a todo for you
origin = message
text = Todo in { $inc } for { $owner }: { $text }, { $due }
text-done = Todo of { $inc } done by { $who }: { $text }
do-done = Done
done-label = Done: { $text }
do-undo = Undo
undo-label = Undo: { $text }
do-add = Add a todo
already = { $who } finished it at { $time }.

# The form.
form-add = Add a todo
form-change = Change todo
form-incident = Incident
form-what = What?
form-who = Who?
form-when = By when?
form-send-add = Add
form-send-change = Save
form-cancel = Cancel
form-empty = Write what is to be done.
pick-none = You have no open incident. Declare one, or join its room first.

# Dates that cannot be taken.
date-past = { $date } is over. Try “by tomorrow” or “by { $iso }”.
date-order = { $raw } is read as month/day. Did you mean { $iso }?

# The list for one person.
list-none = No todos yet.
list-all = Show all
list-back = Back
list-next = Next
list-change = Change…

# At resolve and at close.
resolve-ask = What is still to do? Write it down while you remember.
resolve-none = No todos in { $inc }. Is there really nothing left to do?
resolve-text = { $inc }: { $n ->
    [one] { $n } todo is
   *[other] { $n } todos are
  } open. Is anything missing?
resolve-more = and { $n } more: `{ $command } todos`
close-open = ⚠️ { $n ->
    [one] { $n } todo is
   *[other] { $n } todos are
  } still open:
card-label = Open todos
card-value = { $n }
card-value-overdue = { $n } ({ $overdue } overdue)

# Reminders.
remind-tomorrow = ⏰ Due tomorrow:
remind-due = ⏰ Due on { $date }:
remind-soon = ⏰ Due at { $time }:
remind-overdue = ⏰ Overdue since { $date }:
remind-last = This was the last reminder.
remind-row = { $text } · { $inc } { $title }
remind-moved = now by { $date }
remind-day = +1 day
remind-day-label = +1 day: { $text }
remind-week = +1 week
remind-week-label = +1 week: { $text }
