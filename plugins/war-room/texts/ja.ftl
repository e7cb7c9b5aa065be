sentence = War roomを作成し、報告されたチャンネルに告知します

purpose = { $inc }の障害対応。Irisが作成。
bookmark = インシデント管理表：{ $product }

# The announcement.
ann-room = *War room *{ $room }
ann-room-none = ⚠️ War roomはまだありません。作成を再試行しています。
ann-latest = *最新 { $time } *{ $text }
# Who declared it, in a fallback text.
by = { $by ->
    [alert] { $who }のアラート
   *[person] { $who }さん
}
ann-text = { $lead }：{ $title }。対応中です（{ $time } { $zone } 報告：{ by }）。War room：#{ $room }
ann-text-over = { $lead }：{ $title }。{ status }（{ $span } { $zone }）。War room：#{ $room }
ann-text-none = { $lead }：{ $title }。対応中です（{ $time } { $zone } 報告：{ by }）。War roomはまだありません。

# Replies in the announcement's thread.
thread-severity = { $inc }の重大度が{ $sev }になりました（変更前：{ $sev0 }）。
thread-resolved = ✅ { $inc }は復旧しました（{ $lasted }）：{ $title }
thread-reopened = 🔴 { $inc }の対応を再開しました（{ $who } さん）。
thread-update = { $mark } *状況更新*・{ $time } { $zone }・{ $who }
thread-update-text = { $inc }（{ $sev }）の状況更新 { $time } { $zone } { $who }さん：{ $text }
thread-next = 次の更新は{ $time }まで

# When it cannot be announced.
announce-private = 非公開チャンネル { $channel } にIrisがいないため告知できません。/invite @Iris で招待してから押してください。
announce-shared = { $channel } は社外と共有しているチャンネルのため告知しません。社外に知らせてよい場合は、ご自分で投稿してください。
announce-refused = { $inc }を { $channel } に告知できません（{ $code }）。
announce-button = 告知する
announce-again = ⏳ { $inc }を { $channel } に告知しています。できない場合はこの投稿でお知らせします。

# A line on the card of `status`.
not-set = 設定できず
not-set-topic = トピック（{ $code }）
not-set-bookmark = ブックマーク（{ $code }）
not-set-purpose = 説明（{ $code }）
