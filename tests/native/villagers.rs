//! Points by person: what choosing it takes, what may be recorded then, and
//! that nothing is left behind.

mod laptops;
mod lists;

use cunzhi::domain::calendar::add_days;
use cunzhi::domain::command::{Command, NewClaims, Settlement};
use cunzhi::domain::conflict::Choice;
use cunzhi::domain::erasure::TextPlace;
use cunzhi::domain::event::Event;
use cunzhi::domain::id::{HouseholdId, PersonId};
use cunzhi::domain::people::PersonChange;
use cunzhi::domain::points::accounts::{AccountRefusal, VillagerAccount};
use cunzhi::domain::points::ledger::{Account, Reason};
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::points::settings::Settings;
use cunzhi::domain::points::shelf::GoodsTerms;
use cunzhi::domain::points::veto::VetoEffect;
use cunzhi::domain::register::{Field, Owner};
use cunzhi::domain::roster::RosterDraft;
use cunzhi::domain::village::Village;
use cunzhi::report::erasure_preview::erasure_preview;
use cunzhi::report::passbook::passbook;
use cunzhi::report::person_file::person_file;
use jiff::civil::date;

use super::oversight::{decide, impose, new_veto, raise, revoke};
use super::support::{TODAY, Town, home, sentence};

pub const DONE: &str = "没有拒绝";
pub const BY_PERSON: Command = Command::ChooseAccounts(VillagerAccount::Person);
pub const BY_HOUSEHOLD: Command = Command::ChooseAccounts(VillagerAccount::Household);

/// [`Town::small`] with points by person from the beginning.
pub fn by_person() -> Town {
    let mut town = Town::small();
    town.must(TODAY, BY_PERSON);
    town
}

/// The person of this name.
pub fn person(village: &Village, name: &str) -> PersonId {
    village.people.persons.iter().find(|person| village.name(person.id) == name).expect("a known name").id
}

/// The villager account of the person of this name.
pub fn villager(town: &Town, name: &str) -> Account {
    Account::Villager(person(&town.village, name))
}

fn redeem(account: Account, town: &Town, quantity: u32) -> Command {
    let goods = town.village.shelf.goods.iter().last().expect("goods").id;
    Command::Redeem { account, basket: vec![(goods, quantity)], proxy: String::new() }
}

/// What stands in the way of choosing, and what ends that.
type InTheWay = (&'static str, fn(&mut Town), fn(&mut Town));

const IN_THE_WAY: &[InTheWay] = &[
    (
        "还有 1 户的积分没有归零,改了以后没有人能兑。请先兑完,或到「年度」里年终清零;欠分的先冲正。",
        |town| {
            let home = town.household("1-001");
            town.record(TODAY, "环境整治", home, 1).expect("5 points");
            town.add_goods("食盐", 5, 10);
        },
        |town| {
            town.must(TODAY, redeem(town.household("1-001"), town, 1));
        },
    ),
    (
        "还有 1 户的积分没有归零,改了以后没有人能兑。请先兑完,或到「年度」里年终清零;欠分的先冲正。",
        |town| {
            town.record(TODAY, "乱倒垃圾", town.household("2-001"), 1).expect("a debt");
        },
        |town| {
            let entry = town.village.entries.of(town.household("2-001")).last().expect("an entry").id;
            town.must(TODAY, Command::ReverseEntry { entry, reason: "查无此事".to_owned() });
        },
    ),
    (
        "还有 1 条申报没有审核。请先在「待审」里审完,再改。",
        |town| {
            let (item, lines) = (town.item("环境整治"), vec![(town.household("1-002"), 1)]);
            town.must(
                TODAY,
                Command::FileClaims(NewClaims { item, date: TODAY, note: String::new(), lines, by: None }),
            );
        },
        |town| {
            let claims = town.village.claims.iter().map(|claim| claim.filed.id).collect();
            let verdict = cunzhi::domain::command::Verdict::Return("没有照片".to_owned());
            town.must(TODAY, Command::DecideClaims { claims, verdict, by: None });
        },
    ),
    (
        "还有 1 条异议没有处理。请先在「月结公示」里处理完,再改。",
        |town| {
            let account = town.household("1-001");
            let entry = town.record(TODAY, "环境整治", account, 1).expect("5 points");
            town.add_goods("食盐", 5, 10);
            town.must(TODAY, redeem(account, town, 1));
            town.must(TODAY, raise(entry, TODAY));
        },
        |town| {
            let entry = town.village.disputes.iter().next().expect("one").raised.entry;
            town.must(TODAY, decide(entry, cunzhi::domain::points::dispute::Verdict::Keep));
        },
    ),
    (
        "还有 1 条一票否决没有到期。请等到期或撤销以后再改。",
        |town| {
            let new = new_veto(town.household("1-001"), None, &[VetoEffect::NoRedemption]);
            town.must(TODAY, impose(new));
        },
        |town| {
            let veto = town.village.vetoes.iter().next().expect("one").imposed.veto;
            town.must(TODAY, revoke(veto, TODAY));
        },
    ),
];

#[test]
fn nothing_is_left_behind() {
    for (expected, put, settle) in IN_THE_WAY {
        let mut town = Town::small();
        put(&mut town);
        assert_eq!(sentence(town.tell(TODAY, BY_PERSON)), *expected);
        settle(&mut town);
        assert_eq!(sentence(town.tell(TODAY, BY_PERSON)), DONE, "after: {expected}");
    }
    let mut town = Town::small();
    assert_eq!(sentence(town.tell(TODAY, BY_HOUSEHOLD)), "群众积分现在就是按户记的,不用改。");
    town.must(TODAY, BY_PERSON);
    assert_eq!(sentence(town.tell(TODAY, BY_PERSON)), "群众积分现在就是按人记的,不用改。");
    let li = villager(&town, "李四");
    town.record(TODAY, "环境整治", li, 1).expect("5 points");
    let left = "还有 1 人的积分没有归零,改了以后没有人能兑。请先兑完,或到「年度」里年终清零;欠分的先冲正。";
    assert_eq!(sentence(town.tell(TODAY, BY_HOUSEHOLD)), left);
    // A new variant stops this from compiling, until it has its sentence here or below.
    match AccountRefusal::ClaimsOpen(1) {
        AccountRefusal::Unchanged(_)
        | AccountRefusal::BalanceLeft { .. }
        | AccountRefusal::ClaimsOpen(_)
        | AccountRefusal::DisputesOpen(_)
        | AccountRefusal::VetoStands(_)
        | AccountRefusal::NotInUse(_)
        | AccountRefusal::Settled(_) => {}
    }
}

#[test]
fn the_choice_counts_from_the_beginning_while_nothing_is_recorded() {
    let (before, long_ago) = (add_days(TODAY, -1), date(2020, 1, 1));
    let on = |town: &Town| [long_ago, before, TODAY].map(|day| town.village.villager_accounts.on(day));
    let [household, person] = [VillagerAccount::Household, VillagerAccount::Person];
    let mut town = Town::small();
    assert_eq!(on(&town), [household; 3]);
    town.must(TODAY, BY_PERSON);
    assert_eq!(on(&town), [person; 3]);
    town.must(TODAY, BY_HOUSEHOLD);
    assert_eq!(on(&town), [household; 3], "nobody has recorded anything yet");
    // Once something was recorded, what was keeps its lists.
    let mut town = Town::small();
    let entry = town.record(before, "环境整治", town.household("1-001"), 1).expect("5 points");
    town.must(before, Command::ReverseEntry { entry, reason: "错".to_owned() });
    town.must(TODAY, BY_PERSON);
    assert_eq!(on(&town), [household, household, person]);
    assert_eq!(town.village.villager_accounts.now(), person);
}

#[test]
fn who_is_here_starts_with_the_points_that_are_set_and_only_once() {
    let mut town = Town::small();
    let settings = Settings { household_opening: 10, ..town.village.settings };
    town.must(TODAY, Command::ChangeSettings(settings));
    let died = person(&town.village, "吴六");
    town.must(TODAY, Command::ChangePerson { person: died, change: PersonChange::Died, from: TODAY });
    town.must(TODAY, BY_PERSON);
    let balance = |town: &Town, name| town.village.balance(villager(town, name));
    assert_eq!(["张三", "李四", "吴六"].map(|name| balance(&town, name)), [10, 10, 0]);
    assert_eq!(town.village.villager_points(), 50, "five who live");
    let new = home("3-001", "", &[("甲", None), ("乙", None)]);
    town.must(TODAY, Command::ImportRoster(RosterDraft { households: vec![new] }));
    assert_eq!(["甲", "乙"].map(|name| balance(&town, name)), [10, 10]);
    assert_eq!(town.village.balance(town.household("3-001")), 0);
    // Cleared, changed and changed back: nobody starts a second time.
    let last = date(2025, 12, 31);
    town.must(last, Command::ClearYear { ledger: Ledger::Villager, year: 2025 });
    town.must(last, BY_HOUSEHOLD);
    assert_eq!(town.village.balance(town.household("1-001")), 10, "a household never did");
    let opening = |account| town.village.entries.of(account).filter(|one| one.reason == Reason::Opening).count();
    assert_eq!(opening(villager(&town, "张三")), 1);
}

#[test]
fn points_are_the_villagers_own() {
    let mut town = by_person();
    let (li, zhang) = (villager(&town, "李四"), villager(&town, "张三"));
    let member = Account::Member(person(&town.village, "李四"));
    let before = town.village.balance(member);
    town.record(TODAY, "环境整治", li, 1).expect("5 points");
    town.record(TODAY, "为民代办", member, 1).expect("2 points for the party member");
    assert_eq!((town.village.balance(li), town.village.balance(zhang)), (5, 0));
    assert_eq!((town.village.balance(member) - before, member.ledger()), (2, Ledger::Member));
    // A cap is each villager's own.
    let full = sentence(town.record(TODAY, "环境整治", li, 1));
    assert!(full.starts_with("9月26日有 1 个账户的「环境整治」已到上限"), "{full}");
    town.record(TODAY, "环境整治", zhang, 1).expect("the other has room");
    let home = town.village.people.households.iter().next().expect("1-001");
    assert_eq!(town.village.balance_of_home(home), 10);
    for (account, expected) in [
        (town.household("1-001"), "本村现在按人记群众积分,选的账户已经停用。请刷新后重新选。"),
        (Account::Villager(PersonId::from_raw(99)), "选中的账户不在本村名册里,请重新查找。"),
        (member, "「志愿服务」不适用于其中 1 个账户,请换一个事项或从名单里去掉。"),
    ] {
        assert_eq!(sentence(town.record(TODAY, "志愿服务", account, 1)), expected);
        let veto = impose(new_veto(account, None, &[VetoEffect::NoRedemption]));
        assert_eq!(sentence(town.tell(TODAY, veto)) == DONE, account == member, "{account:?}");
    }
    let mut old = Town::small();
    let refused = sentence(old.record(TODAY, "志愿服务", villager(&old, "李四"), 1));
    assert_eq!(refused, "本村现在按户记群众积分,选的账户已经停用。请刷新后重新选。");
}

#[test]
fn who_is_gone_scores_no_more_and_keeps_the_points() {
    for change in [PersonChange::Died, PersonChange::MovedAway] {
        let mut town = by_person();
        let li = villager(&town, "李四");
        town.record(TODAY, "环境整治", li, 1).expect("5 points");
        let person = person(&town.village, "李四");
        let from = add_days(TODAY, 1);
        town.must(from, Command::ChangePerson { person, change, from });
        let later = add_days(TODAY, 2);
        let refused = sentence(town.record(later, "环境整治", li, 1));
        assert_eq!(refused, "「环境整治」不适用于其中 1 个账户,请换一个事项或从名单里去掉。");
        town.record(later, "环境整治", villager(&town, "张三"), 1).expect("the others of the household");
        assert_eq!(town.village.balance(li), 5);
        town.must(later, town.activity(TODAY, "志愿服务", li, 1));
    }
}

#[test]
fn limits_stay_a_households() {
    let mut town = by_person();
    let (li, zhang, zhou) = (villager(&town, "李四"), villager(&town, "张三"), villager(&town, "周五"));
    for account in [li, zhang, zhou] {
        town.record(TODAY, "调解邻里纠纷", account, 5).expect("50 points");
    }
    let salt = town.add_goods("食盐", 5, 100);
    let settings = Settings { redeem_day_max: 30, ..town.village.settings };
    town.must(TODAY, Command::ChangeSettings(settings));
    town.must(TODAY, redeem(li, &town, 4));
    let over = "每户每天最多兑 30 分,这户今天已兑 20 分,这次要 15 分。请减少物品,或改天再来。";
    assert_eq!(sentence(town.tell(TODAY, redeem(zhang, &town, 3))), over);
    town.must(TODAY, redeem(zhou, &town, 6));
    let terms = town.village.shelf.terms(salt).expect("terms");
    town.must(TODAY, Command::SetGoodsTerms(GoodsTerms { quarter_limit: Some(5), ..terms }));
    let over = "「食盐」每户每季最多兑 5 瓶,这一户本季已兑 4 瓶。请减少数量或换一种。";
    assert_eq!(sentence(town.tell(add_days(TODAY, 1), redeem(zhang, &town, 2))), over);
    town.must(TODAY, redeem(zhang, &town, 1));
}

#[test]
fn settled_accounts_are_only_read() {
    let mut town = Town::small();
    let home = town.household("1-001");
    let entry = town.record(TODAY, "环境整治", home, 1).expect("5 points");
    town.add_goods("食盐", 5, 10);
    town.must(TODAY, redeem(home, &town, 1));
    town.must(TODAY, BY_PERSON);
    let settled = "本村已经改为按人记分,这一笔在结清的旧账户里,不能再改。要更正,请在现在的账户里另记一笔。";
    let redemption = town.village.shelf.redemptions().next().expect("one").id;
    for command in [
        Command::ReverseEntry { entry, reason: "错".to_owned() },
        Command::UndoRedemption(redemption),
        raise(entry, TODAY),
    ] {
        assert_eq!(sentence(town.tell(TODAY, command)), settled);
    }
    let book = passbook(&town.village, home, TODAY).expect("the old one stays readable");
    assert_eq!((book.lines.len(), book.balance, book.place.as_str()), (2, 0, "—"));
    assert!(book.lines.iter().all(|line| !line.can_reverse && !line.can_dispute));
    assert_eq!(book.settled, Some("本村已改为按人记分。这是按户记分时的旧存折,结清了,只供查看和打印。"));
}

#[test]
fn a_person_entered_twice_has_one_account() {
    let mut town = by_person();
    let twice = home("1-001b", "第一网格", &[("张三", None), ("李四", None)]);
    town.must(TODAY, Command::ImportRoster(RosterDraft { households: vec![twice] }));
    let of = |town: &Town, number: &str| -> HouseholdId {
        town.village.people.household_by_number(number).expect("a household").id
    };
    let (kept, gone) = (of(&town, "1-001"), of(&town, "1-001b"));
    let both = |town: &Town| -> Vec<Account> {
        let people = [kept, gone].map(|home| town.village.people.households.get(home).expect("one").people[1]);
        people.map(Account::Villager).to_vec()
    };
    let [first, second] = both(&town)[..] else { panic!("two") };
    town.record(TODAY, "环境整治", first, 1).expect("5 points");
    town.record(TODAY, "志愿服务", second, 1).expect("2 points");
    town.must(TODAY, Command::Settle(Settlement::JoinHouseholds { gone, kept, texts: Choice::Keep }));
    assert_eq!(town.village.account_now(second), first);
    assert_eq!(town.village.balance(first), 7);
    // What the other laptop still records for the other id goes to the same account.
    let event = Event::PointsPosted {
        activity: cunzhi::domain::id::ActivityId::from_raw(1 << 40),
        item: town.item("志愿服务"),
        version: cunzhi::domain::points::rule::RuleVersion(1),
        date: TODAY,
        note: None,
        lines: vec![cunzhi::domain::event::PostedLine {
            entry: cunzhi::domain::id::EntryId::from_raw(1 << 40),
            account: second,
            quantity: 1,
            points: 2,
        }],
    };
    town.village.apply(cunzhi::domain::calendar::Moment::at(TODAY, 13, 0), &event).expect("a known account");
    assert_eq!(town.village.balance(first), 9);
}

#[test]
fn the_points_of_an_erased_villager_stay() {
    let mut town = by_person();
    let (id, li) = (person(&town.village, "李四"), villager(&town, "李四"));
    town.must(TODAY, {
        let mut command = town.activity(TODAY, "环境整治", li, 1);
        if let Command::RecordActivity(new) = &mut command {
            new.note = "李四清了村东路沿".to_owned();
        }
        command
    });
    let file = person_file(&town.village, id, cunzhi::domain::calendar::Moment::at(TODAY, 12, 0)).expect("the file");
    let points = file.sections.iter().find(|section| section.title == "群众积分的每一笔").expect("a section");
    assert_eq!(points.rows, [["2025年9月26日", "环境整治", "李四清了村东路沿", "+5", "5"].map(str::to_owned)]);
    let preview = erasure_preview(&town.village, id, TODAY).expect("a preview");
    let stays = "本人的群众积分 5 分留在一个没有姓名的账户里,各项合计不变。";
    assert!(preview.remarks.iter().any(|remark| remark == stays), "{:?}", preview.remarks);
    town.must(TODAY, Command::ErasePerson { person: id, also: Vec::<TextPlace>::new() });
    let texts = town.village.register.iter().filter_map(|(_, value)| value.text.clone());
    assert!(!texts.collect::<String>().contains("李四"), "the note of the own account too");
    assert_eq!((town.village.balance(li), town.village.account_name(li)), (5, "已删除"));
    let note = town.village.entries.of(li).last().and_then(|entry| entry.note).expect("a note");
    assert_eq!(town.village.register.text(Owner::from(note), Field::Text), "某某清了村东路沿");
}
