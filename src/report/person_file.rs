//! 某人资料: everything that the village holds about one person, section by
//! section, to be handed to that person.

use std::collections::HashSet;

use jiff::civil::Date;

use super::passbook::passbook;
use super::review::claim_words;
use super::tag::{dotted, thousands};
use super::text_places::{TextPlaces, case_words, field_word};
use super::units::long_name;
use super::vetoes::veto_detail;
use super::visits::{VisitFilter, visit_list};
use crate::domain::calendar::{Moment, iso_date, long_date, parse_iso_date};
use crate::domain::case::record::Errand;
use crate::domain::erasure::{Erasure, Mention};
use crate::domain::id::{HouseholdId, PersonId};
use crate::domain::people::Person;
use crate::domain::points::ledger::Account;
use crate::domain::refusal::Refusal;
use crate::domain::register::{Field, Owner};
use crate::domain::village::Village;
use crate::domain::visits::{Visit, Visitor};

/// A heading with a table under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub title: &'static str,
    /// Heads of the columns.
    pub heads: &'static [&'static str],
    /// The rows, as many cells each as there are heads.
    pub rows: Vec<Vec<String>>,
}

/// What is said of a visit that does not count.
const STRUCK: &str = "已作废";

/// Everything about one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonFile {
    /// 「柳湾村 王海林 的资料」
    pub title: String,
    /// 「2026年11月22日导出」
    pub remark: String,
    /// The sections; one without rows says that there is nothing.
    pub sections: Vec<Section>,
}

/// What the village holds about the person, or why it cannot be said.
pub fn person_file(village: &Village, id: PersonId, now: Moment) -> Result<PersonFile, Refusal> {
    let erasure = village.erasure(id)?;
    let person = village.people.persons.get(id).ok_or(Refusal::UnknownPerson)?;
    let today = now.date();
    let place = village.profile.as_ref().map_or("", |profile| profile.name.as_str());
    Ok(PersonFile {
        title: format!("{place} {} 的资料", village.name(id)).trim().to_owned(),
        remark: format!("{}导出,列出本村登记的关于本人的全部内容。里面有个人信息,请只交给本人。", long_date(today)),
        sections: vec![
            details(village, &erasure),
            household(village, person),
            memberships(person),
            points(village, Account::Villager(person.id), "群众积分的每一笔", today),
            points(village, Account::Household(person.household), "这户积分的每一笔", today),
            points(village, Account::Member(person.id), "党员积分的每一笔", today),
            claims(village, person),
            visits(village, person, today),
            own_visits(village, person),
            links(village, person),
            vetoes(village, person, today),
            cases(village, person, &erasure),
            mentions(village, &erasure, today),
        ],
    })
}

/// The name under which the file is downloaded, without its ending.
pub fn file_name(village: &Village, id: PersonId, now: Moment) -> String {
    let place = village.profile.as_ref().map_or("村治", |profile| profile.name.as_str());
    let plain = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
    format!("{}_{}_本人资料_{}", plain(place), plain(village.name(id)), iso_date(now.date()))
}

fn details(village: &Village, erasure: &Erasure) -> Section {
    let words = |field, text: &str| match parse_iso_date(text) {
        Some(day) if field == Field::Birth => long_date(day),
        _ => text.to_owned(),
    };
    let row = |field, text: &str| vec![field_word(field).to_owned(), words(field, text)];
    let rows = erasure.own.iter().map(|place| row(place.field, village.register.text(place.owner, place.field)));
    Section { title: "登记的本人资料", heads: &["项目", "内容"], rows: rows.collect() }
}

fn household(village: &Village, person: &Person) -> Section {
    let mut rows = Vec::new();
    if let Some(home) = village.people.households.get(person.household) {
        let is_head = village.head(home.id) == Some(person.id);
        let points = format!("{} 分", thousands(village.balance_of_home(home)));
        let unit = village.people.unit_of(home).map(|unit| village.unit_name(unit)).unwrap_or_default();
        let headed = village.people.units.iter().filter(|unit| village.unit_head(unit) == Some(person.id));
        let headed = headed.map(|unit| long_name(village, unit)).collect::<Vec<_>>().join("、");
        let lines = [
            ("户号", home.number.as_str()),
            ("网格", village.people.grid_name(home.grid)),
            ("十户单元", unit.as_str()),
            ("组", home.group.as_str()),
            ("地址", village.register.text(home.id, Field::Address)),
            ("是不是户主", if is_head { "是" } else { "否" }),
            ("当十户长的单元", headed.as_str()),
            ("这户的积分结余", points.as_str()),
        ];
        let filled = lines.into_iter().filter(|(_, text)| !text.is_empty());
        rows = filled.map(|(word, text)| vec![word.to_owned(), text.to_owned()]).collect();
    }
    Section { title: "所在的户", heads: &["项目", "内容"], rows }
}

fn memberships(person: &Person) -> Section {
    let types = person.memberships.iter().map(|one| (one.from, one.kind.word()));
    let changes = person.changes.iter().map(|(from, change)| (*from, change.word()));
    let mut rows: Vec<_> = types.chain(changes).collect();
    rows.sort_by_key(|(from, _)| *from);
    let rows = rows.into_iter().map(|(from, word)| vec![word.to_owned(), long_date(from)]);
    Section { title: "党员类型和变更", heads: &["类型或变更", "从何时起"], rows: rows.collect() }
}

fn points(village: &Village, account: Account, title: &'static str, today: Date) -> Section {
    let book = passbook(village, account, today);
    let lines = book.map(|book| book.lines).unwrap_or_default();
    let rows = lines.into_iter().rev().map(|line| {
        let points = line.plus.or(line.minus).unwrap_or_default();
        let mark = line.mark.map(|mark| mark.word).unwrap_or_default();
        vec![long_date(line.date), line.item, dotted(&[&line.detail, &mark]), points, thousands(line.balance)]
    });
    Section { title, heads: &["日期", "事项", "说明", "积分", "结余"], rows: rows.collect() }
}

/// Vetoes against the person or the household.
fn vetoes(village: &Village, person: &Person, today: Date) -> Section {
    let accounts = [Account::Member(person.id), Account::Villager(person.id), Account::Household(person.household)];
    let found = accounts.into_iter().flat_map(|account| village.vetoes_of(account));
    let found = found.filter_map(|veto| veto_detail(village, veto.imposed.veto, today));
    let rows = found.map(|detail| {
        let after = [detail.appeal.unwrap_or_default(), detail.revocation.unwrap_or_default()];
        vec![
            detail.row.document,
            detail.meeting,
            detail.reason,
            detail.row.effects,
            detail.row.span,
            dotted(&[&detail.row.phase.word, &after[0], &after[1]]),
        ]
    });
    Section {
        title: "一票否决",
        heads: &["文号", "会议", "理由", "处理", "起止", "现状、申诉和撤销"],
        rows: rows.collect(),
    }
}

/// What was told in the person's name, and what became of it.
fn claims(village: &Village, person: &Person) -> Section {
    let accounts = [Account::Member(person.id), Account::Villager(person.id), Account::Household(person.household)];
    let rows = accounts
        .iter()
        .flat_map(|account| village.claims_of(*account))
        .map(|claim| claim_words(village, claim).to_vec());
    Section { title: "积分申报", heads: &["日期", "事项", "说明", "结果"], rows: rows.collect() }
}

/// Visits to the household, and what was learnt.
fn visits(village: &Village, person: &Person, today: Date) -> Section {
    let filter = VisitFilter { household: Some(person.household), ..VisitFilter::default() };
    let rows = visit_list(village, today, &filter).rows.into_iter().map(|row| {
        let note = dotted(&[&row.note, if row.is_struck { STRUCK } else { "" }]);
        vec![row.day, row.visitor, row.capacity.to_owned(), row.errand.to_owned(), note]
    });
    Section {
        title: "到这户的走访",
        heads: &["日期", "走访人", "身份", "三件事", "了解到的情况"],
        rows: rows.collect(),
    }
}

/// Visits that the person made. What was learnt there is the household's.
fn own_visits(village: &Village, person: &Person) -> Section {
    let own = |visit: &&Visit| village.visitor_now(visit.made.visitor) == Visitor::Person(person.id);
    let rows = village.visits.iter().filter(own).map(|visit| {
        let made = &visit.made;
        let state = if visit.stands() { "" } else { STRUCK };
        let cells = [made.capacity.word(), made.errand.map_or("", Errand::word), state];
        [long_date(made.date), number_of(village, made.household)].into_iter().chain(cells.map(str::to_owned)).collect()
    });
    Section {
        title: "本人走访过的户", heads: &["日期", "户号", "身份", "三件事", "备注"], rows: rows.collect()
    }
}

/// Households that the person answers for, or did.
fn links(village: &Village, person: &Person) -> Section {
    let rows = village.links_of(person.id).map(|link| {
        let to = link.to.map_or_else(|| "至今".to_owned(), long_date);
        vec![number_of(village, link.household), long_date(link.from), to]
    });
    Section { title: "联系的户", heads: &["户号", "从何时起", "到何时"], rows: rows.collect() }
}

fn number_of(village: &Village, household: HouseholdId) -> String {
    let home = village.people.households.get(village.people.household_now(household));
    home.map_or_else(String::new, |home| home.number.to_string())
}

/// Cases that the person reported, by the roster or by the name that was told.
fn cases(village: &Village, person: &Person, erasure: &Erasure) -> Section {
    let whole = |mentions: &[Mention]| -> HashSet<Owner> {
        let told = mentions.iter().filter(|one| one.place.field == Field::Reporter && one.after.is_none());
        told.map(|one| one.place.owner).collect()
    };
    let (told, doubtful) = (whole(&erasure.replaced), whole(&erasure.doubtful));
    let rows = village.cases.iter().filter_map(|case| {
        let owner = Owner::from(case.opening.id);
        let remark = match case.opening.reporter {
            Some(reporter) if village.people.person_now(reporter) == person.id => "",
            _ if told.contains(&owner) => "",
            _ if doubtful.contains(&owner) => "可能是同名的人",
            _ => return None,
        };
        let text = |field| village.register.text(owner, field);
        Some(vec![
            case_words(case),
            long_date(case.opening.received.date()),
            dotted(&[text(Field::Title), text(Field::Text)]),
            text(Field::Phone).to_owned(),
            dotted(&[case.stage.step.word(), remark]),
        ])
    });
    Section {
        title: "反映过的事项", heads: &["编号", "受理", "内容", "留的电话", "到哪一步"], rows: rows.collect()
    }
}

fn mentions(village: &Village, erasure: &Erasure, today: Date) -> Section {
    let all = || {
        erasure.replaced.iter().map(|one| (one, "")).chain(erasure.doubtful.iter().map(|one| (one, "可能指同名的人")))
    };
    let places = TextPlaces::of(village, all().map(|(mention, _)| mention.place), today);
    let rows = all().map(|(mention, remark)| {
        vec![places.words(mention.place), places.text(mention.place).to_owned(), remark.to_owned()]
    });
    Section { title: "提到本人的文字", heads: &["在哪里", "文字", "说明"], rows: rows.collect() }
}
