//! Open data: nothing personal in them, well-formed tables, and the files that
//! `tests/open_data/check.py` loads into a database engine.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;

use cunzhi::demo::{Demo, generate};
use cunzhi::domain::calendar::{Moment, Month, Quarter};
use cunzhi::domain::case::record::{Case, Rating};
use cunzhi::domain::case::step::Step;
use cunzhi::domain::command::{CaseStep, Command, Context, NewActivity, Verdict};
use cunzhi::domain::event::Event;
use cunzhi::domain::id::{DeviceId, GoodsId};
use cunzhi::domain::people::PersonChange;
use cunzhi::domain::points::accounts::VillagerAccount;
use cunzhi::domain::points::claim::ClaimState;
use cunzhi::domain::points::dispute;
use cunzhi::domain::points::ledger::{Account, Reason};
use cunzhi::domain::points::rule::Ledger;
use cunzhi::domain::points::settings::{Reviewing, Settings};
use cunzhi::domain::points::shelf::Goods;
use cunzhi::domain::points::veto::VetoPhase;
use cunzhi::domain::rate::Rate;
use cunzhi::domain::register::{Clock, FieldValue, TextChange};
use cunzhi::domain::village::Village;
use cunzhi::office::archive;
use cunzhi::office::message::ZipPart;
use cunzhi::report::cases_by_month::cases_by_month;
use cunzhi::report::coverage::coverage;
use cunzhi::report::open_data::{file_name, open_data};
use cunzhi::report::overview::overview;
use jiff::civil::{Date, date};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::oversight::{decide, revoke};
use super::support::matter;

const DEVICE: DeviceId = DeviceId(4_000_000_000);
const TODAY: Date = date(2026, 11, 22);
const MARKER: &str = "不该出去";

fn now() -> Moment {
    Moment::at(TODAY, 12, 0)
}

/// The demo village with everything that the demo leaves out: a reversal, a
/// redemption that was undone, one whose goods came back, a household that moved away, a case that stood
/// still and was given more time, and an erased member.
fn village() -> Village {
    let Demo { mut village, .. } = generate(2026, TODAY, DEVICE).expect("the demo breaks no rule");
    let entry = village.entries.iter().find(|entry| matches!(entry.reason, Reason::Act { .. })).expect("an act").id;
    tell(&mut village, Command::ReverseEntry { entry, reason: "误登他户".to_owned() });
    let goods =
        village.shelf.goods.iter().find(|goods| village.shelf.stock(goods.id) > 2).expect("goods in stock").clone();
    let mut homes = village.people.households.iter().map(|home| Account::Household(home.id));
    let account = homes.find(|account| village.balance(*account) >= i64::from(goods.price_points)).expect("points");
    tell(&mut village, Command::Redeem { account, basket: vec![(goods.id, 1)], proxy: "侄子".to_owned() });
    let redemption = village.shelf.redemptions().last().expect("the one just made").id;
    tell(&mut village, Command::UndoRedemption(redemption));
    let earlier = village.shelf.redemptions().find(|one| one.stands() && one.at.date() < TODAY);
    let redemption = earlier.expect("one of an earlier day").id;
    tell(&mut village, Command::ReturnRedemption { redemption, reason: "质量不好".to_owned() });
    let counted = u32::try_from(village.shelf.stock(goods.id)).expect("few") - 1;
    village
        .apply(now(), &Event::StockCounted { goods: goods.id, counted, date: TODAY, note: None })
        .expect("known goods");
    let mut answered = village.cases.iter().filter(|case| case.stage.step == Step::Answered);
    let case = answered.next().expect("a case that waits for its rating").opening.id;
    tell(&mut village, Command::MoveCase { case, step: CaseStep::Rate(Rating::Dissatisfied, String::new()) });
    let is_handled = |case: &&Case| case.due(&village.working_days).is_some() && case.stage.step == Step::InProgress;
    let running = village.cases.iter().filter(is_handled).find(|case| !case.stage.suspended);
    let running = running.expect("a case that is being handled");
    let (case, resolved) = (running.opening.id, running.is_dispute().then_some(true));
    let approval = || "镇里同意".to_owned();
    for (step, day) in [
        (CaseStep::Suspend("等配件".to_owned()), 16),
        (CaseStep::Resume, 18),
        (CaseStep::Extend { days: 2, approval: approval() }, 19),
        (CaseStep::Answer { note: "修好了".to_owned(), resolved }, 20),
    ] {
        tell_on(&mut village, Moment::at(date(2026, 11, day), 9, 0), Command::MoveCase { case, step });
    }
    let scored = village.people.households.iter().rev().find(|home| village.balance(Account::Household(home.id)) > 0);
    for person in scored.expect("a household with points").people.clone() {
        tell(&mut village, Command::ChangePerson { person, change: PersonChange::MovedAway, from: date(2026, 11, 20) });
    }
    let person = village.people.members().next().expect("a member").id;
    tell(&mut village, Command::ErasePerson { person, also: Vec::new() });
    village
}

/// The day of the village by person: two weeks after it was chosen.
const LATER: Date = date(2027, 1, 18);

/// The same village a year on, where points are kept by person since January:
/// some score, redeem, have something reversed and undone; one leaves with
/// points, one is erased with points.
fn village_by_person() -> Village {
    let mut village = village();
    settle_households(&mut village);
    let at = |day| Moment::at(date(2027, 1, day), 9, 0);
    let settings = Settings { reviewing: Reviewing::ByAnybody, ..village.settings };
    tell_on(&mut village, at(4), Command::ChangeSettings(settings));
    tell_on(&mut village, at(4), Command::ChooseAccounts(VillagerAccount::Person));
    tell_on(&mut village, at(6), Command::OpenCase(matter(date(2027, 1, 5), None)));
    let here = village.villagers_on(date(2027, 1, 5));
    let here: Vec<Account> = here.map(|(_, account)| account).take(40).collect();
    let items = village.rules.iter().last().expect("rules").items.clone();
    let item = items.iter().find(|item| item.name == "环境整治").expect("a known item").id;
    for day in 5..13 {
        let lines = here.iter().map(|account| (*account, 1)).collect();
        let activity = NewActivity { item, date: date(2027, 1, day), note: String::new(), lines, points_each: None };
        tell_on(&mut village, at(day), Command::RecordActivity(activity));
    }
    let later = Moment::at(LATER, 12, 0);
    // All that one scored is taken back, so that nobody counts them.
    let taken_back: Vec<_> = village.entries.of(here[0]).map(|entry| entry.id).collect();
    for entry in taken_back {
        tell_on(&mut village, later, Command::ReverseEntry { entry, reason: "误登他人".to_owned() });
    }
    let fits = |goods: &&Goods| goods.price_points <= 20 && village.shelf.stock(goods.id) > 2;
    let goods = village.shelf.goods.iter().find(fits).expect("goods in stock").id;
    for account in &here[1..3] {
        let basket = vec![(goods, 1)];
        tell_on(&mut village, later, Command::Redeem { account: *account, basket, proxy: String::new() });
    }
    let undone = village.shelf.redemptions().last().expect("the one just made").id;
    tell_on(&mut village, later, Command::UndoRedemption(undone));
    let person = |account: Account| account.person().expect("by person");
    let (person, erased) = (person(here[4]), person(here[5]));
    let from = date(2027, 1, 15);
    tell_on(&mut village, later, Command::ChangePerson { person, change: PersonChange::MovedAway, from });
    tell_on(&mut village, later, Command::ErasePerson { person: erased, also: Vec::new() });
    village
}

/// Nothing of households is left open at the end of 2026: claims, disputes,
/// vetoes, debts, balances.
fn settle_households(village: &mut Village) {
    let last = Moment::at(date(2026, 12, 31), 18, 0);
    let open = village.claims.iter().filter(|claim| claim.state == ClaimState::Open);
    let claims: Vec<_> = open.map(|claim| (claim.filed.id, claim.filed.by)).collect();
    for (claim, told) in claims {
        let by = village.staff.active().map(|staff| Some(staff.id)).find(|by| *by != told).expect("another hand");
        let verdict = Verdict::Return("明年按人报".to_owned());
        tell_on(village, last, Command::DecideClaims { claims: vec![claim], verdict, by });
    }
    let open: Vec<_> = village.disputes.iter().filter(|one| one.is_open()).map(|one| one.raised.entry).collect();
    for entry in open {
        tell_on(village, last, decide(entry, dispute::Verdict::Keep));
    }
    let stands = |phase| matches!(phase, VetoPhase::Standing | VetoPhase::Coming);
    let vetoes = village.vetoes.iter().filter(|veto| stands(veto.phase(last.date())));
    let vetoes: Vec<_> = vetoes.map(|veto| veto.imposed.veto).collect();
    for veto in vetoes {
        tell_on(village, last, revoke(veto, last.date()));
    }
    for (account, _) in village.villager_balances().into_iter().filter(|(_, balance)| *balance < 0) {
        let taken: Vec<_> =
            village.entries.of(account).filter(|entry| entry.points < 0).map(|entry| entry.id).collect();
        for entry in taken {
            tell_on(village, last, Command::ReverseEntry { entry, reason: "年底免扣".to_owned() });
        }
    }
    tell_on(village, last, Command::ClearYear { ledger: Ledger::Villager, year: 2026 });
}

fn tell(village: &mut Village, command: Command) {
    tell_on(village, now(), command);
}

fn tell_on(village: &mut Village, now: Moment, command: Command) {
    let decision = village.decide(&Context { device: DEVICE, now }, command).expect("in order");
    decision.events.iter().for_each(|event| village.apply(now, event).expect("follows"));
    for TextChange { owner, field, text } in decision.texts {
        village.register.set(owner, FieldValue { field, clock: Clock(u64::MAX), text });
    }
}

fn zipped(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in files {
        zip.start_file(name.as_str(), stored).expect("a new file");
        zip.write_all(bytes).expect("memory takes it");
    }
    zip.finish().expect("memory takes it").into_inner()
}

/// As the office worker packs them.
fn app_zip(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let part = |(name, bytes): &(String, Vec<u8>)| ZipPart { name: name.clone(), length: bytes.len() as u64 };
    let parts: Vec<ZipPart> = files.iter().map(part).collect();
    let body: Vec<u8> = files.iter().flat_map(|(_, bytes)| bytes).copied().collect();
    archive::zip(&parts, &body, &mut |_| ()).expect("a zip")
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|part| part == text.as_bytes())
}

#[test]
fn nothing_of_the_register_goes_out() {
    let mut village = village();
    let places: Vec<_> = village.register.iter().map(|(owner, value)| (owner, value.field)).collect();
    assert!(places.len() > 5_000, "the register is full: {} fields", places.len());
    for (place, (owner, field)) in places.into_iter().enumerate() {
        let value = FieldValue { field, clock: Clock(u64::MAX), text: Some(format!("{MARKER}{place}")) };
        village.register.set(owner, value);
    }
    let zip = zipped(&open_data(&village, now()));
    assert!(contains(&zip, "datapackage.json") && contains(&zip, "环境整治"), "the files are not compressed");
    assert!(!contains(&zip, MARKER));
}

#[test]
fn every_row_has_the_columns_of_its_schema() {
    let village = village_by_person();
    let later = Moment::at(LATER, 12, 0);
    let files: BTreeMap<String, Vec<u8>> = open_data(&village, later).into_iter().collect();
    let package = String::from_utf8(files["datapackage.json"].clone()).expect("text");
    let mut rows = BTreeMap::new();
    for (name, bytes) in files.iter().filter(|(name, _)| name.as_str() != "datapackage.json") {
        assert!(package.contains(&format!("\"path\": \"{name}\"")), "{name} is not described");
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).expect("the mark of UTF-8");
        let mut reader = csv::ReaderBuilder::new().from_reader(bytes);
        let head = reader.headers().expect("a head").clone();
        for column in &head {
            assert!(package.contains(&format!("\"name\": \"{column}\"")), "{name}: {column} is not described");
        }
        // The reader refuses a row of another length.
        rows.insert(
            name.trim_end_matches(".csv"),
            reader.records().collect::<Result<Vec<_>, _>>().expect("rows").len(),
        );
    }
    let people = &village.people;
    let mut told = BTreeSet::new();
    for (table, expected) in [
        ("village", 1),
        ("grids", people.grids.len()),
        ("units", people.units.iter().count()),
        ("households", people.households.len()),
        ("members", people.members().count()),
        ("memberships", people.members().map(|member| member.memberships.len()).sum()),
        ("rule_versions", village.rules.iter().count()),
        ("rule_items", village.rules.iter().map(|book| book.items.len()).sum()),
        ("claims", village.claims.iter().count()),
        ("goods", village.shelf.goods.len()),
        ("redemption_lines", village.shelf.redemptions().map(|one| one.lines.len()).sum()),
        ("stock_movements", movements(&village)),
        ("entries", village.entries.iter().count()),
        ("cases", village.cases.len()),
        ("case_events", village.cases.iter().map(|case| case.history.len()).sum()),
        ("visits", village.visits.len()),
        ("member_links", village.visits.links().len()),
        ("redemptions", village.shelf.redemptions().count()),
        ("villagers", people.persons.len()),
        ("account_choices", 1),
        ("balances", people.households.len() + people.members().count() + people.persons.len()),
    ] {
        assert_eq!(rows[table], expected, "{table}");
        assert!(expected > 0, "{table} shows nothing");
        told.insert(table);
    }
    assert_eq!(told, rows.keys().copied().collect(), "every table");
    assert_eq!(rows.len(), 21);
}

/// Deliveries, what was redeemed of goods with a stock, and a line for all that
/// was counted of each.
fn movements(village: &Village) -> usize {
    let shelf = &village.shelf;
    let has_stock = |goods| shelf.goods.get(goods).is_some_and(|goods| !goods.is_service);
    let standing = shelf.redemptions().filter(|one| !one.undone).flat_map(|one| &one.lines);
    let off = |goods: GoodsId| {
        let of = shelf.counts().iter().filter(|count| count.goods == goods);
        of.map(|count| count.counted - count.expected).sum::<i64>() != 0
    };
    shelf.deliveries().len()
        + standing.filter(|line| has_stock(line.goods)).count()
        + shelf.goods.iter().filter(|goods| off(goods.id)).count()
}

#[test]
fn an_empty_village_has_tables_without_rows() {
    let files = open_data(&Village::default(), now());
    for (name, bytes) in files.iter().filter(|(name, _)| name.as_str() != "datapackage.json") {
        assert_eq!(String::from_utf8_lossy(bytes).lines().count(), 1, "{name}");
    }
    assert_eq!((files.len(), file_name(&Village::default(), now())), (22, "村治_开放数据_2026-11-22.zip".to_owned()));
    assert_eq!(file_name(&village(), now()), "柳湾村_开放数据_2026-11-22.zip");
}

/// What the app says of itself, as JSON: balances of all accounts, the figures
/// of the overview by quarter, completion by month, and reassignment.
fn expected(village: &Village, today: Date) -> String {
    let mut lines = Vec::new();
    let homes =
        village.people.households.iter().map(|home| (format!("h{}", home.id.raw()), Account::Household(home.id)));
    let members = village.people.members().map(|one| (format!("m{}", one.id.raw()), Account::Member(one.id)));
    let is_person = village.villager_accounts.ever().contains(&VillagerAccount::Person);
    let people = village.people.persons.iter().filter(|_| is_person);
    let people = people.map(|one| (format!("v{}", one.id.raw()), Account::Villager(one.id)));
    for (key, account) in homes.chain(members).chain(people) {
        lines.push(format!("[\"balance\", \"{key}\", \"{}\"]", village.balance(account)));
    }
    let mut quarters: Vec<Quarter> =
        village.cases.iter().map(|case| Quarter::of(case.opening.received.date())).collect();
    quarters.sort_unstable();
    quarters.dedup();
    for quarter in quarters {
        let name = format!("{}-{}", quarter.year, quarter.quarter);
        for figure in overview(village, quarter.last_day(), None, 0)
            .figures
            .iter()
            .filter(|figure| figure.fraction.contains(" / "))
        {
            let value =
                format!("{} {}", figure.value, figure.fraction.rsplit_once(' ').map_or("", |(fraction, _)| fraction));
            lines.push(format!("[\"{}\", \"{name}\", \"{value}\"]", figure.label));
        }
    }
    for row in cases_by_month(village, today, Month::of(today), 12) {
        let name = format!("{}-{}", row.month.year, row.month.month);
        let rate = row.completion();
        let value = format!("{} {} / {}", rate.percent(), rate.numerator(), rate.denominator());
        lines.push(format!("[\"办结率\", \"{name}\", \"{value}\"]"));
    }
    let mut months: Vec<_> = village.visits.iter().map(|visit| Month::of(visit.made.date)).collect();
    months.sort_unstable();
    months.dedup();
    for month in months {
        let rate = coverage(village, month, today).total;
        let value = format!("{} {} / {}", rate.percent(), rate.numerator(), rate.denominator());
        lines.push(format!("[\"走访覆盖率\", \"{}-{}\", \"{value}\"]", month.year, month.month));
    }
    let count = |counts: fn(&Case) -> bool| village.cases.iter().filter(|case| counts(case)).count() as u64;
    let again = Rate::new(count(|case| case.round > 1), count(|case| case.rating.is_some()));
    let value = format!("{} {} / {}", again.percent(), again.numerator(), again.denominator());
    lines.push(format!("[\"重新交办率\", \"all\", \"{value}\"]"));
    for goods in village.shelf.goods.iter().filter(|goods| !goods.is_service) {
        lines.push(format!("[\"stock\", \"{}\", \"{}\"]", goods.id.raw(), village.shelf.stock(goods.id)));
    }
    let mut text = String::from("[\n");
    write!(text, "  {}\n]\n", lines.join(",\n  ")).expect("a string takes it");
    text
}

/// Writes the zips and what the app says beside them, where the next stage of
/// the gate looks for them.
#[test]
fn files_for_the_database_engine() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("open_data");
    fs::create_dir_all(&folder).expect("a folder for what tests leave");
    for (name, village, today) in [("by_household", village(), TODAY), ("by_person", village_by_person(), LATER)] {
        let file = folder.join(name);
        let zip = app_zip(&open_data(&village, Moment::at(today, 12, 0)));
        fs::write(file.with_extension("zip"), zip).expect("written");
        fs::write(file.with_extension("json"), expected(&village, today)).expect("written");
    }
}
