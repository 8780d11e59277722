//! 核对: every check finds something where something is wrong, and nothing
//! where nothing is.

mod any_acts;
mod lasting;
mod two_laptops;

use std::collections::BTreeSet;

use cunzhi::app::verify::verify;
use cunzhi::domain::calendar::Moment;
use cunzhi::domain::check::{CHECKS, findings};
use cunzhi::domain::command::{Command, NewClaims};
use cunzhi::domain::event::{ClaimVerdict, Event, PostedLine};
use cunzhi::domain::id::{ActivityId, EntryId, GoodsId, RedemptionId};
use cunzhi::domain::people::PersonChange;
use cunzhi::domain::points::accounts::VillagerAccount;
use cunzhi::domain::points::dispute::{DisputeDecided, Outcome};
use cunzhi::domain::points::entries::{Cause, Posting};
use cunzhi::domain::points::ledger::{Account, ClearCause};
use cunzhi::domain::points::redemption_day::NewDayClosing;
use cunzhi::domain::points::rule::{Ledger, RuleVersion};
use cunzhi::domain::points::settings::Settings;
use cunzhi::domain::points::shelf::BasketLine;
use cunzhi::domain::points::veto::VetoEffect;
use cunzhi::domain::roster::MemberType;
use cunzhi::domain::village::Village;
use jiff::civil::{Date, date};

use super::laptops::Desk;
use super::oversight::{close, impose, new_veto, raise};
use super::support::{TODAY, Town};
use super::visits;
use two_laptops::clean;

const OCTOBER: Date = date(2025, 10, 9);

/// Everything that is found, by check.
pub fn found(village: &Village) -> Vec<(&'static str, Vec<String>)> {
    let found = findings(village).into_iter().filter(|finding| !finding.sentences.is_empty());
    found.map(|finding| (finding.name, finding.sentences)).collect()
}

/// 25 points for 1-001, an entry of 20 and one of 5, and 50 soap at 5 each.
fn town() -> Town {
    let mut town = Town::small();
    let home = town.household("1-001");
    town.record(TODAY, "志愿服务", home, 10).expect("20 points");
    town.record(TODAY, "环境整治", home, 1).expect("5 points");
    town.add_goods("洗衣液", 5, 50);
    town
}

fn apply(town: &mut Town, day: Date, event: &Event) {
    town.village.apply(Moment::at(day, 15, 0), event).expect("not contradicted by anything");
}

fn line(number: u64, account: Account, points: i32) -> PostedLine {
    PostedLine { entry: EntryId::from_raw(1 << 30 | number), account, quantity: 1, points }
}

/// An entry as another laptop may have recorded it.
fn posted(town: &Town, number: u64, item: &str, version: u16, line: PostedLine) -> Event {
    Event::PointsPosted {
        activity: ActivityId::from_raw(1 << 30 | number),
        item: town.item(item),
        version: RuleVersion(version),
        date: TODAY,
        note: None,
        lines: vec![line],
    }
}

fn redeemed(town: &Town, quantity: u32, price_points: u32) -> Event {
    let lines = vec![BasketLine { goods: soap(town), quantity, price_points }];
    let redemption = RedemptionId::from_raw(1 << 30);
    Event::Redeemed { redemption, account: town.household("1-001"), lines, proxy: None }
}

fn soap(town: &Town) -> GoodsId {
    town.village.shelf.goods.iter().last().expect("soap").id
}

fn entry(town: &Town, place: usize) -> EntryId {
    let home = town.household("1-001");
    town.village.entries.of(home).nth(place).expect("an entry").id
}

/// A village in which something is wrong: the check, how it came about, and
/// what the check says.
type Wrong = (&'static str, fn(&mut Town), &'static str);

const POINTS: &[Wrong] = &[
    (
        "每户每人的结余等于各笔相加",
        |town| {
            let (gone, kept) = (town.household("1-001"), town.household("1-002"));
            town.village.entries.join(gone, kept);
        },
        "1-001 户的结余显示 25 分,各笔相加是 0 分。",
    ),
    (
        "每笔积分都有当时的细则可查",
        |town| {
            let event = posted(town, 1, "环境整治", 9, line(1, town.household("1-002"), 5));
            apply(town, TODAY, &event);
        },
        "2025年9月26日 的 1 条积分记录找不到当时的细则。",
    ),
    (
        "每笔冲正都对得上原来那一笔",
        |town| {
            let posting = Posting { cause: Cause::Reversal(entry(town, 0)), date: TODAY, note: None };
            let lines = [line(1, town.household("1-001"), -3)];
            town.village.entries.post(posting, &lines, |_| true).expect("posted");
        },
        "1-001 户 2025年9月26日 的冲正和原来那一笔对不上。",
    ),
    (
        "每项得分没有超过上限",
        |town| {
            let event = posted(town, 1, "环境整治", 1, line(1, town.household("1-001"), 5));
            apply(town, TODAY, &event);
        },
        "1-001 户 2025年9月26日 的「环境整治」5 分超过了上限(每日 1 次)。请核实,多记的在存折里冲正。",
    ),
    (
        "每项得分没有超过上限",
        |town| {
            let event = posted(town, 1, "志愿服务", 1, line(1, town.household("1-001"), 2));
            apply(town, TODAY, &event);
        },
        "1-001 户 2025年9月26日 的「志愿服务」2 分超过了上限(每季 20 分)。请核实,多记的在存折里冲正。",
    ),
    (
        "全年发放没有超过上限",
        |town| {
            let settings = Settings { issue_year_max: 29, ..town.village.settings };
            town.must(TODAY, Command::ChangeSettings(settings));
            let event = posted(town, 1, "环境整治", 1, line(1, town.household("1-002"), 5));
            apply(town, TODAY, &event);
        },
        "2025年各户一共得了 30 分,全年最多发 29 分,多发 1 分:两台电脑各自登记的,合在一起超过了上限。请核实,多发的在存折里冲正,或由村民代表会议改「全年最多发」。",
    ),
    (
        "去世、迁走以后没有再得分",
        |town| {
            let person = town.person(MemberType::Cadre);
            let died = Event::PersonChanged { person, change: PersonChange::Died, from: TODAY };
            apply(town, TODAY, &died);
            let event = posted(town, 1, "环境整治", 1, line(1, town.household("2-001"), 5));
            apply(town, TODAY, &event);
        },
        "2-001 户 2025年9月26日 得的 5 分,那天人已经不在本村了。请核实,记错的在存折里冲正。",
    ),
    (
        "去世、迁走以后没有再得分",
        |town| {
            let person = town.person(MemberType::Linked);
            let left = Event::PersonChanged { person, change: PersonChange::LeftParty, from: TODAY };
            apply(town, TODAY, &left);
            let event = posted(town, 1, "为民代办", 1, line(1, Account::Member(person), 2));
            apply(town, TODAY, &event);
        },
        "党员 李四 2025年9月26日 得的 2 分,那天人已经不在本村了。请核实,记错的在存折里冲正。",
    ),
    (
        "清零只减不加",
        |town| {
            let cause = ClearCause::YearEnd(2025);
            let lines = vec![line(1, town.household("1-001"), 5)];
            apply(town, TODAY, &Event::PointsCleared { cause, date: TODAY, lines });
        },
        "1-001 户 的清零记成了加分。",
    ),
    (
        "积分都记在正在用的账户里",
        |town| {
            let home = town.household("1-001");
            for entry in [entry(town, 0), entry(town, 1)] {
                town.must(TODAY, Command::ReverseEntry { entry, reason: "错".to_owned() });
            }
            town.must(TODAY, Command::ChooseAccounts(VillagerAccount::Person));
            let event = posted(town, 1, "环境整治", 1, line(1, home, 5));
            apply(town, TODAY, &event);
        },
        "本村按人记分,1-001 户的旧账户里还有 5 分:合并进来的那台电脑当时不知道改了。请在存折里冲正,在现在的账户里另记。",
    ),
    (
        "通过的申报都入了账",
        |town| {
            let (item, account) = (town.item("环境整治"), town.household("1-002"));
            let new = NewClaims { item, date: TODAY, note: String::new(), lines: vec![(account, 1)], by: None };
            town.must(TODAY, Command::FileClaims(new));
            let claim = town.village.claims.iter().next().expect("a claim").filed.id;
            let (activity, line) = (ActivityId::from_raw(1 << 30), line(1, town.household("2-001"), 5));
            let verdict = ClaimVerdict::Approved { activity, version: RuleVersion(1), line };
            apply(town, TODAY, &Event::ClaimDecided { claim, verdict, by: None });
        },
        "1-002 户 2025年9月26日 的申报通过了,账上却对不上。",
    ),
    (
        "作废的走访没有留下积分",
        |town| {
            let made = visits::visited(town, TODAY, &["1-002"]);
            town.must(TODAY, visits::reward(town, &made));
            let reason = cunzhi::domain::id::NoteId::from_raw(1 << 30);
            apply(town, TODAY, &Event::VisitStruck { visit: made[0], reason });
        },
        "党员 李四 2025年9月26日 的走访作废了,得的 1 分还在账上。请在存折里冲正这一笔。",
    ),
];

const OVERSIGHT: &[Wrong] = &[
    (
        "兑换没有超过当时的积分",
        |town| {
            let event = redeemed(town, 6, 5);
            apply(town, TODAY, &event);
        },
        "1-001 户 2025年9月26日 兑换 30 分时,积分已经不够。",
    ),
    (
        "兑换没有超过当时的库存",
        |town| {
            let event = redeemed(town, 51, 0);
            apply(town, TODAY, &event);
        },
        "1-001 户 2025年9月26日 兑换 0 分时,库存已经不够。",
    ),
    (
        "库存等于每次进出相加",
        |town| {
            let event = redeemed(town, 51, 0);
            apply(town, TODAY, &event);
        },
        "「洗衣液」的库存是 −1 瓶,发出去的比有的多。请盘点。",
    ),
    (
        "库存等于每次进出相加",
        |town| {
            let (goods, event) = (soap(town), redeemed(town, 2, 5));
            let terms = |town: &mut Town, is_service| {
                town.village.shelf.goods.get_mut(goods).expect("soap").is_service = is_service;
            };
            terms(town, true);
            apply(town, TODAY, &event);
            terms(town, false);
        },
        "「洗衣液」的库存显示 50 瓶,每次进出相加是 48 瓶。请盘点。",
    ),
    (
        "停兑期间没有兑换",
        |town| {
            let home = town.household("1-001");
            town.must(TODAY, impose(new_veto(home, None, &[VetoEffect::NoRedemption])));
            let event = redeemed(town, 1, 5);
            apply(town, TODAY, &event);
        },
        "1-001 户 2025年9月26日 兑换 5 分时,另一台电脑已经登记停兑。",
    ),
    (
        "月结过的月份没有变动",
        |town| {
            town.must(OCTOBER, close(Ledger::Villager, cunzhi::domain::calendar::Month::of(TODAY)));
            let posting = Posting { cause: Cause::Opening, date: TODAY, note: None };
            let lines = [line(1, town.household("1-001"), 1)];
            town.village.entries.post(posting, &lines, |_| true).expect("posted");
        },
        "2025年9月群众积分月结时是 2 条、25 分、兑换 0 分,现在是 3 条、26 分、兑换 0 分:合并进来的是月结之前记的。请重新公示这个月。",
    ),
    (
        "收场对账过的兑换日没有变动",
        |town| {
            let (account, goods) = (town.household("1-001"), soap(town));
            town.must(TODAY, Command::Redeem { account, basket: vec![(goods, 1)], proxy: String::new() });
            let counted = vec![(goods, 49)];
            town.must(
                TODAY,
                Command::CloseDay(NewDayClosing { day: TODAY, on_paper: 5, counted, note: String::new() }),
            );
            let event = redeemed(town, 2, 5);
            apply(town, TODAY, &event);
        },
        "2025年9月26日收场对账时兑换了 5 分,现在是 15 分:合并进来的是对账之前记的。请重新开场,再对一次账。",
    ),
    (
        "每个账户只有一笔起始分",
        |town| {
            let home = town.household("1-001");
            let lines = [line(1, home, 20), line(2, home, 20)];
            apply(town, TODAY, &Event::OpeningPosted { date: TODAY, lines: lines.to_vec() });
        },
        "1-001 户记了 2 笔起始分:两台电脑各记了一次。请在「两台电脑的冲突」里处理。",
    ),
    (
        "结转的积分等于年末结余",
        |town| {
            let posting = Posting { cause: Cause::Carried(2025), date: date(2025, 12, 31), note: None };
            let lines = [line(1, town.household("1-001"), 0)];
            town.village.entries.post(posting, &lines, |_| true).expect("posted");
        },
        "1-001 户从 2025年结转了 1 分,年末结余现在是 25 分:合并进来的是月结之前记的。",
    ),
    (
        "异议的处理都有着落",
        |town| {
            let about = entry(town, 0);
            town.must(TODAY, raise(about, TODAY));
            let note = cunzhi::domain::id::NoteId::from_raw(1 << 30);
            let outcome = Outcome::Reversed(EntryId::from_raw(1 << 30));
            let dispute = town.village.disputes.get_mut(about).expect("raised");
            dispute.decided = Some(DisputeDecided { entry: about, date: TODAY, outcome, note });
        },
        "2025年9月26日 决定冲正的异议,账上找不到那笔冲正。",
    ),
];

#[test]
fn every_check_finds_what_is_wrong() {
    let mut seen = BTreeSet::new();
    for (name, break_it, sentence) in POINTS.iter().chain(OVERSIGHT).chain(two_laptops::TOGETHER) {
        let mut town = town();
        assert_eq!(found(&town.village), [], "before {name}");
        break_it(&mut town);
        let found = found(&town.village);
        let sentences = found.iter().find(|(known, _)| known == name).map(|(_, sentences)| sentences.as_slice());
        assert_eq!(sentences, Some(&[(*sentence).to_owned()][..]), "{name}: {found:?}");
        seen.insert(*name);
    }
    assert_eq!(seen, CHECKS.iter().map(|check| check.name).collect(), "every check");
}

#[test]
fn checks_have_different_names() {
    let names: BTreeSet<_> = CHECKS.iter().map(|check| check.name).collect();
    assert_eq!(names.len(), CHECKS.len());
}

#[test]
fn a_fingerprint_that_does_not_follow_from_what_is_stored_is_found() {
    let mut desk = Desk::founded();
    let home = Account::Household(desk.village().people.households.iter().next().expect("a household").id);
    desk.act(clean(&desk, home, TODAY)).expect("in order");
    desk.clock = Moment::at(OCTOBER, 9, 0);
    desk.act(close(Ledger::Villager, cunzhi::domain::calendar::Month::of(TODAY))).expect("in order");
    let contents = desk.store.contents();
    let sound = verify(&contents).fingerprints(desk.village());
    assert_eq!((sound.name, sound.sentences.len()), ("两本账的指纹都能从记录重新算出", 0));
    // The same of a village that two laptops have.
    let mut two = desk.copy(21, 3_600_000);
    two.act(clean(&two, home, OCTOBER)).expect("in order");
    let both = desk.merged(&two);
    assert_eq!(verify(&both.store.contents()).fingerprints(both.village()).sentences, Vec::<String>::new());
    let mut cut = contents.clone();
    cut.segments.pop();
    let lost = "2025年9月群众积分公示表上的指纹,从存着的记录里算不出来。请拿那一期前后的保存文件来查。";
    assert_eq!(verify(&cut).fingerprints(desk.village()).sentences, [lost]);
    let closing = desk.village().closings.iter().next().expect("closed");
    let printed = verify(&contents).printed_at(Ledger::Villager, closing.at).expect("as it was printed");
    assert_eq!(verify(&contents).under_notice(closing), Ok(printed));
    assert_eq!(verify(&cut).under_notice(closing), Err(lost.to_owned()));
    let mut altered = contents;
    let middle = altered.segments[3].1.len() / 2;
    altered.segments[3].1[middle] ^= 4;
    let verdict = verify(&altered);
    let damage = format!("{}从那里起的指纹都算不出来。", verdict.damage.clone().expect("found"));
    assert_eq!(verdict.under_notice(closing), Err(format!("{damage}{lost}")));
    assert_eq!(verdict.fingerprints(desk.village()).sentences, [damage, lost.to_owned()]);
}
