//! A pasted list: who is known is taken, who is doubtful is never guessed.

use cunzhi::domain::command::Command;
use cunzhi::domain::conflict::ActPlace;
use cunzhi::domain::people::PersonChange;
use cunzhi::domain::points::rule::{Ledger, RuleVersion, Unit};
use cunzhi::domain::roster::{MemberType, RosterDraft};
use cunzhi::report::activity::{Participants, participants};
use cunzhi::report::name_list::{Meant, NameLine, is_list, read_names, sort_out, together_words};

use super::support::{TODAY, Town, home};

/// Four households; two people are called 王芳, and 赵 六 is written with a blank.
fn town() -> Town {
    let mut town = Town::small();
    let households = vec![
        home("3-001", "第二网格", &[("王海林", Some(MemberType::Linked)), ("王芳", None)]),
        home("3-002", "第二网格", &[("王芳", None), ("赵 六", None)]),
        home("3-003", "第二网格", &[("欧阳·春", None), ("孙海琳", None)]),
    ];
    town.must(TODAY, Command::ImportRoster(RosterDraft { households }));
    // A unit of the village's own is known behind quantities.
    let mut book = town.village.rules.in_force(TODAY).expect("the suggested one").clone();
    (book.version, book.items[0].unit) = (RuleVersion(2), Unit::named("筐").expect("a unit"));
    assert!(town.village.rules.adopt(book, ActPlace::default()));
    town
}

fn all(town: &Town, ledger: Ledger) -> Participants {
    participants(&town.village, ledger, None, TODAY, TODAY)
}

/// 「王海林=3-001×2」, 「王芳?3-001,3-002」, 「某某-」.
fn words(all: &Participants, line: &NameLine) -> String {
    let number = |account: &_| all.get(*account).map_or("?", |one| one.number.as_str()).to_owned();
    let quantity = line.quantity.map_or_else(String::new, |quantity| format!("×{quantity}"));
    match &line.meant {
        Meant::One(account) => format!("{}={}{quantity}", line.name, number(account)),
        Meant::Several(accounts) => {
            format!("{}?{}{quantity}", line.name, accounts.iter().map(number).collect::<Vec<_>>().join(","))
        }
        Meant::Nobody(near) => {
            format!("{}-{}{quantity}", line.name, near.iter().map(number).collect::<Vec<_>>().join(","))
        }
    }
}

#[test]
fn names_are_read_as_people_write_lists() {
    let town = town();
    let all = all(&town, Ledger::Villager);
    for (text, expected) in [
        ("王海林", &["王海林=3-001"][..]),
        ("王海林、周五,吴六", &["王海林=3-001", "周五=1-002", "吴六=1-002"]),
        ("1. 王海林\n2、周五\n3) 吴六", &["王海林=3-001", "周五=1-002", "吴六=1-002"]),
        ("王海林 周五  吴六", &["王海林=3-001", "周五=1-002", "吴六=1-002"]),
        ("王海林 2", &["王海林=3-001×2"]),
        ("王海林2小时;周五×３", &["王海林=3-001×2", "周五=1-002×3"]),
        ("王海林2筐、周五 3筐,吴六4", &["王海林=3-001×2", "周五=1-002×3", "吴六=1-002×4"]),
        ("王海林2李四", &["王海林2李四-"]),
        ("王海林(2)\r\n周五:4", &["王海林=3-001×2", "周五=1-002×4"]),
        ("1\t王海林\t2\n2\t周五\t3", &["王海林=3-001×2", "周五=1-002×3"]),
        ("王 海 林", &["王海林=3-001"]),
        ("赵六、赵 六", &["赵六=3-002", "赵六=3-002"]),
        ("欧阳春", &["欧阳春=3-003"]),
        ("3-001、1-002", &["3-001=3-001", "1-002=1-002"]),
        ("王芳 2", &["王芳?3-001,3-002×2"]),
        ("王海琳", &["王海琳-3-001,3-003"]),
        ("孙悟空", &["孙悟空-"]),
        ("路人甲3", &["路人甲-×3"]),
        ("12", &["12-"]),
        ("", &[]),
        (" \n、,;\n", &[]),
    ] {
        let lines = read_names(&town.village, &all, Ledger::Villager, text);
        let found: Vec<_> = lines.iter().map(|line| words(&all, line)).collect();
        assert_eq!(found, expected, "{text}");
    }
}

/// Two people of one household, or a name that stands there twice: nothing is lost.
#[test]
fn quantities_of_one_household_are_added_up() {
    let town = town();
    let all = all(&town, Ledger::Villager);
    for (text, expected, said) in [
        ("王海林 2、周五 3", &["3-001×2", "1-002×3"][..], ""),
        ("周五 2、吴六 3", &["1-002×5"], "周五和吴六是同一户,数量合计 5。"),
        ("吴六 3、王海林、周五 2", &["1-002×5", "3-001"], "吴六和周五是同一户,数量合计 5。"),
        ("周五、吴六", &["1-002"], "周五和吴六是同一户,只算一户。"),
        ("周五、吴六 3", &["1-002×3"], "周五和吴六是同一户,数量合计 3。"),
        ("周五 2、周五 2", &["1-002×4"], "周五写了 2 次,数量合计 4。"),
        ("周五 2、1-002 1", &["1-002×3"], "周五和1-002是同一户,数量合计 3。"),
        (
            "张三、李四、周五、吴六、郑七、郑七、王海林、3-001、赵六、赵六",
            &["1-001", "1-002", "2-001", "3-001", "3-002"],
            "张三和李四是同一户,只算一户。周五和吴六是同一户,只算一户。郑七写了 2 次,只算一户。这样的还有 2 户。",
        ),
        ("王芳 2、王海林 1", &["3-001×1", "王芳?"], ""),
        ("周五 4294967295、吴六 3", &["1-002×4294967295"], "周五和吴六是同一户,数量合计 4294967295。"),
    ] {
        let (listed, open) = sort_out(read_names(&town.village, &all, Ledger::Villager, text));
        let mut found: Vec<_> = listed
            .iter()
            .map(|one| {
                let quantity = one.quantity.map_or_else(String::new, |quantity| format!("×{quantity}"));
                format!("{}{quantity}", all.get(one.account).expect("known").number)
            })
            .collect();
        found.extend(open.iter().map(|line| format!("{}?", line.name)));
        assert_eq!(found, expected, "{text}");
        assert_eq!(together_words(&listed, "户"), said, "{text}");
    }
}

#[test]
fn in_the_member_ledger_only_members_are_meant() {
    let town = town();
    let all = all(&town, Ledger::Member);
    for (text, expected) in [("王海林", "王海林=3-001"), ("王芳", "王芳-"), ("3-001", "3-001-"), ("李四", "李四=1-001")]
    {
        let lines = read_names(&town.village, &all, Ledger::Member, text);
        assert_eq!(words(&all, &lines[0]), expected);
    }
}

#[test]
fn whoever_was_erased_or_is_gone_is_not_meant() {
    let town = town();
    let named = |name: &str| {
        let mut people = town.village.people.persons.iter();
        people.find(|one| town.village.name(one.id) == name).expect("known").id
    };
    let change = |name, change| Command::ChangePerson { person: named(name), change, from: TODAY };
    for (command, name) in [
        (Command::ErasePerson { person: named("王海林"), also: vec![] }, "王海林"),
        (change("王海林", PersonChange::Died), "王海林"),
        (change("孙海琳", PersonChange::MovedAway), "孙海琳"),
    ] {
        let mut town = self::town();
        town.must(TODAY, command);
        let all = all(&town, Ledger::Villager);
        let lines = read_names(&town.village, &all, Ledger::Villager, &format!("{name}、已删除"));
        let meant: Vec<_> = lines.iter().map(|line| matches!(line.meant, Meant::One(_))).collect();
        assert_eq!(meant, [false, false], "{name}");
    }
}

#[test]
fn a_search_is_no_list() {
    for (text, expected) in
        [("王海林", false), (" whl \n", false), ("王海林 周五", false), ("王海林\n周五", true), ("王海林、周五", true)]
    {
        assert_eq!(is_list(text), expected, "{text}");
    }
}
