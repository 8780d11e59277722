//! The notice on the wall: its figures, its pages, and what never gets there.

use cunzhi::domain::calendar::{Month, add_days};
use cunzhi::domain::command::Command;
use cunzhi::domain::points::dispute::Verdict;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::points::statement::statement;
use cunzhi::domain::points::veto::VetoEffect;
use cunzhi::domain::register::{Clock, Field, FieldValue, Owner};
use cunzhi::domain::roster::{MemberType, RosterDraft};
use cunzhi::domain::village::Village;
use cunzhi::report::disputes::{decided_disputes, dispute_tag, open_disputes};
use cunzhi::report::month_close::{MonthState, month_sheet, month_to_show, months};
use cunzhi::report::notice::{Masking, Notice, NoticeOf, masked, notice, notice_subjects};
use cunzhi::report::passbook::passbook;
use cunzhi::report::points_year::{points_year, years};
use cunzhi::report::vetoes::{veto_detail, veto_list, veto_sign};
use jiff::civil::date;

use super::oversight::{close, decide, impose, new_veto, raise, revoke};
use super::support::{TODAY, Town, home};

const SEPTEMBER: Month = Month { year: 2025, month: 9 };
const OCTOBER: Month = Month { year: 2025, month: 10 };

fn of_grid(town: &Town, name: &str) -> NoticeOf {
    NoticeOf::Grid(town.village.people.grid_by_name(name).map(|grid| grid.id))
}

fn rows(notice: &Notice) -> Vec<String> {
    notice.pages.iter().flat_map(|page| &page.rows).map(|row| row.join(" ")).collect()
}

/// September with some of everything, October with a correction of it.
fn town() -> Town {
    let mut town = Town::small();
    let (one, two) = (town.household("1-001"), town.household("1-002"));
    for (days, item, account, quantity) in [
        (0, "环境整治", one, 1),
        (1, "环境整治", one, 1),
        (1, "志愿服务", one, 3),
        (2, "调解邻里纠纷", one, 1),
        (2, "乱倒垃圾", two, 1),
        (2, "焚烧秸秆", two, 1),
    ] {
        town.record(add_days(TODAY, days), item, account, quantity).expect("recorded");
    }
    let wrong = town.record(add_days(TODAY, 3), "环境整治", two, 1).expect("recorded");
    town.must(add_days(TODAY, 3), Command::ReverseEntry { entry: wrong, reason: "错".to_owned() });
    let soap = town.add_goods("洗衣液", 6, 50);
    let basket = vec![(soap, 1)];
    town.must(add_days(TODAY, 4), Command::Redeem { account: one, basket, proxy: String::new() });
    town
}

#[test]
fn a_notice_says_what_the_month_brought() {
    let mut town = town();
    let grid = of_grid(&town, "第一网格");
    let draft = notice(&town.village, grid, SEPTEMBER, Masking::Masked, None);
    assert_eq!((draft.title.as_str(), draft.objections.as_deref()), ("柳湾村群众积分公示表", None));
    assert_eq!(draft.subtitle, "第一网格 · 2025年9月 · 未月结,数字还会变");
    let september =
        ["1 1-001 张* 0 26 0 6 20 环境整治 2 次、调解邻里纠纷 1 起等", "2 1-002 周* 0 0 10 0 -10 环境卫生扣分"];
    assert_eq!(rows(&draft), september);
    town.must(date(2025, 10, 1), close(Ledger::Villager, SEPTEMBER));
    let first = town.village.entries.of(town.household("1-001")).next().expect("an entry").id;
    town.must(date(2025, 10, 9), raise(first, date(2025, 10, 9)));
    town.must(date(2025, 10, 9), decide(first, Verdict::Reverse));
    town.must(date(2025, 10, 9), impose(new_veto(town.household("1-002"), None, &[VetoEffect::NoRedemption])));
    let closed = town.village.closings.of(Ledger::Villager, SEPTEMBER);
    let printed = notice(&town.village, grid, SEPTEMBER, Masking::Full, closed);
    assert_eq!(printed.subtitle, "第一网格 · 2025年9月 · 公示期 10月1日至10月3日");
    assert_eq!(printed.objections.as_deref(), Some("异议请于 10月16日 前向村党群服务中心提出"));
    assert_eq!(printed.pages[0].foot, "第 1 页 共 1 页 · 柳湾村党支部(盖章)");
    // What came later changes nothing, though the veto counts from 26 September.
    assert_eq!(rows(&printed)[0], september[0].replace("张*", "张三"));
    assert_eq!(rows(&printed)[1], "2 1-002 周五 0 0 10 0 -10 环境卫生扣分");
    let october = rows(&notice(&town.village, grid, OCTOBER, Masking::Masked, None));
    assert_eq!(october[0], "1 1-001 张* 20 0 5 0 15 冲正更正");
    assert_eq!(october[1], "2 1-002 周* -10 0 0 0 -10 停兑(一票否决)");
    let empty = rows(&notice(&town.village, of_grid(&town, "第二网格"), SEPTEMBER, Masking::Masked, None));
    assert_eq!(empty, ["1 2-001 郑* 0 0 0 0 0 —"]);
}

#[test]
fn members_stand_inside_their_type_with_the_year() {
    let mut town = Town::small();
    let draft = vec![home("3-001", "第一网格", &[("欧阳文山", Some(MemberType::Linked)), ("钱多", None)])];
    town.must(TODAY, Command::ImportRoster(RosterDraft { households: draft }));
    let member = town.member(MemberType::Linked);
    town.record(TODAY, "为民代办", member, 2).expect("recorded");
    town.record(add_days(TODAY, 10), "参与调解", member, 1).expect("recorded");
    let list = |month| rows(&notice(&town.village, NoticeOf::Type(MemberType::Linked), month, Masking::Masked, None));
    assert_eq!(
        list(SEPTEMBER),
        ["1 李* 联户党员 60 4 0 4 64 1 / 2 为民代办 2 次", "2 欧**山 联户党员 60 0 0 0 60 2 / 2 —"]
    );
    assert_eq!(list(OCTOBER)[0], "1 李* 联户党员 64 5 0 5 69 1 / 2 参与调解 1 起");
    // Another year begins with the points that everybody starts with.
    assert_eq!(list(Month { year: 2026, month: 1 })[0], "1 李* 联户党员 60 0 0 0 60 1 / 2 —");
}

#[test]
fn names_are_masked() {
    for (name, expected) in
        [("王海林", "王*林"), ("张三", "张*"), ("欧阳文山", "欧**山"), ("李", "李"), ("", ""), ("王 海 林", "王*林")]
    {
        assert_eq!(masked(name), expected);
    }
}

#[test]
fn long_lists_go_on_further_pages() {
    let mut town = Town::small();
    let many: Vec<_> = (1..=60).map(|n| home(&format!("1-1{n:02}"), "第一网格", &[("甲乙", None)])).collect();
    town.must(TODAY, Command::ImportRoster(RosterDraft { households: many }));
    let notice = notice(&town.village, of_grid(&town, "第一网格"), SEPTEMBER, Masking::Full, None);
    let counts: Vec<_> = notice.pages.iter().map(|page| page.rows.len()).collect();
    assert_eq!(counts, [25, 25, 12]);
    assert_eq!(notice.pages[2].foot, "第 3 页 共 3 页 · 柳湾村党支部(盖章)");
    assert_eq!(notice.pages[2].rows.last().map(|row| row[0].as_str()), Some("62"));
}

#[test]
fn subjects_are_those_that_have_somebody() {
    let town = Town::small();
    let labels = |ledger| {
        let subjects = notice_subjects(&town.village, ledger, SEPTEMBER).into_iter();
        subjects.map(|subject| subject.1).collect::<Vec<_>>()
    };
    assert_eq!(labels(Ledger::Villager), ["第一网格", "第二网格"]);
    assert_eq!(labels(Ledger::Member), MemberType::ALL.iter().map(|kind| kind.word()).collect::<Vec<_>>());
}

fn set(village: &mut Village, owner: impl Into<Owner>, field: Field, text: &str) {
    let value = FieldValue { field, clock: Clock(u64::MAX), text: Some(text.to_owned()) };
    village.register.set(owner.into(), value);
}

/// Every byte of every notice of the village.
fn every_notice(village: &Village) -> String {
    let mut all = Vec::new();
    for ledger in [Ledger::Villager, Ledger::Member] {
        for month in [SEPTEMBER, OCTOBER] {
            for (of, _) in notice_subjects(village, ledger, month) {
                for masking in Masking::ALL {
                    let closed = village.closings.of(ledger, month);
                    all.push(format!("{:?}", notice(village, of, month, *masking, closed)));
                }
            }
        }
    }
    all.concat()
}

/// Every field of every person and household but the name, and every note,
/// says something that could be found again.
#[test]
fn nothing_personal_but_a_name_gets_on_the_wall() {
    let mut town = town();
    town.must(date(2025, 10, 1), close(Ledger::Villager, SEPTEMBER));
    town.must(TODAY, impose(new_veto(town.household("1-002"), None, VetoEffect::ALL.get(..2).unwrap_or_default())));
    let village = &mut town.village;
    let people: Vec<_> = village.people.persons.iter().map(|person| person.id).collect();
    let homes: Vec<_> = village.people.households.iter().map(|home| home.id).collect();
    for field in Field::ALL.into_iter().filter(|field| !matches!(field, Field::Name | Field::Birth)) {
        for person in &people {
            set(village, *person, field, &format!("泄露{field:?}"));
        }
        for home in &homes {
            set(village, *home, field, &format!("泄露{field:?}"));
        }
    }
    let notes: Vec<_> = village.register.iter().map(|(owner, _)| owner).collect();
    for owner in notes.into_iter().filter(|owner| owner.kind == cunzhi::domain::id::Kind::Note) {
        set(village, owner, Field::Text, "泄露Text");
    }
    set(village, people[0], Field::Birth, "1970-01-31");
    let printed = every_notice(village);
    assert!(printed.contains("张三") && printed.contains("郑七"), "names are there");
    for secret in ["泄露", "1970", "01-31"] {
        assert!(!printed.contains(secret), "{secret} is on a notice");
    }
    // A head or member who is not 18 yet at the end of the month is not named.
    for (birth, is_named) in [("2007-09-30", true), ("2007-10-01", false), ("2020-01-01", false)] {
        set(village, people[0], Field::Birth, birth);
        let shown = rows(&notice(
            village,
            NoticeOf::Grid(village.people.households.iter().next().and_then(|home| home.grid)),
            SEPTEMBER,
            Masking::Full,
            None,
        ));
        assert_eq!(shown[0].contains("张三"), is_named, "{birth}: {}", shown[0]);
        assert_eq!(shown[0].contains("(未成年)"), !is_named, "{birth}");
    }
}

#[test]
fn figures_of_a_notice_add_up_to_the_balance() {
    let mut town = town();
    let account = town.household("1-001");
    let entry = town.village.entries.of(account).next().expect("an entry").id;
    town.must(date(2025, 10, 9), Command::ReverseEntry { entry, reason: "错".to_owned() });
    town.must(date(2025, 12, 31), Command::ClearYear { ledger: Ledger::Villager, year: 2025 });
    let accounts: Vec<Account> = town.village.entries.totals().map(|(account, _)| account).collect();
    for account in accounts {
        let mut before = 0;
        for month in 9..=12 {
            let found = statement(&town.village, account, Month { year: 2025, month });
            assert!(month == 9 || found.opening == before, "{account:?} {month}");
            before = found.closing();
        }
        assert_eq!(before, town.village.balance(account), "{account:?}");
    }
}

#[test]
fn the_page_says_how_a_month_stands() {
    let mut town = town();
    let october = date(2025, 10, 9);
    assert_eq!(months(&town.village, Ledger::Villager, october), [OCTOBER, SEPTEMBER]);
    assert_eq!(month_to_show(&town.village, Ledger::Villager, october), SEPTEMBER);
    let entry = town.village.entries.of(town.household("1-001")).next().expect("an entry").id;
    town.must(october, raise(entry, october));
    let sheet = month_sheet(&town.village, Ledger::Villager, SEPTEMBER, october);
    assert_eq!((sheet.state.clone(), sheet.can_close()), (MonthState::Next, false));
    assert_eq!(sheet.checks[0].words, "有 1 条记录的异议还没有处理。");
    assert_eq!(sheet.tally, "8 条记录,合计 +16 分,兑换 6 分");
    let running = month_sheet(&town.village, Ledger::Villager, OCTOBER, october);
    assert_eq!(running.state, MonthState::Running("11月1日 起可以月结。".to_owned()));
    let later = month_sheet(&town.village, Ledger::Villager, OCTOBER, date(2025, 11, 3));
    assert_eq!((later.state.clone(), later.can_close()), (MonthState::After(SEPTEMBER), false));
    town.must(october, decide(entry, Verdict::Keep));
    let sheet = month_sheet(&town.village, Ledger::Villager, SEPTEMBER, october);
    assert!(sheet.can_close());
    assert_eq!(
        sheet.consequence,
        "月结以后,2025年9月的群众积分不能再记、再改,更正只能记到后面的月份;公示期 10月9日 至 10月11日,异议受理到 10月17日。月结不能撤回。"
    );
    town.must(october, close(Ledger::Villager, SEPTEMBER));
    let sheet = month_sheet(&town.village, Ledger::Villager, SEPTEMBER, october);
    let MonthState::Closed(_, words) = &sheet.state else { panic!("{sheet:?}") };
    assert_eq!(words, "10月9日月结。公示期到 10月11日,异议受理到 10月17日。");
    assert!(!sheet.can_close());
}

#[test]
fn objections_are_listed_and_shown_in_the_passbook() {
    let mut town = town();
    let account = town.household("1-001");
    let entry = town.village.entries.of(account).next().expect("an entry").id;
    town.must(TODAY, raise(entry, TODAY));
    let list = open_disputes(&town.village, None, TODAY);
    assert_eq!(list.len(), 1);
    let row = &list[0];
    assert_eq!((row.who.as_str(), row.line.as_str()), ("1-001 张三", "9月26日 环境整治 +5"));
    assert_eq!((row.note.as_str(), row.dates.as_str()), ("张三:当天不在村里", "9月26日提出 · 10月13日前处理"));
    for (day, expected) in [
        (TODAY, "有异议,剩 8 个工作日"),
        (date(2025, 10, 13), "有异议,今天到期"),
        (date(2025, 10, 14), "有异议,已超期"),
    ] {
        assert_eq!(dispute_tag(&town.village, entry, day).map(|tag| tag.word).as_deref(), Some(expected));
    }
    assert_eq!(open_disputes(&town.village, Some(Ledger::Member), TODAY), []);
    let line = |town: &Town| {
        let book = passbook(&town.village, account, TODAY).expect("known");
        book.lines.into_iter().find(|line| line.entry == Some(entry)).expect("the line")
    };
    assert_eq!((line(&town).can_reverse, line(&town).can_dispute), (false, false));
    town.must(TODAY, decide(entry, Verdict::Keep));
    let kept = line(&town);
    assert_eq!((kept.can_reverse, kept.can_dispute), (true, false));
    assert_eq!(kept.mark.map(|tag| tag.word).as_deref(), Some("异议已维持"));
    assert!(kept.detail.ends_with("异议维持:查了签到表"), "{}", kept.detail);
    assert_eq!(open_disputes(&town.village, None, TODAY), []);
    let decided = decided_disputes(&town.village, Ledger::Villager, TODAY);
    let words: Vec<_> = decided.iter().map(|row| (row.who.as_str(), row.outcome.word.as_str())).collect();
    assert_eq!(words, [("1-001 张三", "维持")]);
    assert_eq!(decided[0].reason, "9月26日 查了签到表");
    assert_eq!(decided_disputes(&town.village, Ledger::Member, TODAY), []);
}

#[test]
fn a_veto_is_listed_shown_in_full_and_as_a_sign() {
    let mut town = town();
    let account = town.household("1-001");
    assert_eq!(veto_sign(&town.village, account, TODAY), None);
    town.must(TODAY, impose(new_veto(account, Some(date(2025, 12, 31)), &VetoEffect::ALL[..2])));
    let rows = veto_list(&town.village, Ledger::Villager, TODAY);
    let row = &rows[0];
    assert_eq!((row.number.as_str(), row.name.as_str(), row.document.as_str()), ("1-001", "张三", "柳村〔2025〕7号"));
    assert_eq!((row.effects.as_str(), row.span.as_str()), ("停兑、停评优", "9月26日 至 12月31日"));
    assert_eq!(row.phase.word, "生效中");
    assert_eq!(veto_list(&town.village, Ledger::Member, TODAY), []);
    let sign = veto_sign(&town.village, account, TODAY).expect("it counts");
    assert_eq!((sign.word.as_str(), sign.stops_redemption), ("停兑至 12月31日", true));
    assert_eq!(veto_sign(&town.village, account, date(2026, 1, 1)), None);
    let full = veto_detail(&town.village, row.veto, TODAY).expect("known");
    assert_eq!(full.meeting, "村民代表会议(9月25日)");
    assert!(full.can_appeal && full.can_revoke);
    town.must(TODAY, revoke(row.veto, TODAY));
    let full = veto_detail(&town.village, row.veto, TODAY).expect("known");
    assert_eq!(full.revocation.as_deref(), Some("9月26日,柳村〔2025〕9号:已整改到位"));
    assert!(!full.can_appeal && !full.can_revoke);
    town.must(TODAY, impose(new_veto(account, None, &[VetoEffect::NoAwards])));
    let sign = veto_sign(&town.village, account, TODAY).expect("it counts");
    assert_eq!((sign.word.as_str(), sign.stops_redemption), ("停评优中", false));
}

#[test]
fn a_year_adds_up_month_by_month() {
    let mut town = town();
    let account = town.household("1-001");
    let wrong = town.village.entries.of(account).next().expect("an entry").id;
    town.must(date(2025, 10, 9), Command::ReverseEntry { entry: wrong, reason: "错".to_owned() });
    let new_year = date(2026, 1, 4);
    let year = points_year(&town.village, Ledger::Villager, 2025, new_year);
    let row = |label: &str| {
        let row = year.rows.iter().find(|row| row.label == label).expect("a row");
        let figures = [&row.entries, &row.plus, &row.minus, &row.redeemed, &row.cleared, &row.active, &row.closing];
        figures.map(String::as_str).join(" ")
    };
    assert_eq!(year.rows.len(), 12 + 4 + 1);
    for (label, expected) in [
        ("8月", "0 0 0 0 0 0 / 3 0"),
        ("9月", "8 +26 −10 6 0 1 / 3 10"),
        ("第三季度", "8 +26 −10 6 0 1 / 3 10"),
        ("10月", "1 −5 0 0 0 0 / 3 5"),
        ("全年", "9 +21 −10 6 0 1 / 3 5"),
    ] {
        assert_eq!(row(label), expected, "{label}");
    }
    assert_eq!(years(&town.village, Ledger::Villager, new_year), [2026, 2025]);
    let end = &year.year_end;
    assert_eq!((end.accounts, end.points, end.barred.as_deref()), (1, 15, None));
    let early = points_year(&town.village, Ledger::Villager, 2025, date(2025, 12, 30)).year_end;
    assert_eq!(early.barred.as_deref(), Some("12月31日 起才能清零。"));
    town.must(new_year, Command::ClearYear { ledger: Ledger::Villager, year: 2025 });
    let cleared = points_year(&town.village, Ledger::Villager, 2025, new_year);
    assert_eq!(cleared.year_end.barred.as_deref(), Some("没有可以清零的积分。"));
    assert_eq!(cleared.rows.last().map(|row| row.cleared.as_str()), Some("−15"));
    // Next year begins with what was left: the debt of the second household.
    let next = points_year(&town.village, Ledger::Villager, 2026, new_year);
    assert_eq!(next.rows.last().map(|row| row.closing.as_str()), Some("−10"));
}

#[test]
fn awards_stand_inside_the_group_and_a_veto_leaves_out() {
    let mut town = town();
    let day = date(2025, 10, 9);
    let other = town.household("1-002");
    town.record(day, "志愿服务", other, 10).expect("recorded");
    town.record(date(2025, 10, 10), "参加会议", town.household("2-001"), 1).expect("recorded");
    let lines = |town: &Town| -> Vec<String> {
        let groups = points_year(&town.village, Ledger::Villager, 2025, day).groups.into_iter();
        let rows = groups.flat_map(|group| {
            let name = format!("{}/{}", group.name, group.of);
            group.rows.into_iter().map(move |row| (name.clone(), row))
        });
        rows.map(|(name, row)| {
            format!("{name} {}.{} {} {} {:?}", row.place, row.name, row.score, row.basis, row.left_out)
        })
        .collect()
    };
    assert_eq!(
        lines(&town),
        [
            "第一网格/2 1.张三 26 加 26、扣 0 None",
            "第一网格/2 2.周五 10 加 20、扣 10 None",
            "第二网格/1 1.郑七 2 加 2、扣 0 None",
        ]
    );
    town.must(day, impose(new_veto(town.household("1-001"), None, &[VetoEffect::NoAwards])));
    let with_veto = lines(&town);
    assert_eq!(with_veto[0], "第一网格/1 .张三 26 加 26、扣 0 Some(\"停评优(柳村〔2025〕7号)\")");
    assert_eq!(with_veto[1], "第一网格/1 1.周五 10 加 20、扣 10 None");
    let members = points_year(&town.village, Ledger::Member, 2025, day).groups;
    assert_eq!(members.len(), MemberType::ALL.len());
    assert_eq!(members[0].rows[0].basis, "起始 60、加 0、扣 0");
}
