//! One village roster, written by LibreOffice in five ways and by openpyxl:
//! all must read to what the program that made it says.

use cunzhi::domain::roster::{CareGroup, HouseholdDraft, PersonDraft, Relation};
use cunzhi::office::roster::{Layout, RosterReading, guess, guess_among, read_roster};
use cunzhi::office::table::{Encoding, Table};

use super::{file, read};

const WRITERS: [(&str, Option<Encoding>); 6] = [
    ("libreoffice.xlsx", None),
    ("libreoffice.xls", None),
    ("libreoffice.ods", None),
    ("libreoffice-utf8.csv", Some(Encoding::Utf8)),
    ("libreoffice-gb18030.csv", Some(Encoding::Gb18030)),
    ("openpyxl.xlsx", None),
];

fn text(name: &str) -> String {
    String::from_utf8(file(&format!("native/fixtures/roster/{name}"))).expect("UTF-8")
}

fn open(name: &str) -> Table {
    let tables = read(name, &file(&format!("native/fixtures/roster/{name}"))).expect(name);
    assert_eq!(tables.len(), 1, "{name}");
    tables.into_iter().next().expect("one table")
}

fn reading(name: &str) -> (Table, Layout, RosterReading) {
    let table = open(name);
    let layout = guess(&table).expect(name);
    let reading = read_roster(&table, &layout);
    (table, layout, reading)
}

fn line(household: &HouseholdDraft, person: &PersonDraft) -> String {
    let care: Vec<&str> = person.care.iter().map(|group: &CareGroup| group.word()).collect();
    let fields = [
        household.number.clone(),
        household.grid.clone(),
        household.group.clone(),
        household.address.clone(),
        person.name.clone(),
        person.relation.word().to_owned(),
        person.sex.map_or("", |sex| sex.word()).to_owned(),
        person.birth.map_or_else(String::new, |birth| birth.to_string()),
        person.id_number.clone(),
        if person.id_number_damaged { "damaged" } else { "" }.to_owned(),
        person.phone.clone(),
        person.residence.word().to_owned(),
        care.join("、"),
        person.member.map_or("", |kind| kind.word()).to_owned(),
    ];
    fields.join("\t")
}

#[test]
fn every_writer_gives_the_same_roster() {
    let expected = text("expected.tsv");
    for (name, _) in WRITERS {
        let (_, _, reading) = reading(name);
        let households = reading.draft.households.iter();
        let lines = households.flat_map(|household| household.people.iter().map(|person| line(household, person)));
        for (number, (found, expected)) in lines.clone().zip(expected.lines()).enumerate() {
            assert_eq!(found, expected, "{name}, line {}", number + 1);
        }
        assert_eq!(lines.count(), expected.lines().count(), "{name}");
        assert_eq!(reading.draft.households.len(), 24, "{name}");
        assert_eq!(reading.draft.members_count(), 5, "{name}");
    }
}

#[test]
fn every_writer_gives_the_same_problems() {
    let expected = text("problems.tsv");
    for (name, _) in WRITERS {
        let (_, _, reading) = reading(name);
        let found: Vec<String> = reading
            .problems
            .iter()
            .map(|problem| {
                let kind = format!("{:?}", problem.what);
                let kind = kind.split([' ', '{']).next().unwrap_or_default().to_owned();
                format!("{}\t{kind}", problem.row)
            })
            .collect();
        assert_eq!(found, expected.lines().collect::<Vec<_>>(), "{name}");
        assert_eq!(reading.blocked(), 3, "{name}");
        // A repeated header, the totals, and who filled in the form.
        assert_eq!(reading.skipped_rows, 3, "{name}");
        let quiet = reading.problems.iter().filter(|problem| {
            problem.what.what().is_empty() || problem.what.remedy().is_empty() || problem.column.is_none()
        });
        assert_eq!(quiet.count(), 0, "{name}");
    }
}

#[test]
fn header_and_encoding_are_found() {
    for (name, encoding) in WRITERS {
        let (table, layout, _) = reading(name);
        assert_eq!((table.encoding, layout.header_row), (encoding, 2), "{name}");
        assert_eq!(layout.problems(&table), [], "{name}");
        let labels: Vec<&str> = layout.columns.iter().map(|column| column.label()).collect();
        let expected = "（不导入） 户号 户主姓名 网格 村民小组 家庭住址 姓名 与户主关系 性别 出生日期 身份证号 联系电话 居住情况 人员类别 政治面貌 党员类型";
        assert_eq!(labels.join(" "), expected, "{name}");
        // The title, four or five columns of each household, the last line.
        let merged = if encoding.is_some() { 0..1 } else { 100..140 };
        assert!(merged.contains(&table.merged.len()), "{name}: {}", table.merged.len());
    }
}

#[test]
fn the_reference_village_is_complete() {
    for (name, encoding) in [("柳湾村花名册.xlsx", None), ("柳湾村花名册.csv", Some(Encoding::Gb18030))] {
        let mut steps = Vec::new();
        let bytes = file(&format!("e2e/fixtures/{name}"));
        let choice = cunzhi::office::table::ReadChoice::default();
        let tables =
            cunzhi::office::read::read_tables(name, &bytes, &choice, &mut |step| steps.push(step)).expect(name);
        assert!(steps.len() > 3 && steps.iter().all(|step| step.done <= step.total && step.total > 0), "{name}");
        let (index, layout) = guess_among(&tables).expect(name);
        assert_eq!(tables[index].encoding, encoding);
        let reading = read_roster(&tables[index], &layout);
        let draft = &reading.draft;
        let counts = (draft.households.len(), draft.people_count(), draft.members_count());
        assert_eq!(counts, (410, 1740, 74), "{name}");
        assert_eq!((reading.problems.len(), reading.skipped_rows), (0, 0), "{name}");
        for (number, head, people) in
            [("2-017", "王海林", Some(4)), ("1-088", "魏红丽", None), ("4-052", "吴惠玲", None)]
        {
            let household = draft.households.iter().find(|household| household.number == number).expect(number);
            let found = household.people.iter().find(|person| person.relation == Relation::Head).expect("a head");
            assert_eq!(found.name, head, "{name}");
            assert!(people.is_none_or(|people| people == household.people.len()), "{name}");
        }
        let mut grids: Vec<&str> = draft.households.iter().map(|household| household.grid.as_str()).collect();
        grids.dedup();
        assert_eq!(grids, ["第一网格", "第二网格", "第三网格", "第四网格"], "{name}");
    }
}
