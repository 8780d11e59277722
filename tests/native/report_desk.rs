//! 兑换日 at the desk, whether the stock covers the points, and the list that
//! people sign on paper.

mod signatures;

use cunzhi::domain::calendar::add_days;
use cunzhi::domain::command::{Command, NewGoods};
use cunzhi::domain::id::{GoodsId, HouseholdId};
use cunzhi::domain::people::PersonChange;
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::proxy::{Proxy, ProxyRefusal};
use cunzhi::domain::points::settings::Settings;
use cunzhi::domain::points::shelf::{Delivery, StockSource};
use cunzhi::domain::register::{Clock, Field, FieldValue, Owner};
use cunzhi::report::redemption_desk::{
    Basket, DeskRow, FoundRow, Serving, desk_sheet, found, goods_found, proxy_words, taken,
};
use cunzhi::report::search::SearchIndex;
use cunzhi::report::shelf_cover::{low_stock, shelf_cover};
use jiff::civil::date;

use super::report::town::{LI, WANG, village};
use super::support::{TODAY, Town, goods, home};

/// The account of 2-017.
const HOME: Account = Account::Household(WANG);

const SOAP: GoodsId = GoodsId::from_raw(1);
const SALT: GoodsId = GoodsId::from_raw(2);
const SERVICE: GoodsId = GoodsId::from_raw(3);

/// `+1` puts goods 1 in, `-1` takes one of them out, `<` takes the last piece out.
fn basket(script: &str) -> Basket {
    let mut basket = Basket::default();
    for word in script.split_whitespace() {
        let goods = |raw: &str| GoodsId::from_raw(raw.parse().expect("a number"));
        match word.split_at(1) {
            ("+", raw) => basket.add(goods(raw)),
            ("-", raw) => basket.remove(goods(raw)),
            _ => basket.remove_last(),
        }
    }
    basket
}

#[test]
fn pieces_go_in_and_out_of_the_basket() {
    for (script, expected) in [
        ("", &[][..]),
        ("+2 +1 +2", &[(SALT, 2), (SOAP, 1)]),
        ("+2 +1 +2 <", &[(SALT, 1), (SOAP, 1)]),
        // The later piece goes, so that the order stays.
        ("+2 +1 +2 -2", &[(SALT, 1), (SOAP, 1)]),
        ("+1 +2 +1 -1 <", &[(SOAP, 1)]),
        ("+1 -2", &[(SOAP, 1)]),
        ("+1 < <", &[]),
        ("-1 <", &[]),
    ] {
        let basket = basket(script);
        assert_eq!(basket.lines(), expected, "{script}");
        assert_eq!(basket.is_empty(), expected.is_empty(), "{script}");
        for goods in [SOAP, SALT] {
            let quantity = expected.iter().find(|line| line.0 == goods).map_or(0, |line| line.1);
            assert_eq!(basket.quantity(goods), quantity, "{script}");
        }
    }
    let full = basket(&"+1 ".repeat(1_000));
    assert_eq!(full.quantity(SOAP), 999);
}

fn proxy(name: &str, relation: &str) -> Proxy {
    Proxy { name: name.to_owned(), relation: relation.to_owned() }
}

#[test]
fn one_household_is_served_at_a_time() {
    let serving = Serving { account: Some(HOME), basket: basket("+1"), proxy: proxy(" 单秀英 ", " 妻 ") };
    let after = |act: &dyn Fn(&mut Serving)| {
        let mut serving = serving.clone();
        act(&mut serving);
        serving
    };
    assert_eq!(after(&|one| one.take(HOME)), serving);
    assert_eq!(
        after(&|one| one.take(Account::Household(LI))),
        Serving { account: Some(Account::Household(LI)), ..Serving::default() }
    );
    assert_eq!(after(&Serving::back), Serving { basket: Basket::default(), ..serving.clone() });
    let left = after(&|one| {
        one.back();
        one.back();
    });
    assert_eq!(left, Serving::default());
    let Some(Ok(Command::Redeem { account, basket, proxy: who })) = serving.command() else {
        panic!("a household with a basket redeems");
    };
    assert_eq!((account, basket, who.as_str()), (Account::Household(WANG), vec![(SOAP, 1)], "单秀英(妻)"));
    let refused = |name, relation| after(&|one| one.proxy = proxy(name, relation)).command().map(Result::err);
    assert_eq!(refused("", "妻"), Some(Some(ProxyRefusal::NoName)));
    assert_eq!(refused("单秀英", " "), Some(Some(ProxyRefusal::NoRelation)));
    assert!(after(&|one| one.account = None).command().is_none());
    assert!(after(&|one| one.basket = Basket::default()).command().is_none());
}

#[test]
fn the_desk_says_what_the_basket_comes_to() {
    let village = village();
    let sheet = |account, script: &str, proxy: Proxy| {
        desk_sheet(&village, &Serving { account, basket: basket(script), proxy }, TODAY)
    };
    let head = Proxy::default;
    // 2 × 20 + 6 × 5 + 1 × 2 = 72 of 50; of the salt there are 5.
    let full = sheet(Some(HOME), "+3 +2 +1 +2 +2 +1 +2 +2 +2", head());
    let who = full.who.expect("a known household");
    assert_eq!(
        (who.name.as_str(), who.place.as_str(), who.taker.as_str()),
        ("王海林 户", "第二网格 · 2-017", "本人领取")
    );
    assert_eq!((who.balance, full.total, who.after), (50, 72, -22));
    let row = |goods, mark: &str, name: &str, (price, quantity, subtotal), stock: &str, is_short| {
        let [mark, name, stock] = [mark, name, stock].map(str::to_owned);
        DeskRow { goods, mark, name, price, quantity, subtotal, stock, is_short }
    };
    let expected = [
        row(SOAP, "①", "洗衣液 2 kg", (20, 2, 40), "24", false),
        row(SALT, "②", "食盐 400 g", (5, 6, 30), "5", true),
        row(SERVICE, "③", "代办一次", (2, 1, 2), "服务", false),
    ];
    assert_eq!(full.rows, expected);
    assert!(!sheet(Some(HOME), "+2 +2 +2 +2 +2", head()).rows[1].is_short, "as many as there are");
    for (name, relation, expected) in [
        ("  ", " ", "本人领取"),
        (" 王强 ", "儿子 ", "代领:王强(儿子)"),
        // While it is being typed.
        ("王强", "", "代领:王强"),
        ("", "儿子", ""),
    ] {
        let who = sheet(Some(HOME), "", proxy(name, relation)).who;
        assert_eq!(who.map(|who| who.taker).as_deref(), Some(expected));
    }
    for (text, expected) in [("  ", ""), (" 王强(儿子) ", "代领:王强(儿子)"), ("儿媳代领", "儿媳代领")]
    {
        assert_eq!(proxy_words(text), expected);
    }
    // Nobody, and somebody unknown: the goods are there all the same.
    for account in [None, Some(Account::Household(HouseholdId::from_raw(99)))] {
        let sheet = sheet(account, "+2", head());
        assert_eq!((sheet.who, sheet.rows.len(), sheet.total), (None, 3, 5));
    }
}

#[test]
fn a_household_without_a_head_goes_by_its_number() {
    let mut village = village();
    let head = village.head(WANG).expect("a head");
    village.register.set(Owner::from(head), FieldValue { field: Field::Name, clock: Clock(2), text: None });
    let sheet = desk_sheet(&village, &Serving { account: Some(HOME), ..Serving::default() }, TODAY);
    assert_eq!(sheet.who.map(|who| who.name).as_deref(), Some("2-017 户"));
}

#[test]
fn marks_run_past_twenty() {
    let mut town = Town::small();
    for n in 1..=21 {
        town.add_goods(&format!("物品{n}"), 1, 0);
    }
    let rows = desk_sheet(&town.village, &Serving::default(), TODAY).rows;
    assert_eq!([0, 9, 19, 20].map(|place| rows[place].mark.as_str()), ["①", "⑩", "⑳", "(21)"]);
}

#[test]
fn every_one_of_many_goods_is_found() {
    const NAMES: [&str; 25] = [
        "洗衣液 2 kg",
        "洗衣液 1 kg",
        "食盐 400 g",
        "抽纸 3 包",
        "牙膏",
        "香皂",
        "毛巾",
        "肥皂",
        "酱油",
        "醋",
        "大米 5 kg",
        "面粉 5 kg",
        "食用油 5 L",
        "鸡蛋 30 枚",
        "电池 5 号",
        "电池 7 号",
        "灯泡",
        "雨伞",
        "胶鞋",
        "手套",
        "扫帚",
        "垃圾袋",
        "洗洁精",
        "蚊香",
        "笔记本",
    ];
    let mut town = Town::small();
    for name in NAMES {
        town.add_goods(name, 1, 1);
    }
    let rows = desk_sheet(&town.village, &Serving::default(), TODAY).rows;
    for (typed, expected) in [
        ("bjb", &[24][..]),
        ("ljd", &[21]),
        ("雨", &[17]),
        ("mf", &[11]),
        // The number first, then what has the digit in its name.
        ("5", &[4, 10, 11, 12, 14]),
        ("25", &[24]),
        ("xyy", &[0, 1]),
        ("xyy1", &[1]),
        ("dc7", &[15]),
        ("xj", &[22]),
        ("qq", &[]),
        ("99", &[]),
        (" ", &[]),
    ] {
        assert_eq!(goods_found(&rows, typed), expected, "{typed}");
    }
    for place in 0..NAMES.len() {
        assert_eq!(goods_found(&rows, &(place + 1).to_string()).first(), Some(&place), "by its number");
    }
}

#[test]
fn who_is_typed_is_found_with_the_balance() {
    let village = village();
    let index = SearchIndex::build(&village);
    for (typed, limit, expected) in [
        ("whl", 9, &["王海林 2-017 50 false", "魏红丽 1-088 10 false", "吴惠玲 4-052 50 false"][..]),
        ("whl", 1, &["王海林 2-017 50 false"]),
        (" 2-101 ", 9, &["吕强 2-101 5 true"]),
        ("2101", 9, &["吕强 2-101 5 false"]),
        ("xyz", 9, &[]),
    ] {
        let rows = found(&village, &index, typed, limit, TODAY).into_iter();
        let rows = rows.map(|row| format!("{} {} {} {}", row.name, row.number, row.balance, row.is_exact));
        assert_eq!(rows.collect::<Vec<_>>(), expected, "{typed}");
    }
}

#[test]
fn whoever_lives_there_is_found_but_children_and_who_is_gone() {
    let mut town = Town::small();
    let mut household = home("3-001", "", &["钱一", "孙秀英", "李小宝", "周远"].map(|name| (name, None)));
    household.people[2].birth = Some(date(2016, 1, 2));
    let draft = cunzhi::domain::roster::RosterDraft { households: vec![household] };
    town.must(TODAY, Command::ImportRoster(draft));
    let person = |town: &Town, name: &str| {
        let mut persons = town.village.people.persons.iter();
        persons.find(|person| town.village.name(person.id) == name).expect("imported").id
    };
    let others = |town: &Town, typed: &str| {
        let rows = found(&town.village, &SearchIndex::build(&town.village), typed, 9, TODAY).into_iter();
        rows.map(|row| (row.name, row.other.unwrap_or_default())).collect::<Vec<_>>()
    };
    let one = |other: &str| vec![("钱一".to_owned(), other.to_owned())];
    assert_eq!(others(&town, "qy"), one(""));
    assert_eq!(others(&town, "sxy"), one("同户 孙秀英(配偶)"));
    assert_eq!(others(&town, "lxb"), vec![]);
    assert_eq!(others(&town, "zy"), one("同户 周远(配偶)"));
    let (gone, change) = (person(&town, "周远"), PersonChange::MovedAway);
    town.must(TODAY, Command::ChangePerson { person: gone, change, from: TODAY });
    assert_eq!(others(&town, "zy"), vec![]);
    town.must(TODAY, Command::ErasePerson { person: person(&town, "孙秀英"), also: Vec::new() });
    assert_eq!(others(&town, "sxy"), vec![]);
}

#[test]
fn the_number_typed_in_full_is_taken() {
    let row = |is_exact| FoundRow {
        account: HOME,
        name: String::new(),
        number: String::new(),
        other: None,
        balance: 0,
        is_exact,
        stopped: None,
    };
    for (exact, chosen, expected) in [
        (&[][..], None, None),
        (&[], Some(0), None),
        (&[false, false], None, Some(0)),
        (&[false, true], None, Some(1)),
        (&[false, true], Some(0), Some(0)),
        (&[false, false], Some(1), Some(1)),
        (&[false, true, false], Some(3), Some(1)),
    ] {
        let rows: Vec<_> = exact.iter().map(|is_exact| row(*is_exact)).collect();
        assert_eq!(taken(&rows, chosen), expected, "{exact:?} {chosen:?}");
    }
    // 12-1 and 1-21 have the same digits, and 12-1 stands first in the roster.
    let mut town = Town::small();
    let households = [("12-1", "钱一"), ("1-21", "孙二")].map(|(number, name)| home(number, "", &[(name, None)]));
    let draft = cunzhi::domain::roster::RosterDraft { households: households.to_vec() };
    town.must(TODAY, Command::ImportRoster(draft));
    let rows = found(&town.village, &SearchIndex::build(&town.village), "1-21", 9, TODAY);
    assert_eq!(rows.iter().map(|row| row.number.as_str()).collect::<Vec<_>>(), ["12-1", "1-21"]);
    assert_eq!(taken(&rows, None), Some(1));
}

/// A town in which 1-001 has 1,500 points and 1-002 owes 5.
fn rich_town() -> Town {
    let mut town = Town::small();
    town.record(TODAY, "治安巡逻、防汛值守", town.household("1-001"), 300).expect("300 × 5");
    town.record(TODAY, "乱倒垃圾", town.household("1-002"), 1).expect("1 × −5");
    town
}

fn redeem(town: &mut Town, day: jiff::civil::Date, goods: GoodsId, quantity: u32) {
    let account = town.household("1-001");
    town.must(day, Command::Redeem { account, basket: vec![(goods, quantity)], proxy: String::new() });
}

#[test]
fn the_stock_covers_the_points_or_a_gap_is_told() {
    let cover = shelf_cover(&village(), TODAY);
    // 10 + 50 + 50 + 5 points; 24 × 20 + 5 × 5 points; 29 × 12.50 = 362.50 元.
    let figures = [cover.outstanding, cover.owed, cover.in_stock, cover.in_yuan];
    assert_eq!((figures, cover.gap), (["115", "115 元", "505", "363 元"].map(str::to_owned), None));
    for (stock, price_cents, in_stock, in_yuan, gap) in [
        (0, 1_050, "0", "0 元", Some("1,500")),
        (20, 333, "200", "67 元", Some("1,300")),
        (149, 333, "1,490", "496 元", Some("10")),
        (150, 1_050, "1,500", "1,575 元", None),
    ] {
        let mut town = rich_town();
        let new = NewGoods { price_cents, ..goods("食盐", 10, stock) };
        town.must(TODAY, Command::AddGoods(new));
        // A service covers nothing, even where a journal brings it stock.
        town.must(TODAY, Command::AddGoods(NewGoods { is_service: true, price_cents, ..goods("理发", 500, 0) }));
        let service = town.village.shelf.goods.iter().last().expect("the service").id;
        town.village.shelf.receive(Delivery { goods: service, quantity: 9, source: StockSource::Donated, date: TODAY });
        let rate = Settings { rate_cents: 550, ..town.village.settings };
        town.must(TODAY, Command::ChangeSettings(rate));
        let cover = shelf_cover(&town.village, TODAY);
        assert_eq!(cover.owed, "8,250 元");
        assert_eq!((cover.outstanding.as_str(), cover.in_stock.as_str()), ("1,500", in_stock));
        assert_eq!((cover.in_yuan.as_str(), cover.gap.as_deref()), (in_yuan, gap), "{stock}");
    }
}

#[test]
fn goods_run_low_by_number_or_by_the_last_redemption_day() {
    let check = |opening, redeemed, expected: bool| {
        let mut town = rich_town();
        let salt = town.add_goods("食盐", 1, opening);
        if redeemed > 0 {
            redeem(&mut town, TODAY, salt, redeemed);
        }
        assert_eq!(low_stock(&town.village).contains(&salt), expected, "{redeemed} of {opening}");
    };
    check(5, 0, true);
    check(6, 0, false);
    // Three tenths of 20 are 6, of 19 are 5.7.
    check(26, 20, true);
    check(27, 20, false);
    check(25, 19, false);
    // Another day on which only soap was handed out is the last one.
    let mut town = rich_town();
    let [salt, soap] = [("食盐", 26), ("香皂", 31)].map(|(name, stock)| town.add_goods(name, 1, stock));
    town.must(TODAY, Command::AddGoods(NewGoods { is_service: true, ..goods("理发", 1, 0) }));
    redeem(&mut town, TODAY, salt, 20);
    assert_eq!(low_stock(&town.village), [salt].into());
    redeem(&mut town, add_days(TODAY, 1), soap, 24);
    assert_eq!(low_stock(&town.village), [soap].into());
    let last = town.village.shelf.redemptions().last().expect("a redemption").id;
    town.must(add_days(TODAY, 1), Command::UndoRedemption(last));
    assert_eq!(low_stock(&town.village), [salt].into());
}
