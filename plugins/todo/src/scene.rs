//! What drawing needs to know of the world: the language, the clock on the wall, names.

use iris_step::kit::texts::Arg;
use iris_step::kit::time::{self, Wall};
use iris_step::rich::{Element, text, user};
use iris_step::{Locale, Speaker, Texts, facts, speaker};

use crate::date::{Day, When};
use crate::todo::Due;

/// The team's language, clock and people, as of one event.
#[derive(Debug)]
pub(crate) struct Scene {
    pub(crate) texts: Texts,
    /// Milliseconds since 1970.
    pub(crate) now: u64,
    pub(crate) clock: Clock,
    pub(crate) name_of: fn(&str) -> Option<String>,
}

/// The team's zone: moments to what the wall shows, and back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    pub(crate) wall: fn(u64) -> Wall,
    pub(crate) moment: fn(&Wall) -> Option<u64>,
}

impl Scene {
    /// As the host tells it.
    pub(crate) fn read() -> Self {
        Self {
            texts: iris_step::texts(&TEXTS),
            now: facts::now(),
            clock: Clock {
                wall: facts::wall,
                moment: facts::moment,
            },
            name_of: facts::name_of,
        }
    }

    pub(crate) fn today(&self) -> Wall {
        (self.clock.wall)(self.now)
    }

    /// A person in a sentence: their name, or a mention where nobody knows it.
    pub(crate) fn who(&self, id: &str) -> Arg<'static> {
        match (self.name_of)(id) {
            Some(name) => name.into(),
            None => mention(self.texts.locale(), id).into(),
        }
    }

    pub(crate) fn knows(&self, id: &str) -> bool {
        (self.name_of)(id).is_some()
    }

    /// `Fri 4 Dec`, with a time `14:45` today and `Fri 4 Dec 14:45` on another day.
    pub(crate) fn date(&self, due: Due) -> String {
        let (locale, wall) = (self.texts.locale(), (self.clock.wall)(due.at));
        if due.has_time {
            time::time_on(locale, &wall, &self.today())
        } else {
            time::date(locale, &wall, &self.today())
        }
    }

    /// `14:45` today, `Fri 4 Dec 14:45` on another day.
    pub(crate) fn time(&self, at: u64) -> String {
        time::time_on(self.texts.locale(), &(self.clock.wall)(at), &self.today())
    }
}

impl Clock {
    pub(crate) fn day(self, at: u64) -> Day {
        Day::of(&(self.wall)(at))
    }

    /// That many minutes after midnight; none where the team's zone has no such moment.
    pub(crate) fn at(self, day: Day, minute: u16) -> Option<u64> {
        (self.moment)(&day.wall(minute))
    }

    /// The moment that typed words mean. A day without a time ends with its last second.
    pub(crate) fn due(self, when: When, now: u64) -> Option<Due> {
        const MINUTE: u64 = 60_000;
        let due = |at, has_time| Due { at, has_time };
        match when {
            When::Day(day) => Some(due(self.at(day.plus(1), 0)? - 1000, false)),
            When::At(day, minute) => Some(due(self.at(day, minute)?, true)),
            When::In(minutes) => Some(due((now / MINUTE + u64::from(minutes)) * MINUTE, true)),
        }
    }
}

/// In Japanese a mention is set off by a blank from what follows.
fn mention(locale: Locale, id: &str) -> Vec<Element> {
    match locale {
        Locale::En => vec![user(id)],
        Locale::Ja => vec![user(id), text(" ")],
    }
}

pub(crate) static TEXTS: Speaker = speaker!("texts");

#[cfg(test)]
pub(crate) mod tests {
    //! A scene in Tokyo: Tuesday 2026-12-01, 14:05.

    use iris_step::kit::time::Wall;
    use iris_step::{Locale, Texts};

    use super::{Clock, Scene, TEXTS};
    use crate::date::{Day, When};

    const HOUR: u64 = 3_600_000;

    pub(crate) fn scene(locale: Locale) -> Scene {
        let texts = Texts::new(locale, &TEXTS);
        Scene {
            texts,
            now: at("2026-12-01", 14, 5),
            clock: tokyo(),
            name_of,
        }
    }

    /// Nine hours ahead, all year.
    pub(crate) fn tokyo() -> Clock {
        Clock { wall, moment }
    }

    pub(crate) fn at(iso: &str, hour: u16, minute: u16) -> u64 {
        moment(&Day::from_iso(iso).unwrap().wall(hour * 60 + minute)).unwrap()
    }

    fn name_of(id: &str) -> Option<String> {
        Some(match id {
            "U0KENMORI" => "Ken Mori".to_owned(),
            "U0YUITANA" => "Yui Tanaka".to_owned(),
            _ => return None,
        })
    }

    fn wall(at: u64) -> Wall {
        let local = at + 9 * HOUR;
        let day = Day::from_iso("1970-01-01")
            .unwrap()
            .plus(i32::try_from(local / (24 * HOUR)).unwrap());
        let second = local / 1000 % 60;
        let wall = day.wall(u16::try_from(local / 60_000 % 1440).unwrap());
        Wall {
            second: u8::try_from(second).unwrap(),
            offset: 540,
            ..wall
        }
    }

    fn moment(wall: &Wall) -> Option<u64> {
        let epoch = Day::from_iso("1970-01-01")?;
        let days = (0..100_000).find(|days| epoch.plus(*days) == Day::of(wall))?;
        let seconds =
            u64::from(wall.hour) * 3600 + u64::from(wall.minute) * 60 + u64::from(wall.second);
        Some(u64::try_from(days).ok()? * 24 * HOUR + seconds * 1000 - 9 * HOUR)
    }

    #[test]
    fn dates_are_said_as_they_were_meant() {
        let (scene, day) = (scene(Locale::En), Day::from_iso("2026-12-04").unwrap());
        let said = |when| scene.date(scene.clock.due(when, scene.now).unwrap());
        assert_eq!(said(When::Day(day)), "Fri 4 Dec");
        assert_eq!(said(When::At(day, 930)), "Fri 4 Dec 15:30");
        assert_eq!(said(When::In(30)), "14:35");
    }
}
