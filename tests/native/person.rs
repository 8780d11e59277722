//! What is said before a person is erased, and what is handed out to them.

use cunzhi::demo::generate;
use cunzhi::domain::calendar::Moment;
use cunzhi::domain::command::{Command, NewCase};
use cunzhi::domain::id::{DeviceId, PersonId};
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::refusal::Refusal;
use cunzhi::domain::roster::{MemberType, RosterDraft};
use cunzhi::domain::visits::{Visit, Visitor};
use cunzhi::office::page_file::{html, with_pictures};
use cunzhi::report::erasure_preview::{ErasurePreview, erasure_preview};
use cunzhi::report::person_file::{PersonFile, Section, file_name, person_file};

use super::support::{TODAY, Town, home, matter, new_village};

fn now() -> Moment {
    Moment::at(TODAY, 12, 0)
}

/// 王五 heads 1-001 and is a member; his namesake heads 1-002; 李 lives with him.
fn town() -> Town {
    let mut town = Town::default();
    town.must(TODAY, Command::FoundVillage(new_village()));
    let households = vec![
        home("1-001", "第一网格", &[("王五", Some(MemberType::Linked)), ("李", None)]),
        home("1-002", "第一网格", &[("王五", None)]),
    ];
    town.must(TODAY, Command::ImportRoster(RosterDraft { households }));
    let ids = ids(&town);
    let known = NewCase { reporter: Some(ids[0]), phone: "139".to_owned(), ..matter(TODAY, None) };
    town.open(TODAY, NewCase { text: "王五说灯坏了".to_owned(), ..known });
    town.open(TODAY, NewCase { reporter_name: "王五".to_owned(), ..matter(TODAY, None) });
    town
}

fn ids(town: &Town) -> Vec<PersonId> {
    town.village.people.persons.iter().map(|person| person.id).collect()
}

fn preview(town: &Town, person: PersonId) -> ErasurePreview {
    erasure_preview(&town.village, person, TODAY).expect("can be erased")
}

/// The lines of a preview that the dialog shows.
fn said(preview: &ErasurePreview) -> Vec<String> {
    let lines = preview.replaced.iter().map(|line| format!("{}:{},{}", line.words, line.text, line.change));
    let doubtful = preview.doubtful.iter().map(|line| format!("存疑 {}:{}", line.words, line.text));
    lines.chain(doubtful).chain(preview.remarks.iter().cloned()).collect()
}

#[test]
fn the_preview_says_what_goes_and_what_stays() {
    let town = town();
    let ids = ids(&town);
    let head = preview(&town, ids[0]);
    assert_eq!((head.to_type.as_str(), head.fields.as_str()), ("王五", "姓名、与户主关系、居住情况"));
    assert_eq!(head.reported, "1 件事项里的反映人和联系电话");
    assert_eq!(
        said(&head),
        [
            "2025年第 0001 号事项的内容:王五说灯坏了,1 处改掉",
            "存疑 2025年第 0002 号事项的反映人:王五",
            "党员积分 60 分留在一个没有姓名的账户里,各项合计不变。",
            "是户主:这户的积分 0 分不变,户主一栏显示「已删除」。",
        ]
    );
    let short = preview(&town, ids[1]);
    assert_eq!(said(&short), ["姓名只有一个字,文字里的认不出来,没有去改。请自己到事项和事由里看一遍。"]);
    let nobody = erasure_preview(&town.village, PersonId::from_raw(1), TODAY);
    assert_eq!(nobody, Err(Refusal::UnknownPerson));
}

#[test]
fn a_long_text_is_cut_where_it_is_shown() {
    let mut town = town();
    let ids = ids(&town);
    let text = format!("王五{}", "说".repeat(100));
    town.open(TODAY, NewCase { reporter: Some(ids[0]), text, ..matter(TODAY, None) });
    let shown = &preview(&town, ids[0]).replaced[1].text;
    assert_eq!((shown.chars().count(), shown.ends_with('…')), (61, true));
}

#[test]
fn the_file_holds_everything_about_one_person() {
    let mut town = town();
    let ids = ids(&town);
    let home = town.household("1-001");
    town.post_one(TODAY, home);
    assert_eq!(file_name(&town.village, ids[0], now()), "柳湾村_王五_本人资料_2025-09-26");
    let file = person_file(&town.village, ids[0], now()).expect("a file");
    assert_eq!(file.title, "柳湾村 王五 的资料");
    let cells = |title: &str| -> Vec<String> {
        let section = file.sections.iter().find(|section| section.title == title).expect("a section");
        section.rows.iter().map(|row| row.join("|")).collect()
    };
    assert_eq!(cells("登记的本人资料"), ["姓名|王五", "与户主关系|户主", "居住情况|常住"]);
    assert_eq!(cells("所在的户"), ["户号|1-001", "网格|第一网格", "组|一组", "是不是户主|是", "这户的积分结余|1 分"]);
    assert_eq!(cells("党员类型和变更"), ["联户党员|2025年1月1日"]);
    assert_eq!(cells("党员积分的每一笔"), ["2025年1月1日|起始分||+60|60"]);
    assert_eq!(cells("这户积分的每一笔"), ["2025年9月26日|起始分||+1|1"]);
    assert_eq!(
        cells("反映过的事项"),
        [
            "2025年第 0001 号事项|2025年9月26日|二组路灯不亮 · 王五说灯坏了|139|上报",
            "2025年第 0002 号事项|2025年9月26日|二组路灯不亮||上报 · 可能是同名的人",
        ]
    );
    assert_eq!(
        cells("提到本人的文字"),
        ["2025年第 0001 号事项的内容|王五说灯坏了|", "2025年第 0002 号事项的反映人|王五|可能指同名的人"]
    );
    town.must(TODAY, Command::ErasePerson { person: ids[0], also: Vec::new() });
    assert_eq!(person_file(&town.village, ids[0], now()), Err(Refusal::AlreadyErased));
}

/// In a village of a year, the file of each member and of many others has as many rows as
/// there are facts about them: nothing that names them, or their household, is left out.
#[test]
fn nothing_that_names_a_person_is_left_out_of_the_file() {
    let village = generate(1, TODAY, DeviceId(7)).expect("a village").village;
    let mut all = [0; 8];
    let people = village.people.persons.iter().enumerate();
    let looked_at = people.filter(|(place, person)| !person.memberships.is_empty() || place % 20 == 0);
    for (_, person) in looked_at.filter(|(_, person)| !village.is_erased(person.id)) {
        let file = person_file(&village, person.id, now()).expect("a file");
        let rows = |title: &str| file.sections.iter().find(|section| section.title == title).map(|it| it.rows.len());
        let [member, villager, household] =
            [Account::Member(person.id), Account::Villager(person.id), Account::Household(person.household)];
        let accounts = [member, villager, household];
        let lines = |account| village.entries.of(account).count() + village.shelf.redemptions_of(account).count();
        let is_own = |visit: &&Visit| visit.made.visitor == Visitor::Person(person.id);
        let reported = village.cases.iter().filter(|case| case.opening.reporter == Some(person.id)).count();
        let counted = [
            ("党员积分的每一笔", lines(member)),
            ("这户积分的每一笔", lines(household)),
            ("积分申报", accounts.iter().map(|account| village.claims_of(*account).count()).sum()),
            ("到这户的走访", village.visits.iter().filter(|one| one.made.household == person.household).count()),
            ("本人走访过的户", village.visits.iter().filter(is_own).count()),
            ("联系的户", village.visits.links().iter().filter(|link| link.person == person.id).count()),
            ("一票否决", accounts.iter().map(|account| village.vetoes_of(*account).count()).sum()),
        ];
        for (place, (title, count)) in counted.into_iter().enumerate() {
            assert_eq!(rows(title), Some(count), "{title}");
            all[place] += count;
        }
        assert!(rows("反映过的事项") >= Some(reported));
        all[7] += reported;
    }
    assert!(all.iter().all(|count| *count > 0), "the village has all of it: {all:?}");
}

#[test]
fn the_page_shows_text_as_text() {
    let rows = vec![vec!["<b>&\"".to_owned(), "二".to_owned()]];
    let sections = vec![
        Section { title: "甲", heads: &["一", "二"], rows },
        Section { title: "乙", heads: &["一"], rows: Vec::new() },
    ];
    let page = html(&PersonFile { title: "<王五>".to_owned(), remark: "说明".to_owned(), sections });
    for part in [
        "<title>&lt;王五&gt;</title>",
        "<td>&lt;b&gt;&amp;&quot;</td><td>二</td>",
        "<th>一</th><th>二</th>",
        "<h2>乙</h2>\n<p>没有。</p>",
        "<meta charset=\"utf-8\">",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(!page.contains("<b>") && !page.contains("src="));
    assert_eq!(with_pictures(&page, "照片", &[]), page);
    // The test vectors of RFC 4648.
    let pictures = ["f", "fo", "foo", "foob", "fooba", "foobar"].map(|text| text.as_bytes().to_vec());
    let shown = with_pictures(&page, "<照片>", &pictures);
    for part in ["Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"] {
        assert!(shown.contains(&format!("src=\"data:image/jpeg;base64,{part}\"")), "{part} is not in {shown}");
    }
    assert!(shown.contains("<h2>&lt;照片&gt;</h2>") && shown.ends_with("</body>\n</html>\n"));
}
