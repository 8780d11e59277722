//! 放假安排: the shipped years, the notice as it is pasted, and what an entered year changes.

use cunzhi::domain::case::clock::{DayUnit, Limit, Standing, Target};
use cunzhi::domain::command::{CaseStep, Command, NewHandling};
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::working_days::{WorkingDays, WorkingDaysRefusal, YearTable};
use cunzhi::report::case_detail::case_detail;
use cunzhi::report::conflicts::conflicts;
use cunzhi::report::holiday_notice::read_notice;
use cunzhi::report::month_close::{MonthState, month_sheet};
use cunzhi::report::overview::overview;
use cunzhi::report::working_days::{caveat, day_words, moved_words, year_rows};
use jiff::civil::{Date, date};

use super::laptops::Desk;
use super::merge::{rows, settle};
use super::oversight::close;
use super::support::{TODAY, Town, matter, sentence};

const NOTICE_2025: &str = "国务院办公厅关于2025年部分节假日安排的通知
国办发明电〔2024〕12号
各省、自治区、直辖市人民政府,国务院各部委、各直属机构:
经国务院批准,现将2025年元旦、春节、清明节、劳动节、端午节、国庆节、中秋节放假调休日期的具体安排通知如下。
一、元旦:1月1日(周三)放假1天,不调休。
二、春节:1月28日(农历除夕、周二)至2月4日(农历正月初七、周二)放假调休,共8天。1月26日(周日)、2月8日(周六)上班。
三、清明节:4月4日(周五)至6日(周日)放假,共3天。
四、劳动节:5月1日(周四)至5日(周一)放假调休,共5天。4月27日(周日)上班。
五、端午节:5月31日(周六)至6月2日(周一)放假,共3天。
六、国庆节、中秋节:10月1日(周三)至8日(周三)放假调休,共8天。9月28日(周日)、10月11日(周六)上班。
节假日期间,各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
国务院办公厅
2024年11月12日";

const NOTICE_2026: &str = "经国务院批准,现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。\
一、元旦:1月1日(周四)至3日(周六)放假调休,共3天。1月4日(周日)上班。\
二、春节:2月15日(农历腊月二十八、周日)至23日(农历正月初七、周一)放假调休,共9天。2月14日(周六)、2月28日(周六)上班。\
三、清明节:4月4日(周六)至6日(周一)放假,共3天。四、劳动节:5月1日(周五)至5日(周二)放假调休,共5天。5月9日(周六)上班。\
五、端午节:6月19日(周五)至21日(周日)放假,共3天。六、中秋节:9月25日(周五)至27日(周日)放假,共3天。\
七、国庆节:10月1日(周四)至7日(周三)放假调休,共7天。9月20日(周日)、10月10日(周六)上班。";

/// Made up for these tests: nobody knows the notice of that year.
pub const NOTICE_2031: &str = "2031年部分节假日安排(测试用)
一、元旦:2030年12月31日(星期二)至2031年1月2日(星期四)放假,共3天。
二、春节:1月22日(周三)至28日(周二)放假调休,共7天。1月19日(周日)、2月1日(周六)上班。
三、劳动节:5月1日(周四)至3日(周六)放假,共3天。
四、国庆节:10月1日(周三)至7日(周二)放假调休,共7天。9月28日(周日)上班。";

#[test]
fn working_days_follow_the_notices() {
    let known = WorkingDays::default();
    for (day, expected) in [
        (date(2025, 9, 26), true),
        (date(2025, 9, 27), false),
        (date(2025, 9, 28), true),
        (date(2025, 10, 1), false),
        (date(2025, 10, 8), false),
        (date(2025, 10, 9), true),
        (date(2025, 10, 11), true),
        (date(2025, 10, 12), false),
        (date(2026, 2, 14), true),
        (date(2026, 2, 16), false),
        // Outside of the tables: Monday to Friday.
        (date(2031, 10, 1), true),
        (date(2031, 10, 4), false),
    ] {
        assert_eq!(known.is_working_day(day), expected, "{day}");
    }
    assert_eq!([2024, 2025, 2026, 2027].map(|year| known.is_year_known(year)), [false, true, true, false]);
    assert_eq!(known.after(date(2025, 9, 30), 1), date(2025, 10, 9));
    assert_eq!(known.after(Date::MAX, 3), Date::MAX);
    for (from, to, most, expected) in [
        (date(2025, 9, 30), date(2025, 10, 9), u16::MAX, 1),
        (date(2025, 9, 26), date(2025, 10, 12), u16::MAX, 7),
        (date(2025, 9, 26), date(2025, 10, 12), 4, 4),
        (date(2025, 10, 1), date(2025, 10, 9), u16::MAX, 0),
        (date(2025, 9, 30), date(2025, 9, 30), u16::MAX, 0),
        (date(2025, 9, 30), date(2025, 9, 1), u16::MAX, 0),
        (Date::MIN, Date::MAX, u16::MAX, u16::MAX),
    ] {
        assert_eq!(known.between(from, to, most), expected, "{from} to {to}");
    }
}

#[test]
fn the_notices_are_read_as_they_are_shipped() {
    let known = WorkingDays::default();
    for (year, notice) in [(2025, NOTICE_2025), (2026, NOTICE_2026)] {
        assert_eq!(read_notice(notice).ok(), known.table(year), "{year}");
    }
    // Lines that a file broke, wide and narrow signs.
    let broken = NOTICE_2026
        .replace("至23日", "至\n23\n日")
        .replace('(', "\u{ff08}")
        .replace(')', "\u{ff09}")
        .replace("10月1日", "\u{ff11}\u{ff10}月\u{ff11}日");
    assert_eq!(read_notice(&broken).ok(), known.table(2026));
}

#[test]
fn a_year_may_begin_in_december() {
    let table = read_notice(NOTICE_2031).expect("a whole notice");
    let words = day_words(&table);
    assert_eq!(
        words.off,
        ["12月31日至1月2日 3 天", "1月22日至1月28日 7 天", "5月1日至5月3日 3 天", "10月1日至10月7日 7 天"]
    );
    assert_eq!(words.worked, ["1月19日", "2月1日", "9月28日"]);
    assert_eq!(table.off[0], date(2030, 12, 31));
    let without = NOTICE_2031.replace("2030年12月31日", "12月31日").replace("2031年1月2日", "1月2日");
    assert_eq!(read_notice(&without).ok(), Some(table.clone()));
    let known = WorkingDays::default().with(table);
    assert_eq!((known.is_working_day(date(2030, 12, 31)), known.is_year_known(2030)), (false, false));
    assert_eq!(known.after(date(2031, 9, 26), 3), date(2031, 9, 30), "the Sunday is worked");
}

#[test]
fn what_does_not_agree_is_said() {
    let with = |from: &str, to: &str| {
        assert!(NOTICE_2026.contains(from), "{from}");
        NOTICE_2026.replace(from, to)
    };
    for (text, expected) in [
        ("放假安排".to_owned(), "没有看出是哪一年的放假安排。请连标题一起贴,如「2027年部分节假日安排」。"),
        (with("现将2026年", "现将2027年"), "2027年1月1日 是周五,贴的文字里写的是周四。请核对年份和日期。"),
        (with("4月4日(周六)", "4月4日(周日)"), "2026年4月4日 是周六,贴的文字里写的是周日。请核对年份和日期。"),
        (with("4月4日(周六)", "4月31日"), "看不懂「4月31日」里的日期,请对照通知改好再贴。"),
        (with("至23日(农历正月初七、周一)", "至22日"), "2月15日 起的假期数出来是 8 天,贴的文字里写的是 9 天。请核对。"),
        (
            with("10月1日(周四)至7日(周三)放假调休,共7天", "10月2日(周五)至7日放假"),
            "里面没有 10月1日 放假,通知好像没有贴全。",
        ),
        (with("5月9日(周六)上班", "5月8日(周五)上班"), "5月8日 本来就是工作日,不会是调休上班,请核对。"),
        (with("5月9日(周六)上班", "5月2日(周六)上班"), "5月2日 又写放假又写上班,请核对。"),
        (with("5月9日(周六)上班", "2025年5月10日上班"), "2025年5月10日 不在 2026 年的放假安排里,请核对年份。"),
        (
            with("1月1日(周四)至3日(周六)放假调休,共3天", "1月1日至3月31日放假"),
            "看不懂「1月1日至3月31日」里的日期,请对照通知改好再贴。",
        ),
        (
            "2026年:1月1日、5月1日、10月1日至3日放假。".to_owned(),
            "里面一共放假 5 天,每年应在 11 到 60 天之间,请核对是不是没有贴全。",
        ),
    ] {
        assert_eq!(read_notice(&text).expect_err(expected).to_string(), expected);
    }
    // Whatever is pasted is read or refused.
    for text in ["", "日", "2026年99999999999日", "1月1日(", "至5日放假", "2026年-1月1日放假上班99999999999天"]
    {
        assert!(read_notice(text).is_err(), "{text}");
    }
}

#[test]
fn a_year_is_entered_once_and_may_be_corrected() {
    let mut town = Town::small();
    let table = read_notice(NOTICE_2026).expect("read");
    let enter = |table: &YearTable| Command::EnterWorkingDays(table.clone());
    assert_eq!(sentence(town.tell(TODAY, enter(&table))), "2026 年的放假安排已经是这样了,不用再录。");
    let nothing = YearTable { year: 2026, ..YearTable::default() };
    assert_eq!(sentence(town.tell(TODAY, enter(&nothing))), "里面没有 1月1日 放假,通知好像没有贴全。");
    let mut unsorted = table.clone();
    unsorted.off.insert(0, date(2026, 10, 8));
    unsorted.off.push(date(2026, 10, 8));
    town.must(TODAY, enter(&unsorted));
    assert!(
        !town.village.working_days.is_working_day(date(2026, 10, 8)),
        "what was entered counts before what is shipped"
    );
    town.must(TODAY, enter(&table));
    assert!(town.village.working_days.is_working_day(date(2026, 10, 8)));
    // A new variant stops this from compiling, until it has its sentence here.
    match WorkingDaysRefusal::NoYear {
        WorkingDaysRefusal::NoYear
        | WorkingDaysRefusal::Unreadable(_)
        | WorkingDaysRefusal::Weekday { .. }
        | WorkingDaysRefusal::Count { .. }
        | WorkingDaysRefusal::OtherYear { .. }
        | WorkingDaysRefusal::Incomplete(_)
        | WorkingDaysRefusal::HowMany(_)
        | WorkingDaysRefusal::Both(_)
        | WorkingDaysRefusal::NoWeekend(_)
        | WorkingDaysRefusal::NothingChanged(_) => {}
    }
}

/// A case that is due in five working days from the last Thursday of September 2031.
fn limited(town: &mut Town, day: Date) -> cunzhi::domain::id::CaseId {
    let limit = Limit { days: 5, unit: DayUnit::WorkingDay, target: Target::Closed };
    let case = town.open(day, matter(day, Some(NewHandling::TimeLimited(limit))));
    town.step(day, case, CaseStep::Start).expect("started");
    case
}

#[test]
fn an_entered_year_moves_the_days_on_which_cases_are_due() {
    let mut town = Town::small();
    let day = date(2031, 9, 25);
    let case = limited(&mut town, day);
    // Suspended from Friday to Monday, of which one day is worked, and with the table two.
    town.step(date(2031, 9, 26), case, CaseStep::Suspend("等材料".to_owned())).expect("suspended");
    town.step(date(2031, 9, 29), case, CaseStep::Resume).expect("resumed");
    let due = |town: &Town| town.case(case).due(&town.village.working_days);
    let summary = |town: &Town| case_detail(&town.village, case, day).expect("known").summary;
    assert_eq!(due(&town), Some(date(2031, 10, 3)));
    assert!(summary(&town).ends_with("10月3日到期(2031年放假安排还没有录入,按周一到周五算)"), "{}", summary(&town));
    let table = read_notice(NOTICE_2031).expect("read");
    assert_eq!(moved_words(&town.village, &table), "1 件在办事项的到期日会跟着变。");
    town.must(day, Command::EnterWorkingDays(table.clone()));
    assert_eq!(due(&town), Some(date(2031, 10, 10)));
    assert!(summary(&town).ends_with("10月10日到期"), "{}", summary(&town));
    assert_eq!(moved_words(&town.village, &table), "在办事项的到期日都不变。");
    let standing = town.case(case).standing(date(2031, 10, 9), &town.village.working_days);
    assert_eq!(standing, Standing::DueIn(1));
}

#[test]
fn a_printed_day_stays_when_the_year_is_entered_later() {
    let mut town = Town::small();
    let september = date(2031, 9, 1);
    town.record(september, "环境整治", town.household("1-001"), 1).expect("recorded");
    let october = date(2031, 10, 1);
    let words = |town: &Town| match month_sheet(&town.village, Ledger::Villager, september_month(), october).state {
        MonthState::Closed(_, words) => words,
        state => panic!("{state:?}"),
    };
    town.must(october, close(Ledger::Villager, september_month()));
    assert!(
        words(&town).ends_with("异议受理到 10月10日(2031年放假安排还没有录入,按周一到周五算)。"),
        "{}",
        words(&town)
    );
    town.must(october, Command::EnterWorkingDays(read_notice(NOTICE_2031).expect("read")));
    assert!(words(&town).ends_with("异议受理到 10月10日。"), "{}", words(&town));
}

fn september_month() -> cunzhi::domain::calendar::Month {
    cunzhi::domain::calendar::Month { year: 2031, month: 9 }
}

#[test]
fn a_missing_year_is_asked_for_in_time() {
    let town = Town::small();
    let asked = |today: Date| {
        let todos = overview(&town.village, today, None, 0).todos;
        todos.into_iter().find(|todo| todo.tag.word == "待录入").map(|todo| todo.title)
    };
    assert_eq!(asked(TODAY), None);
    assert_eq!(asked(date(2026, 11, 30)), None);
    assert_eq!(asked(date(2026, 12, 1)).as_deref(), Some("2027 年放假安排还没有录入"));
    assert_eq!(asked(date(2027, 3, 1)).as_deref(), Some("2027 年放假安排还没有录入"));
    let rows = year_rows(&town.village, date(2026, 12, 1));
    let said: Vec<_> = rows.iter().map(|row| (row.year, row.state.word.as_str(), row.days.is_some())).collect();
    assert_eq!(said, [(2027, "还没有录入", false), (2026, "随软件自带", true), (2025, "随软件自带", true)]);
    assert_eq!(caveat(&town.village.working_days, date(2026, 12, 31)), "");
}

#[test]
fn two_laptops_that_entered_other_days_are_asked() {
    let table = read_notice(NOTICE_2031).expect("read");
    let mut other = table.clone();
    other.worked.retain(|day| *day != date(2031, 9, 28));
    let mut one = Desk::founded();
    let mut two = one.copy(21, 1_000);
    one.act(Command::EnterWorkingDays(table.clone())).expect("entered");
    two.act(Command::EnterWorkingDays(other.clone())).expect("entered");
    for (label, counts) in [("保留现在的", &table), ("改用那边的", &other)] {
        let mut both = one.merged(&two);
        assert_eq!(two.merged(&one).picture(), both.picture());
        assert_eq!(both.village().working_days.entered(2031), Some(&table), "the first counts until then");
        let listed = rows(&both, "设置");
        assert_eq!(listed.len(), 1);
        assert!(listed[0].detail.contains(":9月28日现在上班,那边放假。"), "{}", listed[0].detail);
        settle(&mut both, &listed[0], label);
        assert_eq!(both.village().working_days.entered(2031), Some(counts), "{label}");
        assert_eq!(conflicts(both.village()), []);
        // Correcting it afterwards is no contradiction.
        let again = if counts == &table { &other } else { &table };
        both.act(Command::EnterWorkingDays(again.clone())).expect("corrected");
        assert_eq!(conflicts(both.merged(&two).village()), []);
    }
    // Both entered the same: nobody is asked.
    let mut three = Desk::founded();
    let mut four = three.copy(21, 1_000);
    for desk in [&mut three, &mut four] {
        desk.act(Command::EnterWorkingDays(table.clone())).expect("entered");
    }
    assert_eq!(conflicts(three.merged(&four).village()), []);
}
