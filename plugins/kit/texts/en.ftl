# What several speakers say alike. Keys of a speaker's own file come first.

sev-unknown = SEV?

status = { $status ->
    [resolved] Resolved
    [closed] Closed
   *[other] Ongoing
}
status-again = Ongoing again

drill = 🧯 DRILL ·{" "}
drill-first = This is a drill. Nothing is really broken.
private = 🔒 Private
private-first = 🔒 Private. Don't forward from here.

head-ongoing = 🔴 { $sev } · { $title }
head-resolved = ✅ Resolved · { $title }
head-closed = 🏁 Closed · { $title }

# The line of facts below a header: the status, then what counts, joined by `join`.
facts = *{ $status }* · { $rest }
facts-declared = declared by { $who } at { $time } { $zone }
facts-alerted = declared by an alert of { $who } at { $time } { $zone }
facts-reopened = reopened by { $who } at { $time } { $zone }
facts-span = { $span } { $zone } ({ $lasted })
more-people = and { $n } more
more-things = and { $n } more

# Why somebody could not be called.
reason-not-found = no such person in this workspace
reason-deactivated = account is deactivated
reason-guest = a guest, cannot be added here
reason-elsewhere = not in this workspace
reason-no-group = no such user group
reason-empty-group = the user group is empty
reason-plan = user groups need a paid plan
reason-scope = Iris lacks the scope { $scope }
reason-other = Slack refused ({ $code })
