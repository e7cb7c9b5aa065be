sentence = プロダクトと重大度に応じて担当者を招集します

called = { $sev }・{ $product }の障害対応に招集しました。{ situation }
called-unknown = { $product }の障害対応に招集しました（重大度は未定）。{ situation }
called-raised = { $product }の障害が{ $sev }になったため招集しました。{ situation }
# Where the incident has no product.
called-alone = 障害対応に招集しました（{ $sev }）。{ situation }
situation = 状況と役割はピン留めの投稿にあります。
drill-call = 🧯 これは訓練です。

failed = ⚠️ 招集できず：{ $names }
failed-name = { $who }（{ $reason }）
failed-more = 、{ more-people }

none = ⚠️ { $product }・{ $sev }の担当者が登録されていません。{ none-what }
none-alone = ⚠️ 担当者が登録されていません。{ none-what }
none-what = /invite で招待し、あとでチームの設定に追加してください。

fallback = { $inc }（{ $sev }・{ $product }）に招集されました：{ $title }
fallback-alone = { $inc }（{ $sev }）に招集されました：{ $title }
