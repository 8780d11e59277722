//! A small village to test on, and short words for what tests do with it.

use cunzhi::domain::calendar::Moment;
use cunzhi::domain::case::clock::{Limit, Target};
use cunzhi::domain::case::record::{Case, Errand, Source, Topic};
use cunzhi::domain::command::{CaseStep, Command, Context, NewActivity, NewCase, NewGoods, NewHandling, NewVillage};
use cunzhi::domain::decide::Decision;
use cunzhi::domain::event::{Event, PostedLine};
use cunzhi::domain::id::{CaseId, DeviceId, EntryId, GoodsId, ItemId, PersonId};
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::shelf::StockSource;
use cunzhi::domain::refusal::Refusal;
use cunzhi::domain::register::{Clock, FieldValue};
use cunzhi::domain::roster::{HouseholdDraft, MemberType, PersonDraft, Relation, Residence, RosterDraft};
use cunzhi::domain::village::Village;
use jiff::civil::{Date, date};

/// The laptop of the tests.
pub const DEVICE: DeviceId = DeviceId(7);
/// The first day of the tests: a Friday.
pub const TODAY: Date = date(2025, 9, 26);
/// The general limit: 3 日办结.
pub const THREE_DAYS: Limit = Limit::days(3, Target::Closed);

/// A village with its acts so far.
#[derive(Clone, Debug, Default)]
pub struct Town {
    pub village: Village,
    clock: Clock,
}

impl Town {
    /// Three households (1-001, 1-002, 2-001), of which each type of party
    /// member has one person: see [`Town::member`].
    pub fn small() -> Self {
        let mut town = Self::default();
        town.must(TODAY, Command::FoundVillage(new_village()));
        town.must(TODAY, Command::ImportRoster(roster()));
        town
    }

    /// Decides and applies at noon of the day.
    pub fn tell(&mut self, day: Date, command: Command) -> Result<Decision, Refusal> {
        self.tell_at(Moment::at(day, 12, 0), command)
    }

    /// Decides and applies at the moment.
    pub fn tell_at(&mut self, now: Moment, command: Command) -> Result<Decision, Refusal> {
        let decision = self.village.decide(&Context { device: DEVICE, now }, command)?;
        self.clock = self.clock.after(now.0);
        for event in &decision.events {
            self.village.apply(now, event).expect("what was decided can be applied");
        }
        for change in &decision.texts {
            let value = FieldValue { field: change.field, clock: self.clock, text: change.text.clone() };
            self.village.register.set(change.owner, value);
        }
        Ok(decision)
    }

    /// The same where no refusal is expected.
    pub fn must(&mut self, day: Date, command: Command) -> Decision {
        self.tell(day, command).expect("the command is in order")
    }

    /// The points account of the household with this number.
    pub fn household(&self, number: &str) -> Account {
        Account::Household(self.village.people.household_by_number(number).expect("a known household").id)
    }

    /// The person who is a party member of this type.
    pub fn person(&self, kind: MemberType) -> PersonId {
        let mut members = self.village.people.members();
        members.find(|person| person.member_type() == Some(kind)).expect("one member of each type").id
    }

    /// The points account of the member of this type.
    pub fn member(&self, kind: MemberType) -> Account {
        Account::Member(self.person(kind))
    }

    /// The item of the rule book with this name.
    pub fn item(&self, name: &str) -> ItemId {
        let mut items = self.village.rules.iter().flat_map(|book| &book.items);
        items.find(|item| item.name == name).expect("a known item").id
    }

    /// An activity on the day, one line.
    pub fn activity(&self, day: Date, item: &str, account: Account, quantity: u32) -> Command {
        self.activity_of(day, item, vec![(account, quantity)])
    }

    /// An activity on the day.
    pub fn activity_of(&self, date: Date, item: &str, lines: Vec<(Account, u32)>) -> Command {
        let item = self.item(item);
        Command::RecordActivity(NewActivity { item, date, note: String::new(), lines, points_each: None })
    }

    /// Records an activity on the day itself.
    pub fn record(&mut self, day: Date, item: &str, account: Account, quantity: u32) -> Result<EntryId, Refusal> {
        let decision = self.tell(day, self.activity(day, item, account, quantity))?;
        let entry = decision.events.iter().find_map(|event| match event {
            Event::PointsPosted { lines, .. } => lines.first().map(|line| line.entry),
            _ => None,
        });
        Ok(entry.expect("one line"))
    }

    /// Posts one point that no item of the rule book gives.
    pub fn post_one(&mut self, day: Date, account: Account) {
        let entry = EntryId::from_raw(1 << 40 | self.village.entries.len() as u64);
        let lines = vec![PostedLine { entry, account, quantity: 0, points: 1 }];
        let event = Event::OpeningPosted { date: day, lines };
        self.village.apply(Moment::at(day, 12, 0), &event).expect("a known account");
    }

    /// Adds goods with a stock.
    pub fn add_goods(&mut self, name: &str, price_points: u32, opening_stock: u32) -> GoodsId {
        self.must(TODAY, Command::AddGoods(goods(name, price_points, opening_stock)));
        self.village.shelf.goods.iter().last().expect("the goods just added").id
    }

    /// Opens a case.
    pub fn open(&mut self, day: Date, new: NewCase) -> CaseId {
        self.must(day, Command::OpenCase(new));
        self.village.cases.iter().last().expect("the case just opened").opening.id
    }

    /// Moves a case.
    pub fn step(&mut self, day: Date, case: CaseId, step: CaseStep) -> Result<Decision, Refusal> {
        self.tell(day, Command::MoveCase { case, step })
    }

    /// The case of this id.
    pub fn case(&self, case: CaseId) -> &Case {
        self.village.cases.get(case).expect("a known case")
    }
}

/// The village's names.
pub fn new_village() -> NewVillage {
    NewVillage {
        name: "柳湾村".to_owned(),
        town: "清河镇".to_owned(),
        county: "临河县".to_owned(),
        grids: vec!["第一网格".to_owned(), "第二网格".to_owned()],
    }
}

/// Goods with unit 瓶.
pub fn goods(name: &str, price_points: u32, opening_stock: u32) -> NewGoods {
    let (name, unit) = (name.to_owned(), "瓶".to_owned());
    NewGoods { name, unit, price_points, opening_stock, ..NewGoods::default() }
}

/// A case that is no dispute, received at noon of the day and reported.
pub fn matter(received: Date, handling: Option<NewHandling>) -> NewCase {
    NewCase {
        title: "二组路灯不亮".to_owned(),
        text: String::new(),
        source: Source::Visit,
        grid: None,
        reporter: None,
        reporter_name: String::new(),
        phone: String::new(),
        topic: Topic::Infrastructure,
        errand: Errand::Help,
        risk: None,
        received: Moment::at(received, 12, 0),
        handling,
    }
}

/// The roster of [`Town::small`].
pub fn roster() -> RosterDraft {
    use MemberType::{Cadre, Exempt, Linked, Migrant, WithoutPost};
    let households = vec![
        home("1-001", "第一网格", &[("张三", None), ("李四", Some(Linked)), ("张小", Some(Migrant))]),
        home("1-002", "第一网格", &[("周五", Some(WithoutPost)), ("吴六", Some(Exempt))]),
        home("2-001", "第二网格", &[("郑七", Some(Cadre))]),
    ];
    RosterDraft { households }
}

/// A household; the first person is the head.
pub fn home(number: &str, grid: &str, people: &[(&str, Option<MemberType>)]) -> HouseholdDraft {
    let people = people.iter().enumerate().map(|(place, (name, member))| PersonDraft {
        name: (*name).to_owned(),
        relation: if place == 0 { Relation::Head } else { Relation::Spouse },
        sex: None,
        birth: None,
        id_number: String::new(),
        id_number_damaged: false,
        phone: String::new(),
        residence: Residence::Resident,
        care: Vec::new(),
        member: *member,
    });
    HouseholdDraft {
        number: number.to_owned(),
        grid: grid.to_owned(),
        unit: String::new(),
        unit_head: String::new(),
        group: "一组".to_owned(),
        address: String::new(),
        people: people.collect(),
    }
}

/// The sentence of a refusal.
pub fn sentence<T>(result: Result<T, Refusal>) -> String {
    result.err().map_or_else(|| "没有拒绝".to_owned(), |refusal| refusal.to_string())
}

/// Where stock comes from, when it does not matter.
pub const fn source() -> StockSource {
    StockSource::Donated
}
