//! Where the user is: a typed route, written in the address after `#`, so that
//! it works from a file as well as from a server. Filters are part of it.

mod query;
mod visits;

use jiff::civil::Date;
use leptos::prelude::*;

use self::query::{Asked, Query};
pub use self::visits::VisitsView;
use self::visits::{visits_href, visits_view};
use crate::domain::calendar::{Quarter, iso_date, parse_iso_date};
use crate::domain::id::{HouseholdId, PersonId};
use crate::domain::points::ledger::Account;
use crate::domain::points::rule::Ledger;
use crate::report::group_ranking::GroupBy;
use crate::report::passbook::LineKind;
use crate::report::passbook_filter::{LineFilter, Period};

/// A place in the application.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// 总览
    #[default]
    Overview,
    /// 民情
    Cases(CasesView),
    /// 积分
    Points(PointsView),
    /// 兑换日, full screen.
    Hall,
    /// 签领表, as it prints: of one redemption day, or of the present quarter.
    Signatures(Option<Date>),
    /// Another paper for the hall, as it prints.
    HallPaper(HallPaper),
    /// 兑换日: goods, what to do before and after.
    Goods(GoodsPart),
    /// 村情
    People(PeopleView),
    /// 村情: 走访
    Visits(VisitsView),
    /// 导入花名册
    Import,
    /// 报表
    Reports,
    /// 数据
    Data,
}

/// What the case list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CasesView {
    /// All cases instead of the open ones.
    pub all: bool,
    /// The grid, by its raw id.
    pub grid: Option<u64>,
    /// The handling, 0–3, or 4 for not yet assigned.
    pub handling: Option<usize>,
    /// Only disputes.
    pub disputes: bool,
    /// The case that is open beside the list, by its raw id.
    pub case: Option<u64>,
}

/// Which part of the points is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PointsView {
    /// 党员 instead of 群众.
    pub members: bool,
    /// Ranking, passbook or rules.
    pub part: PointsPart,
    /// The grid, by its raw id.
    pub grid: Option<u64>,
    /// The unit, by its raw id; see [`PeopleView::unit`].
    pub unit: Option<u64>,
    /// Grids or units are ranked instead of accounts.
    pub by: Option<GroupBy>,
    /// Which lines of the passbook are shown; of the ranking, which quarter.
    pub lines: LineFilter,
}

impl PointsView {
    /// The quarter of the ranking; the present one when none is asked for.
    pub const fn quarter(&self) -> Option<Quarter> {
        match self.lines.period {
            Some(Period::Quarter(quarter)) => Some(quarter),
            _ => None,
        }
    }

    /// The passbook of the account.
    pub fn passbook(account: Account) -> Self {
        let members = account.ledger() == Ledger::Member;
        Self { members, part: PointsPart::Passbook(account), ..Self::default() }
    }
}

/// The parts of the points page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PointsPart {
    /// 排行
    #[default]
    Ranking,
    /// 存折 of this account.
    Passbook(Account),
    /// 待审
    Review,
    /// 一票否决, with the one of this raw id open.
    Vetoes(Option<u64>),
    /// 月结公示
    Closing,
    /// 年度: this year, or the newest.
    Year(Option<i16>),
    /// 细则: the version with this number, or the one in force.
    Rules(Option<u16>),
    /// 新版细则, being drawn up.
    RuleDraft,
    /// 积分设置
    Settings,
}

/// A paper for the hall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HallPaper {
    /// 可兑名单
    Entitled,
    /// 价目表
    Prices,
    /// 户卡
    Cards,
    /// 民情日记
    Diary,
}

/// The parts of 兑换日.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GoodsPart {
    /// 物品与库存
    #[default]
    Shelf,
    /// 库存流水 of the goods with this raw id.
    Stock(u64),
    /// 兑换前准备
    Ready,
    /// 收场对账 of this day, or of the last one.
    Days(Option<Date>),
}

/// What of the village's people is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleView {
    /// Households, members or grids.
    pub part: PeoplePart,
    /// The grid, by its raw id.
    pub grid: Option<u64>,
    /// The unit, by its raw id; 0, which is no unit's, for those in none.
    pub unit: Option<u64>,
    /// The household that is open beside the list, by its raw id.
    pub household: Option<u64>,
}

/// The parts of the people page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PeoplePart {
    /// 户
    #[default]
    Households,
    /// 党员
    Members,
    /// 网格
    Grids,
}

fn flag(set: bool) -> Option<u8> {
    set.then_some(1)
}

/// The account in the address; a villager's has a word of its own.
fn account_in(address: Query, account: Option<Account>) -> Query {
    let word = match account {
        Some(Account::Villager(_)) => "villager",
        _ => "account",
    };
    address.with(word, account.map(Account::raw))
}

/// The filter of a passbook in the address.
fn lines_in(address: Query, lines: &LineFilter) -> Query {
    let kind = lines.kind.and_then(|kind| LineKind::ALL.iter().position(|known| *known == kind));
    let item = lines.item.as_deref().map(escaped);
    address.with("period", lines.period.map(Period::key)).with("kind", kind).with("item", item)
}

/// A word so that it can stand in an address.
fn escaped(word: &str) -> String {
    word.bytes().fold(String::new(), |all, byte| all + &format!("%{byte:02X}"))
}

/// A word as it stands in an address; nothing where it is none.
fn plain(escaped: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = escaped.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first == b'%' {
            let (digits, after) = rest.split_at_checked(2)?;
            bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
            rest = after;
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).ok().filter(|word| !word.is_empty())
}

impl Route {
    /// The address of the route.
    pub fn href(&self) -> String {
        match self {
            Self::Overview => "#/".to_owned(),
            Self::Cases(view) => {
                Query::new("cases")
                    .with("all", flag(view.all))
                    .with("grid", view.grid)
                    .with("handling", view.handling)
                    .with("disputes", flag(view.disputes))
                    .with("case", view.case)
                    .0
            }
            Self::Points(view) => {
                let (part, account) = match view.part {
                    PointsPart::Ranking => (None, None),
                    PointsPart::Passbook(account) => (None, Some(account)),
                    PointsPart::Review => (Some("review"), None),
                    PointsPart::Vetoes(_) => (Some("vetoes"), None),
                    PointsPart::Closing => (Some("closing"), None),
                    PointsPart::Year(_) => (Some("year"), None),
                    PointsPart::Rules(_) => (Some("rules"), None),
                    PointsPart::RuleDraft => (Some("draft"), None),
                    PointsPart::Settings => (Some("settings"), None),
                };
                let version = if let PointsPart::Rules(version) = view.part { version } else { None };
                let year = if let PointsPart::Year(year) = view.part { year } else { None };
                let veto = if let PointsPart::Vetoes(veto) = view.part { veto } else { None };
                let address = Query::new("points").with("members", flag(view.members));
                // The first addresses of the rule book stay as they were.
                let address =
                    if part == Some("rules") { address.with("rules", flag(true)) } else { address.with("part", part) };
                let address = address.with("version", version).with("veto", veto).with("year", year);
                let address = account_in(address, account).with("grid", view.grid);
                match view.part {
                    PointsPart::Ranking => {
                        let by = view.by.map(|by| if by == GroupBy::Grid { "grid" } else { "unit" });
                        address
                            .with("unit", view.unit)
                            .with("by", by)
                            .with("period", view.lines.period.map(Period::key))
                            .0
                    }
                    PointsPart::Passbook(_) => lines_in(address, &view.lines).0,
                    _ => address.0,
                }
            }
            Self::Hall => "#/hall".to_owned(),
            Self::Signatures(day) => Query::new("signatures").with("day", day.map(iso_date)).0,
            Self::HallPaper(HallPaper::Entitled) => "#/entitled".to_owned(),
            Self::HallPaper(HallPaper::Prices) => "#/prices".to_owned(),
            Self::HallPaper(HallPaper::Cards) => "#/cards".to_owned(),
            Self::HallPaper(HallPaper::Diary) => "#/diary".to_owned(),
            Self::Goods(part) => {
                let (name, goods, day) = match part {
                    GoodsPart::Shelf => (None, None, None),
                    GoodsPart::Stock(goods) => (None, Some(*goods), None),
                    GoodsPart::Ready => (Some("ready"), None, None),
                    GoodsPart::Days(day) => (Some("days"), None, day.map(iso_date)),
                };
                Query::new("goods").with("part", name).with("goods", goods).with("day", day).0
            }
            Self::People(view) => {
                let part = match view.part {
                    PeoplePart::Households => None,
                    PeoplePart::Members => Some("members"),
                    PeoplePart::Grids => Some("grids"),
                };
                let address = Query::new("people").with("part", part).with("grid", view.grid).with("unit", view.unit);
                address.with("household", view.household).0
            }
            Self::Visits(view) => visits_href(view),
            Self::Import => "#/import".to_owned(),
            Self::Reports => "#/reports".to_owned(),
            Self::Data => "#/data".to_owned(),
        }
    }

    /// The route of an address; an unknown one leads to the overview.
    pub fn parse(hash: &str) -> Self {
        let address = hash.trim_start_matches('#').trim_start_matches('/');
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let asked = Asked(query);
        match path {
            "cases" => Self::Cases(CasesView {
                all: asked.set("all"),
                grid: asked.number("grid"),
                handling: asked
                    .number("handling")
                    .and_then(|place| usize::try_from(place).ok())
                    .filter(|place| *place < 5),
                disputes: asked.set("disputes"),
                case: asked.number("case"),
            }),
            "points" => Self::Points(points_view(&asked)),
            "hall" => Self::Hall,
            "signatures" => Self::Signatures(asked.get("day").and_then(parse_iso_date)),
            "entitled" => Self::HallPaper(HallPaper::Entitled),
            "prices" => Self::HallPaper(HallPaper::Prices),
            "cards" => Self::HallPaper(HallPaper::Cards),
            "diary" => Self::HallPaper(HallPaper::Diary),
            "goods" => Self::Goods(match (asked.get("part"), asked.number("goods")) {
                (Some("ready"), _) => GoodsPart::Ready,
                (Some("days"), _) => GoodsPart::Days(asked.get("day").and_then(parse_iso_date)),
                (_, Some(goods)) => GoodsPart::Stock(goods),
                _ => GoodsPart::Shelf,
            }),
            "people" => {
                let part = match asked.get("part") {
                    Some("members") => PeoplePart::Members,
                    Some("grids") => PeoplePart::Grids,
                    _ => PeoplePart::Households,
                };
                let (grid, unit, household) = (asked.number("grid"), asked.number("unit"), asked.number("household"));
                Self::People(PeopleView { part, grid, unit, household })
            }
            "visits" => Self::Visits(visits_view(&asked)),
            "import" => Self::Import,
            "reports" => Self::Reports,
            "data" => Self::Data,
            _ => Self::Overview,
        }
    }
}

fn points_view(asked: &Asked<'_>) -> PointsView {
    let members = asked.set("members");
    let account = asked.number("account").map(|raw| {
        if members { Account::Member(PersonId::from_raw(raw)) } else { Account::Household(HouseholdId::from_raw(raw)) }
    });
    let villager = asked.number("villager").map(|raw| Account::Villager(PersonId::from_raw(raw)));
    let part = match villager.filter(|_| !members).or(account) {
        Some(account) => PointsPart::Passbook(account),
        None if asked.set("rules") => {
            PointsPart::Rules(asked.number("version").and_then(|one| u16::try_from(one).ok()))
        }
        None => match asked.get("part") {
            Some("review") => PointsPart::Review,
            Some("vetoes") => PointsPart::Vetoes(asked.number("veto")),
            Some("closing") => PointsPart::Closing,
            Some("year") => PointsPart::Year(asked.number("year").and_then(|one| i16::try_from(one).ok())),
            Some("draft") => PointsPart::RuleDraft,
            Some("settings") => PointsPart::Settings,
            _ => PointsPart::Ranking,
        },
    };
    let by = match asked.get("by") {
        Some("grid") => Some(GroupBy::Grid),
        Some("unit") => Some(GroupBy::Unit),
        _ => None,
    };
    let kind = asked.number("kind").and_then(|place| LineKind::ALL.get(usize::try_from(place).ok()?)).copied();
    let period = asked.get("period").and_then(Period::parse);
    let lines = LineFilter { period, kind, item: asked.get("item").and_then(plain) };
    let (grid, unit) = (asked.number("grid"), asked.number("unit"));
    PointsView { members, part, grid, unit, by, lines }
}

/// Follows the address.
pub fn watch() -> RwSignal<Route> {
    let current = || Route::parse(&window().location().hash().unwrap_or_default());
    let route = RwSignal::new(current());
    gloo::events::EventListener::new(&window(), "hashchange", move |_| route.set(current())).forget();
    route
}

/// Goes to a route.
pub fn go(route: &Route) {
    // Setting the hash cannot fail for an address that we wrote ourselves.
    let _set = window().location().set_hash(&route.href());
}
