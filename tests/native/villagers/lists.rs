//! Whatever lists households lists villagers where points are kept by person.

use cunzhi::domain::calendar::{Moment, Month, Quarter};
use cunzhi::domain::command::Command;
use cunzhi::domain::id::PersonId;
use cunzhi::domain::people::PersonChange;
use cunzhi::domain::points::accounts::VillagerAccount;
use cunzhi::domain::points::close::notice_rows;
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::points::settings::Settings;
use cunzhi::domain::points::veto::VetoEffect;
use cunzhi::domain::register::{Clock, Field, FieldValue, Owner};
use cunzhi::report::account_choice::account_choice;
use cunzhi::report::account_finder::accounts_found;
use cunzhi::report::activity::participants;
use cunzhi::report::group_ranking::{GroupBy, group_ranking};
use cunzhi::report::hall_papers::{cards, entitled_list};
use cunzhi::report::name_list::{Meant, read_names};
use cunzhi::report::notice::{Masking, NoticeOf, notice, notice_subjects};
use cunzhi::report::open_data::open_data;
use cunzhi::report::people_list::household_detail;
use cunzhi::report::points_year::points_year;
use cunzhi::report::preparation::checklist;
use cunzhi::report::ranking::{Place, place_in_grid, ranking};
use cunzhi::report::redemption_desk::{Serving, card_code, desk_sheet, found, taken};
use cunzhi::report::search::SearchIndex;
use cunzhi::report::settings_preview::settings_preview;
use cunzhi::report::shelf_list::{Span, signature_list};
use cunzhi::report::signature_pages::signature_paper;
use cunzhi::report::units::Within;
use jiff::civil::date;

use super::super::oversight::{close, impose, new_veto};
use super::super::support::{TODAY, Town};
use super::{BY_HOUSEHOLD, BY_PERSON, by_person, person, villager};

const SEPTEMBER: Month = Month { year: 2025, month: 9 };
const QUARTER: Quarter = Quarter { year: 2025, quarter: 3 };

/// 李四 has 25 points, 张三 5, 周五 10, and 李四 took salt for 5.
fn town() -> Town {
    let mut town = by_person();
    for (item, name, quantity) in
        [("志愿服务", "李四", 10), ("环境整治", "李四", 1), ("环境整治", "张三", 1), ("调解邻里纠纷", "周五", 1)]
    {
        let account = villager(&town, name);
        town.record(TODAY, item, account, quantity).expect("recorded");
    }
    let salt = town.add_goods("食盐", 5, 10);
    let (account, proxy) = (villager(&town, "李四"), "张三(父亲)".to_owned());
    town.must(TODAY, Command::Redeem { account, basket: vec![(salt, 1)], proxy });
    town
}

#[test]
fn rankings_and_places() {
    let town = town();
    let all = ranking(&town.village, Ledger::Villager, QUARTER, Within::default(), 3);
    let rows = all.rows.iter().map(|row| format!("{} {} {} {}", row.place_words(), row.number, row.name, row.score));
    assert_eq!(rows.collect::<Vec<_>>(), ["1 / 6 1-001 李四 25", "2 / 6 1-002 周五 10", "3 / 6 1-001 张三 5"]);
    let place = |account| place_in_grid(&town.village, account, QUARTER).map(Place::words);
    assert_eq!(place(villager(&town, "周五")).as_deref(), Some("2 / 5"));
    assert_eq!(place(town.household("1-001")), None, "a household has no place");
    let grids = group_ranking(&town.village, GroupBy::Grid, QUARTER, None);
    let rows = grids.iter().map(|row| format!("{} {} {} {} {}", row.name, row.n, row.active, row.score, row.mean));
    assert_eq!(rows.collect::<Vec<_>>(), ["第一网格 5 60.00%(3/5) 40 8.0", "第二网格 1 0.00%(0/1) 0 0.0"]);
    let year = points_year(&town.village, Ledger::Villager, 2025, TODAY);
    let total = year.rows.last().expect("the year");
    assert_eq!((total.active.as_str(), year.counter), ("3 / 6", "人"));
    let first = &year.groups[0];
    assert_eq!((first.of, first.rows[0].name.as_str(), first.rows[0].number.as_str()), (5, "李四", "1-001"));
}

#[test]
fn who_is_found_is_a_villager() {
    let town = town();
    let village = &town.village;
    let index = SearchIndex::build(village);
    let all = participants(village, Ledger::Villager, None, TODAY, TODAY);
    let ticks = all.grids().iter().map(|grid| (grid.grid.as_str(), grid.rows.len()));
    assert_eq!(ticks.collect::<Vec<_>>(), [("第一网格", 5), ("第二网格", 1)]);
    for (typed, expected) in [
        ("李四", &["李四"][..]),
        ("ls", &["李四"]),
        ("1-001", &["张三", "李四", "张小"]),
        ("zs", &["张三"]),
        ("zx", &["张小"]),
        ("xyz", &[]),
    ] {
        let names = all.find(&index, typed, 9).into_iter().map(|one| (one.participant.name, one.via));
        let wanted: Vec<_> = expected.iter().map(|name| ((*name).to_owned(), None)).collect();
        assert_eq!(names.collect::<Vec<_>>(), wanted, "登记 {typed}");
        let names = accounts_found(village, &index, Ledger::Villager, typed, 9).into_iter().map(|one| one.name);
        assert_eq!(names.collect::<Vec<_>>(), expected, "{typed}");
        let names = found(village, &index, typed, 9, TODAY).into_iter().map(|one| one.name);
        assert_eq!(names.collect::<Vec<_>>(), expected, "兑换 {typed}");
    }
    let meant = |text: &str| read_names(village, &all, Ledger::Villager, text);
    let [two, home, one] = &meant("李四2、2-001、1-001")[..] else { panic!("three names") };
    assert_eq!((two.meant.clone(), two.quantity), (Meant::One(villager(&town, "李四")), Some(2)));
    assert_eq!(home.meant, Meant::One(villager(&town, "郑七")), "one person lives there");
    let family = ["张三", "李四", "张小"].map(|name| villager(&town, name)).to_vec();
    assert_eq!(one.meant, Meant::Several(family), "whoever of them is settled by hand");
}

#[test]
fn the_hall_serves_villagers() {
    let town = town();
    let (village, li) = (&town.village, villager(&town, "李四"));
    let index = SearchIndex::build(village);
    let code = card_code(person(village, "李四"));
    let rows = found(village, &index, &code, 9, TODAY);
    assert_eq!((rows.len(), rows[0].account, rows[0].is_exact, taken(&rows, None)), (1, li, true, Some(0)));
    assert!(found(village, &index, "P1", 9, TODAY).is_empty(), "nobody's card");
    // Who is gone is found while there is something to redeem.
    let mut later = town.clone();
    for name in ["李四", "吴六"] {
        let person = person(village, name);
        later.must(TODAY, Command::ChangePerson { person, change: PersonChange::MovedAway, from: TODAY });
    }
    let names = |typed| found(&later.village, &index, typed, 9, TODAY).into_iter().map(|row| row.name);
    assert_eq!(names("李四").chain(names("吴六")).collect::<Vec<_>>(), ["李四"]);
    let erased = Command::ErasePerson { person: person(village, "李四"), also: Vec::new() };
    later.must(TODAY, erased);
    let index = SearchIndex::build(&later.village);
    let names = |typed| found(&later.village, &index, typed, 9, TODAY).into_iter().map(|row| row.name);
    assert_eq!(
        (names("李四").count(), names("1-001").collect::<Vec<_>>()),
        (0, ["张三", "已删除", "张小"].map(str::to_owned).to_vec())
    );
    let sheet = desk_sheet(village, &Serving { account: Some(li), ..Serving::default() }, TODAY);
    let who = sheet.who.expect("a villager");
    assert_eq!((who.name.as_str(), who.place.as_str(), who.balance), ("李四", "第一网格 · 1-001", 20));
    let list = entitled_list(village, None, TODAY);
    let rows = list.pages.concat().into_iter().map(|row| format!("{} {} {}", row.number, row.head, row.points));
    assert_eq!(rows.collect::<Vec<_>>(), ["1-001 张三 5", "1-001 李四 20", "1-002 周五 10"]);
    assert_eq!((list.total.as_str(), list.name_word), ("合计 3 人、35 分", "姓名"));
    let cards = cards(village, None).concat();
    assert_eq!(cards.len(), 6);
    for card in cards {
        let person = card.account.person().expect("a villager");
        let code = qrcodegen::QrCode::encode_text(&card_code(person), qrcodegen::QrCodeEcc::Medium).expect("short");
        assert_eq!((card.side, card.kind), (code.size(), "积分卡"));
    }
    let signed = signature_list(village, Span::Day(TODAY));
    let row = &signed.rows[0];
    assert_eq!((row.number.as_str(), row.name.as_str(), row.proxy.as_str()), ("1-001", "李四", "张三(父亲)"));
    let paper = signature_paper(village, Span::Day(TODAY));
    assert_eq!((paper.total.as_str(), paper.name_word), ("合计 1 人、1 笔", "姓名"));
    assert_eq!(checklist(village, TODAY, None)[3].sentence, "没有被停兑的人");
}

fn rows(town: &Town, month: Month, masking: Masking) -> Vec<String> {
    let subjects = notice_subjects(&town.village, Ledger::Villager, month);
    let of = |of: NoticeOf| notice(&town.village, of, month, masking, None);
    let pages = subjects.into_iter().flat_map(|(subject, _)| of(subject).pages);
    pages.flat_map(|page| page.rows).map(|row| row.join(" ")).collect()
}

#[test]
fn the_notice_lists_people_and_stays_as_it_was() {
    let mut town = town();
    let veto = new_veto(villager(&town, "周五"), None, &[VetoEffect::NoRedemption]);
    town.must(TODAY, impose(veto));
    let masked = rows(&town, SEPTEMBER, Masking::Masked);
    assert_eq!(
        masked,
        [
            "1 1-001 张* 0 5 0 0 5 环境整治 1 次",
            "2 1-001 李* 0 25 0 5 20 志愿服务 10 小时、环境整治 1 次",
            "3 1-002 周* 0 10 0 0 10 调解邻里纠纷 1 起;停兑(一票否决)",
        ]
    );
    let left_out = |town: &Town| {
        let subjects = notice_subjects(&town.village, Ledger::Villager, SEPTEMBER).into_iter();
        let left = |of| notice(&town.village, of, SEPTEMBER, Masking::Masked, None).left_out;
        subjects.map(|(of, _)| left(of).unwrap_or_default()).collect::<Vec<_>>()
    };
    let words = |count| format!("另有 {count} 人本月没有一笔记录,也没有结余,没有列出。");
    let expected = [words(2), words(1)];
    assert_eq!(left_out(&town), expected);
    let heads = notice(&town.village, NoticeOf::Grid(None), SEPTEMBER, Masking::Full, None).columns;
    assert_eq!(heads[2].head, "户主", "an empty sheet is one of households");
    let october = date(2025, 10, 9);
    let before = notice_rows(&town.village, Ledger::Villager, SEPTEMBER);
    town.must(october, close(Ledger::Villager, SEPTEMBER));
    assert_eq!(notice_rows(&town.village, Ledger::Villager, SEPTEMBER), before, "what was kept is what there was");
    assert_eq!((rows(&town, SEPTEMBER, Masking::Masked), left_out(&town)), (masked, expected.to_vec()));
}

/// Whoever holds, owes, moved something in the month or is not to redeem is listed.
#[test]
fn only_those_of_whom_the_month_says_nothing_are_left_out() {
    let october = Month { year: 2025, month: 10 };
    for (deed, expected) in [
        (None, 3),
        (Some(("环境整治", false)), 2),
        (Some(("乱倒垃圾", false)), 2),
        // Taken back within the month: nothing is left, and it is said that there was something.
        (Some(("环境整治", true)), 2),
    ] {
        let mut town = town();
        let wu = villager(&town, "吴六");
        if let Some((item, is_taken_back)) = deed {
            let entry = town.record(date(2025, 10, 8), item, wu, 1).expect("recorded");
            if is_taken_back {
                town.must(date(2025, 10, 9), Command::ReverseEntry { entry, reason: "记错".to_owned() });
            }
        }
        let subjects = notice_subjects(&town.village, Ledger::Villager, october).into_iter();
        let all = subjects.map(|(of, _)| notice(&town.village, of, october, Masking::Masked, None));
        let (mut listed, mut left) = (0, 0);
        for one in all {
            listed += one.pages.iter().map(|page| page.rows.len()).sum::<usize>();
            left += one.left_out.map_or(0, |words| words.chars().filter_map(|sign| sign.to_digit(10)).sum::<u32>());
        }
        assert_eq!((listed, left), (6 - expected as usize, expected), "{deed:?}");
    }
    let households = notice(&Town::small().village, NoticeOf::Grid(None), october, Masking::Masked, None);
    assert_eq!(households.left_out, None, "households are all listed");
}

/// Nothing of the register but the name and whether somebody is grown up.
#[test]
fn only_a_name_leads_to_the_notice() {
    let mut town = town();
    let people: Vec<Owner> = town.village.people.persons.iter().map(|person| Owner::from(person.id)).collect();
    let homes = town.village.people.households.iter().map(|home| Owner::from(home.id));
    for owner in people.into_iter().chain(homes.collect::<Vec<_>>()) {
        for field in Field::ALL.into_iter().filter(|field| *field != Field::Name) {
            let text = if field == Field::Birth { "2015-03-17" } else { "泄露" };
            let value = FieldValue { field, clock: Clock(u64::MAX), text: Some(text.to_owned()) };
            town.village.register.set(owner, value);
        }
    }
    let printed = rows(&town, SEPTEMBER, Masking::Full).join("\n");
    for secret in ["泄露", "2015", "03-17", "李四"] {
        assert!(!printed.contains(secret), "{secret} is on a notice");
    }
    assert_eq!(printed.matches("(未成年)").count(), 3, "minors are never named");
}

/// In the month of the change both stand on the sheet, or it would not add up.
#[test]
fn the_month_of_the_change_has_both() {
    let mut town = Town::small();
    let home = town.household("1-001");
    town.record(TODAY, "环境整治", home, 1).expect("5 points");
    let salt = town.add_goods("食盐", 5, 10);
    town.must(TODAY, Command::Redeem { account: home, basket: vec![(salt, 1)], proxy: String::new() });
    town.must(TODAY, BY_PERSON);
    let li = villager(&town, "李四");
    town.record(TODAY, "环境整治", li, 1).expect("5 points");
    let full = rows(&town, SEPTEMBER, Masking::Full);
    assert_eq!(full, ["1 1-001 李四 0 5 0 0 5 环境整治 1 次", "2 1-001 张三(户) 0 5 0 5 0 环境整治 1 次"]);
    assert_eq!(rows(&town, Month { year: 2025, month: 8 }, Masking::Full).len(), 3, "households are all listed");
    let before = Quarter { year: 2025, quarter: 2 };
    let count = |quarter| ranking(&town.village, Ledger::Villager, quarter, Within::default(), 9).count;
    assert_eq!((count(before), count(QUARTER)), (3, 6), "earlier quarters keep their households");
    let year = points_year(&town.village, Ledger::Villager, 2025, TODAY);
    assert_eq!(year.rows.last().map(|row| row.active.as_str()), Some("2 / 7"), "six people and the household");
}

#[test]
fn the_household_shows_its_people_and_their_sum() {
    let town = town();
    let home = town.village.people.household_by_number("1-001").expect("1-001").id;
    let detail = household_detail(&town.village, home, TODAY).expect("1-001");
    assert_eq!((detail.household.balance, detail.book), (25, None), "no book of its own");
    let people = detail.people.iter().map(|one| (one.name.as_str(), one.balance));
    assert_eq!(people.collect::<Vec<_>>(), [("张三", Some(5)), ("李四", Some(20)), ("张小", Some(0))]);
    // Changed back, the villagers' old books are still reached from here.
    let mut back = by_person();
    back.must(TODAY, BY_HOUSEHOLD);
    let detail = household_detail(&back.village, home, TODAY).expect("1-001");
    assert_eq!((detail.book, detail.people[0].balance), (Some("看这户的存折"), Some(0)));
    let old = Town::small();
    let home = old.village.people.household_by_number("1-001").expect("1-001").id;
    let detail = household_detail(&old.village, home, TODAY).expect("1-001");
    assert_eq!((detail.book, detail.people[0].balance), (Some("看这户的存折"), None));
}

#[test]
fn the_choice_says_what_it_means() {
    let mut town = Town::small();
    town.must(TODAY, Command::ChangeSettings(Settings { household_opening: 10, ..town.village.settings }));
    let choice = account_choice(&town.village, TODAY);
    assert_eq!((choice.now, choice.other, choice.barred), (VillagerAccount::Household, VillagerAccount::Person, None));
    assert_eq!(
        choice.effects,
        [
            "群众积分从此一人一本存折,现有 6 人;登记、排行、公示和兑换都按人。",
            "没有起始分的 6 人,每人记起始分 10 分。",
            "每户每天、每户每季的限兑不变,还是一家人合在一起算。",
        ]
    );
    town.must(TODAY, BY_PERSON);
    let choice = account_choice(&town.village, TODAY);
    assert_eq!(choice.effects[0], "群众积分从此一户一本存折,现有 3 户;登记、排行、公示和兑换都按户。");
    assert_eq!(choice.effects[2], "以前的存折、公示和排行照原样留着,随时可以查看和打印。");
    assert!(choice.barred.is_some_and(|why| why.starts_with("还有 6 人的积分没有归零")));
    let settings = Settings { household_opening: 20, redeem_min: 15, ..town.village.settings };
    let preview = settings_preview(&town.village, &settings, TODAY);
    assert_eq!(
        preview,
        [
            "未兑付 60 分,合 60 元。",
            "有分的 6 人里,6 人不够 15 分,还不能兑换。",
            "以后新登记的人从 20 分起,已有的人不变。",
        ]
    );
}

/// Ids only, and every account to which something links.
#[test]
fn open_data_know_villagers_by_their_ids() {
    let town = town();
    let files = open_data(&town.village, Moment::at(TODAY, 12, 0));
    let text = |name: &str| {
        let file = files.iter().find(|(known, _)| known == name).expect("a table");
        String::from_utf8_lossy(&file.1).into_owned()
    };
    let (balances, li) = (text("balances.csv"), person(&town.village, "李四"));
    let home = town.village.people.persons.get(li).expect("李四").household;
    let row = format!("v{},群众积分,{},,25,5,20", PersonId::raw(li), home.raw());
    assert!(balances.lines().any(|line| line.trim() == row), "{row} in {balances}");
    assert!(text("entries.csv").contains(&format!("v{}", li.raw())));
    assert!(!files.iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("李四")));
    let before = open_data(&Town::small().village, Moment::at(TODAY, 12, 0));
    let before = before.iter().find(|(name, _)| name == "balances.csv").expect("a table");
    assert!(!String::from_utf8_lossy(&before.1).contains("\nv"), "no villagers where points are kept by household");
}
