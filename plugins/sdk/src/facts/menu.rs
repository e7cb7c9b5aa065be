//! A menu of incidents, for a form that asks which one is meant.

use super::Incident;
use iris_kit::Locale;
use iris_kit::blocks::{Choice, Select};
use iris_kit::limits::{TITLE_IN_ROW, cut};
use iris_kit::rich::one_line;
use iris_kit::words::{inc, join};

/// `INC-42 · Checkout fails`, each with its number as the value; the only one is
/// chosen. Put into an input named `incident`, its answer comes in the chosen
/// incident.
pub fn incident_menu(locale: Locale, incidents: &[Incident]) -> Select {
    let choices = incidents.iter().map(|incident| {
        let (inc, title) = (inc(incident.number), one_line(&incident.title));
        let shown = join(locale, [inc.as_str(), &*cut(&title, TITLE_IN_ROW)]);
        Choice::new(incident.number.to_string(), &shown)
    });
    let menu = Select::new("v", choices.collect());
    match incidents {
        [only] => menu.initial(&only.number.to_string()),
        _ => menu,
    }
}
