# What Iris itself says. Keys are those of the design, with hyphens for dots.

people = { $n }人
nobody = 未定
core-form-cancel = キャンセル
who = { $who }さん

# --- the manifest of the Slack app ---
manifest-name = Iris
manifest-description = Slackで障害対応を支援します。War room作成、担当者の招集、役割分担、Todo、タイムラインまで。
manifest-long-description = 障害に気づいたら /incident と入力してください。IrisがWar roomを作成し、プロダクトと重大度に応じて担当者を招集します。対応の流れとインシデントコマンダーなどの役割を全員に見えるようにし、Todoとタイムラインを記録し、復旧後にはふりかえりのためのフィードバックを集めます。自社の環境で動作し、チーム独自のステップを追加できます。訓練としても実行でき、訓練の記録は本番の集計とは分けて残ります。英語と日本語に対応しています。
manifest-command = 障害の報告と対応
manifest-usage = [起きていること] | 一覧 | 状況 | 更新 … | 復旧 | ヘルプ
manifest-core-declare-name = 障害を報告
manifest-core-declare-description = War roomを作成し、担当者を招集します
manifest-timeline-add-description = この投稿を障害のタイムラインに残します
manifest-todo-add-message-description = この投稿を障害のTodoに追加します
manifest-core-declare-message-name = この投稿から障害を報告
manifest-core-declare-message-description = 投稿の内容を引き継いで障害を報告します

# --- the form of a declaration ---
core-form-title = 障害を報告
core-form-title-drill = 訓練を始める
core-form-submit = 報告する
core-form-submit-drill = 訓練を始める
core-form-preparing = ⏳ フォームを準備しています…
core-form-inroom = ここは{ $inc }のWar roomです。状況の共有はこちら：
core-form-inroom-update = 状況更新として投稿
core-form-inroom-note = メモとして記録
core-form-from = { $channel } の投稿から
core-form-open = 対応中の障害があります。同じ件ではありませんか？
core-form-field-title = タイトル
core-form-field-title-hint = 例：決済画面で500エラー
core-form-field-product = プロダクト
core-form-choose = 選択してください
core-form-field-severity = 重大度
core-form-unsure = まだわからない
core-form-unsure-hint = あとからボタンで設定できます
core-form-field-what = 何が起きていますか？
core-form-field-what-placeholder = 見えている事象、いつから、影響範囲。リンクも歓迎です。
core-form-field-what-hint = War roomの先頭に表示します。空欄でもかまいません。
core-form-more = その他の設定
core-form-options = オプション
core-form-private = 非公開にする
core-form-private-hint = 招集・招待した人だけが見られます。告知はしません。
core-form-drill = 訓練として行う
core-form-drill-hint = すべての投稿に【訓練】と表示し、集計から除きます。
core-form-also = 追加で招集する人
core-form-also-choose = メンバーを選択
core-form-also-hint = プロダクトの担当者に加えて招集します
core-form-announce = 告知するチャンネル
core-form-announce-hint = 空欄なら告知しません。非公開の障害は告知しません。
core-form-note = War roomを作成し、プロダクトの担当者を招集します。
core-form-note-one = War roomを作成し、{ $product }の担当者を招集します。
core-form-note-none = War roomを作成します。
core-form-note-drill = 🧯 訓練です。War roomを実際に作成し、担当者を招集します。投稿には【訓練】と表示します。
core-form-error-title = タイトルを入力してください。
core-form-error-gone = { $what }は削除されました。選び直してください。
core-form-error-deactivated = { $who }さんのアカウントは停止されています。外してください。

# --- after it was sent ---
core-declared-title = 受け付けました
core-declared-title-drill = 訓練を開始
core-declared-inc = ✅ { $inc }として記録しました
core-declared-room-wait = ⏳ War roomを作成しています
core-declared-room = ✅ War room { $room }
core-declared-call-wait = ⏳ { people }を招集しています
core-declared-call-wait-groups = ⏳ 担当者を招集しています
core-declared-call = ✅ { people }を招集しました
core-declared-call-none = ⚠️ { $what }の担当者が登録されていません。War roomで招待してください。
core-declared-call-some = ⚠️ { people }を招集できませんでした。War roomに一覧があります。
core-declared-announced-not = ⚠️ { $channel } に告知できません（Irisが参加していません）
core-declared-announced-not-shared = ⚠️ { $channel } には告知しません（社外と共有しているチャンネルです）
core-declared-announced-not-refused = ⚠️ { $channel } に告知できません（{ $code }）
core-declared-open = War roomを開く
core-declared-close = 閉じる
core-declared-dm = { $inc }「{ $title }」を記録しました。War room：{ $room }

# --- severity ---
core-sev-title = 重大度を変更
core-sev-why = 理由
core-sev-submit = 変更する
core-sev-detail = ：{ $meaning }
core-sev-changed = { $was } → { $now }{ $detail }（{ $who } さんが変更）
core-sev-set = 重大度は{ $now }です{ $detail }（{ $who } さんが設定）
core-sev-text = { $inc }の重大度が{ $now }になりました（変更前：{ $was }）。
core-sev-same = すでに{ $sev }です。
core-sev-bad = 「{ $text }」という重大度はありません。使える重大度：{ $list }
core-sev-button = 重大度を決める

# --- status ---
core-status-ongoing = 対応中（{ $lasted }経過）
core-status-zone = 時刻は{ $zone }
core-status-as-of = { $time } { $zone }時点
core-status-declared = 報告
core-status-people = 参加
core-status-not-called = 招集できず
core-status-waiting = 運用担当の確認待ち
core-status-things = { $n }件
core-status-not-set = 設定できず
core-status-not-set-what = { $what ->
    [pin] ピン留め（{ $code }）
    [bookmark] ブックマーク（{ $code }）
   *[topic] トピック（{ $code }）
}
core-status-latest = 最新の状況
core-status-latest-at = { $time }（{ $ago }）
core-status-latest-none = なし
core-status-update = 状況を更新
core-status-share = War roomに表示
core-status-text = { $inc }は対応中です（{ $lasted }経過）：{ $facts }、{ $title }。
core-status-text-over = { $inc }は{ $status ->
    [closed] クローズ
   *[resolved] 復旧
}済みです：{ $facts }、{ $title }。
core-status-line = { $label }：{ $value }。

# --- updates ---
core-update-head = *状況更新*・{ $time } { $zone }・{ $who }
core-update-next = 次の更新は{ $time }まで
core-update-text = { $inc }（{ $sev }）の状況更新 { $time } { $zone } { $who }さん：{ $text }
core-update-title = 状況を更新
core-update-last = 前回 { $time }：{ $text }
core-update-first = 最初の状況更新です。
core-update-field = いまの状況
core-update-placeholder = 現在の影響、対応していること、次にやること
core-update-in = 次の更新
core-update-minutes = { $n }分後
core-update-hours = { $n }時間後
core-update-never = 通知しない
core-update-note = War roomと { $channel } に投稿します。
core-update-note-room = War roomだけに投稿します。
core-update-submit = 投稿する
core-update-error = 状況を入力してください。

# --- a note, from the form of a declaration ---
core-note-title = メモを追加
core-note-field = メモ
core-note-submit = 記録する

# --- resolve ---
core-resolve-head = ✅ 復旧・{ $title }
core-resolve-by = 復旧宣言 { $who } さん
core-resolve-first = 最初の状況更新
core-resolve-first-after = 報告から{ $lasted }
core-resolve-first-none = なし
core-resolve-lead = { $who }さん（{ $lasted }で決定）
core-resolve-lead-none = 未定のまま
core-resolve-took = 参加
core-resolve-next = 再発したら「再開」、Todoが片づいたら「クローズ」を押してください。
core-resolve-drill = 訓練終了です。集計は本番と分けて残します。
core-resolve-unknown = ⚠️ 重大度が未定のままです。
core-resolve-reopened = { $time }に再開
core-resolve-text = { $inc }は復旧しました（対応時間 { $lasted }）：{ $title }。{ $text }
core-alert-resolved = ✅ アラートが解消しました：{ $title }
core-alert-again = 🔔 アラートが再発しています：{ $title }
core-alert-over = 🔔 { $who }{ $inc }は復旧済みですが、アラートが再発しています：{ $title }
core-resolve-title = 復旧を宣言
core-resolve-field = どのように復旧しましたか？
core-resolve-submit = 復旧を宣言
core-resolve-note = { $channel } に告知します。続けてTodo、タイムライン、フィードバックを案内します。
core-resolve-note-quiet = 続けてTodo、タイムライン、フィードバックを案内します。
core-resolve-already = { $inc }は{ $time }に{ $who }さんが復旧を宣言しています。

# --- reopen ---
core-reopen-line = 🔴 { $inc }の対応を再開しました（{ $who } さん）。
core-reopen-title = 再開
core-reopen-field = 再開の理由
core-reopen-submit = 再開する
core-reopen-error = 理由を書いてください。タイムラインに残ります。
core-reopen-not = { $inc }は対応中です。

# --- close ---
core-close-line = 🏁 { $inc }をクローズしました（{ $who } さん）。
core-close-context = War roomは残ります。状況・タイムライン・Todo一覧・再開は引き続き使えます。
core-close-button = クローズ
core-close-confirm-title = 未完了のTodoが{ $n }件あります
core-close-confirm-text = Todoと通知は残ります。クローズしますか？
core-close-confirm-deny = まだ
core-close-ongoing = { $inc }はまだ対応中です。先に復旧を宣言してください。

# --- help ---
core-help-text = { $command } の使い方
core-help-declare = 報告する
core-help-anywhere = どこでも
core-help-room = War roomで
core-help-steps = このチームのステップ
core-help-title-word = 起きていること
core-help-title = フォームを開く
core-help-drill = 訓練として開く
core-help-list = 対応中の障害
core-help-help = この説明
core-help-status = 現在の状況をまとめて表示
core-help-update = War roomと告知先に状況を共有
core-help-severity = 重大度を変更（担当者を招集）
core-help-resolve = 復旧を宣言
core-help-reopen = 再発・再開
core-help-close = クローズ
core-help-other = `list` `status` `update` `resolve` のように、英語でも使えます。
core-help-status-button = 状況を見る
core-help-todo-button = Todoを追加

# --- list ---
core-list-head = 対応中の障害：{ $n }件
core-list-resolved = 復旧済み・未クローズ
core-list-lead-none = コマンダー未定
core-list-none = 対応中の障害はありません。
core-list-declare = 障害を報告
core-more = ほか{ $n }件
core-more-list = ほか{ $n }件は `{ $command } { $word }` で見られます

# --- the App Home ---
core-home-help = 使い方
core-home-todos = 自分のTodo：{ $n }件
core-home-due = { $date }まで
core-home-due-none = 期限なし
core-home-overdue = 期限切れ
core-home-done = 完了
core-home-done-label = 完了：{ $text }
core-home-roles = 自分の役割：{ $n }件
core-home-role = { $role }・{ $inc }
core-home-as-of = { $time } { $zone }時点。このページを開くたびに更新します。

# --- words that do not fit ---
core-word-unknown = { $text } というコマンドはありません。{ $word } のことですか？
core-word-unknown-text = 「{ $text }」というコマンドはありません。{ $word } のことですか？
core-word-run = { $word } を実行
core-word-declare = 「{ $text }」を報告
core-word-help = 使い方
core-word-list = 一覧
core-word-room = { $word } はWar roomで使います。参加中のWar room：
core-word-room-none = { $word } はWar roomで使います。参加中のWar roomはありません。
core-word-typed = 入力した内容：{ $line }
core-word-closed = { $inc }はクローズ済みです。続けるには再開してください：{ $line }
core-word-closed-why = 理由
core-word-private = この障害は非公開です。参加者に招待を依頼してください。
core-word-gone = このボタンは使えなくなりました。{ $word } と入力してください。
core-word-step-off = { $word } は{ $sev }では使いません。
core-word-press = { $line } はフォームで入力します。ボタンを押すと開きます。
core-word-open = フォームを開く

# --- drills ---
core-drill-real = ⚠️ 実際の障害が発生しています：{ $inc }「{ $title }」。必要なら訓練を中断してください。

# --- failures ---
try-again = 再試行
room-restricted = { $inc }として記録しましたが、アプリによるチャンネル作成が禁止されています（{ $code }）。ワークスペースの管理者が「設定 > 権限 > チャンネル管理」で許可できます。
room-failed = { $inc }として記録しましたが、War roomを作成できません（{ $code }）。
room-gone = { $inc }のWar roomが{ $how ->
    [deleted] 削除
   *[archived] アーカイブ
}されました。以後の投稿は行いません。ここから復旧を宣言できます。
room-back = { $inc }のWar roomが再び使えるようになりました。Irisの投稿を再開します。
rate = ⏳ Slackの制限により{ $lasted }待っています。自動で続行します。
scope = Irisに権限 { $scope } がないため、{ $what }ができません。管理者によるアプリの再インストールが必要です（iris check で確認できます）。
step-failed = ⚠️ ステップ { $step } が失敗したため止めました。ほかは続行しています。運用担当に通知済みです。
step-refused = ⚠️ ステップ { $step } には { $what } の許可がありません。チームの設定で許可が必要です。
effect-parked = ⚠️ { $what }が完了したか確認できません。運用担当の確認を待っています。
effect-settled = ✅ 確認できました：{ $what }
did-room-open = War roomの作成
did-room-invite = メンバーの招集
did-room-topic = トピックの設定
did-room-bookmark = ブックマークの追加
did-room-rename = War roomの名前の変更
did-room-archive = War roomのアーカイブ
did-message-post = メッセージの投稿
did-message-update = メッセージの更新
did-message-delete = メッセージの削除
did-message-pin = メッセージのピン留め
did-message-unpin = ピン留めの解除
did-message-react = 絵文字の追加
did-message-unreact = 絵文字の削除
did-file-share = ファイルの共有
did-http = 外部サービスへのリクエスト
did-slack = Slackの変更
trigger-expired = 時間がかかりすぎてフォームを開けませんでした。入力した内容は残っています。
slack-late = { $from }から{ $to }までSlackに接続できませんでした。現在はすべて反映済みです。
what-allowed = { $kind ->
    [incident] 障害の記録の変更
    [room] War roomの操作
    [messages] 投稿
    [forms] フォームの表示
    [timers] タイマー
    [slack] { $name } の呼び出し
   *[http] { $name } への接続
}
what-done = { $wish ->
    [room-open] War roomの作成
    [room-invite] 担当者の招集
    [room-topic] トピックの設定
    [room-bookmark] ブックマークの設定
    [room-rename] War roomの名前の変更
    [room-archive] War roomのアーカイブ
    [messages-post] 投稿
    [messages-say] 投稿
    [messages-update] 投稿の更新
    [messages-remove] 投稿の削除
    [messages-pin] ピン留め
    [messages-unpin] ピン留めの解除
    [messages-react] リアクション
    [messages-unreact] リアクションの取り消し
    [messages-upload] ファイルの共有
    [forms-open] フォームの表示
    [slack-call] ステップからSlackへの呼び出し
    [http-fetch] ステップから外部サービスへの接続
   *[other] 返信
}
store-down = いまは記録できないため、何も実行していません。1分後にもう一度試してください。急ぐ場合は手動でチャンネルを作成してください。
no-team = このワークスペースは未設定です。運用担当が teams/{ $team }.toml か teams/default.toml を作成してください。
not-installed = このワークスペースにはIrisがインストールされていません。運用担当に確認してください。

# --- インストール：ブラウザの画面と、そのあとのメッセージ ---
core-welcome = Irisの準備ができました。どのチャンネルでも { $command } で使えます。まずは { $drill } がおすすめです。設定：{ $file }
core-welcome-granted = { $workspaces } でIrisの準備ができました。どのチャンネルでも { $command } で使えます。まずは { $drill } がおすすめです。設定：{ $file }
core-welcome-button = 訓練を始める
install-title = Irisのインストール
install-done = { $name }にIrisをインストールしました。どのチャンネルでも /incident で使えます。
install-done-org = { $name }にIrisをインストールしました。管理者がSlackでワークスペースに追加すると、そこで使えるようになります。
install-open = Slackを開く
install-again = もう一度始める
install-closed = ここからはIrisをインストールできません。運用担当に確認してください。
install-denied = Slackで許可されなかったため、何もインストールしていません。
install-stale = このリンクは使用済みか、10分を過ぎています。何もインストールしていません。
install-foreign = 別のブラウザで始めた手続きです。何もインストールしていません。
install-code = Slackで確認が取れませんでした。何もインストールしていません。
install-lacking = Slackで許可された権限が足りません。何もインストールしていません。不足：{ $scopes }
install-other = 別のアプリとして応答がありました。何もインストールしていません。Irisの運用担当に確認してください。
install-unknown = ワークスペース{ $team }は未設定です。何もインストールしていません。Irisの運用担当に確認してください。
install-silent = Slackが応答しません。何もインストールしていません。1分後にもう一度試してください。
install-unable = いまはインストールできません。何もインストールしていません。原因は運用担当が確認できます。
