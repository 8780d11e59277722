//! A small village whose figures can be counted by hand, event by event.

use cunzhi::domain::calendar::{Moment, Quarter};
use cunzhi::domain::case::clock::{Limit, Target};
use cunzhi::domain::case::record::{Errand, Handling, Happening, Opening, Rating, Risk, Source, Topic};
use cunzhi::domain::event::{Event, PostedLine};
use cunzhi::domain::id::{
    ActivityId, CaseId, Counters, DeviceId, EntryId, GoodsId, GridId, HouseholdId, NoteId, PersonId, RedemptionId,
};
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::rule::RuleVersion;
use cunzhi::domain::points::shelf::{BasketLine, Delivery, Goods, StockSource};
use cunzhi::domain::points::suggested;
use cunzhi::domain::register::{Clock, Field, FieldValue, Owner};
use cunzhi::domain::roster::MemberType;
use cunzhi::domain::village::Village;
use jiff::civil::{Date, date};

pub const TODAY: Date = date(2025, 9, 26);
pub const THIRD_QUARTER: Quarter = Quarter { year: 2025, quarter: 3 };

/// Households by the order in which they came.
pub const WEI: HouseholdId = HouseholdId::from_raw(1);
pub const WANG: HouseholdId = HouseholdId::from_raw(2);
pub const WU: HouseholdId = HouseholdId::from_raw(3);
pub const LI: HouseholdId = HouseholdId::from_raw(4);

/// A village that is built event by event.
#[derive(Default)]
struct Builder {
    village: Village,
    last_note: u64,
    last_entry: u64,
}

impl Builder {
    fn on(&mut self, day: Date, event: &Event) {
        assert_eq!(self.village.apply(Moment::at(day, 9, 0), event), Ok(()));
    }

    fn text(&mut self, owner: impl Into<Owner>, field: Field, text: &str) {
        self.village.register.set(owner.into(), FieldValue { field, clock: Clock(1), text: Some(text.to_owned()) });
    }

    fn note(&mut self, text: &str) -> NoteId {
        self.last_note += 1;
        let id = NoteId::from_raw(self.last_note);
        self.text(id, Field::Text, text);
        id
    }

    fn household(&mut self, household: HouseholdId, number: &str, grid: u64, names: &[&str]) {
        let grid = Some(GridId::from_raw(grid));
        let event = Event::HouseholdAdded { household, number: number.into(), grid, group: "一组".into() };
        self.on(TODAY, &event);
        for (name, n) in names.iter().zip(0..) {
            let person = PersonId::from_raw(household.raw() * 10 + n);
            self.on(TODAY, &Event::PersonAdded { person, household });
            self.text(person, Field::Name, name);
        }
    }

    fn member(&mut self, person: u64, kind: MemberType, points: i32) {
        let person = PersonId::from_raw(person);
        self.on(TODAY, &Event::MemberTyped { person, kind, from: date(2025, 1, 1) });
        let line = self.line(Account::Member(person), points);
        self.on(TODAY, &Event::OpeningPosted { date: date(2025, 1, 1), lines: vec![line] });
    }

    fn line(&mut self, account: Account, points: i32) -> PostedLine {
        self.last_entry += 1;
        PostedLine { entry: EntryId::from_raw(self.last_entry), account, quantity: 1, points }
    }

    /// Posts points under the `nth` item of the suggested rule book.
    fn post(&mut self, account: Account, day: Date, nth: usize, points: i32, quantity: u32) -> EntryId {
        let item = self.village.rules.version(RuleVersion(1)).expect("rule book").items[nth].id;
        let line = PostedLine { quantity, ..self.line(account, points) };
        let (activity, version) = (ActivityId::from_raw(line.entry.raw()), RuleVersion(1));
        let note = Some(self.note("村东路沿"));
        self.on(day, &Event::PointsPosted { activity, item, version, date: day, note, lines: vec![line] });
        line.entry
    }

    fn reverse(&mut self, original: EntryId, day: Date, reason: &str) {
        self.last_entry += 1;
        let (entry, note) = (EntryId::from_raw(self.last_entry), self.note(reason));
        self.on(day, &Event::EntryReversed { entry, original, date: day, note });
    }

    fn case(&mut self, id: u64, title: &str, grid: u64, received: Date, risk: Option<Risk>) {
        let opening = Opening {
            id: CaseId::from_raw(id),
            number: u32::try_from(id).expect("small") + 924,
            source: Source::Visit,
            grid: Some(GridId::from_raw(grid)),
            reporter: None,
            topic: if risk.is_some() { Topic::Dispute } else { Topic::Infrastructure },
            errand: Errand::Help,
            risk,
            received: Moment::at(received, 16, 0),
        };
        self.on(received, &Event::CaseOpened(opening));
        self.text(opening.id, Field::Title, title);
        self.then(id, received, &[Happening::Reported]);
    }

    fn then(&mut self, id: u64, day: Date, happenings: &[Happening]) {
        for happening in happenings {
            self.on(day, &Event::CaseMoved { case: CaseId::from_raw(id), happening: *happening });
        }
    }
}

/// A day of September 2025.
pub const fn september(day: i8) -> Date {
    date(2025, 9, day)
}

const fn within(days: u16) -> Happening {
    Happening::Assigned(Handling::TimeLimited(Limit::days(days, Target::Closed)))
}

const fn answered(resolved: Option<bool>) -> Happening {
    Happening::Answered { note: None, resolved }
}

/// Four households in two grids, three party members, eight cases.
pub fn village() -> Village {
    let mut b = Builder::default();
    for (number, name) in [(1, "第一网格"), (2, "第二网格"), (4, "第四网格")] {
        let grid = GridId::from_raw(u64::from(number));
        b.on(TODAY, &Event::GridAdded { grid, number, name: name.to_owned() });
    }
    let book = suggested::rule_book(date(2025, 1, 1), &mut Counters::default(), DeviceId(1));
    b.on(TODAY, &Event::RuleBookAdopted(book));
    b.household(WEI, "1-088", 1, &["魏红丽"]);
    b.household(WANG, "2-017", 2, &["王海林", "单秀英", "王小宝"]);
    b.household(WU, "4-052", 2, &["吴惠玲", "曾国华"]);
    b.household(LI, "2-101", 2, &["吕强"]);
    b.text(PersonId::from_raw(22), Field::Birth, "2015-09-27");
    b.member(21, MemberType::Linked, 60);
    b.member(30, MemberType::Linked, 60);
    b.member(31, MemberType::Migrant, 60);
    points(&mut b);
    goods(&mut b);
    cases(&mut b);
    b.village
}

fn points(b: &mut Builder) {
    let [wei, wang, wu, li] = [WEI, WANG, WU, LI].map(Account::Household);
    // The regression anchor: 8 × 5 + 10 = 50, with one mistake that was taken back.
    for day in [date(2025, 8, 1), date(2025, 8, 8), date(2025, 8, 15)] {
        b.post(wang, day, 0, 5, 1);
    }
    let mistake = b.post(wang, date(2025, 8, 16), 3, 4, 2);
    b.reverse(mistake, date(2025, 8, 22), "误登他户");
    // Recorded late, and still in its place by date.
    for day in [september(26), september(12), september(19), september(5), date(2025, 8, 29)] {
        b.post(wang, day, 0, 5, 1);
    }
    b.post(wang, september(24), 1, 10, 1);
    b.post(wei, date(2025, 6, 10), 0, 30, 1);
    b.post(wu, september(1), 0, 50, 1);
    b.post(li, september(2), 1, 10, 1);
    b.post(li, september(3), 17, -5, 1);
    b.post(Account::Member(PersonId::from_raw(30)), september(3), 27, 1, 1);
}

fn goods(b: &mut Builder) {
    for (id, name, price_points, stock) in [(1, "洗衣液 2 kg", 20, 25), (2, "食盐 400 g", 5, 5), (3, "代办一次", 2, 0)]
    {
        let (id, is_service) = (GoodsId::from_raw(id), stock == 0);
        let goods =
            Goods { id, name: name.to_owned(), unit: "瓶".to_owned(), price_points, price_cents: 1250, is_service };
        b.on(september(1), &Event::GoodsAdded(goods));
        if !is_service {
            let source = StockSource::Collective;
            let delivery = Delivery { goods: id, quantity: stock, source, date: september(1) };
            b.on(september(1), &Event::StockReceived(delivery));
        }
    }
    let proxy = Some(b.note("儿子"));
    for (id, household) in [(1, WEI), (2, LI)] {
        let lines = vec![BasketLine { goods: GoodsId::from_raw(1), quantity: 1, price_points: 20 }];
        let (redemption, account) = (RedemptionId::from_raw(id), Account::Household(household));
        b.on(september(20), &Event::Redeemed { redemption, account, lines, proxy });
    }
    b.on(september(20), &Event::RedemptionUndone { redemption: RedemptionId::from_raw(2) });
}

fn cases(b: &mut Builder) {
    b.case(1, "二组路灯不亮", 2, september(21), None);
    b.then(1, september(21), &[within(3), Happening::Started]);
    b.case(2, "门前排水沟淤堵", 1, september(24), None);
    b.then(2, september(24), &[within(3)]);
    b.case(3, "宅基地边界纠纷", 1, september(23), Some(Risk::Red));
    b.then(3, september(23), &[within(7)]);
    b.case(4, "高龄补贴认证", 1, september(25), None);
    b.case(5, "屋顶漏水", 2, september(20), None);
    b.then(5, september(20), &[Happening::Assigned(Handling::Immediate), Happening::Started]);
    b.then(5, september(21), &[answered(None)]);
    b.case(6, "申请修建机井", 2, september(10), None);
    let to = b.note("镇水利站");
    b.then(6, september(10), &[Happening::Assigned(Handling::Escalated { to, follow_up: september(26) })]);
    b.case(7, "邻里排水争执", 2, date(2025, 8, 1), Some(Risk::Blue));
    let now = Happening::Assigned(Handling::Immediate);
    b.then(7, date(2025, 8, 1), &[now, Happening::Started, answered(Some(false))]);
    b.then(7, date(2025, 8, 2), &[Happening::Rated(Rating::Dissatisfied, None), now, Happening::Started]);
    b.then(
        7,
        date(2025, 8, 5),
        &[answered(Some(true)), Happening::Rated(Rating::Satisfied, None), Happening::Archived],
    );
    b.case(8, "广场地砖松动", 2, september(1), None);
    let reason = b.note("等材料");
    b.then(8, september(2), &[within(3), Happening::Suspended(reason)]);
}
