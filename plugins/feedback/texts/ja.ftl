# ふりかえりのためのフィードバック。

sentence = 参加した人に対応の感想を聞き、まとめます
word-feedback = フィードバックを送る

offer = { $inc }の対応はどうでしたか？2タップで終わります。名前は出ません。
offer-text = { $inc }の対応はどうでしたか？フィードバックをお願いします：{ $title }
count = 回答：{ $n }人
give = 回答する
ask = { $inc }「{ $title }」の対応に参加した方へのアンケートです。2タップで終わります。
kept = 記録しました。もう一度押すと変更できます。
over = 受付は終了しました。

form-title = フィードバック
form-intro = { $inc }：{ $title }
form-intro-2 = 2タップで終わります。人ではなく、進め方についてお聞かせください。
form-response = 今回の対応はどうでしたか？
response-5 = 5 とてもよかった
response-4 = 4 よかった
response-3 = 3 ふつう
response-2 = 2 あまりよくなかった
response-1 = 1 よくなかった
form-iris = Irisは役に立ちましたか？
iris-yes = 役に立った
iris-partly = どちらともいえない
iris-no = じゃまだった
form-change = 次に変えたいことは？
form-change-hint = War roomのまとめに名前は出ません。
form-submit = 送信
form-cancel = キャンセル

sum-head = { $inc }のフィードバック：回答{ $n }件
sum-response = 対応{"  "}
sum-average = 5点満点で{ $average }
sum-iris = Irisは{"  "}
sum-helped = 役に立った{ $yes }・どちらともいえない{ $partly }・じゃまだった{ $no }
sum-change = 次に変えたいこと
sum-next = ふりかえり会で活用してください。
not-resolved = { $inc }はまだ対応中です。復旧後に回答できます。
