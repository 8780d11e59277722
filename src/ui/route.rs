//! Where the user is: a typed route, written in the address after `#`, so that
//! it works from a file as well as from a server. Filters are part of it.

use leptos::prelude::*;

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
    /// 签领表, as it prints.
    Signatures,
    /// 物品与库存
    Goods,
    /// 村情
    People(PeopleView),
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
}

/// The parts of the points page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PointsPart {
    /// 排行
    #[default]
    Ranking,
    /// 存折 of the account with this raw id.
    Passbook(u64),
    /// 待审
    Review,
    /// 细则: the version with this number, or the one in force.
    Rules(Option<u16>),
    /// 新版细则, being drawn up.
    RuleDraft,
    /// 积分设置
    Settings,
    /// 一票否决, with the one of this raw id open.
    Vetoes(Option<u64>),
    /// 月结公示
    Closing,
}

/// What of the village's people is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleView {
    /// Households, members or grids.
    pub part: PeoplePart,
    /// The grid, by its raw id.
    pub grid: Option<u64>,
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

/// Collects `?a=1&b=2`.
struct Query(String);

impl Query {
    fn new(path: &str) -> Self {
        Self(format!("#/{path}"))
    }

    fn with(mut self, name: &str, value: Option<impl ToString>) -> Self {
        if let Some(value) = value {
            self.0.push(if self.0.contains('?') { '&' } else { '?' });
            self.0.push_str(name);
            self.0.push('=');
            self.0.push_str(&value.to_string());
        }
        self
    }
}

fn flag(set: bool) -> Option<u8> {
    set.then_some(1)
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
                let address = Query::new("points").with("members", flag(view.members));
                let address = match view.part {
                    PointsPart::Ranking => address,
                    PointsPart::Passbook(account) => address.with("account", Some(account)),
                    PointsPart::Review => address.with("part", Some("review")),
                    PointsPart::Rules(version) => address.with("rules", flag(true)).with("version", version),
                    PointsPart::RuleDraft => address.with("part", Some("draft")),
                    PointsPart::Settings => address.with("part", Some("settings")),
                    PointsPart::Vetoes(veto) => address.with("vetoes", flag(true)).with("veto", veto),
                    PointsPart::Closing => address.with("closing", flag(true)),
                };
                address.with("grid", view.grid).0
            }
            Self::Hall => "#/hall".to_owned(),
            Self::Signatures => "#/signatures".to_owned(),
            Self::Goods => "#/goods".to_owned(),
            Self::People(view) => {
                let part = match view.part {
                    PeoplePart::Households => None,
                    PeoplePart::Members => Some("members"),
                    PeoplePart::Grids => Some("grids"),
                };
                Query::new("people").with("part", part).with("grid", view.grid).with("household", view.household).0
            }
            Self::Import => "#/import".to_owned(),
            Self::Reports => "#/reports".to_owned(),
            Self::Data => "#/data".to_owned(),
        }
    }

    /// The route of an address; an unknown one leads to the overview.
    pub fn parse(hash: &str) -> Self {
        let address = hash.trim_start_matches('#').trim_start_matches('/');
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let get = |name: &str| query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name);
        let number = |name: &str| get(name).and_then(|(_, value)| value.parse::<u64>().ok());
        let set = |name: &str| number(name) == Some(1);
        match path {
            "cases" => Self::Cases(CasesView {
                all: set("all"),
                grid: number("grid"),
                handling: number("handling").and_then(|place| usize::try_from(place).ok()).filter(|place| *place < 5),
                disputes: set("disputes"),
                case: number("case"),
            }),
            "points" => {
                let part = match number("account") {
                    Some(account) => PointsPart::Passbook(account),
                    None if set("rules") => {
                        PointsPart::Rules(number("version").and_then(|one| u16::try_from(one).ok()))
                    }
                    None if set("vetoes") => PointsPart::Vetoes(number("veto")),
                    None if set("closing") => PointsPart::Closing,
                    None => match get("part") {
                        Some((_, "review")) => PointsPart::Review,
                        Some((_, "draft")) => PointsPart::RuleDraft,
                        Some((_, "settings")) => PointsPart::Settings,
                        _ => PointsPart::Ranking,
                    },
                };
                Self::Points(PointsView { members: set("members"), part, grid: number("grid") })
            }
            "hall" => Self::Hall,
            "signatures" => Self::Signatures,
            "goods" => Self::Goods,
            "people" => {
                let part = match get("part") {
                    Some((_, "members")) => PeoplePart::Members,
                    Some((_, "grids")) => PeoplePart::Grids,
                    _ => PeoplePart::Households,
                };
                Self::People(PeopleView { part, grid: number("grid"), household: number("household") })
            }
            "import" => Self::Import,
            "reports" => Self::Reports,
            "data" => Self::Data,
            _ => Self::Overview,
        }
    }
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
