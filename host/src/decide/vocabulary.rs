//! The words that can be typed after the command, in both languages.

use iris_kit::Locale;

use super::known::{Reach, StepOffer, WordOffer};

/// A word of Iris itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoreWord {
    Declare,
    Drill,
    Help,
    List,
    Status,
    Severity,
    Update,
    Resolve,
    Reopen,
    Close,
}

/// A word that this team can type.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Word<'k> {
    Core(CoreWord),
    Step(&'k StepOffer, &'k WordOffer),
}

/// How a word is written. The words of the standard steps are here for their aliases; they count
/// only where a step offers them.
struct Spelling {
    word: &'static str,
    core: Option<CoreWord>,
    also: &'static [&'static str],
    /// The first is the one that is shown.
    japanese: &'static [&'static str],
    /// Whether it works in the room of a closed incident.
    when_closed: bool,
}

const fn core(
    word: &'static str,
    core: CoreWord,
    also: &'static [&'static str],
    japanese: &'static [&'static str],
) -> Spelling {
    Spelling {
        word,
        core: Some(core),
        also,
        japanese,
        when_closed: true,
    }
}

const fn step(word: &'static str, japanese: &'static [&'static str]) -> Spelling {
    Spelling {
        word,
        core: None,
        also: &[],
        japanese,
        when_closed: true,
    }
}

const fn not_when_closed(mut spelling: Spelling) -> Spelling {
    spelling.when_closed = false;
    spelling
}

/// In this order ties are broken when a word is mistyped.
static SPELLINGS: [Spelling; 16] = [
    core(
        "declare",
        CoreWord::Declare,
        &["new"],
        &["報告", "起票", "宣言"],
    ),
    core("drill", CoreWord::Drill, &[], &["訓練"]),
    core(
        "help",
        CoreWord::Help,
        &["?", "-h", "--help"],
        &["ヘルプ", "使い方"],
    ),
    core("list", CoreWord::List, &["ls"], &["一覧"]),
    core("status", CoreWord::Status, &[], &["状況", "ステータス"]),
    not_when_closed(core(
        "severity",
        CoreWord::Severity,
        &["sev"],
        &["重大度", "深刻度"],
    )),
    not_when_closed(core(
        "update",
        CoreWord::Update,
        &[],
        &["更新", "状況更新", "続報"],
    )),
    not_when_closed(core(
        "resolve",
        CoreWord::Resolve,
        &["resolved"],
        &["復旧", "解決"],
    )),
    core("reopen", CoreWord::Reopen, &[], &["再開", "再発"]),
    not_when_closed(core("close", CoreWord::Close, &[], &["クローズ", "終了"])),
    not_when_closed(Spelling {
        also: &["roles"],
        ..step("role", &["役割", "担当"])
    }),
    not_when_closed(step("todo", &["課題", "タスク", "やること"])),
    step("todos", &["課題一覧", "todo一覧", "タスク一覧"]),
    not_when_closed(step("note", &["メモ", "記録"])),
    step("timeline", &["タイムライン", "時系列"]),
    step("feedback", &["フィードバック", "感想"]),
];

/// A token that is a word: how it is written, and in which language.
pub(super) struct Found<'k> {
    pub(super) word: Word<'k>,
    pub(super) japanese: bool,
}

/// The word that `token` is: normalised and in lower case.
pub(super) fn find<'k>(token: &str, steps: &'k [StepOffer]) -> Option<Found<'k>> {
    for spelling in &SPELLINGS {
        let japanese = spelling.japanese.contains(&token);
        if (japanese || spelling.word == token || spelling.also.contains(&token))
            && let Some(word) = spelling.offered(steps)
        {
            return Some(Found { word, japanese });
        }
    }
    offered(token, steps).map(|word| Found {
        word,
        japanese: false,
    })
}

/// The word that was probably meant: within two edits, a Japanese word within one and from four
/// characters on. Short aliases do not compete, or every title of two letters would be caught.
pub(super) fn near<'k>(token: &str, steps: &'k [StepOffer]) -> Option<Word<'k>> {
    let standard = SPELLINGS.iter().filter_map(|spelling| {
        let word = spelling.offered(steps)?;
        let japanese = spelling
            .japanese
            .iter()
            .filter_map(|w| distance(token, w, 1));
        let edits = japanese.chain(distance(token, spelling.word, 2)).min()?;
        Some((edits, word))
    });
    let own = steps
        .iter()
        .flat_map(|step| step.words.iter().map(move |word| (step, word)));
    let own = own
        .filter(|(_, word)| SPELLINGS.iter().all(|spelling| spelling.word != word.word))
        .filter_map(|(step, word)| Some((distance(token, &word.word, 2)?, Word::Step(step, word))));
    // The first of equals wins.
    standard
        .chain(own)
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, word)| word)
}

fn distance(token: &str, word: &str, within: usize) -> Option<usize> {
    if within == 1 && word.chars().count() < 4 {
        return None;
    }
    Some(strsim::damerau_levenshtein(token, word)).filter(|edits| *edits <= within)
}

fn offered<'k>(token: &str, steps: &'k [StepOffer]) -> Option<Word<'k>> {
    steps.iter().find_map(|step| {
        let word = step.words.iter().find(|word| word.word == token)?;
        Some(Word::Step(step, word))
    })
}

impl Spelling {
    fn offered<'k>(&self, steps: &'k [StepOffer]) -> Option<Word<'k>> {
        match self.core {
            Some(core) => Some(Word::Core(core)),
            None => offered(self.word, steps),
        }
    }
}

impl<'k> Word<'k> {
    /// As it is written in English, and as steps know it.
    pub fn name(self) -> &'k str {
        match self {
            Word::Core(core) => spelling_of(core).word,
            Word::Step(_, offer) => &offer.word,
        }
    }

    /// As it is shown to a team.
    pub fn shown(self, locale: Locale) -> &'k str {
        match (locale, self.spelling()) {
            (Locale::Ja, Some(spelling)) => {
                spelling.japanese.first().copied().unwrap_or(spelling.word)
            }
            (Locale::En | Locale::Ja, _) => self.name(),
        }
    }

    pub fn reach(self) -> Reach {
        match self {
            Word::Core(CoreWord::Declare | CoreWord::Drill | CoreWord::Help | CoreWord::List) => {
                Reach::Anywhere
            }
            Word::Core(
                CoreWord::Status
                | CoreWord::Severity
                | CoreWord::Update
                | CoreWord::Resolve
                | CoreWord::Reopen
                | CoreWord::Close,
            ) => Reach::Room,
            Word::Step(_, offer) => offer.reach,
        }
    }

    /// Whether it works in the room of a closed incident.
    pub fn when_closed(self) -> bool {
        self.spelling().is_none_or(|spelling| spelling.when_closed)
    }

    /// Whether a button may run it. What ends or reopens an incident is typed again on purpose.
    pub fn by_button(self) -> bool {
        let deliberate = [CoreWord::Resolve, CoreWord::Reopen, CoreWord::Close];
        !matches!(self, Word::Core(core) if deliberate.contains(&core))
    }

    fn spelling(self) -> Option<&'static Spelling> {
        match self {
            Word::Core(core) => Some(spelling_of(core)),
            Word::Step(_, offer) => SPELLINGS
                .iter()
                .find(|spelling| spelling.word == offer.word),
        }
    }
}

fn spelling_of(core: CoreWord) -> &'static Spelling {
    SPELLINGS
        .iter()
        .find(|spelling| spelling.core == Some(core))
        .unwrap_or(&SPELLINGS[0])
}
