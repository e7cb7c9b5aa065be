# What the timeline step says. What happened is told by the kit.

sentence = メモと投稿を、起きた順に記録します
word-note = タイムラインに記録（投稿に 📌 でも可）
word-timeline = 時系列の記録
shortcut = タイムラインに記録

# Notes and captured messages.
note-line = 📝 { $who }：{ $text }
note-empty = 内容を続けて書いてください：{ $command } メモ 切り戻し開始
pick-title = タイムラインに記録
pick-field = 障害
pick-submit = 記録する
pick-cancel = キャンセル
kept-in = { $inc }に記録しました。
pick-none = 対応中の障害に参加していません。報告するか、War roomに入ってください。
cannot-react = 記録しました。リアクションはつけられません（{ $code }）。
file-too-big = 1ファイルに収まりません。iris incident export ですべて出力できます。
