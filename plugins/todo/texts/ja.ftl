# What the todo step says. Keys as in the surfaces' design: rows, messages, form, list, reminders.

sentence = 残っている作業を、担当者・期限つきで管理します
word-todo = Todoを追加
usage-todo = … @担当 金曜まで
word-todos = Todo一覧と完了
shortcut = Todoにする

# A row: the words, and below them owner and date.
owner = { $who }さん
owner-none = 担当未定
due = { $date }まで
due-none = 期限なし
overdue = 期限切れ
done-by = { $time } { $who }さんが完了
count = { $inc }のTodo：未完了{ $open }件・完了{ $done }件

# The message of one todo.
for-you = { $who } さんのTodoです
origin = 元の投稿
text = { $inc }のTodo：{ $text }（{ $owner }、{ $due }）
text-done = { $inc }のTodoを{ $who }さんが完了：{ $text }
do-done = 完了
done-label = 完了：{ $text }
do-undo = 元に戻す
undo-label = 元に戻す：{ $text }
do-add = Todoを追加
already = { $time }に{ $who }さんが完了しました。

# The form.
form-add = Todoを追加
form-change = Todoを変更
form-incident = 障害
form-what = 内容
form-who = 担当
form-when = 期限
form-send-add = 追加する
form-send-change = 保存
form-cancel = キャンセル
form-empty = 内容を書いてください。
pick-none = 対応中の障害に参加していません。報告するか、War roomに入ってください。

# Dates that cannot be taken.
date-past = { $date }は過ぎています。「明日まで」や「{ $iso }まで」のように書いてください。
date-order = { $raw }は月/日として読みます。{ $iso }のことですか？

# The list for one person.
list-none = Todoはまだありません。
list-all = すべて表示
list-back = 前へ
list-next = 次へ
list-change = 変更…

# At resolve and at close.
resolve-ask = 残っている作業はありませんか？覚えているうちに書いておきましょう。
resolve-none = { $inc }のTodoはまだありません。残っている作業はありませんか？
resolve-text = { $inc }：未完了のTodoが{ $n }件あります。書きもらしはありませんか？
resolve-more = ほか{ $n }件は `{ $command } 課題一覧` で見られます
close-open = ⚠️ 未完了のTodoが{ $n }件あります：
card-label = 未完了のTodo
card-value = { $n }件
card-value-overdue = { $n }件（期限切れ{ $overdue }件）

# Reminders.
remind-tomorrow = ⏰ 明日が期限のTodo：
remind-due = ⏰ { $date }が期限のTodo：
remind-soon = ⏰ { $time }が期限のTodo：
remind-overdue = ⏰ 期限を過ぎたTodo（{ $date }まで）：
remind-last = 通知はこれで最後です。
remind-row = { $text }・{ $inc } { $title }
remind-moved = 期限を{ $date }に変更しました
remind-day = 1日延ばす
remind-day-label = 1日延ばす：{ $text }
remind-week = 1週間延ばす
remind-week-label = 1週間延ばす：{ $text }
