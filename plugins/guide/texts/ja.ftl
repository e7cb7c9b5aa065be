# ガイドの文言。

sentence = War roomに状況・対応の流れ・役割をピン留めします
word-role = 役割を引き受ける・指名する
usage-role = コマンダー @担当

drill-silent = この訓練では動かないステップ：{ $steps }
situation = 状況
situation-none = まだ説明がありません。見えていることを書いてください。
situation-more = …（全文は { $command } 状況）
flow = 対応の流れ
flow-1 = わかっていることを共有する
flow-2 = 役割を決める
flow-3 = 影響を止める（暫定対応）
flow-4 = お客様・関係者に知らせる
table = { $product }のインシデント管理表

role-open = まだいません
role-taken = { $who } さん（{ $time }から）
role-past = { $who }さん
take = 🙋 やります
take-label = { $role }をやります
handover = 引き継ぐ
handover-label = { $role }を引き継ぐ
do-update = 状況を更新
do-severity = 重大度を変更
do-severity-unknown = 重大度を決める
do-todo = Todoを追加
do-resolve = 復旧を宣言
do-reopen = 再開
do-close = クローズ

text = { $sev } { $product }：{ $title }。{ $inc }の状況・対応の流れ・役割です。
text-open = 未定の役割：{ $roles }
text-lead = { $role }：{ $who }さん

line-taken = 🙋 { $who } さんが{ $role }になりました。
line-given = 🙋 { $by }さんの指名で、{ $who }さんが{ $role }になりました。
line-moved = 🙋 { $role }：{ $from }さん → { $who }さん
line-left = 🙋 { $role }が空きました（{ $from }さんが離れました）。

duties-title = { $inc }の{ $role }になりました
duties-first = まずやること
duties-text = { $inc }の{ $role }になりました。{ $duties }
duties-given = { $by }さんから{ $inc }「{ $title }」の{ $role }に指名されました。War room：{ $room }
first-commander-1 = War roomで「指揮をとります」と伝える
first-commander-2 = 重大度が未定なら決める
first-commander-3 = オペレーションリーダーを決める
first-commander-4 = { $n }分以内に最初の状況更新を出す
first-operation-lead-1 = 誰が何を見るかを決める
first-operation-lead-2 = 原因究明より先に影響を止める
first-operation-lead-3 = 変更の前にコマンダーへ伝える

taken-already = { $time }に{ $who }さんが引き受けました。
take-over = 代わる
yours = すでに{ $role }です。

hand-title = 役割の引き継ぎ
hand-role = { $role }（現在：{ $who }さん）
hand-role-open = { $role }（現在：未定）
hand-to = 誰に引き継ぎますか？
hand-to-hint = 空欄なら未定に戻します
hand-note = 引き継ぎ事項
hand-submit = 引き継ぐ
hand-cancel = キャンセル
hand-not-a-person = このワークスペースのメンバーを選んでください。

typed-unknown = 「{ $text }」という役割はありません。使える役割：{ $roles }
typed-none = このチームの設定には役割がありません。
panel-text = { $inc }の役割

vacant = ⏰ { $role }がまだ決まっていません。

remind = ⏰ { $inc }：最後の状況更新から{ $lasted }たちました。いまの状況を共有してください。
remind-first = ⏰ { $inc }：報告から{ $lasted }たちましたが、状況更新がまだありません。
remind-last = 通知はこれで最後です。
remind-30 = 30分後に
remind-60 = 60分後に
remind-stop = 通知を止める
remind-snoozed = ⏰ { $inc }：次は{ $time }に通知します。
remind-stopped = ⏰ { $inc }：通知を止めました。次の状況更新でまた始まります。
remind-updated = ✅ { $inc }：{ $time }に更新しました。

join-head = { $inc }・{ $sev }：{ $title }
join-ongoing = 対応中（{ $lasted }経過）。
join-over = { $time }に復旧しました（{ $lasted }）。
join-lead-none = コマンダーは未定です。
join-role = { $role }：{ $who }さん。
join-role-open = { $role }：未定。
join-latest = 最新 { $time }：{ $text }
join-latest-none = 状況更新はまだありません。
join-todos = 未完了のTodo：{ $n }件
join-take = 🙋 { $role }をやります
join-status = 状況を見る
