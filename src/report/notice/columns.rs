//! The columns of a notice: what stands in each, and how wide the last one is.

use crate::domain::points::accounts::VillagerAccount;

/// Half-width characters in one line of the last column.
pub(super) fn reasons_width(columns: &[Column]) -> usize {
    match columns.get(1) {
        Some(Column { kind: ColumnKind::Number, .. }) => 28,
        Some(Column { kind: ColumnKind::Unit, .. }) => 21,
        _ => 23,
    }
}

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// 序号
    N,
    /// 户号
    Number,
    /// 十户单元, by its number.
    Unit,
    /// A name.
    Name,
    /// A type of member.
    Type,
    /// Points, or a place.
    Figure,
    /// Points under a short head.
    Small,
    /// 事由
    Reasons,
}

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its head.
    pub head: &'static str,
    /// What stands in it.
    pub kind: ColumnKind,
}

const fn column(head: &'static str, kind: ColumnKind) -> Column {
    Column { head, kind }
}

const fn villager_columns(kind: VillagerAccount) -> [Column; 9] {
    let [n, _, number, name, opening, plus, minus, redeemed, closing, reasons] = unit_columns(kind);
    [n, number, name, opening, plus, minus, redeemed, closing, reasons]
}

const fn unit_columns(kind: VillagerAccount) -> [Column; 10] {
    [
        column("序号", ColumnKind::N),
        column("十户", ColumnKind::Unit),
        column("户号", ColumnKind::Number),
        column(kind.name_word(), ColumnKind::Name),
        column("上月结余", ColumnKind::Figure),
        column("本月加分", ColumnKind::Figure),
        column("本月扣分", ColumnKind::Figure),
        column("本月兑换", ColumnKind::Figure),
        column("本月结余", ColumnKind::Figure),
        column("主要事由", ColumnKind::Reasons),
    ]
}

/// The columns, with those of ten-household units where the grid has some.
pub(super) const fn columns_of(kind: VillagerAccount, has_units: bool) -> &'static [Column] {
    const HOME: &[Column] = &villager_columns(VillagerAccount::Household);
    const HOME_UNITS: &[Column] = &unit_columns(VillagerAccount::Household);
    const PERSON: &[Column] = &villager_columns(VillagerAccount::Person);
    const PERSON_UNITS: &[Column] = &unit_columns(VillagerAccount::Person);
    match (kind, has_units) {
        (VillagerAccount::Household, false) => HOME,
        (VillagerAccount::Household, true) => HOME_UNITS,
        (VillagerAccount::Person, false) => PERSON,
        (VillagerAccount::Person, true) => PERSON_UNITS,
    }
}

pub(super) const MEMBER_COLUMNS: &[Column] = &[
    column("序号", ColumnKind::N),
    column("姓名", ColumnKind::Name),
    column("类型", ColumnKind::Type),
    column("上月累计", ColumnKind::Figure),
    column("加分", ColumnKind::Small),
    column("扣分", ColumnKind::Small),
    column("得分", ColumnKind::Small),
    column("本年累计", ColumnKind::Figure),
    column("类内位次", ColumnKind::Figure),
    column("事由", ColumnKind::Reasons),
];
