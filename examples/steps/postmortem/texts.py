"""What people read, in both languages."""

EN = {
    "sentence": "Writes a draft of the postmortem when an incident is over",
    "word": "A draft of the postmortem, as a file",
    "title": "Draft of the postmortem",
    "comment": "Draft of the postmortem. Copy it to where you keep them, and fill in what is left open.",
    "unknown": "The template of the postmortem has a placeholder that does not exist: {name}. Correct it in the team's file.",
    "unsure": "not sure",
    "drill": "*This was a drill.*\n\n",
    "comma": ", ",
    "hours": "{hours} h {minutes} min",
    "minutes": "{minutes} min",
    "entry-declared": "{by} declared the incident: {text}",
    "entry-called": "Called: {people}",
    "entry-severity": "{by} set the severity to {now}",
    "entry-status": "{by}: {now}. {text}",
    "entry-role": "{now} took a role",
    "status-declared": "ongoing again",
    "status-resolved": "resolved",
    "status-closed": "closed",
    "entry-update": "{by}, update: {text}",
    "entry-note": "{by}: {text}",
    "entry-message": "{by}: {text}",
    "template": """# INC-{number}: {title}

{drill}| Severity | Product | Declared | Lasted |
| --- | --- | --- | --- |
| {severity} | {product} | {declared}, {declared_by} | {duration} |

## What happened

{situation}

## Who did what

{roles}

## Timeline

{timeline}

## Still to do

{todos}

## To be filled in

- What was the impact, in numbers?
- What was the cause? What made it worse?
- What went well?
- What will keep it from happening again?
""",
}

JA = {
    "sentence": "障害が解消したら、ポストモーテムの下書きを作ります",
    "word": "ポストモーテムの下書きをファイルで出します",
    "title": "ポストモーテムの下書き",
    "comment": "ポストモーテムの下書きです。保管場所にコピーし、空欄を埋めてください。",
    "unknown": "ポストモーテムのテンプレートに存在しない項目があります: {name}。チームのファイルを直してください。",
    "unsure": "未定",
    "drill": "*これは訓練です。*\n\n",
    "comma": "、",
    "hours": "{hours}時間{minutes}分",
    "minutes": "{minutes}分",
    "entry-declared": "{by}さんが障害を宣言: {text}",
    "entry-called": "招集: {people}",
    "entry-severity": "{by}さんが重大度を{now}に変更",
    "entry-status": "{by}さん: {now} {text}",
    "entry-role": "{now}さんが役割を担当",
    "status-declared": "対応を再開",
    "status-resolved": "解消",
    "status-closed": "終了",
    "entry-update": "{by}さんの更新: {text}",
    "entry-note": "{by}さん: {text}",
    "entry-message": "{by}さん: {text}",
    "template": """# INC-{number}: {title}

{drill}| 重大度 | プロダクト | 宣言 | 所要時間 |
| --- | --- | --- | --- |
| {severity} | {product} | {declared} {declared_by} | {duration} |

## 何が起きたか

{situation}

## 担当

{roles}

## タイムライン

{timeline}

## 残っている作業

{todos}

## 記入すること

- 影響はどのくらいでしたか（数字で）
- 原因は何でしたか。悪化させたものは何でしたか
- うまくいったことは何ですか
- 再発を防ぐために何をしますか
""",
}


class Texts(dict[str, str]):
    """Those of a language; English where Iris speaks one that the step does not."""

    def __init__(self, locale: str) -> None:
        super().__init__(JA if locale == "ja" else EN)
