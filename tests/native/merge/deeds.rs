//! What a clerk may do on any laptop, in any order.

use cunzhi::domain::case::record::Rating;
use cunzhi::domain::command::{CaseStep, Command, NewClaims, NewHandling, Settlement, Verdict as ClaimVerdict};
use cunzhi::domain::conflict::Choice;
use cunzhi::domain::photo::PhotoHost;
use cunzhi::domain::points::close::next_to_close;
use cunzhi::domain::points::dispute::Verdict;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::points::settings::Settings;
use cunzhi::domain::points::veto::{NewVeto, VetoEffect};
use cunzhi::domain::roster::{MemberType, RosterDraft};
use cunzhi::domain::units::{UnitAct, UnitTerms};
use cunzhi::domain::visits::act::{NewRound, NewStop, VisitAct};
use cunzhi::domain::visits::coverage::VisitItems;
use cunzhi::domain::visits::{Capacity, Visitor};
use cunzhi::report::conflicts::{Way, conflicts};
use proptest::prelude::*;

use super::cleaning;
use crate::laptops::Desk;
use crate::oversight;
use crate::photos;
use crate::support::{goods, home, matter};

/// What a clerk may do; which one is meant is taken modulo what there is.
#[derive(Clone, Copy, Debug)]
pub enum Deed {
    Clean(usize),
    Redeem(usize),
    Reverse(usize),
    Open,
    Step(usize, usize),
    Deliver,
    Veto(usize),
    Object(usize),
    Uphold(usize),
    Overturn(usize),
    Close(usize),
    Walk(usize, usize),
    AddUnit(usize),
    Place(usize, usize),
    Head(usize, usize),
    Settle(usize),
    Dissolve(usize),
    Erase(usize),
    Import(usize),
    Join(usize),
    File(usize),
    Review(usize, usize),
    Set(usize),
    Photo(usize, usize),
    Goods(usize),
}

pub fn any_deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        any::<usize>().prop_map(Deed::Clean),
        any::<usize>().prop_map(Deed::Redeem),
        any::<usize>().prop_map(Deed::Reverse),
        Just(Deed::Open),
        any::<(usize, usize)>().prop_map(|(case, step)| Deed::Step(case, step)),
        Just(Deed::Deliver),
        any::<usize>().prop_map(Deed::Veto),
        any::<usize>().prop_map(Deed::Object),
        any::<usize>().prop_map(Deed::Uphold),
        any::<usize>().prop_map(Deed::Overturn),
        any::<usize>().prop_map(Deed::Close),
        any::<(usize, usize)>().prop_map(|(place, act)| Deed::Walk(place, act)),
        any::<usize>().prop_map(Deed::AddUnit),
        any::<(usize, usize)>().prop_map(|(unit, home)| Deed::Place(unit, home)),
        any::<(usize, usize)>().prop_map(|(unit, head)| Deed::Head(unit, head)),
        any::<usize>().prop_map(Deed::Settle),
        any::<usize>().prop_map(Deed::Dissolve),
        any::<usize>().prop_map(Deed::Erase),
        any::<usize>().prop_map(Deed::Import),
        any::<usize>().prop_map(Deed::Join),
        any::<usize>().prop_map(Deed::File),
        any::<(usize, usize)>().prop_map(|(claim, verdict)| Deed::Review(claim, verdict)),
        any::<usize>().prop_map(Deed::Set),
        any::<(usize, usize)>().prop_map(|(host, act)| Deed::Photo(host, act)),
        any::<usize>().prop_map(Deed::Goods),
    ]
}

/// Does what can be done; a refusal is part of a clerk's day.
pub fn play(desk: &mut Desk, deeds: &[Deed]) {
    for deed in deeds {
        if let Some(command) = command(desk, *deed) {
            let _refused = desk.act(command);
        }
    }
}

fn command(desk: &Desk, deed: Deed) -> Option<Command> {
    let village = desk.village();
    let pick = |place: usize, of: usize| place.checked_rem(of);
    let households: Vec<_> = village.people.households.iter().map(|household| household.id).collect();
    let account = |place| Some(Account::Household(*households.get(pick(place, households.len())?)?));
    match deed {
        Deed::Clean(place) => Some(cleaning(desk, account(place)?)),
        Deed::Redeem(place) => {
            let goods = village.shelf.goods.iter().next()?.id;
            Some(Command::Redeem { account: account(place)?, basket: vec![(goods, 1)], proxy: String::new() })
        }
        Deed::Reverse(place) => {
            let entries: Vec<_> = village.entries.iter().map(|entry| entry.id).collect();
            let entry = *entries.get(pick(place, entries.len())?)?;
            Some(Command::ReverseEntry { entry, reason: "记错了户".to_owned() })
        }
        Deed::Open => Some(Command::OpenCase(matter(desk.clock.date(), None))),
        Deed::Step(place, step) => {
            let cases: Vec<_> = village.cases.iter().map(|case| case.opening.id).collect();
            let case = *cases.get(pick(place, cases.len())?)?;
            let steps = [
                CaseStep::Report,
                CaseStep::Assign(NewHandling::Immediate),
                CaseStep::Assign(NewHandling::ExplainedReturn { reason: "不归村里管".to_owned() }),
                CaseStep::Start,
                CaseStep::Answer { note: "修好了".to_owned(), resolved: None },
                CaseStep::Rate(Rating::Dissatisfied, String::new()),
                CaseStep::Archive,
            ];
            Some(Command::MoveCase { case, step: steps[pick(step, steps.len())?].clone() })
        }
        Deed::Deliver => {
            let goods = village.shelf.goods.iter().next()?.id;
            let source = cunzhi::domain::points::shelf::StockSource::Donated;
            Some(Command::ReceiveStock { goods, quantity: 1, source })
        }
        Deed::Walk(place, act) => walk(desk, place, act).map(Command::Visit),
        Deed::Veto(_) | Deed::Object(_) | Deed::Uphold(_) | Deed::Overturn(_) | Deed::Close(_) => watch(desk, deed),
        Deed::Erase(_) | Deed::Import(_) | Deed::Join(_) | Deed::Goods(_) => bring(desk, deed),
        Deed::File(_) | Deed::Review(..) | Deed::Set(_) | Deed::Photo(..) => tell(desk, deed),
        _ => divide(desk, deed),
    }
}

/// Who and what there is: rosters that both may bring, with grids, phones and
/// goods of the same names; joining what is there twice; and erasing.
fn bring(desk: &Desk, deed: Deed) -> Option<Command> {
    let village = desk.village();
    match deed {
        Deed::Erase(place) => {
            let persons: Vec<_> = village.people.persons.iter().map(|person| person.id).collect();
            let person = *persons.get(place.checked_rem(persons.len())?)?;
            Some(Command::ErasePerson { person, also: Vec::new() })
        }
        Deed::Import(place) => {
            let number = format!("3-00{}", place % 4 + 1);
            let member = (place % 3 == 0).then_some(MemberType::Linked);
            let mut home = home(&number, "第三网格", &[("赵大", member), ("小宝", None)]);
            home.people[0].phone = format!("1390000000{}", place % 2);
            home.address = format!("村东头 {} 号", place % 2);
            Some(Command::ImportRoster(RosterDraft { households: vec![home] }))
        }
        Deed::Join(place) => {
            let ways = conflicts(village).into_iter().flat_map(|row| row.ways);
            let joins = ways.map(|way| match way {
                Way::Press(_, settlement) => settlement,
                Way::Join(_, gone, kept) => {
                    let texts = if place % 2 == 0 { Choice::Keep } else { Choice::Take };
                    Settlement::JoinHouseholds { gone, kept, texts }
                }
                Way::Number(_, household) => {
                    Settlement::RenumberHousehold { household, number: format!("9-00{}", place % 3) }
                }
                Way::Count(_, goods) => Settlement::CountStock { goods, counted: 2, note: "点过了".to_owned() },
            });
            let joins: Vec<_> = joins.collect();
            Some(Command::Settle(joins.get(place.checked_rem(joins.len())?)?.clone()))
        }
        Deed::Goods(place) => Some(Command::AddGoods(goods(["食盐", "肥皂"][place % 2], 1, 2))),
        _ => None,
    }
}

/// What is told of and looked at, with photos; and the settings.
fn tell(desk: &Desk, deed: Deed) -> Option<Command> {
    let (village, date) = (desk.village(), desk.clock.date());
    match deed {
        Deed::File(place) => {
            let homes: Vec<_> = village.people.households.iter().map(|home| Account::Household(home.id)).collect();
            let account = *homes.get(place.checked_rem(homes.len())?)?;
            let item = village.rules.in_force(date)?.items.first()?.id;
            // Two are named in it, either of whom may be erased.
            let named: Vec<_> = village.people.persons.iter().take(4).map(|person| village.name(person.id)).collect();
            let note = format!("{}和{}一起去的", named.first()?, named.get(place % named.len())?);
            Some(Command::FileClaims(NewClaims { item, date, note, lines: vec![(account, 1)], by: None }))
        }
        Deed::Review(place, verdict) => {
            let open: Vec<_> = village.claims.iter().filter(|claim| claim.review.is_none()).collect();
            let claims = vec![open.get(place.checked_rem(open.len())?)?.filed.id];
            let verdict = match verdict % 2 {
                0 => ClaimVerdict::Approve { points_each: Vec::new() },
                _ => ClaimVerdict::Return("没有照片".to_owned()),
            };
            Some(Command::DecideClaims { claims, verdict, by: None })
        }
        Deed::Set(place) => {
            let redeem_min = u32::try_from(place % 3).unwrap_or_default();
            Some(Command::ChangeSettings(Settings { redeem_min, ..village.settings }))
        }
        Deed::Photo(place, act) => {
            let entry = village.entries.iter().nth(place.checked_rem(village.entries.len())?)?.id;
            let photos: Vec<_> = village.photos.living().map(|photo| photo.added.id).collect();
            Some(match act % 3 {
                0 => {
                    let photo = *photos.get(place.checked_rem(photos.len())?)?;
                    photos::remove(photo, "拍错了")
                }
                _ => photos::add(PhotoHost::Entry(entry), vec![photos::photo(u8::try_from(act % 200).ok()?)]),
            })
        }
        _ => None,
    }
}

/// What watches over the points.
fn watch(desk: &Desk, deed: Deed) -> Option<Command> {
    let (village, today) = (desk.village(), desk.clock.date());
    let decide = |place: usize, verdict| {
        let open: Vec<_> = village.disputes.iter().filter(|dispute| dispute.is_open()).collect();
        let entry = open.get(place.checked_rem(open.len())?)?.raised.entry;
        Some(oversight::decide(entry, verdict))
    };
    match deed {
        Deed::Veto(place) => {
            let homes: Vec<_> = village.people.households.iter().map(|household| household.id).collect();
            let account = Account::Household(*homes.get(place.checked_rem(homes.len())?)?);
            let effect = VetoEffect::ALL[place % VetoEffect::ALL.len()];
            let new = oversight::new_veto(account, None, &[effect]);
            Some(oversight::impose(NewVeto { met: today, from: today, ..new }))
        }
        Deed::Object(place) => {
            let entries: Vec<_> = village.entries.iter().map(|entry| entry.id).collect();
            Some(oversight::raise(*entries.get(place.checked_rem(entries.len())?)?, today))
        }
        Deed::Uphold(place) => decide(place, Verdict::Keep),
        Deed::Overturn(place) => decide(place, Verdict::Reverse),
        Deed::Close(place) => {
            let ledger = Ledger::ALL[place % 2];
            Some(oversight::close(ledger, next_to_close(village, ledger)?))
        }
        _ => None,
    }
}

/// What happens around visits.
fn walk(desk: &Desk, place: usize, act: usize) -> Option<VisitAct> {
    let (village, date) = (desk.village(), desk.clock.date());
    let homes: Vec<_> = village.people.households.iter().map(|household| household.id).collect();
    let household = *homes.get(place.checked_rem(homes.len())?)?;
    let members: Vec<_> = village.people.members().map(|person| person.id).collect();
    let person = *members.get(place.checked_rem(members.len())?)?;
    let visits: Vec<_> = village.visits.iter().map(|visit| visit.made.visit).collect();
    let visit = || Some(*visits.get(place.checked_rem(visits.len())?)?);
    Some(match act % 6 {
        0 => {
            let stops = vec![NewStop { household, note: "一切正常".to_owned(), errand: None }];
            let (visitor, capacity) = (Visitor::Person(person), Capacity::PartyMember);
            VisitAct::Record(NewRound { date, visitor, capacity, stops })
        }
        1 => VisitAct::Strike { visit: visit()?, reason: "登错了户".to_owned() },
        2 => {
            let item = VisitItems::of(village.rules.in_force(date)?).each?.id;
            let visits = vec![visit()?];
            if place.is_multiple_of(2) {
                VisitAct::Reward { visits, item }
            } else {
                VisitAct::Claim { visits, item, by: None }
            }
        }
        3 => VisitAct::OpenCase { visit: visit()?, new: Box::new(matter(date, None)) },
        4 => VisitAct::Link { person, households: vec![household], from: date },
        _ => VisitAct::EndLink { person, household, to: date },
    })
}

/// What is done with units, and with what two laptops did to them.
fn divide(desk: &Desk, deed: Deed) -> Option<Command> {
    let village = desk.village();
    let units: Vec<_> = village.people.units.iter().copied().collect();
    let unit = |place: usize| Some(units.get(place.checked_rem(units.len())?)?.id);
    let homes: Vec<_> = village.people.households.iter().collect();
    let terms = UnitTerms { name: "东头".to_owned(), ..UnitTerms::default() };
    let act = match deed {
        Deed::AddUnit(place) => {
            let grids: Vec<_> = village.people.grids.iter().map(|grid| grid.id).collect();
            let grid = grids.get(place.checked_rem(grids.len())?).copied();
            UnitAct::Add { grid, terms: if place % 3 == 0 { terms } else { UnitTerms::default() } }
        }
        Deed::Place(place, home) => {
            let home = homes.get(home.checked_rem(homes.len())?)?;
            let unit = if place % 5 == 0 { None } else { unit(place) };
            UnitAct::Place { unit, households: vec![home.id] }
        }
        Deed::Head(place, home) => {
            let head = homes.get(home.checked_rem(homes.len())?)?.people.first().copied();
            let name = head.map_or_else(String::new, |head| format!("{}家和张三家那片", village.name(head)));
            UnitAct::Change { unit: unit(place)?, terms: UnitTerms { head, name, number: None } }
        }
        Deed::Dissolve(place) => UnitAct::Dissolve(unit(place)?),
        Deed::Settle(place) => {
            let (one, other) = (unit(place)?, unit(place / 7)?);
            let join = Settlement::JoinUnits { gone: one, kept: other };
            return Some(Command::Settle(if place.is_multiple_of(2) { join } else { Settlement::RenumberUnit(one) }));
        }
        _ => return None,
    };
    Some(Command::Unit(act))
}
