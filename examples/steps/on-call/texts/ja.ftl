sentence = 今の当番を調べてWar roomに招集します

called = 📟 { $product }の当番を招集しました：{ $people }
# Where the incident has no product.
called-alone = 📟 当番を招集しました：{ $people }
here = 📟 当番の方はすでに参加しています。
drill-call = 🧯 これは訓練です。

failed = ⚠️ 招集できず：{ $names }
failed-name = { $who }（{ $reason }）
failed-more = 、{ more-people }
no-person = 人でもグループでもありません

nobody = ⚠️ 現在、{ $product }の当番はいません。{ nobody-what }
nobody-alone = ⚠️ 現在、当番はいません。{ nobody-what }
nobody-what = 必要な方を /invite で招待し、あとで当番表に追加してください。

instead = ⚠️ 当番サービスから有効な回答がなかったため（{ $why }）、当番表から招集しました。
by-hand = ⚠️ 当番サービスから有効な回答がありませんでした（{ $why }）。当番の方を /invite で招待してください。
why-status = HTTP { $status }
why-unreadable = 内容を読み取れません
why-late = 時間内に届きません
why-unreachable = 接続できません
why-nobody = 当番の指定がありません

mistakes = ⚠️ 当番表に誤りがあり、{ $n }件を読み飛ばしました。{ mistakes-what }
mistakes-what = チームの設定の管理者に伝えてください。直す箇所はIrisのログにあります。
