//! A command of each kind, about what there is in the village; two numbers
//! say about which.

use cunzhi::domain::calendar::{Moment, Month, add_days};
use cunzhi::domain::case::record::{Rating, Risk, Topic};
use cunzhi::domain::command::{
    CaseStep, Command, Context, NewActivity, NewCase, NewClaims, NewHandling, Settlement, Verdict as ClaimVerdict,
};
use cunzhi::domain::conflict::Choice;
use cunzhi::domain::id::{ItemId, StaffId};
use cunzhi::domain::people::PersonChange;
use cunzhi::domain::photo::PhotoHost;
use cunzhi::domain::points::adoption::{NewItem, NewRuleBook};
use cunzhi::domain::points::close::next_to_close;
use cunzhi::domain::points::dispute::Verdict;
use cunzhi::domain::points::entries::Cause;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::redemption_day::NewDayClosing;
use cunzhi::domain::points::rule::{Cap, CapOf, Category, CategoryCap, Ledger, Period, Score};
use cunzhi::domain::points::settings::{CarryOver, Settings};
use cunzhi::domain::points::shelf::GoodsTerms;
use cunzhi::domain::points::veto::{NewVeto, VetoAct, VetoEffect};
use cunzhi::domain::roster::{MemberType, RosterDraft};
use cunzhi::domain::staff::Standing;
use cunzhi::domain::units::{UnitAct, UnitTerms};
use cunzhi::domain::village::Village;
use cunzhi::domain::visits::act::{NewRound, NewStop, VisitAct};
use cunzhi::domain::visits::{Capacity, Visitor};
use cunzhi::report::conflicts::{Way, conflicts};
use jiff::civil::Date;

use super::super::super::laptops::Desk;
use super::super::super::oversight::{close, decide, impose, new_veto, raise, revoke};
use super::super::super::photos;
use super::super::super::support::{DEVICE, goods, home, matter, new_village, source};
use super::Kind;

/// The village, the day, and two numbers.
#[derive(Clone, Copy)]
struct At<'a> {
    village: &'a Village,
    day: Date,
    a: usize,
    b: usize,
}

/// The command, if there is something that it can be about.
pub fn command(desk: &Desk, kind: Kind, a: usize, b: usize) -> Option<Command> {
    let at = At { village: desk.village(), day: desk.clock.date(), a, b };
    match kind {
        Kind::Found => Some(Command::FoundVillage(new_village())),
        Kind::Import | Kind::Erase | Kind::Type | Kind::Change | Kind::Unit | Kind::Visit => people(kind, at),
        Kind::Adopt | Kind::Settings | Kind::WorkingDays | Kind::Accounts | Kind::Staff => terms(kind, at),
        Kind::Record | Kind::File | Kind::Review | Kind::Photo | Kind::Reverse => points(kind, at),
        Kind::Reward | Kind::ClaimReward => reward(kind, at),
        Kind::Goods | Kind::Receive | Kind::Redeem | Kind::Undo | Kind::Return | Kind::Terms => shelf(kind, at),
        Kind::CloseDay | Kind::Reopen => days(kind, at),
        Kind::Open | Kind::Move | Kind::Settle => cases(kind, at),
        Kind::Veto | Kind::Dispute | Kind::CloseMonth | Kind::Expire | Kind::ClearYear => oversight(kind, at),
    }
}

/// One of what there is.
fn pick<T>(all: impl Iterator<Item = T>, number: usize) -> Option<T> {
    let all: Vec<T> = all.collect();
    let place = number.checked_rem(all.len())?;
    all.into_iter().nth(place)
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

impl At<'_> {
    fn account(self, ledger: Ledger, number: usize) -> Option<Account> {
        match ledger {
            Ledger::Villager => {
                let kind = self.village.villager_accounts.now();
                pick(self.village.villagers(kind).into_iter().map(|(_, account)| account), number)
            }
            Ledger::Member => pick(self.village.people.members().map(|person| Account::Member(person.id)), number),
        }
    }

    /// A line that suits the item: a few days ago, for one account.
    fn activity(self) -> Option<NewActivity> {
        let date = add_days(self.day, -[0, 0, 0, 1, 2, 9][self.b % 6]);
        let book = self.village.rules.in_force(date)?;
        let item = pick(book.items.iter().filter(|item| item.ledger == self.ledger()), self.a)?;
        let account = self.account(item.ledger, self.b)?;
        let score = item.score_for(self.village.kind_on(account, date));
        let points_each = matches!(score, Score::Range(..)).then(|| score.least());
        let lines = vec![(account, 1 + small(self.a) % 3)];
        Some(NewActivity { item: item.id, date, note: "活动".to_owned(), lines, points_each })
    }

    /// Three in four are of the households.
    fn ledger(self) -> Ledger {
        if self.b % 4 == 3 { Ledger::Member } else { Ledger::Villager }
    }

    fn staff(self) -> Option<StaffId> {
        pick(self.village.staff.active().map(|staff| staff.id), self.b)
    }
}

fn people(kind: Kind, at: At<'_>) -> Option<Command> {
    let At { village, day, a, b } = at;
    let person = || pick(village.people.persons.iter(), a);
    let member = || pick(village.people.members(), a);
    Some(match kind {
        Kind::Import => {
            // Each laptop has numbers of its own.
            let number = format!("{}-{:03}", 3 + a % 4, village.people.households.len() + b);
            let member = (a % 2 == 0).then_some(MemberType::ALL[b % MemberType::ALL.len()]);
            let households = vec![home(&number, "第一网格", &[("新户主", member), ("新家人", None)])];
            Command::ImportRoster(RosterDraft { households })
        }
        Kind::Erase => Command::ErasePerson { person: person()?.id, also: Vec::new() },
        Kind::Type => {
            Command::TypeMember { person: person()?.id, kind: MemberType::ALL[b % MemberType::ALL.len()], from: day }
        }
        Kind::Change => {
            // What counts from today on is said before anything of today is recorded.
            let of_today = village.entries.posted().any(|lines| lines.posting.date >= day);
            let change = PersonChange::ALL[b % PersonChange::ALL.len()];
            (!of_today).then_some(Command::ChangePerson { person: person()?.id, change, from: day })?
        }
        Kind::Unit => Command::Unit(unit(at)?),
        _ => {
            let visit = || pick(village.visits.iter().map(|visit| visit.made.visit), b);
            let household = || pick(village.people.households.iter().map(|home| home.id), b);
            Command::Visit(match a % 7 {
                0 => VisitAct::Strike { visit: visit()?, reason: "记错".to_owned() },
                1 => VisitAct::OpenCase { visit: visit()?, new: Box::new(matter(day, None)) },
                2 => VisitAct::Reward { visits: vec![visit()?], item: item(village, "走访联系户")? },
                3 => {
                    let item = item(village, "走访联系户")?;
                    VisitAct::Claim { visits: vec![visit()?], item, by: at.staff() }
                }
                4 => VisitAct::Link { person: member()?.id, households: vec![household()?], from: day },
                _ => {
                    let stops =
                        vec![NewStop { household: household()?, note: "问寒问暖".to_owned(), errand: None }];
                    let (visitor, capacity) = (Visitor::Person(member()?.id), Capacity::PartyMember);
                    VisitAct::Record(NewRound { date: day, visitor, capacity, stops })
                }
            })
        }
    })
}

fn item(village: &Village, name: &str) -> Option<ItemId> {
    village.rules.iter().flat_map(|book| &book.items).find(|item| item.name == name).map(|item| item.id)
}

fn unit(at: At<'_>) -> Option<UnitAct> {
    let At { village, a, b, .. } = at;
    let unit = || pick(village.people.units.iter().map(|unit| unit.id), a);
    let household = || pick(village.people.households.iter().map(|home| home.id), b);
    let terms = UnitTerms { number: None, name: String::new(), head: None };
    Some(match a % 4 {
        0 => UnitAct::Add { grid: pick(village.people.grids.iter(), b).map(|grid| grid.id), terms },
        1 => UnitAct::Dissolve(unit()?),
        2 => UnitAct::Change { unit: unit()?, terms: UnitTerms { number: Some(7), ..terms } },
        _ => UnitAct::Place { unit: unit(), households: vec![household()?] },
    })
}

fn terms(kind: Kind, at: At<'_>) -> Option<Command> {
    let At { village, day, a, b } = at;
    Some(match kind {
        Kind::Adopt => {
            let now = village.rules.in_force(day)?;
            let mut items: Vec<NewItem> = now.items.iter().map(NewItem::from).collect();
            let place = a % items.len();
            items[place].caps = vec![Cap { period: Period::ALL[b % 5], of: CapOf::Times(1 + u32::from(a % 2 == 0)) }];
            items[place].category = Category::ALL[b % Category::ALL.len()];
            let cap = Cap { period: Period::ALL[a % 5], of: CapOf::Points(100) };
            let category_caps = vec![CategoryCap { ledger: Ledger::Villager, category: Category::PublicGood, cap }];
            let (effective, decision) = (add_days(day, 1), "通过".to_owned());
            Command::AdoptRules(NewRuleBook { effective, adopted: day, attendance: 52, decision, items, category_caps })
        }
        Kind::Settings => {
            let carry_over =
                [CarryOver::Keep, CarryOver::ClearAtYearEnd, CarryOver::ExpireAfter(1), CarryOver::ExpireAfter(2)];
            let (carry_over, redeem_min) = (carry_over[a % 4], small(b) % 3);
            let household_opening = small(a) % 2 * 5;
            Command::ChangeSettings(Settings { carry_over, redeem_min, household_opening, ..village.settings })
        }
        Kind::WorkingDays => {
            let mut table = village.working_days.table(2026)?;
            table.off.push(jiff::civil::date(2026, 10, 8 + i8::try_from(a % 2).ok()?));
            Command::EnterWorkingDays(table)
        }
        Kind::Accounts => Command::ChooseAccounts(village.villager_accounts.now().other()),
        _ => {
            let standing = if b % 5 == 0 { Standing::Retired } else { Standing::Active };
            let staff = if b % 5 == 0 { at.staff() } else { None };
            Command::NameStaff { staff, name: format!("经手人{}", a % 4), standing }
        }
    })
}

fn points(kind: Kind, at: At<'_>) -> Option<Command> {
    let At { village, a, b, .. } = at;
    let entry = || pick(village.entries.iter().map(|entry| entry.id), a);
    Some(match kind {
        Kind::Record => Command::RecordActivity(at.activity()?),
        Kind::File => {
            let NewActivity { item, date, note, lines, .. } = at.activity()?;
            Command::FileClaims(NewClaims { item, date, note, lines, by: at.staff() })
        }
        Kind::Review => {
            let claim = pick(village.claims.iter().map(|claim| claim.filed.id), a)?;
            let verdict = match b % 4 {
                0 => ClaimVerdict::Return("没有凭据".to_owned()),
                _ => ClaimVerdict::Approve { points_each: Vec::new() },
            };
            Command::DecideClaims { claims: vec![claim], verdict, by: at.staff() }
        }
        Kind::Photo => {
            let seed = u8::try_from(a).ok()?;
            match b % 3 {
                0 => photos::with(Command::RecordActivity(at.activity()?), vec![photos::photo(seed)]),
                _ => photos::add(PhotoHost::Entry(entry()?), vec![photos::photo(seed)]),
            }
        }
        _ => {
            // The last ones more often, of which fewer are taken back already.
            let acts = village.entries.iter().rev().filter(|one| village.entries.reversal_of(one.id).is_none());
            Command::ReverseEntry { entry: pick(acts, a / 4)?.id, reason: "记错".to_owned() }
        }
    })
}

fn reward(kind: Kind, at: At<'_>) -> Option<Command> {
    let At { village, day: date, a, b } = at;
    let case = pick(village.cases.iter().filter(|case| case.resolved == Some(true)), b)?.opening.id;
    let (item, note) = (item(village, "调解邻里纠纷")?, "化解纠纷".to_owned());
    let lines = vec![(at.account(Ledger::Villager, a)?, 1)];
    Some(match kind {
        Kind::Reward => {
            let activity = NewActivity { item, date, note, lines, points_each: None };
            Command::RewardCase { case, activity }
        }
        _ => Command::ClaimReward(case, NewClaims { item, date, note, lines, by: at.staff() }),
    })
}

fn shelf(kind: Kind, at: At<'_>) -> Option<Command> {
    let At { village, a, b, .. } = at;
    let on_shelf = || pick(village.shelf.goods.iter().map(|goods| goods.id), b);
    Some(match kind {
        Kind::Goods => Command::AddGoods(goods(&format!("物品{}", village.shelf.goods.len()), 2, 9)),
        Kind::Receive => Command::ReceiveStock { goods: on_shelf()?, quantity: 1 + small(a) % 9, source: source() },
        Kind::Redeem => {
            // Whoever has something.
            let all = village.villager_balances().into_iter().filter(|(_, balance)| *balance > 0);
            let (account, _) = pick(all, a)?;
            let basket = vec![(on_shelf()?, 1 + small(a) % 2)];
            Command::Redeem { account, basket, proxy: ["", "王强(儿子)"][b % 2].to_owned() }
        }
        Kind::Return => {
            let redemption = village.shelf.redemptions().rev().nth(a % 5)?.id;
            Command::ReturnRedemption { redemption, reason: "质量不好".to_owned() }
        }
        Kind::Undo => Command::UndoRedemption(village.shelf.redemptions().rev().nth(a % 3)?.id),
        _ => {
            let now = village.shelf.terms(on_shelf()?)?;
            let quarter_limit = (a % 3 == 0).then_some(4);
            Command::SetGoodsTerms(GoodsTerms { price_points: 1 + small(a) % 5, quarter_limit, ..now })
        }
    })
}

fn days(kind: Kind, at: At<'_>) -> Option<Command> {
    let At { village, a, b, .. } = at;
    let (day, _) = village.shelf.days.iter().rev().nth(b % 2)?;
    Some(match kind {
        Kind::CloseDay => {
            // All there, one more of some, or one less of others.
            let count = |place: usize, stock: i64| {
                let differs = match (a + place) % 5 {
                    0 => 1,
                    1 => -1,
                    _ => 0,
                };
                u32::try_from((stock + differs).max(0)).unwrap_or_default()
            };
            let goods = village.day_goods(day).into_iter().enumerate();
            let counted = goods.map(|(place, one)| (one.goods, count(place, one.counted))).collect();
            let redeemed = village.day_points(day)?.redeemed;
            let on_paper = u32::try_from(redeemed.max(0)).unwrap_or_default() + small(b) % 3;
            Command::CloseDay(NewDayClosing { day, on_paper, counted, note: "清点".to_owned() })
        }
        _ => Command::ReopenDay { day, reason: "接着兑".to_owned() },
    })
}

fn cases(kind: Kind, at: At<'_>) -> Option<Command> {
    let At { village, day, a, b } = at;
    Some(match kind {
        Kind::Open => {
            let handling = Some(NewHandling::Immediate);
            let (topic, risk) = (Topic::Dispute, Some(Risk::Blue));
            Command::OpenCase(NewCase { topic, risk, ..matter(day, handling) })
        }
        Kind::Move => {
            let case = pick(village.cases.iter().map(|case| case.opening.id), a)?;
            let steps = [
                CaseStep::Start,
                CaseStep::Answer { note: "办好了".to_owned(), resolved: Some(true) },
                CaseStep::Answer { note: "办好了".to_owned(), resolved: None },
                CaseStep::Rate(Rating::Satisfied, String::new()),
                CaseStep::Archive,
            ];
            // Mostly what can be done.
            let context = Context { device: DEVICE, now: Moment::at(day, 12, 0) };
            let is_next =
                |step: &CaseStep| village.decide(&context, Command::MoveCase { case, step: step.clone() }).is_ok();
            let step = if b % 4 == 0 { None } else { steps.iter().find(|step| is_next(step)) };
            Command::MoveCase { case, step: step.unwrap_or(&steps[b % 5]).clone() }
        }
        _ => {
            // Counting the shelf is asked for when it is short, and done whenever somebody likes.
            if b % 2 == 0 {
                let goods = pick(village.shelf.goods.iter().filter(|goods| !goods.is_service), b / 2)?.id;
                let counted = village.shelf.stock(goods).max(0) + i64::try_from(a % 4).ok()?;
                // Without a reason now and then, which is refused where something differs.
                let note = if b % 6 == 0 { "" } else { "盘点" };
                let (counted, note) = (u32::try_from(counted).ok()?, note.to_owned());
                return Some(Command::Settle(Settlement::CountStock { goods, counted, note }));
            }
            let rows = conflicts(village).into_iter().flat_map(|row| row.ways);
            let settlements = rows.filter_map(|way| match way {
                Way::Press(_, settlement) => Some(settlement),
                Way::Join(_, gone, kept) => {
                    let texts = if b % 2 == 0 { Choice::Keep } else { Choice::Take };
                    Some(Settlement::JoinHouseholds { gone, kept, texts })
                }
                Way::Number(..) | Way::Count(..) => None,
            });
            Command::Settle(pick(settlements, a)?)
        }
    })
}

fn oversight(kind: Kind, at: At<'_>) -> Option<Command> {
    let At { village, day, a, b } = at;
    let ledger = at.ledger();
    Some(match kind {
        Kind::Veto => {
            let veto = || pick(village.vetoes.iter().map(|veto| veto.imposed.veto), a);
            match b % 3 {
                0 => revoke(veto()?, day),
                1 => Command::Veto(VetoAct::Appeal { veto: veto()?, date: day, note: "不服".to_owned() }),
                _ => {
                    let effects = [VetoEffect::ALL[a % VetoEffect::ALL.len()]];
                    let new = new_veto(at.account(ledger, a)?, Some(add_days(day, 9)), &effects);
                    impose(NewVeto { from: day, ..new })
                }
            }
        }
        Kind::Dispute => {
            let acts = village
                .entries
                .iter()
                .filter(|one| !matches!(one.reason, cunzhi::domain::points::ledger::Reason::Reversal(_)));
            let open = village.disputes.iter().filter(|dispute| dispute.is_open());
            match b % 3 {
                0 => raise(pick(acts, a)?.id, day),
                verdict => {
                    decide(pick(open, a)?.raised.entry, if verdict == 1 { Verdict::Keep } else { Verdict::Reverse })
                }
            }
        }
        Kind::CloseMonth => close(ledger, next_to_close(village, ledger).unwrap_or(Month::of(day))),
        Kind::Expire => Command::ExpirePoints(ledger),
        _ => {
            // Of a year in which something was recorded.
            let years = village.entries.posted().filter(|lines| !matches!(lines.posting.cause, Cause::Cleared(_)));
            Command::ClearYear { ledger, year: pick(years, a)?.posting.date.year() }
        }
    })
}
