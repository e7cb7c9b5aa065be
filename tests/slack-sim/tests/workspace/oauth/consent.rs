//! Slack's page that asks whether an app may be installed, as a browser without scripts uses it.

use reqwest::Response;
use slack_sim::Sim;
use url::Url;

use super::*;

async fn press(page: &Url, who: &str, answer: &str) -> Response {
    let pressed = [("who", who), ("answer", answer)];
    let request = browser().post(page.clone()).form(&pressed);
    request.send().await.unwrap()
}

/// Where it leads, and with what.
fn back(answer: &Response) -> Vec<(String, String)> {
    assert_eq!(answer.status(), 303);
    let to: Url = answer.headers()["location"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!(to.as_str().starts_with(BACK), "{to}");
    to.query_pairs().into_owned().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_allows_or_cancels_on_slacks_page() {
    let sim = Sim::start(workspace("T0FIRST")).await.unwrap();
    let other = sim.start_beside(workspace("T0SECOND")).await.unwrap();
    let page = page(&sim, "", "");
    let shown = browser().get(page.clone()).send().await.unwrap();
    assert_eq!(shown.status(), 200);
    let shown = shown.text().await.unwrap();
    for said in [
        "<code>chat:write</code>",
        "<code>commands</code>",
        "The T0SECOND",
        "value=\"T0SECOND U0AYASATO\"",
        "Then you go back to <b>127.0.0.1</b>",
        "value=\"allow\"",
        "value=\"cancel\"",
    ] {
        assert!(shown.contains(said), "{said} is not in {shown}");
    }
    assert!(!shown.contains("organisation"), "there is none: {shown}");

    let cancelled = back(&press(&page, "T0SECOND U0AYASATO", "cancel").await);
    let state = ("state".to_owned(), "a&b".to_owned());
    let denied = ("error".to_owned(), "access_denied".to_owned());
    assert_eq!(cancelled, [denied, state.clone()]);

    let allowed = back(&press(&page, "T0SECOND U0AYASATO", "allow").await);
    assert_eq!((&*allowed[0].0, &allowed[1]), ("code", &state));
    let code = [("code", &*allowed[0].1), ("redirect_uri", BACK)];
    let tokens = access(&sim, &code).await;
    assert_eq!(tokens["team"]["id"], "T0SECOND");
    assert_eq!(tokens["scope"], "chat:write,commands");
    assert_eq!(tokens["authed_user"]["id"], "U0AYASATO");
    assert!(other.has_app() && !sim.has_app());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organisation_can_be_meant() {
    let sim = Sim::start(of_acme("T0FIRST")).await.unwrap();
    let page = page(&sim, "", "");
    let shown = browser().get(page.clone()).send().await.unwrap();
    let shown = shown.text().await.unwrap();
    assert!(shown.contains("Allow for the organisation"), "{shown}");
    let answer = press(&page, "T0FIRST U0AYASATO", "allow_in_organisation").await;
    assert_eq!(back(&answer)[0].0, "code");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_asked_leads_nowhere() {
    let sim = Sim::start(workspace("T0FIRST")).await.unwrap();
    for (name, value, code) in [
        ("client_id", "9.9", "invalid_client_id"),
        ("redirect_uri", "https://evil.example/", "bad_redirect_uri"),
        ("scope", "", "invalid_scope"),
    ] {
        let page = page(&sim, name, value);
        let shown = browser().get(page.clone()).send().await.unwrap();
        assert_eq!(shown.status(), 400, "{code}");
        assert!(shown.text().await.unwrap().contains(code), "{code}");
        let answer = press(&page, "T0FIRST U0AYASATO", "allow").await;
        assert_eq!(answer.status(), 400, "{code}");
    }
    let page = page(&sim, "", "");
    for who in ["", "T0FIRST U0NOBODY", "T0OTHER U0AYASATO", "<b>"] {
        let answer = press(&page, who, "allow").await;
        assert_eq!(answer.status(), 400, "{who}");
    }
}
