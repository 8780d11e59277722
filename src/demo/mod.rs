//! The demo village 柳湾村: an invented village with a year behind it, so that
//! every page has something to show and to try out.
//!
//! Pure: the village follows from a seed and a day. It is made as a real one
//! is, by commands that are decided and applied in the order of their
//! simulated moments, so it keeps every rule that the product keeps. The last
//! moment lies before the day, so that real acts can follow at any hour of it.

mod cases;
pub mod county;
mod matters;
mod names;
mod once;
mod oversight;
mod photos;
mod play;
mod points;
mod random;
mod review;
pub mod roster;
mod shelf;
mod visits;

use jiff::civil::Date;
use thiserror::Error;

use self::play::{Player, Scene};
use self::random::Random;
use crate::domain::calendar::{Moment, Quarter, add_days, days_between};
use crate::domain::command::{Command, NewVillage};
use crate::domain::contradiction::Contradiction;
use crate::domain::decide::Decision;
use crate::domain::id::DeviceId;
use crate::domain::order::sort_by_key;
use crate::domain::refusal::Refusal;
use crate::domain::village::Village;

/// The household with the known points: 8 × 环境整治 and 1 × 调解 this quarter.
pub const ANCHOR: &str = "2-017";

/// What sets the sequence of the visits apart from that of the rest.
const VISITS: u64 = 0x7a6f_7566_616e_6721;

/// One command of the demo's past: when it was given and what it led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoAct {
    /// When.
    pub at: Moment,
    /// Facts, and changes of the register.
    pub decision: Decision,
}

/// The demo village and how it came about.
#[derive(Clone, Debug)]
pub struct Demo {
    /// Everything that was recorded, oldest first.
    pub acts: Vec<DemoAct>,
    /// The village after the last act. Its register was written with one
    /// clock for each act: `Clock::default()` before the first, and then
    /// `previous.after(at)`.
    pub village: Village,
}

/// The demo broke a rule of the village, which only a mistake here can cause.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DemoError {
    /// A command was refused.
    #[error("示例村的一条记录没有被接受:{0}")]
    Refused(#[from] Refusal),
    /// An event did not follow from those before it.
    #[error("示例村的记录前后矛盾:{0}")]
    Contradicted(#[from] Contradiction),
}

/// The days over which the demo village is active: four quarters, of which the
/// last one has begun with `today`.
#[derive(Clone, Copy, Debug)]
struct Span {
    quarters: [Quarter; 4],
    today: Date,
}

impl Span {
    fn ending(today: Date) -> Self {
        let last = Quarter::of(today);
        let third = last.previous();
        let second = third.previous();
        Self { quarters: [second.previous(), second, third, last], today }
    }

    /// The first day of activity.
    fn first(&self) -> Date {
        self.quarters[0].first_day()
    }

    /// The last day of activity: yesterday.
    fn last(&self) -> Date {
        add_days(self.today, -1)
    }

    /// The days of a quarter that have passed.
    fn days(&self, quarter: Quarter) -> Vec<Date> {
        let first = quarter.first_day();
        let passed = days_between(first, quarter.last_day().min(self.last()));
        (0..=passed).map(|count| add_days(first, count)).collect()
    }

    /// The quarter that is still running.
    const fn current(&self) -> Quarter {
        self.quarters[3]
    }

    /// The quarters that are over.
    fn finished(&self) -> &[Quarter] {
        &self.quarters[..3]
    }
}

/// Makes the demo village as it stands on the morning of `today`.
pub fn generate(seed: u64, today: Date, device: DeviceId) -> Result<Demo, DemoError> {
    let mut random = Random::new(seed);
    let span = Span::ending(today);
    let mut player = Player::new(device);
    let founded = add_days(span.first(), -16);
    player.play(Moment::at(founded, 9, 0), Command::FoundVillage(new_village()))?;
    player.play(Moment::at(founded, 9, 40), Command::ImportRoster(roster::roster(&mut random, today)))?;
    let scene = Scene::of(&player.village, &mut random);
    let mut plans = shelf::plan(&scene, &span, &mut random);
    plans.extend(points::plan(&scene, &span, &mut random));
    plans.extend(cases::plan(&scene, &span, &mut random));
    plans.extend(oversight::plan(&scene, &span));
    plans.extend(review::plan(&scene, &span));
    plans.extend(once::plan(&scene, &span));
    // A sequence of its own: the rest of the village does not depend on who was visited.
    plans.extend(visits::plan(&scene, &span, &mut Random::new(seed ^ VISITS)));
    sort_by_key(&mut plans, |plan| plan.at);
    points::show_last(&mut plans, scene.anchor);
    for plan in plans {
        player.carry_out(plan, &mut random)?;
    }
    Ok(Demo { acts: player.acts, village: player.village })
}

fn new_village() -> NewVillage {
    NewVillage {
        name: "柳湾村".to_owned(),
        town: "清河镇".to_owned(),
        county: "临河县".to_owned(),
        grids: roster::GRIDS.iter().map(|(name, _)| (*name).to_owned()).collect(),
    }
}
