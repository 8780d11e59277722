//! 兑换日, at the desk: who is being served, what is in the basket, and what
//! it comes to. Nothing here is stored; [`Serving::command`] asks for the
//! redemption when the basket is right.

use jiff::civil::Date;

use super::account_finder::people_found;
use super::people_list::is_child;
use super::search::SearchIndex;
use super::spelling::{Spelling, query};
use super::tag::dotted;
use super::vetoes::{VetoSign, veto_sign};
use crate::domain::command::Command;
use crate::domain::id::{GoodsId, PersonId};
use crate::domain::order::sort_by_key;
use crate::domain::points::accounts::VillagerAccount;
use crate::domain::points::ledger::Account;
use crate::domain::points::proxy::{Proxy, ProxyRefusal};
use crate::domain::points::settings::redeemable;
use crate::domain::register::Field;
use crate::domain::village::Village;

/// Pieces in one basket; more are not taken in.
const BASKET_MAX: usize = 999;

/// What was put in for one account, piece by piece, so that the last piece
/// can be taken out again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Basket(Vec<GoodsId>);

impl Basket {
    /// Puts one more of the goods in.
    pub fn add(&mut self, goods: GoodsId) {
        if self.0.len() < BASKET_MAX {
            self.0.push(goods);
        }
    }

    /// Takes one of the goods out.
    pub fn remove(&mut self, goods: GoodsId) {
        if let Some(position) = self.0.iter().rposition(|piece| *piece == goods) {
            self.0.remove(position);
        }
    }

    /// Takes the piece out that was put in last.
    pub fn remove_last(&mut self) {
        self.0.pop();
    }

    /// Whether nothing is in.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many of the goods are in.
    pub fn quantity(&self, goods: GoodsId) -> u32 {
        u32::try_from(self.0.iter().filter(|piece| **piece == goods).count()).unwrap_or(u32::MAX)
    }

    /// Goods with their quantities, in the order in which they were first put in.
    pub fn lines(&self) -> Vec<(GoodsId, u32)> {
        let mut lines: Vec<(GoodsId, u32)> = Vec::new();
        for piece in &self.0 {
            match lines.iter_mut().find(|line| line.0 == *piece) {
                Some(line) => line.1 += 1,
                None => lines.push((*piece, 1)),
            }
        }
        lines
    }
}

/// Who is being served, and with what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Serving {
    /// The household or the villager; `None` while one is looked for.
    pub account: Option<Account>,
    /// What it gets.
    pub basket: Basket,
    /// Who came instead of the head or the villager.
    pub proxy: Proxy,
}

impl Serving {
    /// Serves the account. Another one starts with an empty basket.
    pub fn take(&mut self, account: Account) {
        if self.account != Some(account) {
            *self = Self { account: Some(account), ..Self::default() };
        }
    }

    /// One step back: empties the basket, or else leaves the account.
    pub fn back(&mut self) {
        if self.basket.is_empty() {
            *self = Self::default();
        } else {
            self.basket = Basket::default();
        }
    }

    /// The redemption; `None` without an account or with an empty basket.
    pub fn command(&self) -> Option<Result<Command, ProxyRefusal>> {
        let account = self.account?;
        let basket = self.basket.lines();
        (!basket.is_empty()).then(|| Ok(Command::Redeem { account, basket, proxy: self.proxy.words()? }))
    }
}

/// Who is at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// 「王海林 户」; a villager's name alone.
    pub name: String,
    /// 「第二网格 · 2-017」
    pub place: String,
    /// 「本人领取」, or who came instead.
    pub taker: String,
    /// Points before the redemption.
    pub balance: i64,
    /// Points that the basket leaves; below zero when it costs too much.
    pub after: i64,
    /// Why nothing may be redeemed, if so: 「停兑至 12月31日 · 柳村〔2025〕7号」.
    pub stopped: Option<String>,
}

/// Goods as the desk shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskRow {
    /// The goods' id.
    pub goods: GoodsId,
    /// 「①」, which is also the key that adds one; to 「⑲」 0 and the last digit are,
    /// and all are found by letters or number: [`goods_found`].
    pub mark: String,
    /// Name with size.
    pub name: String,
    /// Price of one, in points.
    pub price: i64,
    /// How many are in the basket.
    pub quantity: u32,
    /// What they cost.
    pub subtotal: i64,
    /// How many are there; 「服务」 for a service.
    pub stock: String,
    /// Whether more are in the basket than there are.
    pub is_short: bool,
}

/// All that the desk shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskSheet {
    /// Who it is; `None` while somebody is looked for.
    pub who: Option<Who>,
    /// All goods, in the order of the shelf.
    pub rows: Vec<DeskRow>,
    /// What the basket costs.
    pub total: i64,
}

/// What the desk shows.
pub fn desk_sheet(village: &Village, serving: &Serving, today: Date) -> DeskSheet {
    let offered =
        village.shelf.goods.iter().filter(|goods| village.shelf.terms(goods.id).is_some_and(|one| one.is_offered));
    let rows = offered.enumerate().map(|(place, goods)| {
        let quantity = serving.basket.quantity(goods.id);
        let (price, stock) = (i64::from(goods.price_points), village.shelf.stock(goods.id));
        DeskRow {
            goods: goods.id,
            mark: mark(place),
            name: goods.name.clone(),
            price,
            quantity,
            subtotal: price * i64::from(quantity),
            stock: if goods.is_service { "服务".to_owned() } else { stock.to_string() },
            is_short: !goods.is_service && i64::from(quantity) > stock,
        }
    });
    let rows: Vec<DeskRow> = rows.collect();
    let total = rows.iter().map(|row| row.subtotal).sum();
    DeskSheet { who: who(village, serving, total, today), rows, total }
}

fn who(village: &Village, serving: &Serving, total: i64, today: Date) -> Option<Who> {
    let account = serving.account?;
    let household = village.home_of(account)?;
    let balance = redeemable(village, account, today);
    let name = village.account_name(account);
    let name = if name.is_empty() { &household.number } else { name };
    Some(Who {
        name: if account.person().is_some() { name.to_owned() } else { format!("{name} 户") },
        place: format!("{} · {}", village.people.grid_name(household.grid), household.number),
        taker: taker(&serving.proxy),
        balance,
        after: balance - total,
        stopped: stop_sign(village, account, today).map(|sign| dotted(&[&sign.word, &sign.document])),
    })
}

/// 「本人领取」, or who came, as far as that is typed.
fn taker(proxy: &Proxy) -> String {
    let words = proxy.words().unwrap_or_else(|_| proxy.name.trim().to_owned());
    if proxy.is_head() { "本人领取".to_owned() } else { proxy_words(&words) }
}

/// The veto that stops the account from redeeming today.
fn stop_sign(village: &Village, account: Account, today: Date) -> Option<VetoSign> {
    veto_sign(village, account, today).filter(|sign| sign.stops_redemption)
}

/// 「代领:王强(儿子)」; as it was typed when it says 代领 itself.
pub fn proxy_words(proxy: &str) -> String {
    let proxy = proxy.trim();
    if proxy.is_empty() || proxy.contains("代领") { proxy.to_owned() } else { format!("代领:{proxy}") }
}

/// ① to ⑳, and plain numbers after them.
fn mark(place: usize) -> String {
    let circled =
        u32::try_from(place).ok().filter(|place| *place < 20).and_then(|place| char::from_u32(0x2460 + place));
    circled.map_or_else(|| format!("({})", place + 1), String::from)
}

/// The places of the goods that fit what was typed, the best first: their number
/// in full, then names by initials, pinyin or characters.
pub fn goods_found(rows: &[DeskRow], typed: &str) -> Vec<usize> {
    let asked = query(typed);
    let number = asked.iter().collect::<String>().parse::<usize>().ok();
    let fits = rows.iter().enumerate().filter_map(|(place, row)| {
        let is_number = number == Some(place + 1);
        let fit = Spelling::of_text(&row.name).find(&asked);
        (is_number || fit.is_some()).then_some((!is_number, fit, place))
    });
    let mut fits: Vec<_> = fits.collect();
    sort_by_key(&mut fits, |fit| *fit);
    fits.into_iter().map(|(_, _, place)| place).collect()
}

/// An account that was found.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FoundRow {
    /// Whose points.
    pub account: Account,
    /// 户主, or the villager.
    pub name: String,
    /// 户号
    pub number: String,
    /// Who of the household was typed, where it was not the head: 「同户 单秀英(配偶)」.
    pub other: Option<String>,
    /// Points that it can redeem.
    pub balance: i64,
    /// Whether its number, or the code of its card, is exactly what was typed or scanned.
    pub is_exact: bool,
    /// 「停兑至 12月31日」, if it must not redeem.
    pub stopped: Option<String>,
}

/// The best `limit` accounts for what was typed; a household's number means all
/// its people where points are kept by person.
pub fn found(village: &Village, index: &SearchIndex, typed: &str, limit: usize, today: Date) -> Vec<FoundRow> {
    match village.villager_accounts.now() {
        VillagerAccount::Household => {
            // The screen faces the queue: children are not named on it.
            let is_here = |id| village.people.persons.get(id).is_some_and(|person| person.is_here_on(today));
            let counts = |id| is_here(id) && !is_child(village, id, today);
            let hits = index.find_households(typed, limit, counts).into_iter();
            let rows = hits.map(|hit| {
                let is_exact = hit.number == typed.trim();
                let other = hit.other.map(|(person, name)| relative(village, person, &name));
                let row = found_row(village, Account::Household(hit.household), is_exact, hit.number, today);
                FoundRow { other, ..row }
            });
            rows.collect()
        }
        VillagerAccount::Person => {
            let scanned = card_person(village, typed);
            let people = scanned.map_or_else(|| people_found(village, index, typed), |person| vec![person]);
            let rows = people.into_iter().take(limit).map(|person| {
                let account = Account::Villager(person);
                let number = village.home_of(account).map_or_else(String::new, |home| home.number.to_string());
                found_row(village, account, scanned.is_some(), number, today)
            });
            rows.collect()
        }
    }
}

fn found_row(village: &Village, account: Account, is_exact: bool, number: String, today: Date) -> FoundRow {
    FoundRow {
        balance: redeemable(village, account, today),
        is_exact,
        stopped: stop_sign(village, account, today).map(|sign| sign.word),
        account,
        name: village.account_name(account).to_owned(),
        number,
        other: None,
    }
}

/// 「同户 单秀英(配偶)」
fn relative(village: &Village, person: PersonId, name: &str) -> String {
    match village.register.text(person, Field::Relation) {
        "" => format!("同户 {name}"),
        relation => format!("同户 {name}({relation})"),
    }
}

/// What the card of a villager says to a scanner: the opaque id.
pub fn card_code(person: PersonId) -> String {
    format!("P{}", person.raw())
}

/// Whose card has this code: a household's number, or a villager's own code. A
/// household's number says nothing of whose points are meant where each has their own.
pub fn scanned(village: &Village, code: &str) -> Option<Account> {
    match village.villager_accounts.now() {
        VillagerAccount::Household => village.people.household_by_number(code).map(|home| Account::Household(home.id)),
        VillagerAccount::Person => card_person(village, code).map(Account::Villager),
    }
}

/// The villager whose card was scanned.
fn card_person(village: &Village, typed: &str) -> Option<PersonId> {
    let raw = typed.trim().strip_prefix(['P', 'p'])?.parse().ok()?;
    let person = village.people.person_now(PersonId::from_raw(raw));
    village.people.persons.get(person).map(|person| person.id)
}

/// Which of the found is taken: the chosen one, else the one whose number was
/// typed in full, else the first.
pub fn taken(rows: &[FoundRow], chosen: Option<usize>) -> Option<usize> {
    let chosen = chosen.filter(|place| *place < rows.len());
    let exact = || rows.iter().position(|row| row.is_exact);
    chosen.or_else(exact).or_else(|| (!rows.is_empty()).then_some(0))
}
