//! A pasted list of names: who is meant, as far as the village knows. A name
//! that several bear, or nobody, is never guessed; it is left to the user.

use std::collections::HashMap;

use super::activity::Participants;
use crate::domain::people::Person;
use crate::domain::points::ledger::Account;
use crate::domain::points::rule::{Ledger, Unit};
use crate::domain::village::Village;

/// Names that are taken from one list.
pub const NAMES_MAX: usize = 2_000;
/// Those of a similar name who are offered.
const SIMILAR_MAX: usize = 4;

/// Who is meant by a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// Nobody else could be.
    One(Account),
    /// Several bear the name.
    Several(Vec<Account>),
    /// Nobody does; these are written similarly.
    Nobody(Vec<Account>),
}

/// One name of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameLine {
    /// As it was written.
    pub name: String,
    /// The quantity behind it, if one was written.
    pub quantity: Option<u32>,
    /// Who is meant.
    pub meant: Meant,
}

/// Whether a text is a list rather than a search: more than one name.
pub fn is_list(text: &str) -> bool {
    text.trim().contains(['\n', '\t', '、', ',', '，', ';', '；'])
}

/// Every name of the list, in order; at most [`NAMES_MAX`].
pub fn read_names(village: &Village, participants: &Participants, ledger: Ledger, text: &str) -> Vec<NameLine> {
    let book = Book::of(village, participants, ledger);
    let mut lines = Vec::new();
    for line in text.lines() {
        for piece in without_numbering(line).split(['、', ',', '，', ';', '；']) {
            book.read(piece, &mut lines);
        }
    }
    lines.truncate(NAMES_MAX);
    lines
}

/// 「3. 王海林」 without the number in front.
fn without_numbering(line: &str) -> &str {
    let line = line.trim();
    let rest = line.trim_start_matches(|sign: char| sign.is_ascii_digit());
    if rest.len() == line.len() {
        return line;
    }
    rest.strip_prefix(['.', '、', ')', '）', '．']).map_or(line, str::trim_start)
}

/// Names and household numbers with the accounts that they stand for.
struct Book<'a> {
    participants: &'a Participants,
    names: HashMap<String, Vec<Account>>,
    numbers: HashMap<String, Vec<Account>>,
    /// Units of the village's own, which may stand behind a quantity.
    units: Vec<Unit>,
}

impl<'a> Book<'a> {
    fn of(village: &Village, participants: &'a Participants, ledger: Ledger) -> Self {
        let mut names: HashMap<String, Vec<Account>> = HashMap::new();
        let account = |person: &Person| match ledger {
            Ledger::Villager => village.villager_account(person),
            Ledger::Member => Account::Member(person.id),
        };
        for person in village.people.persons.iter().filter(|person| !person.erased && person.is_here()) {
            let account = account(person);
            let known = names.entry(plain(village.name(person.id))).or_default();
            if participants.get(account).is_some() && !known.contains(&account) {
                known.push(account);
            }
        }
        names.retain(|name, accounts| !name.is_empty() && !accounts.is_empty());
        let homes = village.people.households.iter().filter(|_| ledger == Ledger::Villager);
        let kind = village.villager_accounts.now();
        let accounts =
            |home| village.accounts_of(home, kind).into_iter().filter(|account| participants.get(*account).is_some());
        let numbers = homes.map(|home| (home.number.to_string(), accounts(home).collect())).collect();
        let units = Unit::among(village.rules.all().flat_map(|book| &book.items).map(|item| item.unit));
        Self { participants, names, numbers, units }
    }

    /// Reads what stands between two commas: a name, or several with blanks
    /// between, each with its quantity.
    fn read(&self, piece: &str, lines: &mut Vec<NameLine>) {
        let spaced: String = piece.chars().map(|sign| if is_times(sign) { ' ' } else { sign }).collect();
        let words: Vec<&str> = spaced.split_whitespace().collect();
        let mut place = 0;
        let mut named = false;
        while place < words.len() {
            if let Some(quantity) = self.number(words[place]) {
                match lines.last_mut().filter(|_| named) {
                    Some(last) => last.quantity = Some(quantity),
                    // A number in front of a name counts the rows of the list.
                    None if place + 1 < words.len() => {}
                    None => lines.push(self.line(words[place].to_owned(), None)),
                }
                place += 1;
                continue;
            }
            let taken = self.longest(&words[place..]);
            let (name, quantity) = self.split_quantity(&words[place..place + taken].concat());
            lines.push(self.line(name, quantity));
            (place, named) = (place + taken, true);
        }
    }

    /// How many words from here are one name: 「王 五」 is two.
    fn longest(&self, words: &[&str]) -> usize {
        let most = words.len().min(3);
        (2..=most).rev().find(|count| self.names.contains_key(&plain(&words[..*count].concat()))).unwrap_or(1)
    }

    /// 「2」 「２」 「2小时」 「2筐」; nothing for what is no quantity.
    fn number(&self, word: &str) -> Option<u32> {
        let narrow: String = word
            .chars()
            .map(|sign| match sign {
                '０'..='９' => char::from_u32(u32::from(sign) - 0xFEE0).unwrap_or(sign),
                _ => sign,
            })
            .collect();
        let own = self.units.iter().find_map(|unit| narrow.strip_suffix(unit.word()));
        let digits = own.unwrap_or(&narrow).trim_end_matches(['小', '时', '次', '户', '月', '起']);
        digits.parse().ok()
    }

    /// 「王海林2小时」 as name and quantity.
    fn split_quantity(&self, word: &str) -> (String, Option<u32>) {
        let start = word.char_indices().find(|(at, sign)| *at > 0 && sign.is_ascii_digit());
        match start.and_then(|(at, _)| Some((at, self.number(&word[at..])?))) {
            // A household number has a dash in it.
            Some((at, quantity)) if !word.contains('-') => (word[..at].to_owned(), Some(quantity)),
            _ => (word.to_owned(), None),
        }
    }

    fn line(&self, name: String, quantity: Option<u32>) -> NameLine {
        let meant = match self.names.get(&plain(&name)).map(Vec::as_slice) {
            Some([one]) => Meant::One(*one),
            Some(several) => Meant::Several(several.to_vec()),
            None => match self.numbers.get(&name).map(Vec::as_slice) {
                Some([one]) => Meant::One(*one),
                Some(several) if !several.is_empty() => Meant::Several(several.to_vec()),
                _ => Meant::Nobody(self.similar(&name)),
            },
        };
        NameLine { name, quantity, meant }
    }

    /// Those whose names differ in one letter.
    fn similar(&self, name: &str) -> Vec<Account> {
        let wanted: Vec<char> = plain(name).chars().collect();
        let mut found: Vec<Account> = Vec::new();
        if wanted.len() < 2 {
            return found;
        }
        for (known, accounts) in &self.names {
            let letters: Vec<char> = known.chars().collect();
            let is_near = letters.len() == wanted.len()
                && letters.iter().zip(&wanted).filter(|(one, other)| one != other).count() == 1;
            let others = accounts.iter().filter(|account| is_near && !found.contains(account));
            found.extend(others.copied().collect::<Vec<_>>());
        }
        found.sort_by_key(|account| self.participants.get(*account).map(|one| one.number.clone()));
        found.truncate(SIMILAR_MAX);
        found
    }
}

/// An account that a list means beyond doubt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Which.
    pub account: Account,
    /// The quantities behind its names together, if one was written.
    pub quantity: Option<u32>,
    /// Every name that means it, as written.
    pub names: Vec<String>,
}

/// Who is meant beyond doubt, each account once, and the names that are to be settled.
pub fn sort_out(lines: Vec<NameLine>) -> (Vec<Listed>, Vec<NameLine>) {
    let (mut listed, mut open): (Vec<Listed>, Vec<NameLine>) = (Vec::new(), Vec::new());
    for line in lines {
        let Meant::One(account) = line.meant else {
            open.push(line);
            continue;
        };
        let NameLine { name, quantity, .. } = line;
        match listed.iter_mut().find(|one| one.account == account) {
            Some(one) => {
                one.quantity = together(one.quantity, quantity);
                one.names.push(name);
            }
            None => listed.push(Listed { account, quantity, names: vec![name] }),
        }
    }
    (listed, open)
}

/// Two quantities of one account. Who has none of their own counts as the others do, once.
pub fn together(one: Option<u32>, other: Option<u32>) -> Option<u32> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.saturating_add(other)),
        (one, other) => one.or(other),
    }
}

/// Pairs that are said; more of them are counted.
const SAID_MAX: usize = 3;

/// 「周五和吴六是同一户,数量合计 5。」 for all that were named more than once.
pub fn together_words(listed: &[Listed], counter: &str) -> String {
    let doubled: Vec<&Listed> = listed.iter().filter(|one| one.names.len() > 1).collect();
    let said = doubled.iter().take(SAID_MAX).map(|one| {
        let mut names = one.names.clone();
        names.dedup();
        let who = match names.as_slice() {
            [name] => format!("{name}写了 {} 次", one.names.len()),
            names => format!("{}是同一{counter}", names.join("和")),
        };
        let sum = one.quantity.map_or_else(|| format!("只算一{counter}"), |sum| format!("数量合计 {sum}"));
        format!("{who},{sum}。")
    });
    let more = doubled.len().saturating_sub(SAID_MAX);
    let rest = (more > 0).then(|| format!("这样的还有 {more} {counter}。"));
    said.chain(rest).collect()
}

/// A name without blanks and dots.
fn plain(name: &str) -> String {
    name.chars().filter(|sign| !sign.is_whitespace() && !matches!(sign, '·' | '•' | '・' | '\u{a0}')).collect()
}

const fn is_times(sign: char) -> bool {
    matches!(sign, '×' | '*' | ':' | '：' | '(' | ')' | '（' | '）')
}
