//! The timeline as a message: whole when it is short, else its beginning and its end.

use crate::args;
use crate::blocks::{Block, context, mrkdwn, plain};
use crate::limits::{BLOCKS_TEXT, text_len};
use crate::rich::{Element, RichText, bold, emoji, link, text};
use crate::time::{Wall, date, time, time_on};
use crate::words::inc;

use super::sentence::{Style, Teller};
use super::{Entry, Incident, Scene};

/// The message, and whether all entries are in it.
#[derive(Clone, Debug)]
pub struct Told {
    /// What notifications and screen readers say, as mrkdwn.
    pub text: String,
    /// Empty when nothing has happened.
    pub blocks: Vec<Block>,
    /// Whether no entry was left out.
    pub whole: bool,
}

/// Entries in a message; of more, the first and the last ones are shown.
const ENTRIES: usize = 40;
const FIRST: usize = 5;
const LAST: usize = 10;

/// `capture` is the name of the emoji that people capture with.
pub fn message(scene: &Scene<'_>, incident: &Incident, entries: &[Entry], capture: &str) -> Told {
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else {
        let text = scene.texts.mrkdwn("nothing", &[]);
        return Told {
            text,
            blocks: vec![],
            whole: true,
        };
    };
    let all = blocks(scene, incident, entries, None, capture);
    let whole = entries.len() <= ENTRIES && text_len(&all) <= BLOCKS_TEXT;
    let shown = if whole {
        all
    } else {
        blocks(scene, incident, entries, Some((FIRST, LAST)), capture)
    };
    let locale = scene.texts.locale();
    let (from, to) = (scene.wall(first.at), scene.wall(last.at));
    let said = scene.texts.mrkdwn(
        "text",
        args![
            inc = inc(incident.number),
            n = entries.len(),
            from = time_on(locale, &from, &scene.wall(scene.now)),
            to = time_on(locale, &to, &from),
            zone = scene.world.zone_label(scene.now),
        ],
    );
    let text = incident.brief().mark(&scene.texts) + &said;
    Told {
        text,
        blocks: shown,
        whole,
    }
}

/// The same for the one who asked, who has been sent the file.
pub fn with_file(scene: &Scene<'_>, incident: &Incident, entries: &[Entry], capture: &str) -> Told {
    let mut blocks = blocks(scene, incident, entries, Some((FIRST, LAST)), capture);
    let sent = scene.texts.say("file-sent", &[]);
    blocks.push(context("file", [plain(&sent)]));
    let text = incident.brief().mark(&scene.texts) + &sent;
    Told {
        text,
        blocks,
        whole: false,
    }
}

fn blocks(
    scene: &Scene<'_>,
    incident: &Incident,
    entries: &[Entry],
    ends: Option<(usize, usize)>,
    capture: &str,
) -> Vec<Block> {
    let texts = &scene.texts;
    let today = scene.wall(scene.now);
    let start = entries.first().map_or(today, |entry| scene.wall(entry.at));
    let head = args![
        inc = inc(incident.number),
        date = date(texts.locale(), &start, &today),
        zone = scene.world.zone_label(scene.now),
    ];
    let mut title = texts.parts("head", head);
    if incident.drill {
        title.insert(0, bold(incident.brief().mark(texts)));
    }
    let mut days = Days {
        scene,
        rich: RichText::new("tl").section(title),
        day: start,
        rows: vec![],
    };
    let ends = ends.filter(|(first, last)| first + last < entries.len());
    match ends {
        None => entries.iter().for_each(|entry| days.add(entry)),
        Some((first, last)) => {
            let rest = entries.len() - last;
            entries[..first].iter().for_each(|entry| days.add(entry));
            days.leave_out(rest - first);
            entries[rest..].iter().for_each(|entry| days.add(entry));
        }
    }
    let emoji = emoji(capture);
    let add = texts.mrkdwn("add-to-it", args![command = &scene.command, emoji]);
    vec![days.close().into(), context("more", [mrkdwn(add)])]
}

/// Rows, day by day.
struct Days<'a> {
    scene: &'a Scene<'a>,
    rich: RichText,
    day: Wall,
    rows: Vec<Vec<Element>>,
}

impl Days<'_> {
    fn add(&mut self, entry: &Entry) {
        let wall = self.scene.wall(entry.at);
        if !wall.same_day(&self.day) {
            let today = self.scene.wall(self.scene.now);
            let heading = bold(date(self.scene.texts.locale(), &wall, &today));
            self.heading(heading);
            self.day = wall;
        }
        let mut row = vec![bold(time(&wall)), text(" ")];
        row.extend(
            Teller {
                scene: self.scene,
                style: Style::Shown,
            }
            .parts(entry),
        );
        if let Some(url) = entry.link(self.scene) {
            row.push(text(" "));
            row.push(link(url, self.scene.texts.say("open", &[])));
        }
        self.rows.push(row);
    }

    fn leave_out(&mut self, n: usize) {
        let said = text(self.scene.texts.say("left-out", args![n]));
        self.heading(said);
    }

    /// A line between the rows before and those after it.
    fn heading(&mut self, said: Element) {
        let rows = std::mem::take(&mut self.rows);
        let rich = std::mem::replace(&mut self.rich, RichText::new("tl"));
        self.rich = rich.bullets(rows).section(vec![said]);
    }

    fn close(self) -> RichText {
        self.rich.bullets(self.rows)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{Told, message, with_file};
    use crate::Locale;
    use crate::story::example::{at, entries, entry, incident, scene};

    fn blocks(told: &Told) -> Value {
        serde_json::to_value(&told.blocks).unwrap()
    }

    /// A row as it reads.
    fn row(row: &Value) -> String {
        let part = |part: &Value| match part["type"].as_str() {
            Some("user") => format!("<@{}>", part["user_id"].as_str().unwrap()),
            _ => part["text"].as_str().unwrap().to_owned(),
        };
        row["elements"]
            .as_array()
            .unwrap()
            .iter()
            .map(part)
            .collect()
    }

    fn told(locale: Locale) -> Told {
        message(&scene(locale), &incident(), &entries(), "pushpin")
    }

    #[test]
    fn a_short_timeline_is_whole_and_says_its_days() {
        let told = told(Locale::En);
        assert!(told.whole);
        assert_eq!(
            told.text,
            "Timeline of INC-42, 16 entries, 14:05 to Wed 2 Dec 10:28 JST"
        );
        let blocks = blocks(&told);
        let pieces = blocks[0]["elements"].as_array().unwrap();
        assert_eq!(
            row(&pieces[0]),
            "Timeline of INC-42 · Tue 1 Dec, times in JST"
        );
        let first: Vec<_> = pieces[1]["elements"]
            .as_array()
            .unwrap()
            .iter()
            .map(row)
            .collect();
        assert_eq!(
            first,
            [
                "14:05 Aya Sato declared the incident: SEV?, Payments",
                "14:05 Room #inc-1 made",
                "14:05 Called: Ken Mori, <@U9>",
                "14:05 Not called: lead@acme.example (no such person in this workspace)",
                "14:06 Aya Sato took Incident commander",
                "14:08 Aya Sato gave Operation lead to Ken Mori",
                "14:09 Aya Sato invited <@U9>",
                "14:10 Aya Sato changed the severity: SEV? → SEV1: “Every *third* is lost”",
                "14:12 Ken Mori (edited 14:20): “1.42 went out at 13:58” open",
                "14:15 Note by Ken Mori: “12 tickets. - two are <big>”",
                "14:20 Update by Aya Sato: “Rolled back.”",
                "14:41 Todo: Renew it (Ken Mori, by Fri 4 Dec)",
                "14:50 Page set to red",
                "15:00 Operation lead: Ken Mori → Aya Sato: “see notes”",
                "15:12 Ken Mori resolved the incident: “Cleared the queue.”",
            ]
        );
        assert_eq!(row(&pieces[2]), "Wed 2 Dec");
        assert_eq!(
            row(&pieces[3]["elements"][0]),
            "10:28 Done by Ken Mori: Renew it"
        );
        assert_eq!(
            blocks[1]["elements"][0]["text"],
            "Add to it: `/incident note …`, or :pushpin: on a message."
        );
    }

    #[test]
    fn in_japanese_too() {
        let blocks = blocks(&told(Locale::Ja));
        let pieces = blocks[0]["elements"].as_array().unwrap();
        assert_eq!(
            row(&pieces[0]),
            "INC-42のタイムライン・12月1日（火）、時刻はJST"
        );
        let rows: Vec<_> = pieces[1]["elements"]
            .as_array()
            .unwrap()
            .iter()
            .map(row)
            .collect();
        for said in [
            "14:05 Aya Satoさんが障害を報告（重大度未定・Payments）",
            "14:05 招集：Ken Mori、<@U9> ",
            "14:09 Aya Satoさんが<@U9> さんを招待",
            "14:08 Aya Satoさんの指名でKen MoriさんがOperation leadに",
            "14:10 Aya Satoさんが重大度を変更：重大度未定 → SEV1「Every *third* is lost」",
            "14:12 Ken Moriさん（14:20 編集）「1.42 went out at 13:58」 開く",
            "14:41 Todo追加：Renew it（Ken Moriさん、12月4日（金）まで）",
        ] {
            assert!(rows.iter().any(|row| row == said), "{said} in {rows:#?}");
        }
    }

    #[test]
    fn of_a_long_timeline_the_ends_are_shown() {
        let many: Vec<_> = (0..41)
            .map(|n| entry(at(14, n), "note", "U0KENMORI", "x", ""))
            .collect();
        let told = message(&scene(Locale::En), &incident(), &many, "pushpin");
        assert!(!told.whole);
        let blocks = blocks(&told);
        let pieces = &blocks[0]["elements"];
        assert_eq!(pieces[1]["elements"].as_array().unwrap().len(), 5);
        assert_eq!(row(&pieces[2]), "… 26 more …");
        assert_eq!(pieces[3]["elements"].as_array().unwrap().len(), 10);
        let long: Vec<_> = (0..40)
            .map(|n| entry(at(14, n), "note", "U9", &"x".repeat(4000), ""))
            .collect();
        assert!(message(&scene(Locale::En), &incident(), &long, "pushpin").whole);
        let many_words: Vec<_> = (0..40)
            .map(|n| entry(at(14, n), "todo", "U9", &"x".repeat(500), ""))
            .collect();
        assert!(!message(&scene(Locale::En), &incident(), &many_words, "pushpin").whole);
    }

    #[test]
    fn an_empty_timeline_says_so() {
        assert_eq!(
            message(&scene(Locale::En), &incident(), &[], "x").text,
            "⚠️ Nothing yet."
        );
        let told = with_file(&scene(Locale::En), &incident(), &entries(), "x");
        assert_eq!(told.text, "All of it is in a file that Iris has sent you.");
    }
}
