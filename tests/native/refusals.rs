//! Each refusal of the village, reached by a command and pinned by its
//! sentence. The steps of a case are in `case_steps`.

mod looked_at;

use cunzhi::domain::command::{CaseStep, Command, NewActivity, NewGoods, NewHandling, NewVillage, Settlement};
use cunzhi::domain::conflict::{ActPlace, Choice};
use cunzhi::domain::id::{CaseId, EntryId, GoodsId, HouseholdId, ItemId, RedemptionId};
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::points::rule::{Ledger, RuleBook, RuleVersion, Score};
use cunzhi::domain::points::shelf::StockSource;
use cunzhi::domain::roster::{HouseholdDraft, RosterDraft};
use cunzhi::domain::{calendar::Moment, event::Event};
use jiff::civil::date;

use super::support::{DEVICE, TODAY, Town, goods, home, matter, new_village, roster, sentence};

/// A household that is not in the village.
const NOBODY: Account = Account::Household(HouseholdId::from_raw(99));

fn check(town: &mut Town, command: Command, expected: &str) {
    assert_eq!(sentence(town.tell(TODAY, command)), expected);
}

#[test]
fn founding() {
    let grid = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    for (new, expected) in [
        (NewVillage { name: " ".to_owned(), ..new_village() }, "请填写村名。"),
        (NewVillage { town: "镇".repeat(41), ..new_village() }, "乡镇写了 41 个字,最多 40 个字,请缩短。"),
        (NewVillage { grids: grid(&["东", "东"]), ..new_village() }, "网格「东」重复了,请改成不同的名称。"),
        (NewVillage { grids: grid(&["东", ""]), ..new_village() }, "请填写网格名称。"),
        (
            NewVillage { grids: grid(&["东", " 1390000 0001"]), ..new_village() },
            "网格名称「139…」像身份证号或手机号,会印在公示表上。请改成名称。",
        ),
        (
            NewVillage { name: "11010119900101123x".to_owned(), ..new_village() },
            "村名「110…」像身份证号或手机号,会印在公示表上。请改成名称。",
        ),
    ] {
        check(&mut Town::default(), Command::FoundVillage(new), expected);
    }
    let again = Command::FoundVillage(new_village());
    check(&mut Town::small(), again, "本村已经建好,不能再建一次。要换村请先在「数据」里保存并清空。");
}

#[test]
fn rosters() {
    for (households, expected) in [
        (vec![], "花名册里没有可以导入的户,请检查表头对应关系。"),
        (
            vec![
                home("3-001", "", &[("甲", None)]),
                home("1-001", "", &[("乙", None)]),
                home("1-002", "", &[("丙", None)]),
            ],
            "户号 1-001 等 2 户已经在村里,重复导入会造成两本账。请先从表里删去这些户。",
        ),
        (vec![home("3-001", "", &[("", None)])], "请填写姓名。"),
        (
            vec![
                home("3-001", "", &[("甲", None)]),
                home("", "", &[("乙", None)]),
                home("", "", &[("丙", None)]),
                home(" 3-001 ", "", &[("丁", None)]),
            ],
            "户号 3-001 在花名册里写了两户,分不清是哪一户。请给其中一户改户号,是同一户的就合并。",
        ),
        (
            vec![home(" 1-002", "", &[("甲", None)])],
            "户号 1-002 等 1 户已经在村里,重复导入会造成两本账。请先从表里删去这些户。",
        ),
        (
            vec![home("3-001", "", &[("甲", None)]), home("3-002 ", "", &[])],
            "花名册的第 2 户(3-002)没有人,请补上户主,或从表里删去这一户。",
        ),
        (vec![home("", "", &[])], "花名册的第 1 户没有人,请补上户主,或从表里删去这一户。"),
    ] {
        check(&mut Town::small(), Command::ImportRoster(RosterDraft { households }), expected);
    }
    check(
        &mut Town::small(),
        Command::ImportRoster(roster()),
        "户号 1-001 等 3 户已经在村里,重复导入会造成两本账。请先从表里删去这些户。",
    );
}

#[test]
fn what_looks_personal_stays_out_of_the_journal() {
    for (text, start) in [
        ("110101199001011237", "110"),
        ("11010119900101123X", "110"),
        ("11010119900101123x", "110"),
        (" 110101 19900101 1237 ", "110"),
        ("１１０１０１１９９００１０１１２３７", "110"),
        ("110101900101123", "110"),
        ("19900000001", "199"),
        ("29900000001", ""),
        ("1990000000", ""),
        ("1990000000X", ""),
        ("1-199000000", ""),
        ("11010119900101X237", ""),
        ("1101011990010112370", ""),
    ] {
        let with = |number: &str, grid: &str, group: &str| HouseholdDraft {
            group: group.to_owned(),
            ..home(number, grid, &[("甲", None)])
        };
        for (what, new) in [("户号", with(text, "", "")), ("组", with("", "", text)), ("网格名称", with("", text, ""))]
        {
            let expected = match start {
                "" => "没有拒绝".to_owned(),
                start => format!("{what}「{start}…」像身份证号或手机号,请在导入时换一列。"),
            };
            // The same number twice is not shown as a whole either.
            let households = if start.is_empty() { vec![new] } else { vec![new.clone(), new] };
            check(&mut Town::small(), Command::ImportRoster(RosterDraft { households }), &expected);
        }
    }
}

#[test]
fn a_wrong_column_of_grids() {
    let long = |count| "格".repeat(count);
    let roster = |names: &[String]| {
        let households = names.iter().map(|name| home("", name, &[("甲", None)])).collect();
        Command::ImportRoster(RosterDraft { households })
    };
    let many = |count: usize| (0..count).map(|place| format!("{} 号", place % 600)).collect::<Vec<_>>();
    for (names, expected) in [
        (vec![long(40)], "没有拒绝"),
        (vec![long(41)], "网格名称写了 41 个字,最多 40 个字,请缩短。"),
        (many(500), "没有拒绝"),
        (many(501), "网格列好像选错了:一共出现 501 个网格,最多 500 个。"),
        ([many(700), vec!["第一网格".to_owned()]].concat(), "网格列好像选错了:一共出现 600 个网格,最多 500 个。"),
    ] {
        check(&mut Town::small(), roster(&names), expected);
    }
}

#[test]
fn numbers_run_on_in_each_grid() {
    let given = |homes: &[(&str, &str)]| {
        let households = homes.iter().map(|(number, grid)| home(number, grid, &[("甲", None)])).collect();
        let mut town = Town::small();
        let events = town.must(TODAY, Command::ImportRoster(RosterDraft { households })).events;
        let number = |event| if let Event::HouseholdAdded { number, .. } = event { Some(number) } else { None };
        events.into_iter().filter_map(number).collect::<Vec<_>>()
    };
    let homes = [("", "第一网格"), ("1-004", "第二网格"), ("", "第一网格"), ("", ""), ("", "新"), ("", "第一网格")];
    assert_eq!(given(&homes), ["1-003", "1-004", "1-005", "0-001", "3-001", "1-006"]);
    // A large roster without numbers: the search goes on from the last number.
    assert_eq!(given(&vec![("", "第一网格"); 20_000]).last().map(ToString::to_string), Some("1-20002".to_owned()));
}

#[test]
fn recording() {
    let mut town = Town::small();
    let home = town.household("1-001");
    let clean = town.item("环境整治");
    let new = |item, date, lines: &[(Account, u32)]| {
        Command::RecordActivity(NewActivity {
            item,
            date,
            note: String::new(),
            lines: lines.to_vec(),
            points_each: None,
        })
    };
    for (command, expected) in [
        (new(clean, date(2023, 12, 31), &[(home, 1)]), "2023年12月31日 还没有生效的积分细则,请检查日期。"),
        (new(ItemId::from_raw(99), TODAY, &[(home, 1)]), "这个事项不在当天生效的积分细则里,请重新选择事项。"),
        (new(clean, date(2025, 9, 27), &[(home, 1)]), "9月27日 还没有到,请检查日期。"),
        (new(clean, TODAY, &[]), "还没有选人,请至少选一户或一人。"),
        (new(clean, TODAY, &[(home, 1), (home, 1)]), "有 1 个账户选了两次,请去掉重复的。"),
        (new(clean, TODAY, &[(NOBODY, 1)]), "选中的账户不在本村名册里,请重新查找。"),
        (
            new(town.item("认岗履责"), TODAY, &[(home, 1)]),
            "「认岗履责」不适用于其中 1 个账户,请换一个事项或从名单里去掉。",
        ),
        (new(clean, TODAY, &[(home, 0)]), "数量要在 1 到 1000 之间。"),
        (new(clean, TODAY, &[(home, 1_001)]), "数量要在 1 到 1000 之间。"),
    ] {
        check(&mut town, command, expected);
    }
}

#[test]
fn a_range_of_points() {
    let mut town = Town::small();
    let home = town.household("1-001");
    let book = town.village.rules.iter().next().expect("the first version").clone();
    let mut item = book.items.first().expect("an item").clone();
    item.score = Score::Range(3, 8);
    assert_eq!(item.ledger, Ledger::Villager);
    let id = item.id;
    let book = RuleBook { version: RuleVersion(2), effective: TODAY, items: vec![item], ..book };
    town.village.apply(Moment::at(TODAY, 9, 0), &Event::RuleBookAdopted(book)).expect("a second version");
    for (points_each, expected) in [
        (None, "分值要在 3 到 8 之间。"),
        (Some(2), "分值要在 3 到 8 之间。"),
        (Some(9), "分值要在 3 到 8 之间。"),
        (Some(8), "没有拒绝"),
    ] {
        let new = NewActivity { item: id, date: TODAY, note: String::new(), lines: vec![(home, 1)], points_each };
        check(&mut town, Command::RecordActivity(new), expected);
    }
    assert_eq!(town.village.balance(home), 8);
}

#[test]
fn reversing() {
    let mut town = Town::small();
    let home = town.household("1-001");
    let entry = town.record(TODAY, "环境整治", home, 1).expect("recorded");
    let reverse = |entry, reason: &str| Command::ReverseEntry { entry, reason: reason.to_owned() };
    check(&mut town, reverse(EntryId::from_raw(99), "错"), "找不到这条积分记录,请刷新后再试。");
    check(&mut town, reverse(entry, ""), "请填写冲正的原因。");
    check(&mut town, reverse(entry, "名单有误"), "没有拒绝");
    check(&mut town, reverse(entry, "名单有误"), "这条记录已经冲正过,不能再冲一次。");
    let reversal = town.village.entries.reversal_of(entry).expect("the reversal");
    check(&mut town, reverse(reversal, "又错"), "冲正本身不能再冲正,请直接登记一条新记录。");
}

#[test]
fn goods_and_stock() {
    let mut town = Town::small();
    let soap = town.add_goods("洗衣液", 20, 5);
    let receive = |goods, quantity| Command::ReceiveStock { goods, quantity, source: StockSource::Collective };
    let account = town.household("1-001");
    let redeem = |basket: &[_]| Command::Redeem { account, basket: basket.to_vec(), proxy: String::new() };
    for (command, expected) in [
        (Command::AddGoods(goods("", 1, 0)), "请填写物品名称。"),
        (Command::AddGoods(NewGoods { unit: String::new(), ..goods("香皂", 1, 0) }), "请填写单位。"),
        (Command::AddGoods(goods("香皂", 0, 0)), "请填写积分单价(1 分以上)。"),
        (Command::AddGoods(goods("香皂", 100_001, 0)), "积分单价最多 100000 分,请改小。"),
        (Command::AddGoods(goods("金条", 100_000, 0)), "没有拒绝"),
        (Command::AddGoods(goods("洗衣液", 1, 0)), "已经有「洗衣液」了,请直接给它入库,或换一个名称。"),
        (receive(GoodsId::from_raw(99), 1), "找不到这种物品,请刷新后再试。"),
        (receive(soap, 0), "数量要在 1 到 100000 之间。"),
        (receive(soap, 100_001), "数量要在 1 到 100000 之间。"),
        (receive(soap, 100_000), "没有拒绝"),
        (redeem(&[(soap, 1_001)]), "数量要在 1 到 1000 之间。"),
        (redeem(&[(soap, 600), (soap, 600)]), "数量要在 1 到 1000 之间。"),
        (Command::UndoRedemption(RedemptionId::from_raw(99)), "找不到这笔兑换,请刷新后再试。"),
        (
            Command::Redeem { account: NOBODY, basket: vec![(soap, 1)], proxy: String::new() },
            "选中的账户不在本村名册里,请重新查找。",
        ),
    ] {
        check(&mut town, command, expected);
    }
}

#[test]
fn cases() {
    let mut town = Town::small();
    let unknown = Command::MoveCase { case: CaseId::from_raw(99), step: CaseStep::Start };
    check(&mut town, unknown, "找不到这件事项,请刷新后再试。");
    let case = town.open(TODAY, matter(TODAY, None));
    check(&mut town, Command::MoveCase { case, step: CaseStep::Start }, "事项还没有交办,请先选定由谁、怎么办。");
    for (received, expected) in [
        (date(25, 9, 26), "受理日期 0025年9月26日 太早了,请检查年份。"),
        (date(2022, 12, 31), "受理日期 2022年12月31日 太早了,请检查年份。"),
        (date(2023, 1, 1), "没有拒绝"),
    ] {
        check(&mut town, Command::OpenCase(matter(received, None)), expected);
    }
    for (follow_up, expected) in [
        (date(2927, 1, 1), "回访日期太远了(2927年1月1日),请选一年以内的日期。"),
        (date(2026, 9, 28), "回访日期太远了(2026年9月28日),请选一年以内的日期。"),
        (date(2026, 9, 27), "没有拒绝"),
    ] {
        let handling = NewHandling::Escalated { to: "镇供电所".to_owned(), follow_up: Some(follow_up) };
        check(&mut town, Command::OpenCase(matter(TODAY, Some(handling))), expected);
    }
}

#[test]
fn settling() {
    let mut town = Town::small();
    let homes: Vec<_> = town.village.people.households.iter().map(|household| household.id).collect();
    let soap = town.add_goods("洗衣液", 20, 5);
    let delivery = town.add_goods("送货上门", 1, 0);
    town.must(TODAY, Command::AddGoods(NewGoods { is_service: true, ..goods("理发", 1, 0) }));
    let service = town.village.shelf.goods.iter().last().expect("the service").id;
    let stranger = HouseholdId::from_raw(99);
    let renumber = |household, number: &str| Settlement::RenumberHousehold { household, number: number.to_owned() };
    let count = |goods, counted| Settlement::CountStock { goods, counted, note: String::new() };
    let place = ActPlace { device: DEVICE, sequence: 0, event: 0 };
    for (settlement, expected) in [
        (Settlement::Displaced { place, choice: Choice::Keep }, "这处冲突已经处理过了。"),
        (
            Settlement::JoinHouseholds { gone: stranger, kept: homes[0], texts: Choice::Keep },
            "找不到这一户,请刷新后再试。",
        ),
        (Settlement::JoinHouseholds { gone: homes[0], kept: homes[0], texts: Choice::Keep }, "这处冲突已经处理过了。"),
        (renumber(stranger, "3-001"), "找不到这一户,请刷新后再试。"),
        (renumber(homes[0], " "), "请填写户号。"),
        (renumber(homes[0], "13912345678"), "户号「139…」像身份证号或手机号,请在导入时换一列。"),
        (renumber(homes[0], "1-002"), "户号 1-002 已经有一户了,请换一个户号。"),
        (renumber(homes[0], "3-001"), "没有拒绝"),
        (Settlement::RenumberCase(CaseId::from_raw(99)), "找不到这件事项,请刷新后再试。"),
        (count(GoodsId::from_raw(99), 1), "找不到这种物品,请刷新后再试。"),
        (Settlement::JoinGoods { gone: GoodsId::from_raw(99), kept: soap }, "找不到这种物品,请刷新后再试。"),
        (Settlement::JoinGoods { gone: soap, kept: soap }, "这处冲突已经处理过了。"),
        (
            Settlement::JoinGoods { gone: service, kept: soap },
            "两种「洗衣液」的单位不同,或一种是服务,不能合并。请把不用的一种停兑。",
        ),
        (Settlement::WithdrawGoods(GoodsId::from_raw(99)), "找不到这种物品,请刷新后再试。"),
        (Settlement::WithdrawGoods(service), "没有拒绝"),
        (Settlement::WithdrawGoods(service), "没有改动,不用保存。"),
        (count(service, 1), "「理发」是服务,没有库存,不用入库。"),
        (count(soap, 100_001), "数量要在 1 到 100000 之间。"),
        (count(soap, 4), "「洗衣液」实有和账面不一样,少 1 瓶。请写明差异原因,再记下盘点。"),
        (count(soap, 7), "「洗衣液」实有和账面不一样,多 2 瓶。请写明差异原因,再记下盘点。"),
        (count(soap, 5), "没有拒绝"),
        (count(delivery, 0), "没有拒绝"),
        (Settlement::AcceptDebt(NOBODY), "选中的账户不在本村名册里,请重新查找。"),
        (Settlement::AcceptDebt(Account::Household(homes[0])), "这个账户没有欠分,不用处理。"),
        (Settlement::OneOpening(Account::Household(homes[0])), "这处冲突已经处理过了。"),
        (Settlement::ClearAgain(2025), "这处冲突已经处理过了。"),
        (Settlement::LeaveUncleared(2025), "这处冲突已经处理过了。"),
    ] {
        check(&mut town, Command::Settle(settlement), expected);
    }
}
