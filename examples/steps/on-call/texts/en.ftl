sentence = Finds who is on call now and calls them into the room

called = 📟 On call for { $product }, and called in: { $people }
# Where the incident has no product.
called-alone = 📟 On call, and called in: { $people }
here = 📟 Whoever is on call is here already.
drill-call = 🧯 This is a drill.{" "}

failed = ⚠️ Not called: { $names }
failed-name = { $who } ({ $reason })
failed-more = , { more-people }
no-person = neither a person nor a group

nobody = ⚠️ Nobody is on call for { $product } right now. { nobody-what }
nobody-alone = ⚠️ Nobody is on call for this right now. { nobody-what }
nobody-what = Please invite whom you need with /invite, and add them to the schedule later.

instead = ⚠️ The on-call service gave no usable answer ({ $why }), so the schedule was used.
by-hand = ⚠️ The on-call service gave no usable answer ({ $why }). Please invite whoever is on call with /invite.
why-status = HTTP { $status }
why-unreadable = it could not be read
why-late = none came in time
why-unreachable = it cannot be reached
why-nobody = it names nobody

mistakes = { $n ->
    [one] ⚠️ { $n } entry of the on-call schedule is wrong and was passed over. { mistakes-what }
   *[other] ⚠️ { $n } entries of the on-call schedule are wrong and were passed over. { mistakes-what }
}
mistakes-what = Please tell whoever looks after the team's file; Iris's log says what to mend.
