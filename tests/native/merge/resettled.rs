//! What both laptops settled, and differently: it is said, and nothing is lost in silence.

use cunzhi::domain::calendar::{Moment, Month};
use cunzhi::domain::case::record::Happening;
use cunzhi::domain::command::Command;
use cunzhi::domain::conflict::{ActPlace, Choice};
use cunzhi::domain::contradiction::Contradiction;
use cunzhi::domain::event::Event;
use cunzhi::domain::id::{DeviceId, EntryId, NoteId};
use cunzhi::domain::points::settings::Settings;
use cunzhi::report::conflicts::{Way, conflicts};

use super::{closed_differently, rows, settle};
use crate::checks::found;
use crate::laptops::Desk;
use crate::support::{TODAY, Town, home, matter};
use cunzhi::domain::roster::RosterDraft;

/// Both laptops know of the same conflict, and each settles it in its own way.
fn each_settles(both: &Desk, kind: &str, labels: [&str; 2]) -> Desk {
    let (mut one, mut two) = (both.copy(30, 0), both.copy(31, 60_000));
    for (desk, label) in [&mut one, &mut two].into_iter().zip(labels) {
        let row = rows(desk, kind).remove(0);
        settle(desk, &row, label);
    }
    let all = one.merged(&two);
    assert!(all.picture() == two.merged(&one).picture(), "commutative");
    all
}

fn told(desk: &Desk) -> Vec<(&'static str, String, String)> {
    conflicts(desk.village()).into_iter().map(|row| (row.kind, row.title, row.detail)).collect()
}

/// One row, which says this and goes once it was read.
fn is_told_once(desk: &Desk, expected: (&'static str, &str, &str)) {
    let (kind, title, detail) = expected;
    assert_eq!(told(desk), [(kind, title.to_owned(), detail.to_owned())]);
    let mut read = desk.copy(40, 0);
    let row = conflicts(read.village()).remove(0);
    let label = row.ways.iter().find_map(|way| match way {
        Way::Press(label, _) => Some(*label),
        _ => None,
    });
    settle(&mut read, &row, label.expect("a press"));
    assert_eq!(told(&read), []);
}

#[test]
fn a_case_settled_differently_on_both_is_told() {
    let (one, two) = closed_differently();
    let both = one.merged(&two);
    let all = each_settles(&both, "事项", ["保留先记的", "改用后记的"]);
    is_told_once(
        &all,
        (
            "事项",
            "0001 二组路灯不亮",
            "两台电脑都处理了这处冲突。先处理的算数:「保留先记的」;9月26日 08:09 处理的是「改用后记的」。要改,请在这件事项里接着办。",
        ),
    );
    // Settled alike, there is nothing to tell.
    let alike = each_settles(&both, "事项", ["改用后记的", "改用后记的"]);
    assert_eq!(told(&alike), []);
}

#[test]
fn settings_settled_differently_on_both_are_told() {
    let one = Desk::founded();
    let (mut left, mut right) = (one.copy(20, 0), one.copy(21, 1_000));
    for (desk, redeem_min) in [(&mut left, 10), (&mut right, 20)] {
        let settings = Settings { redeem_min, ..desk.village().settings };
        desk.act(Command::ChangeSettings(settings)).expect("in order");
    }
    let both = left.merged(&right);
    let all = each_settles(&both, "设置", ["改用那边的", "保留现在的"]);
    assert_eq!(all.village().settings.redeem_min, 20);
    let last = all.village().displaced().last().expect("the second decision");
    assert_eq!((last.settled, Choice::Keep), (None, Choice::Keep));
    is_told_once(
        &all,
        (
            "设置",
            "积分设置",
            "两台电脑都处理了这处冲突。先处理的算数:「改用后记的」;9月26日 08:07 处理的是「保留先记的」。请和村里议定的对一下,要改请到原来的地方改。",
        ),
    );
}

#[test]
fn two_households_joined_here_and_told_apart_there_are_looked_into() {
    let founded = Desk::founded();
    let (mut left, mut right) = (founded.copy(20, 0), founded.copy(21, 1_000));
    for (desk, head) in [(&mut left, "赵大"), (&mut right, "钱二")] {
        let homes = vec![home("3-001", "第一网格", &[(head, None)])];
        desk.act(Command::ImportRoster(RosterDraft { households: homes })).expect("in order");
    }
    let both = left.merged(&right);
    for labels in [["是同一户,合并", "是两户,给后一户改号"], ["是两户,给后一户改号", "是同一户,合并"]]
    {
        let all = each_settles(&both, "户", labels);
        let village = all.village();
        let numbers: Vec<_> = village.people.households.iter().map(|home| home.number.as_str()).collect();
        assert_eq!(numbers, ["1-001", "1-002", "2-001", "3-001"], "{labels:?}");
        assert_eq!(village.people.household_by_number("3-001").expect("it").people.len(), 2);
        let words = "一台电脑把两户并成了 3-001 户,另一台电脑当成两户,另一户是 9-001。现在算一户。";
        assert_eq!(found(village), [("合并的户没有另外改号", vec![words.to_owned()])]);
        let advice = "要是两户,请把另一户重新登记,该归它的积分冲正后补登。看过点「已核实」。";
        is_told_once(&all, ("户", "3-001 赵大", &format!("{words}{advice}")));
    }
}

#[test]
fn what_cannot_be_taken_without_steps_that_were_kept_out_stays_to_be_settled() {
    let mut town = Town::small();
    town.must(TODAY, Command::OpenCase(matter(TODAY, None)));
    let (case, at) = (town.village.cases.iter().last().expect("the case").opening.id, Moment::at(TODAY, 9, 0));
    let place = |sequence| ActPlace { device: DeviceId(9), sequence, event: 0 };
    let archived = Event::CaseMoved { case, happening: Happening::Archived };
    town.village.displace(place(1), at, &archived, Contradiction::Twice("步骤"));
    let take = Event::DisplacedSettled { place: place(1), choice: Choice::Take };
    let why = town.village.apply(at, &take).expect_err("nothing was answered");
    town.village.displace(place(2), at, &take, why);
    assert_eq!(town.village.displaced().iter().map(|one| one.settled).collect::<Vec<_>>(), [None, None]);
    let told: Vec<_> = conflicts(&town.village).into_iter().map(|row| (row.title, row.detail)).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    let words = "9月26日 09:00 处理的「改用后记的」没有算进去:另一台电脑先处理了前面的几步。请再处理一次。";
    assert_eq!(told[1], ("0001 二组路灯不亮".to_owned(), words.to_owned()));
    // An entry that cannot be taken into the open month is settled with that.
    let mut town = Town::small();
    let reversed = Event::EntryReversed {
        entry: EntryId::from_raw(9 << 32 | 1),
        original: EntryId::from_raw(9 << 32 | 2),
        date: TODAY,
        note: NoteId::from_raw(9 << 32 | 1),
    };
    town.village.displace(place(1), at, &reversed, Contradiction::Closed(Month::of(TODAY)));
    let why = town.village.apply(at, &take).expect_err("there is no such entry");
    town.village.displace(place(2), at, &take, why);
    let told: Vec<_> = conflicts(&town.village).into_iter().map(|row| row.detail).collect();
    let words =
        "9月26日 09:00 处理的「改记到今天」没有算进去:记录提到了不存在的积分记录。还需要的,请到原来的地方再记一次。";
    assert_eq!(told, [words]);
}
