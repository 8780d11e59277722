//! Goods, what came in, and what was handed out for points.

use std::collections::HashMap;

use super::Kind::{Day, Flag, Id, Integer, Text, Time};
use super::points::standing;
use super::{Cell, Facts, Link, Sink, Table, account_key, field, optional};
use crate::domain::id::GoodsId;
use crate::domain::points::shelf::{Delivery, StockSource};

pub(super) const GOODS: Table = Table {
    name: "goods",
    title: "兑换物品",
    about: "每种物品或优先服务一行;stock 等于 stock_movements 里这种物品的合计",
    fields: &[
        field("id", Id, "物品的编号"),
        field("name", Text, "名称和规格"),
        field("unit", Text, "单位"),
        field("price_points", Integer, "一个多少分"),
        field("price_cents", Integer, "参考价,单位是人民币分"),
        field("is_service", Flag, "是不是服务;服务没有库存"),
        optional("stock", Integer, "现有库存;服务空着"),
    ],
    key: &["id"],
    links: &[],
    fill: goods,
};

fn goods(facts: &Facts<'_>, put: &mut Sink<'_>) {
    for goods in &facts.shelf.goods {
        let stock = (!goods.is_service).then(|| facts.shelf.stock(goods.id));
        put(&[
            Cell::Id(goods.id.raw()),
            Cell::Text(&goods.name),
            Cell::Text(&goods.unit),
            Cell::Integer(goods.price_points.into()),
            Cell::Integer(goods.price_cents.into()),
            Cell::Flag(goods.is_service),
            Cell::maybe(stock, Cell::Integer),
        ]);
    }
}

pub(super) const REDEMPTIONS: Table = Table {
    name: "redemptions",
    title: "兑换",
    about: "每次兑换一行,撤销的也在;没有代领人",
    fields: &[
        field("id", Id, "这次兑换的编号"),
        field("account", Id, "用哪个账户的积分"),
        field("at", Time, "什么时候,北京时间"),
        field("undone", Flag, "是不是撤销了"),
        field("points", Integer, "用了多少分;撤销的是 0"),
        optional("returned", Day, "退还的日期;分另外记在积分记录里"),
    ],
    key: &["id"],
    links: &[Link { from: &["account"], table: "balances", to: &["account"] }],
    fill: redemptions,
};

fn redemptions(facts: &Facts<'_>, put: &mut Sink<'_>) {
    for redemption in facts.shelf.redemptions() {
        put(&[
            Cell::Id(redemption.id.raw()),
            Cell::Text(&account_key(redemption.account)),
            Cell::Time(redemption.at),
            Cell::Flag(redemption.undone),
            Cell::Integer(redemption.points()),
            Cell::maybe(redemption.returned, Cell::Day),
        ]);
    }
}

pub(super) const REDEMPTION_LINES: Table = Table {
    name: "redemption_lines",
    title: "兑换的物品",
    about: "每次兑换的每种物品一行",
    fields: &[
        field("redemption", Id, "哪次兑换"),
        field("place", Integer, "第几行,从 1 起"),
        field("goods", Id, "什么物品"),
        field("quantity", Integer, "几个"),
        field("price_points", Integer, "当时一个多少分"),
    ],
    key: &["redemption", "place"],
    links: &[
        Link { from: &["redemption"], table: "redemptions", to: &["id"] },
        Link { from: &["goods"], table: "goods", to: &["id"] },
    ],
    fill: redemption_lines,
};

fn redemption_lines(facts: &Facts<'_>, put: &mut Sink<'_>) {
    for redemption in facts.shelf.redemptions() {
        for (place, line) in (1..).zip(&redemption.lines) {
            put(&[
                Cell::Id(redemption.id.raw()),
                Cell::Integer(place),
                Cell::Id(line.goods.raw()),
                Cell::Integer(line.quantity.into()),
                Cell::Integer(line.price_points.into()),
            ]);
        }
    }
}

pub(super) const STOCK_MOVEMENTS: Table = Table {
    name: "stock_movements",
    title: "库存出入",
    about: "每次入库一行,每次兑出和退还一种物品一行,盘点有差额的物品一行;服务和撤销的兑换没有",
    fields: &[
        field("number", Integer, "第几行,从 1 起"),
        field("date", Day, "哪一天"),
        field("goods", Id, "什么物品"),
        field("quantity", Integer, "入库和退还是正数,兑出是负数"),
        field("kind", Text, "delivery 入库,redemption 兑出,return 退还,count 盘点的差额(各次合成一行,日期是导出日)"),
        optional("source", Text, "入库的来源"),
        optional("redemption", Id, "兑出、退还的是哪次兑换"),
    ],
    key: &["number"],
    links: &[
        Link { from: &["goods"], table: "goods", to: &["id"] },
        Link { from: &["redemption"], table: "redemptions", to: &["id"] },
    ],
    fill: stock_movements,
};

fn stock_movements(facts: &Facts<'_>, put: &mut Sink<'_>) {
    let mut number = 0;
    let mut next = move || {
        number += 1;
        Cell::Integer(number)
    };
    let mut moved: HashMap<GoodsId, i64> = HashMap::new();
    let is_bought = |one: &&Delivery| one.source != StockSource::Returned;
    for delivery in facts.shelf.deliveries().iter().filter(is_bought) {
        *moved.entry(delivery.goods).or_default() += i64::from(delivery.quantity);
        put(&[
            next(),
            Cell::Day(delivery.date),
            Cell::Id(delivery.goods.raw()),
            Cell::Integer(delivery.quantity.into()),
            Cell::Text("delivery"),
            Cell::Text(delivery.source.word()),
            Cell::Empty,
        ]);
    }
    for redemption in standing(facts) {
        let has_stock = |goods| facts.shelf.goods.get(goods).is_some_and(|goods| !goods.is_service);
        for line in redemption.lines.iter().filter(|line| has_stock(line.goods)) {
            let quantity = i64::from(line.quantity);
            let out = (redemption.at.date(), -quantity, "redemption");
            let back = redemption.returned.map(|day| (day, quantity, "return"));
            for (day, quantity, kind) in std::iter::once(out).chain(back) {
                *moved.entry(line.goods).or_default() += quantity;
                put(&[
                    next(),
                    Cell::Day(day),
                    Cell::Id(line.goods.raw()),
                    Cell::Integer(quantity),
                    Cell::Text(kind),
                    Cell::Empty,
                    Cell::Id(redemption.id.raw()),
                ]);
            }
        }
    }
    // The village keeps what was counted, not how far it was off.
    for goods in facts.shelf.goods.iter().filter(|goods| !goods.is_service) {
        let off = facts.shelf.stock(goods.id) - moved.get(&goods.id).copied().unwrap_or(0);
        if off != 0 {
            let (day, id) = (Cell::Day(facts.today), Cell::Id(goods.id.raw()));
            put(&[next(), day, id, Cell::Integer(off), Cell::Text("count"), Cell::Empty, Cell::Empty]);
        }
    }
}
