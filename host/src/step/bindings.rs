//! The host's side of the contract, made from `wit/`. Nothing outside of `step/` sees these types.

wasmtime::component::bindgen!({
    path: "../wit",
    world: "step",
    imports: {
        // What reads the store waits for it.
        "iris:step/facts.entries": async | trappable,
        "iris:step/facts.entries-of": async | trappable,
        "iris:step/facts.find-person": async | trappable,
        "iris:step/facts.open-incidents": async | trappable,
        "iris:step/facts.link": async | trappable,
        "iris:step/incident.append": async | trappable,
        "iris:step/messages.post": async | trappable,
        "iris:step/state": async | trappable,
        "iris:step/timers": async | trappable,
        default: trappable,
    },
    exports: { default: async },
});
