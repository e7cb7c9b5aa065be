sentence = Calls the people of the product and severity into the room

called = You are called: { $sev }, { $product }. { situation }
called-unknown = You are called: { $product }, severity not set yet. { situation }
called-raised = You are called: { $product } is now { $sev }. { situation }
# Where the incident has no product.
called-alone = You are called: { $sev }. { situation }
situation = The pinned message has the situation and the roles.
drill-call = 🧯 This is a drill.{" "}

failed = ⚠️ Not called: { $names }
failed-name = { $who } ({ $reason })
failed-more = , { more-people }

none = ⚠️ Nobody is listed for { $product }, { $sev }. { none-what }
none-alone = ⚠️ Nobody is listed for this. { none-what }
none-what = Invite people here with /invite, and add them to the team's file later.

fallback = You are called to { $inc }, { $sev } { $product }: { $title }
fallback-alone = You are called to { $inc }, { $sev }: { $title }
