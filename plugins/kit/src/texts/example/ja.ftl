room = *War room *{ $room }
called = { $who } さんが{ $n }人を招集
lines = { room }、{ $n }
status = { $status }
