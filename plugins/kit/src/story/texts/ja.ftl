# How an incident is told: the message, its entries, the file.

# The message.
head = *{ $inc }のタイムライン*・{ $date }、時刻は{ $zone }
text = { $inc }のタイムライン（{ $n }件、{ $from }〜{ $to } { $zone }）
nothing = ⚠️ まだ記録がありません。
open = 開く
left-out = … ほか{ $n }件 …
add-to-it = `{ $command } メモ …` または投稿への { $emoji } で追記できます。
file-sent = 全件のファイルをIrisからのダイレクトメッセージで送りました。

# Entries. A quote is put behind what was done.
quote = 「{ $text }」
quote-below = ：
entry-declared = { $who }さんが障害を報告（{ $sev }）
entry-declared-product = { $who }さんが障害を報告（{ $sev }・{ $product }）
entry-declared-alert = { $who }のアラートで障害を記録（{ $sev }）
entry-declared-alert-product = { $who }のアラートで障害を記録（{ $sev }・{ $product }）
entry-alert-resolved = { $who }：アラート解消{ $quote }
entry-alert-again = { $who }：アラート再発{ $quote }
entry-room = War room #{ $room } を作成
entry-renamed = War room名を #{ $room } に変更
entry-gone = { $who }さんがWar roomを{ $how ->
    [deleted] 削除
   *[archived] アーカイブ
  }
entry-back = { $who }さんがWar roomのアーカイブを解除
entry-called = 招集：{ $names }
entry-not-called = 招集できず：{ $names }
entry-missing = { $who }（{ $reason }）
entry-invited = { $by }さんが{ $who }さんを招待
entry-joined = { $who }さんが参加
entry-left = { $who }さんが退出
entry-role-taken = { $who }さんが{ $role }に
entry-role-given = { $by }さんの指名で{ $who }さんが{ $role }に{ $quote }
entry-role-moved = { $role }：{ $from }さん → { $who }さん{ $quote }
entry-role-left = { $from }さんが{ $role }を離れる
entry-severity = { $who }さんが重大度を変更：{ $was } → { $now }{ $quote }
entry-resolved = { $who }さんが復旧を宣言{ $quote }
entry-reopened = { $who }さんが対応を再開{ $quote }
entry-closed = { $who }さんがクローズ{ $quote }
entry-title = { $who }さんがタイトルを変更{ $quote }
entry-update = 状況更新 { $who }さん{ $quote }
entry-note = メモ { $who }さん{ $quote }
entry-message = { $who }さん{ $mark }{ $quote }
entry-message-app = アプリの投稿{ $mark }{ $quote }
entry-edited = （{ $time } 編集）
entry-deleted = （{ $time } 元の投稿は削除）
entry-todo-added = Todo追加：{ $text }（{ $owner }、{ $due }）
entry-todo-changed = Todoを変更：{ $text }（{ $owner }、{ $due }）
entry-todo-moved = 期限を{ $date }に変更：{ $text }
entry-todo-done = { $who }さんがTodoを完了：{ $text }
entry-todo-undone = Todoを未完了に戻す：{ $text }
entry-failure = ⚠️ { $text }
owner = { $who }さん
owner-none = 担当未定
due = { $date }まで
due-none = 期限なし

# The file.
file-title = { $inc }のタイムライン
file-drill = 【訓練】
file-status = ステータス
file-severity = 重大度
file-severity-value = { $label }（{ $meaning }）
file-product = プロダクト
file-declared = 報告
file-resolved = 復旧
file-closed = クローズ
file-at = { $time } { $who }
file-at-alert = { $time } { $who }のアラート
file-lasted = 復旧までの時間
file-span = { $who }（{ $from }〜{ $to }）
file-took = 参加者
file-room = War room
file-private = { $status }・非公開
file-zone = 時刻は{ $name }（{ $zone }、{ $offset }）です。
file-situation = 状況
file-timeline = タイムライン
file-open = （[開く]({ $link })）
file-todos = Todo
file-todo = { $text }（{ $owner }、{ $due }）
file-todo-done = { $text }（{ $owner }、{ $due }、{ $date }完了）
file-end = Irisがインシデントの記録から作成しました。

# Feedback, in the file.
file-feedback = フィードバック
file-answers = 回答{ $n }件。今回の対応：5点満点で{ $average }（{ $responses }）。Irisは役に立ったか：役に立った{ $yes }件、どちらともいえない{ $partly }件、じゃまだった{ $no }件。
file-response = { $response }：{ $n }件
file-quote = 「{ $text }」
