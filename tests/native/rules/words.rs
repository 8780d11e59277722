//! Items in words: what the editor and a workbook understand, and that what
//! is written is read as it was.

use cunzhi::domain::id::ItemId;
use cunzhi::domain::points::adoption::NewItem;
use cunzhi::domain::points::rule::{
    Bound, BoundOf, Cap, CapOf, Category, CategoryCap, Conditions, Ledger, OwnScore, Period, Score, Unit,
};
use cunzhi::domain::roster::MemberType;
use cunzhi::report::rule_draft::{DraftBook, change_kept};
use cunzhi::report::rule_input::{ItemInput, parse_caps, parse_score};
use cunzhi::report::rule_sheet::sheet_of_draft;
use cunzhi::report::rule_versions::{Change, VersionState, count_words, differences, rule_versions};
use jiff::civil::date;

use super::super::support::{TODAY, Town};
use super::{copy, find, record, town_with};

#[test]
fn scores_are_read_as_people_write_them() {
    for (text, expected) in [
        ("5", Some(Score::Fixed(5))),
        ("+5", Some(Score::Fixed(5))),
        ("＋５", Some(Score::Fixed(5))),
        ("+5/次", Some(Score::Fixed(5))),
        ("5分", Some(Score::Fixed(5))),
        ("−20", Some(Score::Fixed(-20))),
        ("－20", Some(Score::Fixed(-20))),
        (" - 20 ", Some(Score::Fixed(-20))),
        ("3~8", Some(Score::Range(3, 8))),
        ("+3～+8", Some(Score::Range(3, 8))),
        ("3至8", Some(Score::Range(3, 8))),
        ("−8到−3分", Some(Score::Range(-8, -3))),
        ("", None),
        ("五", None),
        ("3~", None),
        ("99999999999", None),
    ] {
        assert_eq!(parse_score(text).ok(), expected, "{text}");
    }
}

#[test]
fn caps_are_read_as_people_write_them() {
    let cap = |period, of| Cap { period, of };
    let (once, twenty) = (CapOf::Times(1), CapOf::Points(20));
    for (text, expected) in [
        ("", Some(vec![])),
        ("不限", Some(vec![])),
        ("每日1次", Some(vec![cap(Period::Day, once)])),
        ("每日 1 次", Some(vec![cap(Period::Day, once)])),
        ("每天1次", Some(vec![cap(Period::Day, once)])),
        ("每日最多1次", Some(vec![cap(Period::Day, once)])),
        ("每 周 １ 次", Some(vec![cap(Period::Week, once)])),
        ("每月1小时", Some(vec![cap(Period::Month, once)])),
        ("每季20分", Some(vec![cap(Period::Quarter, twenty)])),
        ("每季 20 分", Some(vec![cap(Period::Quarter, twenty)])),
        ("每季度20分", Some(vec![cap(Period::Quarter, twenty)])),
        ("年20分", Some(vec![cap(Period::Year, twenty)])),
        ("每日1次、每季20分", Some(vec![cap(Period::Day, once), cap(Period::Quarter, twenty)])),
        ("每日 1 次、每季 20 分", Some(vec![cap(Period::Day, once), cap(Period::Quarter, twenty)])),
        ("每日1次,每年度20分;", Some(vec![cap(Period::Day, once), cap(Period::Year, twenty)])),
        ("每日", None),
        ("每日1个", None),
        ("一次", None),
        ("每旬1次", None),
    ] {
        assert_eq!(parse_caps(text, Unit::Time).ok(), expected, "{text}");
    }
}

#[test]
fn a_cap_is_said_in_the_unit_of_its_item() {
    for (unit, cap) in [
        (Unit::Time, "每日 1 次"),
        (Unit::Hour, "每月 20 小时"),
        (Unit::Household, "每周 5 户"),
        (Unit::Month, "每年 6 个月"),
        (Unit::Month, "每月 1 次"),
        (Unit::Matter, "每季 3 起"),
        (Unit::Hour, "每月 20 小时、每季 20 分"),
    ] {
        let input = ItemInput { unit: unit.word().to_owned(), caps: cap.to_owned(), ..row() };
        let item = input.parse(None).expect("an item");
        assert_eq!(item.clone().settled(ItemId::from_raw(1)).caps_words(), cap);
        assert_eq!(ItemInput::from(&item).caps, cap);
        let bound = Bound { cap: item.caps[0], of: BoundOf::Item(unit) };
        assert!(cap.starts_with(&bound.words()), "{}", bound.words());
    }
    let cap = Cap { period: Period::Month, of: CapOf::Times(3) };
    let bound = Bound { cap, of: BoundOf::Category(Category::Environment) };
    assert_eq!(bound.words(), "环境卫生类每月 3 次");
}

#[test]
fn a_category_is_one_of_all_or_the_villages_own() {
    let own = Category::named(" 渔业管护 ").expect("a name");
    assert_eq!((own.word(), Category::named("渔业管护")), ("渔业管护", Some(own)));
    for category in Category::ALL {
        assert_eq!(Category::named(category.word()), Some(*category));
    }
    assert_eq!((Category::named(" "), Category::named("一二三四五六七八九")), (None, None));
    let found = [own, Category::Duty, own, Category::Environment];
    assert_eq!(Category::among(found.into_iter()), [Category::Environment, Category::Duty, own]);
}

#[test]
fn a_unit_is_one_of_all_or_the_villages_own() {
    let own = Unit::named(" 筐 ").expect("a name");
    assert_eq!((own.word(), Unit::named("筐"), Unit::named("平方米").is_some()), ("筐", Some(own), true));
    for unit in Unit::ALL {
        assert_eq!(Unit::named(unit.word()), Some(*unit));
    }
    for none in ["", " ", "分", "一二三四五", "3筐", "元/斤", "两 趟", "ｋｇ", "𠀀𠀀𠀀𠀀𠀀"] {
        assert_eq!(Unit::named(none), None, "{none}");
    }
    let among = Unit::among([own, Unit::Hour, own].into_iter());
    assert_eq!(among, [Unit::ALL, &[own]].concat());
    let weight = Unit::named("kg").expect("a name");
    for (unit, cap) in [(own, "每日 3 筐"), (weight, "每月 20 kg、每季 20 分")] {
        let input = ItemInput { unit: unit.word().to_owned(), caps: cap.to_owned(), ..row() };
        let item = input.parse(None).expect("an item").settled(ItemId::from_raw(1));
        assert_eq!((item.caps_words().as_str(), ItemInput::from(&item).caps.as_str()), (cap, cap));
        assert_eq!(item.score_words(), format!("+5/{}", unit.word()));
    }
}

#[test]
fn what_is_counted_in_hours_is_refused_in_hours() {
    let cap = Cap { period: Period::Month, of: CapOf::Times(3) };
    let mut town = town_with(|new| find(new, "志愿服务").caps = vec![cap]);
    let home = town.household("1-001");
    let day = date(2025, 10, 6);
    assert_eq!(record(&mut town, day, "志愿服务", home, 2, ""), "没有拒绝");
    let over = record(&mut town, day, "志愿服务", home, 2, "");
    assert!(over.contains("(细则 2025-1 版,每月 3 小时)"), "{over}");
}

/// A row in order, of which tests change one field.
fn row() -> ItemInput {
    let text = str::to_owned;
    ItemInput {
        code: text("D31"),
        ledger: text("党员积分"),
        category: text("党员履职"),
        name: text("参加防汛"),
        score: text("5"),
        unit: text("次"),
        ..ItemInput::default()
    }
}

#[test]
fn every_word_that_is_not_understood_is_named() {
    let known = "环境卫生、移风易俗、热心公益、矛盾调解、平安巡防、建言献策、党员履职、表彰奖励";
    let category = |found| format!("类别「{found}」不行,要写 1 到 8 个字;现成的有:{known}。");
    let unit = |found: &str| {
        format!("单位「{found}」不行,要写 1 到 4 个字,不带数字和符号,也不能写「分」;现成的有:次、小时、户、月、起。")
    };
    let kinds = "联户党员、无职党员、流动党员、村组干部、年老体弱党员";
    let text = str::to_owned;
    for (input, expected) in [
        (row(), String::new()),
        (ItemInput { ledger: text("公分"), ..row() }, text("账本「公分」要写「群众积分」或「党员积分」。")),
        (ItemInput { category: text(" "), ..row() }, category("")),
        (ItemInput { category: text("护林防火和河道保"), ..row() }, String::new()),
        (ItemInput { category: text("护林防火和河道保洁"), ..row() }, category("护林防火和河道保洁")),
        (ItemInput { score: text("若干"), ..row() }, text("分值「若干」看不懂,要写整数,如 5、-20,一段分值写 3~8。")),
        (ItemInput { unit: text(" 趟 "), caps: text("每日 3 趟"), ..row() }, String::new()),
        (ItemInput { unit: text("一二三四五"), ..row() }, unit("一二三四五")),
        (ItemInput { unit: text("3筐"), ..row() }, unit("3筐")),
        (ItemInput { unit: text("分"), ..row() }, unit("分")),
        (
            ItemInput { unit: text("筐"), caps: text("每日 3 趟"), ..row() },
            text("上限「每日 3 趟」看不懂,要写成「每日 1 次」「每季 20 分」,几条用顿号分开。"),
        ),
        (
            ItemInput { caps: text("很多"), ..row() },
            text("上限「很多」看不懂,要写成「每日 1 次」「每季 20 分」,几条用顿号分开。"),
        ),
        (ItemInput { member_types: text("党员"), ..row() }, format!("党员类型「党员」不认得,可用的有:{kinds}。")),
        (ItemInput { own_scores: text("老党员+3"), ..row() }, format!("党员类型「老党员+3」不认得,可用的有:{kinds}。")),
        (
            ItemInput { own_scores: text("流动党员"), ..row() },
            text("分值「」看不懂,要写整数,如 5、-20,一段分值写 3~8。"),
        ),
        (ItemInput { evidence: text("照片"), ..row() }, text("要凭据一栏写「是」或空着,现在写的是「照片」。")),
        (ItemInput { from: text("明年"), ..row() }, text("日期「明年」看不懂,要写成 2026-03-01。")),
        (ItemInput { from: text("2026年3月1日"), until: text("2026/5/31"), ..row() }, String::new()),
        (ItemInput { name: String::new(), ..row() }, text("编号 D31 的事项没有名称,请填写。")),
        (
            ItemInput { score: text("一"), unit: String::new(), ..row() },
            text("分值「一」看不懂,要写整数,如 5、-20,一段分值写 3~8。") + &unit(""),
        ),
    ] {
        let problems = input.parse(None).err().unwrap_or_default();
        assert_eq!(problems.iter().map(ToString::to_string).collect::<String>(), expected);
    }
}

/// A book with something of everything.
pub fn rich_town() -> Town {
    town_with(|new| {
        find(new, "照护孤寡病残").score = Score::Range(3, 8);
        let (bag, cap) = (Unit::named("筐"), Cap { period: Period::Day, of: CapOf::Times(3) });
        let sorting = find(new, "垃圾分类");
        (sorting.unit, sorting.caps) = (bag.expect("a unit"), vec![cap]);
        find(new, "无偿献血").conditions.needs_evidence = true;
        find(new, "治安巡逻、防汛值守").conditions =
            Conditions { from: Some(date(2025, 10, 5)), until: Some(date(2026, 3, 1)), ..Conditions::default() };
        find(new, "参加三会一课").conditions.own_scores = vec![
            OwnScore { kind: MemberType::Migrant, score: Score::Fixed(3) },
            OwnScore { kind: MemberType::Exempt, score: Score::Range(1, 4) },
        ];
        let cap = Cap { period: Period::Month, of: CapOf::Points(30) };
        new.category_caps = vec![CategoryCap { ledger: Ledger::Villager, category: Category::Environment, cap }];
    })
}

#[test]
fn differences_name_what_is_changed() {
    let town = Town::small();
    let book = town.village.rules.iter().next().expect("the version");
    let mut new = copy(&town);
    assert!(differences(book, &new.items, &new.category_caps).is_empty());
    let clean = find(&mut new, "环境整治");
    clean.score = Score::Fixed(6);
    clean.caps = vec![];
    clean.conditions.needs_evidence = true;
    new.items.retain(|item| item.name != "赌博");
    let added = NewItem { id: None, name: "文明家庭".to_owned(), ..new.items[1].clone() };
    new.items.push(added);
    let cap = Cap { period: Period::Month, of: CapOf::Points(30) };
    new.category_caps = vec![CategoryCap { ledger: Ledger::Villager, category: Category::Environment, cap }];
    let found = differences(book, &new.items, &new.category_caps);
    let words: Vec<_> = found.iter().map(|one| (one.change, one.name.as_str(), one.words.as_str())).collect();
    assert_eq!(
        words,
        [
            (Change::Changed, "环境整治", "分值 +5 → +6;上限 每日 1 次 → 不限;凭据 不要 → 要"),
            (Change::Added, "文明家庭", "+10/起"),
            (Change::Stopped, "赌博", "−20/次"),
            (Change::Changed, "环境卫生类", "合计上限 不限 → 每月 30 分"),
        ]
    );
    assert_eq!(count_words(&found), "新增 1、改动 2、停用 1");
}

#[test]
fn versions_are_listed_with_what_they_changed() {
    let town = rich_town();
    for (day, states) in [
        (TODAY, [VersionState::Coming, VersionState::Current]),
        (date(2025, 10, 1), [VersionState::Current, VersionState::Past]),
    ] {
        let rows = rule_versions(&town.village, day);
        assert_eq!(rows.iter().map(|row| row.state).collect::<Vec<_>>(), states, "{day}");
    }
    let rows = rule_versions(&town.village, TODAY);
    assert_eq!(rows[0].meeting, "2025年9月19日通过,到会 52 人");
    assert_eq!((rows[0].changes.as_str(), rows[1].changes.as_str()), ("改动 6", ""));
    assert_eq!(rows[0].decision, "到会 52 人,48 人同意");
}

#[test]
fn a_draft_is_a_sheet_for_the_meeting() {
    let town = Town::small();
    let book = town.village.rules.iter().next().expect("the first version");
    let mut new = copy(&town);
    find(&mut new, "环境整治").score = Score::Range(3, 8);
    new.items.retain(|item| item.name != "庭院达标");
    let cap = Cap { period: Period::Month, of: CapOf::Points(60) };
    let caps = [CategoryCap { ledger: Ledger::Villager, category: Category::Environment, cap }];
    for (effective, expected) in [(None, "施行日期由会议定"), (Some(date(2026, 1, 1)), "拟从 2026年1月1日 起施行")]
    {
        let sheet = sheet_of_draft(book, &new.items, &caps, Ledger::Villager, effective);
        assert_eq!((sheet.title.as_str(), sheet.effective.as_str()), ("群众积分细则(草案)", expected));
        assert_eq!(sheet.meeting, "在 2024-1 版上改,提交会议表决");
        let group = &sheet.groups[0];
        assert_eq!((group.category.as_str(), group.cap.as_str()), ("环境卫生", "本类加分合计最多每月 60 分"));
        let plus: Vec<_> = group.plus.iter().map(|row| (row.name.as_str(), row.score.as_str())).collect();
        assert_eq!(plus, [("环境整治", "+3~+8/次"), ("垃圾分类", "+5/月")]);
        assert_eq!(group.minus.len(), 4);
    }
    let members = sheet_of_draft(book, &new.items, &caps, Ledger::Member, None);
    assert!(members.groups.iter().all(|group| group.cap.is_empty()));
}

#[test]
fn a_draft_is_kept_and_taken_up_as_it_was() {
    let town = Town::small();
    let book = town.village.rules.in_force(TODAY).expect("the suggested one");
    let copy = DraftBook::copy_of(book, TODAY);
    assert!(copy.is_untouched(book), "a copy of another day too");
    let mut draft = copy.clone();
    draft.items.remove(3);
    draft.items[0].name = "环境\t整治\\n".to_owned();
    draft.items[1].score = Score::Range(3, 10);
    let member = draft.items.iter_mut().find(|item| item.ledger == Ledger::Member).expect("one");
    member.conditions.own_scores = vec![OwnScore { kind: MemberType::Linked, score: Score::Fixed(3) }];
    member.conditions.needs_evidence = true;
    (member.conditions.from, member.conditions.until) = (Some(TODAY), Some(date(2026, 3, 1)));
    let new = NewItem { id: None, code: "Q99".to_owned(), name: "文明家庭".to_owned(), ..draft.items[1].clone() };
    draft.items.push(new);
    draft.caps = vec![(Ledger::Villager, Category::Environment, "每月 60 分".to_owned())];
    (draft.effective, draft.attendance) = ("2025-10-01".to_owned(), " 五十二\n".to_owned());
    draft.decision = "王海林等 48 人同意".to_owned();
    let text = draft.kept_text("柳湾村");
    assert!(!text.contains("王海林"), "what is free text is not kept");
    let expected = DraftBook { decision: String::new(), ..draft.clone() };
    assert_eq!(DraftBook::parse_kept(&text, "柳湾村"), Some(expected));
    assert_eq!(DraftBook::parse_kept(&copy.kept_text(""), ""), Some(copy.clone()));
    // Somebody who is erased is taken out of it, and it stays a draft.
    let head = town.person(MemberType::WithoutPost);
    let name = town.village.name(head).to_owned();
    let spaced: String = name.chars().flat_map(|letter| [letter, ' ']).collect();
    draft.items[0].name = format!("跟{spaced}学手艺");
    let named = draft.kept_text("柳湾村");
    let kept = change_kept(&named, |text| town.village.without(head, text));
    let without = DraftBook::parse_kept(&kept, "柳湾村").expect("still a draft");
    assert_eq!(without.items[0].name, "跟某某 学手艺");
    assert_eq!(without.items[1..], draft.items[1..]);
    assert_eq!(change_kept(&named, str::to_owned), named);
    assert!(!draft.is_untouched(book));
    let changes: [fn(&mut DraftBook); 5] = [
        |draft| draft.effective = "2025-10-01".to_owned(),
        |draft| draft.attendance = "52".to_owned(),
        |draft| draft.decision = "通过".to_owned(),
        |draft| draft.items.reverse(),
        |draft| draft.caps.push((Ledger::Member, Category::Environment, String::new())),
    ];
    for change in changes {
        let mut draft = copy.clone();
        change(&mut draft);
        assert!(!draft.is_untouched(book));
    }
    // Of another village, cut, or of another program: nothing, and no half of it.
    let lines: Vec<_> = text.lines().collect();
    for (kept, village) in [
        (text.clone(), "河口村"),
        (String::new(), "柳湾村"),
        (lines[0].to_owned(), "柳湾村"),
        (text[..text.len() - 5].to_owned() + "xyz", "柳湾村"),
        (text.replacen("draft 1", "draft 2", 1), "柳湾村"),
        (format!("{text}what\tever"), "柳湾村"),
        (text.replacen("item\t", "item\tx", 1), "柳湾村"),
    ] {
        assert_eq!(DraftBook::parse_kept(&kept, village), None, "{village} {:?}", kept.lines().last());
    }
}
