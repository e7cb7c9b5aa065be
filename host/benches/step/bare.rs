//! The same components on bare wasmtime: facts that are constants, wishes that are dropped. What
//! Iris takes beyond this is the price of checking and recording.

use ::iris::step::Limits;
use wasmtime::{
    Config, Enabled, Engine, PoolingAllocationConfig, Store,
    component::{Component, HasSelf, Linker, ResourceTable},
};
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView, p2};

use self::iris::step::{
    config, facts, forms, http, incident, log, messages, room, slack, state, timers, types,
};

wasmtime::component::bindgen!({ path: "../wit", world: "step" });

use exports::iris::step::handler::{Declared, Event, Happening};

/// One component, ready to be called.
pub(crate) struct Bare {
    engine: Engine,
    pre: StepPre<Constants>,
    settings: String,
}

impl Bare {
    pub(crate) fn new(wasm: &[u8], settings: &str) -> Self {
        let mut pool = PoolingAllocationConfig::new();
        pool.pagemap_scan(Enabled::Auto)
            .linear_memory_keep_resident(1 << 20)
            .table_keep_resident(64 << 10)
            .max_memory_size(Limits::default().memory);
        let mut config = Config::new();
        config.allocation_strategy(pool);
        let engine = Engine::new(&config).unwrap();
        let mut linker = Linker::new(&engine);
        p2::add_to_linker_sync(&mut linker).unwrap();
        Step::add_to_linker::<_, HasSelf<_>>(&mut linker, |of| of).unwrap();
        let component = Component::new(&engine, wasm).unwrap();
        let pre = StepPre::new(linker.instantiate_pre(&component).unwrap()).unwrap();
        Self {
            engine,
            pre,
            settings: settings.to_owned(),
        }
    }

    /// A fresh instance, and what it does when an incident is declared.
    pub(crate) fn declared(&self) {
        let constants = Constants {
            settings: self.settings.clone(),
            wasi: WasiCtx::builder().build(),
            table: ResourceTable::new(),
        };
        let mut store = Store::new(&self.engine, constants);
        let step = self.pre.instantiate(&mut store).unwrap();
        let event = Event {
            id: "Ev1".to_owned(),
            at: NOW,
            by: Some("U1".to_owned()),
            incident: Some(1),
            what: Happening::Declared(Declared { answers: vec![] }),
        };
        let handler = step.iris_step_handler();
        handler.call_handle(&mut store, &event).unwrap().unwrap();
    }
}

const NOW: u64 = 1_795_410_000_000;

struct Constants {
    settings: String,
    wasi: WasiCtx,
    table: ResourceTable,
}

impl WasiView for Constants {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView {
            ctx: &mut self.wasi,
            table: &mut self.table,
        }
    }
}

/// Everything wished is granted and forgotten.
macro_rules! granted {
    ($($name:ident($($of:ty),*);)*) => {
        $(fn $name(&mut self, $(_: $of),*) -> Result<(), types::Refusal> {
            Ok(())
        })*
    };
}

impl types::Host for Constants {}

impl facts::Host for Constants {
    fn now(&mut self) -> u64 {
        NOW
    }

    fn wall(&mut self, _: u64) -> facts::WallTime {
        facts::WallTime {
            year: 2026,
            month: 11,
            day: 23,
            hour: 14,
            minute: 0,
            second: 0,
            weekday: 1,
            offset: 540,
        }
    }

    fn moment(&mut self, _: facts::WallTime) -> Option<u64> {
        Some(NOW)
    }

    fn zone_label(&mut self, _: u64) -> String {
        "JST".to_owned()
    }

    fn this_team(&mut self) -> facts::Team {
        facts::Team {
            id: "T1".to_owned(),
            name: "Acme".to_owned(),
            locale: "en".to_owned(),
            zone: "Asia/Tokyo".to_owned(),
            command: "/incident".to_owned(),
        }
    }

    fn steps(&mut self) -> Vec<String> {
        vec!["guide".to_owned(), "guest".to_owned()]
    }

    fn severities(&mut self) -> Vec<facts::Severity> {
        let severity = |id: &str| facts::Severity {
            id: id.to_owned(),
            label: id.to_uppercase(),
            meaning: "Customers cannot pay".to_owned(),
        };
        vec![severity("sev1"), severity("sev2")]
    }

    fn roles(&mut self) -> Vec<facts::Role> {
        vec![facts::Role {
            id: "commander".to_owned(),
            label: "Incident commander".to_owned(),
            duties: "Decides".to_owned(),
        }]
    }

    fn products(&mut self) -> Vec<facts::Product> {
        vec![facts::Product {
            id: "payments".to_owned(),
            name: "Payments".to_owned(),
            table: None,
        }]
    }

    fn responders(&mut self, _: String, _: Option<String>) -> Vec<String> {
        vec!["@payments-oncall".to_owned()]
    }

    fn also_called(&mut self) -> Vec<String> {
        vec!["U9".to_owned()]
    }

    fn silent(&mut self) -> Vec<String> {
        vec![]
    }

    fn open_incidents(&mut self, _user: String) -> Vec<facts::Incident> {
        vec![]
    }

    fn this_incident(&mut self) -> Option<facts::Incident> {
        Some(facts::Incident {
            number: 1,
            title: "Checkout fails".to_owned(),
            situation: String::new(),
            product: Some("payments".to_owned()),
            severity: Some("sev1".to_owned()),
            status: "declared".to_owned(),
            declared_by: "U1".to_owned(),
            times: vec![facts::Milestone {
                status: "declared".to_owned(),
                at: NOW,
            }],
            roles: vec![],
            room: None,
            origin: Some("C0".to_owned()),
            drill: false,
            private: false,
        })
    }

    fn entries(&mut self, _: u32, _: u32) -> Vec<facts::Entry> {
        vec![]
    }

    fn entries_of(&mut self, _: String, _: u32, _: u32) -> Vec<facts::Entry> {
        vec![]
    }

    fn find_person(&mut self, _: String) -> Option<facts::Person> {
        None
    }

    fn link(&mut self, _: String) -> Option<String> {
        None
    }
}

impl config::Host for Constants {
    fn get(&mut self) -> String {
        self.settings.clone()
    }
}

impl state::Host for Constants {
    fn get(&mut self, _: types::Scope, _: String) -> Option<String> {
        None
    }

    fn remove(&mut self, _: types::Scope, _: String) {}

    fn keys(&mut self, _: types::Scope, _: String, _: Option<String>, _: u32) -> Vec<String> {
        vec![]
    }

    granted! { put(types::Scope, String, String); }
}

impl log::Host for Constants {
    fn write(&mut self, _: log::Level, _: String) {}
}

impl timers::Host for Constants {
    fn due(&mut self, _: types::Scope, _: String) -> Option<u64> {
        None
    }

    granted! {
        at(types::Scope, String, u64);
        after(types::Scope, String, u32);
        cancel(types::Scope, String);
    }
}

impl incident::Host for Constants {
    granted! {
        append(incident::NewEntry);
        show(Vec<incident::Line>);
        set_severity(Option<String>);
        set_status(String, String);
        set_role(String, Option<String>);
        set_title(String);
    }
}

impl room::Host for Constants {
    granted! {
        open(String, bool);
        invite(Vec<String>);
        topic(String);
        bookmark(String, String, Option<String>);
        rename(String);
        archive();
    }
}

impl messages::Host for Constants {
    granted! {
        post(String, types::Place, types::Content);
        update(String, types::Content);
        say(types::Place, types::Content);
        remove(String);
        pin(String);
        unpin(String);
        react(String, String);
        unreact(String, String);
        reply(types::Content);
        reply_instead(types::Content);
        whisper(String, types::Place, types::Content);
        upload(String, types::Place, messages::File);
    }
}

impl forms::Host for Constants {
    granted! {
        open(String, String, String);
        next(String, String, String);
    }
}

impl slack::Host for Constants {
    granted! { call(String, String, String, bool); }
}

impl http::Host for Constants {
    granted! { fetch(String, http::Request, bool); }
}
