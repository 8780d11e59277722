//! 删除某人, before it is done: which fields go, which texts change, what
//! stays, and which texts the user has to decide about.

use jiff::civil::Date;

use super::tag::thousands;
use super::text_places::{TextPlaces, field_word};
use crate::domain::erasure::{Erasure, Mention, NAME_LETTERS_MIN, TextPlace};
use crate::domain::id::PersonId;
use crate::domain::people::Person;
use crate::domain::points::ledger::Account;
use crate::domain::refusal::Refusal;
use crate::domain::village::Village;

/// Letters of a text that are shown.
const SHOWN_LETTERS: usize = 60;

/// A text that names the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextLine {
    /// Which text.
    pub place: TextPlace,
    /// 「2026 年第 0925 号事项的标题」
    pub words: String,
    /// What it says now, cut where it is long.
    pub text: String,
    /// What will happen to it: 「2 处改为某某」, 「整栏删除」.
    pub change: String,
}

/// What erasing the person means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasurePreview {
    /// The person's name as registered; may be empty.
    pub name: String,
    /// What is to be typed to go on: the name, or the household's number.
    pub to_type: String,
    /// 「姓名、身份证号、联系电话」
    pub fields: String,
    /// 「3 件事项里的反映人和联系电话」; empty when there are none.
    pub reported: String,
    /// Texts that will change.
    pub replaced: Vec<TextLine>,
    /// Texts that may mean somebody of the same name.
    pub doubtful: Vec<TextLine>,
    /// What stays, and what cannot be done here, a sentence each.
    pub remarks: Vec<String>,
}

/// What erasing the person would do, or why it cannot be done.
pub fn erasure_preview(village: &Village, id: PersonId, today: Date) -> Result<ErasurePreview, Refusal> {
    let erasure = village.erasure(id)?;
    let person = village.people.persons.get(id).ok_or(Refusal::UnknownPerson)?;
    let mentions = erasure.replaced.iter().chain(&erasure.doubtful);
    let places = TextPlaces::of(village, mentions.map(|mention| mention.place), today);
    let lines = |mentions: &[Mention]| mentions.iter().map(|mention| line(&places, mention)).collect();
    let fields: Vec<_> = erasure.own.iter().map(|place| field_word(place.field)).collect();
    let name = village.name(id).to_owned();
    let number = village.people.households.get(person.household).map_or("", |home| home.number.as_str());
    Ok(ErasurePreview {
        to_type: if name.is_empty() { number.to_owned() } else { name.clone() },
        fields: fields.join("、"),
        reported: reported_words(&erasure),
        replaced: lines(&erasure.replaced),
        doubtful: lines(&erasure.doubtful),
        remarks: photos_words(&erasure).into_iter().chain(remarks(village, person, &name)).collect(),
        name,
    })
}

fn line(places: &TextPlaces<'_>, mention: &Mention) -> TextLine {
    let text = places.text(mention.place);
    let mut shown: String = text.chars().take(SHOWN_LETTERS).collect();
    if text.chars().count() > SHOWN_LETTERS {
        shown.push('…');
    }
    let change = match mention.after {
        None => "整栏删除,连同这件事项的联系电话".to_owned(),
        Some(_) => format!("{} 处改掉", mention.times),
    };
    TextLine { place: mention.place, words: places.words(mention.place), text: shown, change }
}

fn photos_words(erasure: &Erasure) -> Option<String> {
    let words = |count: usize| {
        format!("附在本人和本户申报、积分上的 {count} 张照片会一并删除,与别人一起参加的活动也在内:照片里可能有此人。")
    };
    Some(erasure.photos.len()).filter(|count| *count > 0).map(words)
}

fn reported_words(erasure: &Erasure) -> String {
    let mut owners: Vec<_> = erasure.reported.iter().map(|place| place.owner).collect();
    owners.dedup();
    if owners.is_empty() { String::new() } else { format!("{} 件事项里的反映人和联系电话", owners.len()) }
}

fn remarks(village: &Village, person: &Person, name: &str) -> Vec<String> {
    let mut remarks = Vec::new();
    let balance = |account| thousands(village.balance(account));
    if !person.memberships.is_empty() {
        let points = balance(Account::Member(person.id));
        remarks.push(format!("党员积分 {points} 分留在一个没有姓名的账户里,各项合计不变。"));
    }
    let own = Account::Villager(person.id);
    if village.is_in_use(own) || village.balance(own) != 0 {
        let points = balance(own);
        remarks.push(format!("本人的群众积分 {points} 分留在一个没有姓名的账户里,各项合计不变。"));
    }
    if village.head(person.household) == Some(person.id) {
        let home = village.people.households.get(person.household);
        let points = thousands(home.map_or(0, |home| village.balance_of_home(home)));
        remarks.push(format!("是户主:这户的积分 {points} 分不变,户主一栏显示「已删除」。"));
    }
    let letters = name.chars().filter(|letter| !letter.is_whitespace()).count();
    if (1..NAME_LETTERS_MIN).contains(&letters) {
        remarks.push("姓名只有一个字,文字里的认不出来,没有去改。请自己到事项和事由里看一遍。".to_owned());
    }
    remarks
}
