# A comment.
room = *War room *{ $room }
called = { $n ->
    [one] { $n } person
   *[other] { $n } people
  } called by { $who }
lines =
    First, { room }
    then { $n }
status = { $status ->
    [closed] Closed
   *[other] Open
}
