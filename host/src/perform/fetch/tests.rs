//! What steps may not fetch, and what their requests carry.

use super::*;

fn fetcher() -> Fetcher {
    let secrets = Secrets::from([("KEY".to_owned(), SecretString::from("hunter2"))]);
    Fetcher::new(secrets, false).unwrap()
}

fn request(url: &str, headers: &[(&str, &str)]) -> Request {
    Request {
        method: "POST".to_owned(),
        url: url.to_owned(),
        headers: headers
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
            .collect(),
        body: Some(b"{}".to_vec()),
        timeout_seconds: 5,
    }
}

#[test]
fn an_address_inside_is_refused_however_it_is_written() {
    for url in [
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://169.254.169.254/latest/meta-data",
        "http://example.com/",
        "file:///etc/passwd",
    ] {
        let refused = fetcher().ready(&request(url, &[]), "k").err();
        assert!(
            matches!(refused, Some(FetchError::Forbidden(_))),
            "{url}: {refused:?}"
        );
    }
}

#[tokio::test]
async fn a_name_that_leads_inside_is_refused_when_it_is_resolved() {
    let ready = fetcher()
        .ready(&request("https://localhost/", &[]), "k")
        .unwrap();
    let refused = ready.send().await.unwrap_err();
    assert!(matches!(refused, FetchError::Forbidden(_)), "{refused:?}");
}

#[test]
fn secrets_are_filled_in_and_never_shown() {
    let wished = request(
        "https://example.com/",
        &[("Authorization", "Bearer {secret:KEY}!")],
    );
    let Ready(builder) = fetcher().ready(&wished, "effect-1").unwrap();
    let built = builder.build().unwrap();
    assert_eq!(built.headers()["authorization"], "Bearer hunter2!");
    assert_eq!(built.headers()["idempotency-key"], "effect-1");
    assert!(!format!("{built:?}").contains("hunter2"));
}

#[test]
fn a_secret_that_is_not_there_is_an_error() {
    let wished = request("https://example.com/", &[("X-Key", "{secret:OTHER}")]);
    let refused = fetcher().ready(&wished, "k").err();
    assert!(matches!(refused, Some(FetchError::Secret(name)) if name == "OTHER"));
}
