//! Redemption: points and goods move together, or nothing moves.

use cunzhi::domain::calendar::{Moment, add_days};
use cunzhi::domain::command::{Command, NewGoods};
use cunzhi::domain::id::{GoodsId, RedemptionId};
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::proxy::{Proxy, ProxyRefusal};
use cunzhi::domain::points::shelf::StockSource;

use super::support::{TODAY, Town, goods, sentence};

/// A household with 20 points, detergent for 8 (stock 5), and a service for 10.
struct Counter {
    town: Town,
    home: Account,
    soap: GoodsId,
    haircut: GoodsId,
}

impl Counter {
    fn new() -> Self {
        let mut town = Town::small();
        let home = town.household("1-001");
        town.record(TODAY, "志愿服务", home, 10).expect("20 points");
        let soap = town.add_goods("洗衣液 2 kg", 8, 5);
        let service = NewGoods { is_service: true, ..goods("理发一次", 10, 0) };
        town.must(TODAY, Command::AddGoods(service));
        let haircut = town.village.shelf.goods.iter().last().expect("the service").id;
        Self { town, home, soap, haircut }
    }

    fn redeem(&mut self, basket: &[(GoodsId, u32)]) -> String {
        let (account, basket) = (self.home, basket.to_vec());
        sentence(self.town.tell(TODAY, Command::Redeem { account, basket, proxy: String::new() }))
    }

    fn state(&self) -> (i64, i64) {
        (self.town.village.balance(self.home), self.town.village.shelf.stock(self.soap))
    }

    fn latest(&self) -> RedemptionId {
        self.town.village.shelf.redemptions().last().expect("a redemption").id
    }
}

const DONE: &str = "没有拒绝";

#[test]
fn points_and_stock_move_in_one_act() {
    let mut counter = Counter::new();
    assert_eq!(counter.state(), (20, 5));
    let (soap, haircut) = (counter.soap, counter.haircut);
    assert_eq!(counter.redeem(&[(soap, 1), (haircut, 1)]), DONE);
    assert_eq!(counter.state(), (2, 4));
    let redemption = counter.town.village.shelf.redemption(counter.latest()).expect("the redemption");
    assert_eq!((redemption.points(), redemption.lines.len()), (18, 2));
}

/// A basket of soap and haircuts.
type Basket = fn(GoodsId, GoodsId) -> Vec<(GoodsId, u32)>;

#[test]
fn refusals_say_what_to_do_and_change_nothing() {
    let unknown = GoodsId::from_raw(99);
    let cases: [(Basket, &str); 7] = [
        (|_, _| vec![], "还没有选物品,请先按数字键加物品。"),
        (|soap, _| vec![(soap, 3)], "积分不够:结余 20 分,这次要 24 分,还差 4 分。请减少物品。"),
        (|soap, _| vec![(soap, 2), (soap, 1)], "积分不够:结余 20 分,这次要 24 分,还差 4 分。请减少物品。"),
        (|soap, _| vec![(soap, 6)], "「洗衣液 2 kg」库存只剩 5 瓶,请减少数量或换一种。"),
        (|soap, _| vec![(soap, 3), (soap, 3)], "「洗衣液 2 kg」库存只剩 5 瓶,请减少数量或换一种。"),
        (|soap, _| vec![(soap, 0)], "数量要在 1 到 1000 之间。"),
        (|_, haircut| vec![(haircut, 1_001)], "数量要在 1 到 1000 之间。"),
    ];
    let mut counter = Counter::new();
    for (basket, expected) in cases {
        let basket = basket(counter.soap, counter.haircut);
        assert_eq!(counter.redeem(&basket), expected);
        assert_eq!(counter.state(), (20, 5));
    }
    assert_eq!(counter.redeem(&[(unknown, 1)]), "找不到这种物品,请刷新后再试。");
}

#[test]
fn a_service_never_runs_out() {
    let mut counter = Counter::new();
    let haircut = counter.haircut;
    assert_eq!(counter.redeem(&[(haircut, 2)]), DONE);
    assert_eq!(counter.state(), (0, 5));
    let refused =
        counter.town.tell(TODAY, Command::ReceiveStock { goods: haircut, quantity: 1, source: StockSource::Donated });
    assert_eq!(sentence(refused), "「理发一次」是服务,没有库存,不用入库。");
}

#[test]
fn a_redemption_is_undone_once_and_on_the_same_day() {
    let mut counter = Counter::new();
    let soap = counter.soap;
    counter.redeem(&[(soap, 2)]);
    let first = counter.latest();
    let late = Moment::at(TODAY, 23, 59);
    counter.town.tell_at(late, Command::UndoRedemption(first)).expect("the same day");
    assert_eq!(counter.state(), (20, 5));
    assert_eq!(sentence(counter.town.tell_at(late, Command::UndoRedemption(first))), "这笔兑换已经撤销过了。");
    counter.redeem(&[(soap, 2)]);
    let second = counter.latest();
    let refused = counter.town.tell(add_days(TODAY, 1), Command::UndoRedemption(second));
    assert_eq!(
        sentence(refused),
        "这笔兑换是 9月26日 的,隔天不能直接撤销。东西退回来了的,请在存折里退还;是记错的,请在「收场对账」里给那一天收场,再重新开场并写明原因,就能撤销。"
    );
    assert_eq!(counter.state(), (4, 3));
}

#[test]
fn a_delivery_fills_the_shelf_and_the_proxy_is_kept() {
    let mut counter = Counter::new();
    let goods = counter.soap;
    counter.town.must(TODAY, Command::ReceiveStock { goods, quantity: 10, source: StockSource::PublicFunds });
    assert_eq!(counter.state(), (20, 15));
    let (account, basket) = (counter.home, vec![(goods, 1)]);
    counter.town.must(TODAY, Command::Redeem { account, basket, proxy: "李四(儿媳)".to_owned() });
    let proxy = counter.town.village.shelf.redemption(counter.latest()).and_then(|redemption| redemption.proxy);
    assert_eq!(counter.town.village.note(proxy), "李四(儿媳)");
}

#[test]
fn a_proxy_has_a_name_and_a_relation_or_neither() {
    // A variant that is not named here does not compile.
    let variant = |refusal: &ProxyRefusal| match refusal {
        ProxyRefusal::NoName => 0,
        ProxyRefusal::NoRelation => 1,
    };
    let mut seen = [false; 2];
    for (name, relation, expected) in [
        ("", " ", Ok("")),
        (" 王强 ", " 儿子", Ok("王强(儿子)")),
        (" ", "儿子", Err("填了关系,还要填代领人的姓名。户主(本人)来领,两格都留空。")),
        ("王强", "", Err("请填代领人和户主(本人)的关系,如「儿子」「邻居」。")),
    ] {
        let words = Proxy { name: name.to_owned(), relation: relation.to_owned() }.words();
        if let Err(refusal) = &words {
            seen[variant(refusal)] = true;
        }
        let said = words.map_err(|refusal| refusal.to_string());
        assert_eq!(said.as_deref().map_err(String::as_str), expected, "{name} {relation}");
    }
    assert_eq!(seen, [true; 2], "every refusal is looked at");
}
