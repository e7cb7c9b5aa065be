//! A step's compiled code, ready to be instantiated: once for each call.

use std::{collections::BTreeSet, sync::Arc};

use wasmtime::{
    Store,
    component::{Component, types::ComponentItem},
};

use super::{
    bindings::{
        self, StepPre,
        exports::iris::step::handler::{Descriptor, Event, Failure},
    },
    call::Fault,
    engine::Engine,
    limits::Limits,
    load::LoadError,
    running::Running,
};

pub(super) struct Program {
    engine: Arc<Engine>,
    pre: StepPre<Running>,
}

impl Program {
    /// Refuses what does not fit the contract. With it, the version of the contract.
    pub(super) fn new(
        engine: &Arc<Engine>,
        component: &Component,
    ) -> Result<(Self, String), LoadError> {
        let contract = check_version(engine, component)?;
        let linked = engine
            .linker
            .instantiate_pre(component)
            .map_err(|error| LoadError::Import(format!("{error:#}")))?;
        let pre = StepPre::new(linked).map_err(|error| LoadError::Handler(format!("{error:#}")))?;
        let engine = engine.clone();
        Ok((Self { engine, pre }, contract))
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.engine.limits
    }

    pub(super) async fn handle(
        &self,
        running: Running,
        event: &Event,
    ) -> Result<(Result<(), Failure>, Running), Fault> {
        let turn = self.engine.turn(&running.call.event.team).await;
        let mut store = self.engine.store(running, &turn);
        let ended = match self.start(&mut store).await {
            Ok(step) => {
                step.iris_step_handler()
                    .call_handle(&mut store, event)
                    .await
            }
            Err(error) => Err(error),
        };
        let running = store.into_data();
        match ended {
            Ok(ended) => Ok((ended, running)),
            Err(error) => Err(Fault::new(error, running.stderr.text())),
        }
    }

    pub(super) async fn describe(
        &self,
        running: Running,
        locale: &str,
    ) -> Result<Descriptor, Fault> {
        let turn = self.engine.turn(&running.call.event.team).await;
        let mut store = self.engine.store(running, &turn);
        let ended = match self.start(&mut store).await {
            Ok(step) => {
                step.iris_step_handler()
                    .call_describe(&mut store, locale)
                    .await
            }
            Err(error) => Err(error),
        };
        ended.map_err(|error| Fault::new(error, store.data().stderr.text()))
    }

    async fn start(&self, store: &mut Store<Running>) -> wasmtime::Result<bindings::Step> {
        self.pre.instantiate_async(store).await
    }
}

/// The functions of the contract that a step can call, such as `messages.post`: what its file does
/// not import, it cannot reach. Files out of Rust import what they call; those out of other
/// languages may import all.
pub(super) fn functions(engine: &Engine, component: &Component) -> BTreeSet<String> {
    let theirs = component.component_type();
    let mut functions = BTreeSet::new();
    for (name, import) in theirs.imports(&engine.wasm) {
        let interface = name.strip_prefix("iris:step/");
        let interface = interface.and_then(|name| Some(name.split_once('@')?.0));
        if let (Some(interface), ComponentItem::ComponentInstance(held)) = (interface, import.ty) {
            for (function, held) in held.exports(&engine.wasm) {
                if matches!(held.ty, ComponentItem::ComponentFunc(_)) {
                    functions.insert(format!("{interface}.{function}"));
                }
            }
        }
    }
    functions
}

/// Names another version of the contract, before the linker would say that some function is
/// missing.
fn check_version(engine: &Engine, component: &Component) -> Result<String, LoadError> {
    let theirs = component.component_type();
    let imports = theirs.imports(&engine.wasm).map(|(name, _)| name);
    let exports = theirs.exports(&engine.wasm).map(|(name, _)| name);
    let versions = imports.chain(exports).filter_map(|name| {
        let (_, version) = name.strip_prefix("iris:step/")?.split_once('@')?;
        Some(version)
    });
    let versions: BTreeSet<_> = versions.collect();
    match versions.iter().find(|version| !version.starts_with("0.1.")) {
        Some(theirs) => Err(LoadError::Version {
            theirs: (*theirs).to_owned(),
        }),
        None => Ok(versions.last().copied().unwrap_or_default().to_owned()),
    }
}
