//! Laptops of one village: each has its book, its store and its clock.

use std::pin::pin;
use std::task::{Context as TaskContext, Poll, Waker};

use cunzhi::app::book::{ActError, Book};
use cunzhi::app::merge::{Merge, MergeError, merge};
use cunzhi::domain::calendar::Moment;
use cunzhi::domain::command::Command;
use cunzhi::domain::id::DeviceId;
use cunzhi::domain::village::Village;
use cunzhi::report::conflicts::conflicts;
use cunzhi::storage::memory::MemoryStore;
use cunzhi::storage::{Contents, Laptop, Store};

use super::support::{DEVICE, TODAY, goods, matter, new_village, roster};

/// Waits for a future that is ready at once, as those of a store in memory are.
pub fn now<F: Future>(future: F) -> F::Output {
    let mut context = TaskContext::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("a store in memory never waits"),
    }
}

/// A laptop with its village.
#[derive(Debug)]
pub struct Desk {
    pub book: Book,
    pub store: MemoryStore,
    /// What its clock shows.
    pub clock: Moment,
}

impl Desk {
    /// A village of three households with goods and a case, on the laptop 7.
    pub fn founded() -> Self {
        let clock = Moment::at(TODAY, 8, 0);
        let mut desk = Self { book: Book::empty(DEVICE), store: MemoryStore::default(), clock };
        for command in [
            Command::FoundVillage(new_village()),
            Command::ImportRoster(roster()),
            Command::AddGoods(goods("洗衣液", 5, 3)),
            Command::OpenCase(matter(TODAY, None)),
        ] {
            desk.act(command).expect("the command is in order");
        }
        desk
    }

    /// Another laptop that starts from what this one has; its clock is wrong by so many milliseconds.
    pub fn copy(&self, device: u32, wrong_ms: i64) -> Self {
        let mut contents = self.store.contents();
        contents.laptop = Some(Laptop::new(DeviceId(device)));
        Self::with(contents, Moment(self.clock.0 + wrong_ms))
    }

    /// A laptop on which this is stored.
    pub fn with(contents: Contents, clock: Moment) -> Self {
        let book = Book::open(&contents, DeviceId(1)).expect("what was stored opens");
        let store = MemoryStore::default();
        now(store.replace(contents)).expect("memory does not fail");
        Self { book, store, clock }
    }

    /// Does a command a minute later: prepared, stored, committed.
    pub fn act(&mut self, command: Command) -> Result<(), ActError> {
        self.clock = Moment(self.clock.0 + 60_000);
        self.book.confirm_clock();
        let prepared = self.book.prepare(self.clock, command)?;
        now(self.store.append(prepared.batch.clone()))?;
        self.book.commit(prepared)?;
        if let Some(batch) = self.book.compaction() {
            now(self.store.append(batch))?;
            self.book.set_compacted();
        }
        Ok(())
    }

    /// What merging the other's save file would lead to.
    pub fn plan(&self, other: &Self) -> Result<Merge, MergeError> {
        merge(&self.book, &self.store.contents(), &other.store.contents())
    }

    /// This laptop after merging the other's save file.
    pub fn merged(&self, other: &Self) -> Self {
        let Merge { contents, .. } = self.plan(other).expect("of one village");
        Self::with(contents, self.clock)
    }

    pub fn village(&self) -> &Village {
        self.book.village()
    }

    /// Everything that the village shows, in words: equal for equal villages.
    pub fn picture(&self) -> Vec<String> {
        let village = self.village();
        let mut lines: Vec<String> = village.entries.iter().map(|entry| format!("{entry:?}")).collect();
        lines.extend(village.entries.totals().map(|total| format!("{total:?} {}", village.balance(total.0))));
        lines.extend(village.people.households.iter().map(|household| format!("{household:?}")));
        lines.extend(village.people.units.iter().map(|unit| format!("{unit:?}")));
        lines.extend(village.people.persons.iter().map(|person| format!("{person:?}")));
        lines.extend(village.shelf.goods.iter().map(|goods| format!("{goods:?} {}", village.shelf.stock(goods.id))));
        lines.extend(village.shelf.redemptions().map(|redemption| format!("{redemption:?}")));
        lines.extend(village.shelf.deliveries().iter().map(|delivery| format!("{delivery:?}")));
        lines.extend(village.shelf.counts().iter().map(|count| format!("{count:?}")));
        lines.extend(village.shelf.days.iter().map(|day| format!("{day:?}")));
        lines.extend(village.people.grids.iter().map(|grid| format!("{grid:?}")));
        lines.extend(village.claims.iter().map(|claim| format!("{claim:?}")));
        lines.extend(village.photos.living().map(|photo| format!("{photo:?}")));
        lines.extend(self.store.contents().photos.iter().map(|(id, bytes)| format!("{id:?} {}", bytes.len())));
        lines.push(format!("{:?}", village.settings));
        lines.extend(village.cases.iter().map(|case| format!("{case:?}")));
        lines.extend(village.vetoes.iter().map(|veto| format!("{veto:?}")));
        lines.extend(village.disputes.iter().map(|dispute| format!("{dispute:?}")));
        lines.extend(village.closings.iter().map(|closing| format!("{closing:?}")));
        lines.extend(village.visits.iter().map(|visit| format!("{visit:?}")));
        lines.extend(village.visits.links().iter().map(|link| format!("{link:?}")));
        lines.extend(village.irregular().iter().map(|irregular| format!("{irregular:?}")));
        lines.extend(village.displaced().iter().map(|displaced| format!("{displaced:?}")));
        lines.extend(village.register.iter().map(|field| format!("{field:?}")));
        lines.extend(conflicts(village).iter().map(|row| format!("{row:?}")));
        lines
    }
}
