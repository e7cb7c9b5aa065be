//! Start to ready, and what an idle program holds.

use iris_measure::{Goal, Measure};

use crate::{
    rows,
    side::{Kind, Side},
};

const RUNS: usize = 7;

pub(crate) async fn run() -> anyhow::Result<()> {
    let mut sides = vec![];
    for kind in Kind::ALL {
        sides.push(Side::new(kind).await?);
    }
    let mut ready: [Vec<f64>; 3] = Default::default();
    let mut memory: [Vec<f64>; 3] = Default::default();
    // The first start reads files that no later one reads from the disk, and Iris compiles its steps.
    for run in 0..=RUNS {
        for (index, side) in sides.iter_mut().enumerate() {
            let took = side.start().await?.as_secs_f64() * 1000.0;
            // What answers people is in memory then.
            let aya = side.sim.person("@aya");
            aya.command("#general", "/incident help").await?;
            side.settle().await?;
            let held = side.running()?.resident()?;
            side.stop()?;
            if run > 0 {
                ready[index].push(took);
                memory[index].push(held);
            } else if side.kind == Kind::Iris {
                let row = Measure::new("first start to ready, all six steps compiled", "ms");
                row.iris(&[took]).print();
            }
        }
    }
    for side in sides {
        side.end().await;
    }
    let quarter = Some(Goal::TimesAtMost(0.25));
    rows(
        "start to ready, warm cache, six steps",
        "ms",
        &ready,
        quarter,
    );
    let half = Some(Goal::TimesAtMost(0.5));
    rows("resident memory, idle", "MiB", &memory, half);
    Ok(())
}
