//! What every store must do. Each story is given a [`Home`] of its own.
//!
//! [`Home`]: crate::support::Home

pub(crate) mod audit;
pub(crate) mod commits;
pub(crate) mod effects;
pub(crate) mod events;
pub(crate) mod incidents;
pub(crate) mod installs;
pub(crate) mod names;
pub(crate) mod operators;
pub(crate) mod races;
pub(crate) mod shown;
pub(crate) mod state;
pub(crate) mod tidy;
pub(crate) mod timers;

/// Makes one test of each story: `conformance!(SqliteHome::fresh)`.
macro_rules! conformance {
    ($fresh:path) => {
        conformance! { @ $fresh;
            audit: [
                chains_deeds, tells_teams_apart, is_part_of_what_was_done, is_written_beside_all_that,
            ]
            commits: [
                all_or_nothing, conflicts_when_what_was_read_changed, keeps_to_one_team,
                refuses_entries_without_their_incident,
            ]
            effects: [
                come_back_as_planned, are_sent_once, count_towards_limits_when_they_go,
                supersedes_only_what_is_planned, settles_with_what_it_causes, settles_nothing_unknown, may_be_tried_again,
                sending_is_unknown_after_a_restart, keeps_every_outcome,
            ]
            events: [
                takes_each_once, tells_teams_apart, opens_in_order_until_done, follows_its_incident,
                answers_a_repetition_as_before, remembers_how_far_steps_are,
            ]
            incidents: [
                numbers_go_up, comes_back_as_stored, is_found_by_its_room, lists_what_is_open,
                gives_no_number_twice, pages_entries, hides_what_was_replaced_or_struck,
                shows_the_newest_of_each_key, know_whose_todos_are_open, are_counted_by_status,
            ]
            installs: [
                are_kept_and_told_by_their_changes, come_with_all_they_cause_or_not_at_all,
                exchange_tokens_that_still_stand, end_with_their_tokens_wiped,
                believe_the_newest_of_an_organisation, of_an_organisation_end_in_its_workspaces,
                take_each_state_once,
            ]
            names: [
                stand_for_messages, are_forgotten_where_they_were, gates_are_never_shortened,
                people_are_replaced,
            ]
            operators: [
                see_what_came_in_and_what_it_led_to, read_what_steps_said,
                see_what_is_parked, speak_on_what_is_parked_alone, are_heard_once,
                find_what_may_stand_twice, need_not_let_go_on_what_is_no_backup,
            ]
            races: [
                one_of_fifty_is_fresh, many_commits_share_a_disk_write, counts_without_losing_one,
                one_of_many_sends,
            ]
            shown: [is_what_is_said_of_all_that_are_open, knows_a_room_from_when_it_is_made]
            state: [
                versions_grow_and_never_return, lists_keys_in_byte_order, lists_values_page_by_page,
                belongs_to_its_place, is_measured_in_bytes,
            ]
            tidy: [drops_what_nobody_asks_for, keeps_what_somebody_may_ask_for, takes_turns]
            timers: [
                row_39_fire_once, move_when_set_again, cancel_what_fired_unhandled, end_with_the_incident,
                survive_a_restart,
            ]
        }
    };
    (@ $fresh:path; $($family:ident: [$($story:ident),* $(,)?])*) => {
        $(mod $family {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $story() {
                crate::conformance::$family::$story(&$fresh()).await;
            })*
        })*
    };
}

pub(crate) use conformance;
