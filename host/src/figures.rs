//! The figures for operators, in Prometheus' form. Whoever counts something uses the `metrics`
//! macros; the names are listed here.

use std::sync::OnceLock;

use metrics::{describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

/// Seconds; Slack waits three for an acknowledgement.
const BUCKETS: [f64; 11] = [
    0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0, 10.0, 30.0,
];

/// Begins to gather figures for this process, once; the handle renders them.
pub fn gather() -> PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE.get_or_init(start).clone()
}

fn start() -> PrometheusHandle {
    let builder = PrometheusBuilder::new()
        .set_buckets(&BUCKETS)
        .expect("there are buckets");
    let recorder = builder.build_recorder();
    let handle = recorder.handle();
    if metrics::set_global_recorder(recorder).is_err() {
        tracing::warn!("Figures are gathered elsewhere already; /metrics stays empty");
    }
    describe();
    handle
}

fn describe() {
    describe_counter!("iris_deliveries_total", "Deliveries from Slack");
    describe_counter!("iris_step_calls_total", "Events handed to steps");
    describe_histogram!("iris_step_seconds", "How long a step computed");
    describe_counter!(
        "iris_step_wishes_total",
        "What steps wished, in calls that came to their end"
    );
    describe_counter!(
        "iris_step_refusals_total",
        "Wishes of steps that were refused"
    );
    describe_counter!("iris_effects_total", "Effects by what came of them");
    describe_histogram!("iris_slack_seconds", "How long Slack took to answer");
    describe_gauge!(
        "iris_sockets_open",
        "Sockets through which Slack delivers at present"
    );
    describe_counter!(
        "iris_socket_disconnects_total",
        "Sockets that ended, by the reason"
    );
    describe_gauge!("iris_incidents", "Incidents by status");
    describe_gauge!(
        "iris_team_file_mistakes",
        "Mistakes in teams' files that are not in force"
    );
    describe_gauge!(
        "iris_token_good",
        "1 while Slack takes a workspace's token; 0: it is refused, or Slack is silent"
    );
    describe_gauge!(
        "iris_step_mistakes",
        "Files of steps that are not in force as they stand"
    );
}
