# What the timeline step says. What happened is told by the kit.

sentence = Keeps notes and messages in the order in which they happened
word-note = keep it in the timeline (or 📌 a message)
word-timeline = what happened, in order
shortcut = Add to timeline

# Notes and captured messages.
note-line = 📝 { $who }: { $text }
note-empty = Write the note after the word: { $command } note rolled back
pick-title = Add to timeline
pick-field = Incident
pick-submit = Keep
pick-cancel = Cancel
kept-in = Kept in { $inc }.
pick-none = You have no open incident. Declare one, or join its room first.
cannot-react = Kept, but Iris cannot react here ({ $code }).
file-too-big = Too long for one file; iris incident export has all of it.
