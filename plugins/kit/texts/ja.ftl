# What several speakers say alike. Keys of a speaker's own file come first.

sev-unknown = 重大度未定

status = { $status ->
    [resolved] 復旧
    [closed] クローズ
   *[other] 対応中
}
status-again = 対応再開

drill = 🧯【訓練】
drill-first = これは訓練です。実際の障害ではありません。
private = 🔒 非公開
private-first = 🔒 非公開です。この内容を外に転送しないでください。

head-ongoing = 🔴 { $sev }・{ $title }
head-resolved = ✅ 復旧・{ $title }
head-closed = 🏁 クローズ・{ $title }

# The line of facts below a header: the status, then what counts, joined by `join`.
# No bold: in mrkdwn it would need a blank before the dot.
facts = { $status }・{ $rest }
facts-declared = 報告 { $who } さん { $time } { $zone }
facts-alerted = 報告 { $who }のアラート { $time } { $zone }
facts-reopened = 再開 { $who } さん { $time } { $zone }
facts-span = { $span } { $zone }（{ $lasted }）
more-people = ほか{ $n }人
more-things = ほか{ $n }件

# Why somebody could not be called.
reason-not-found = ワークスペースに見つかりません
reason-deactivated = アカウント停止中
reason-guest = ゲストのため追加できません
reason-elsewhere = このワークスペースにいません
reason-no-group = ユーザーグループがありません
reason-empty-group = ユーザーグループが空です
reason-plan = ユーザーグループは有料プランの機能です
reason-scope = Irisに権限 { $scope } がありません
reason-other = Slackに拒否されました（{ $code }）
