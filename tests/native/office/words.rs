//! What each cell of a person may say.

use cunzhi::domain::roster::{CareGroup, PersonDraft};
use cunzhi::office::roster::{guess, read_roster};

use super::table;

/// The only person of a roster with this title over this cell, and the kinds
/// of problems.
fn person(title: &str, cell: &str) -> (PersonDraft, String) {
    let table = table(&[&format!("户号|户主|姓名|性别|{title}"), &format!("1|王强|王强||{cell}")]);
    let reading = read_roster(&table, &guess(&table).expect("a header"));
    let kind = |what: String| what.split([' ', '{']).next().unwrap_or_default().to_owned();
    let kinds: Vec<String> = reading.problems.iter().map(|problem| kind(format!("{:?}", problem.what))).collect();
    (reading.draft.households[0].people[0].clone(), kinds.join(" "))
}

#[test]
fn relations() {
    let cases = [
        ("配偶", "妻 妻子 夫 丈夫 配偶 老婆"),
        ("子女", "子 女 长子 次女 三子 儿子 女儿 儿媳 女婿 大儿子 养女 独生子 二女婿"),
        ("父母", "父 母 父亲 母亲 岳父 岳母 公公 婆婆 继母"),
        ("孙辈", "孙 孙子 孙女 外孙女 长孙 曾孙"),
        ("其他亲属", "兄弟 弟媳 侄子 外甥女 祖母 其他 非亲属 外婆 小姑"),
    ];
    for (expected, words) in cases {
        for word in words.split(' ') {
            let table = table(&["户号|姓名|关系", "1|王|户主", &format!("1|李|{word}")]);
            let reading = read_roster(&table, &guess(&table).expect("a header"));
            let found = reading.draft.households[0].people[1].relation.word();
            assert_eq!((found, reading.problems.len()), (expected, 0), "{word}");
        }
    }
}

#[test]
fn births() {
    let cases = [
        ("1985-03-02", "1985-03-02", ""),
        ("1985-3-2 00:00", "1985-03-02", ""),
        ("1985-03-02T00:00:00", "1985-03-02", ""),
        ("1985/3/2", "1985-03-02", ""),
        ("1985.3.2", "1985-03-02", ""),
        ("1985．3．2", "1985-03-02", ""),
        ("19850302", "1985-03-02", ""),
        ("1985年3月2日", "1985-03-02", ""),
        ("1985 年 3 月 2 日", "1985-03-02", ""),
        ("１９８５年３月２日", "1985-03-02", ""),
        ("31108", "1985-03-02", ""),
        ("1985年3月", "1985-03-01", "BirthDayMissing"),
        ("198503", "1985-03-01", "BirthDayMissing"),
        ("1985.3", "1985-03-01", "BirthDayMissing"),
        ("1985", "", "BirthUnreadable"),
        ("1985-02-30", "", "BirthUnreadable"),
        ("99999", "", "BirthUnreadable"),
        ("85.3.2", "", "BirthUnreadable"),
        ("1985-03-02-01", "", "BirthUnreadable"),
        ("不知道", "", "BirthUnreadable"),
        ("不详", "", ""),
    ];
    for (cell, expected, problem) in cases {
        let (person, problems) = person("出生日期", cell);
        let found = person.birth.map_or_else(String::new, |birth| birth.to_string());
        assert_eq!((found.as_str(), problems.as_str()), (expected, problem), "{cell}");
    }
}

#[test]
fn id_numbers() {
    // number, kept, damaged, birth, sex, problem
    let cases = [
        ("430999198503020036", "430999198503020036", false, "1985-03-02", "男", ""),
        ("43099919850302001x", "43099919850302001X", false, "1985-03-02", "男", ""),
        ("430999198503020028", "430999198503020028", false, "1985-03-02", "女", ""),
        ("43099919850302002X", "43099919850302002X", true, "", "", "IdCheck"),
        ("430999199001010188", "430999199001010188", true, "", "", "IdCheck"),
        (" '430999 19850302 0036 ", "430999198503020036", false, "1985-03-02", "男", ""),
        ("４３０９９９１９８５０３０２００３６", "430999198503020036", false, "1985-03-02", "男", ""),
        ("430999198503020000", "430999198503020000", true, "", "", "IdLostDigits"),
        ("4.3099919850302E+17", "430999198503020000", true, "", "", "IdLostDigits"),
        ("430999850302001", "430999850302001", true, "", "", "IdOld"),
        ("43099919850302001", "43099919850302001", true, "", "", "IdLength"),
        ("430999198513020013", "430999198513020013", true, "", "", "IdCheck"),
        ("无", "", false, "", "", ""),
    ];
    for (cell, kept, damaged, birth, sex, problem) in cases {
        let (person, problems) = person("身份证号", cell);
        let found = person.birth.map_or_else(String::new, |birth| birth.to_string());
        assert_eq!((person.id_number.as_str(), person.id_number_damaged), (kept, damaged), "{cell}");
        assert_eq!((found.as_str(), person.sex.map_or("", |sex| sex.word())), (birth, sex), "{cell}");
        assert_eq!(problems, problem, "{cell}");
    }
    let (person, problems) = person("身份证号", &"9".repeat(300));
    assert_eq!((person.id_number.len(), problems.as_str()), (32, "IdLength"));
}

#[test]
fn one_id_number_twice() {
    let id = "430999198503020036";
    for (name, expected, people) in
        [("王", "SamePerson { first_row: 2 }", 2), ("赵", "IdUsedTwice { first_row: 2 }", 3)]
    {
        let table =
            table(&["户号|姓名|关系|身份证号", &format!("1|王|户主|{id}"), "1|李|妻|", &format!("1|{name}|子|{id}")]);
        let reading = read_roster(&table, &guess(&table).expect("a header"));
        let kinds: Vec<String> = reading.problems.iter().map(|problem| format!("{:?}", problem.what)).collect();
        assert_eq!((kinds, reading.draft.people_count()), (vec![expected.to_owned()], people));
        assert_eq!(
            reading.draft.households[0].people.iter().filter(|person| person.id_number_damaged).count(),
            people - 2
        );
    }
}

#[test]
fn phones() {
    let cases = [
        ("19900000001", "19900000001", ""),
        ("199 0000 0001", "19900000001", ""),
        ("+86-199-0000-0001", "19900000001", ""),
        ("1.9900000001E+10", "19900000001", ""),
        ("0736-1234567", "07361234567", ""),
        ("19900000001/19900000002", "19900000001", "PhoneSeveral"),
        ("19900000001，19900000002", "19900000001", "PhoneSeveral"),
        ("1990000000", "1990000000", "PhoneOdd"),
        ("29900000001", "29900000001", "PhoneOdd"),
        ("没有电话", "没有电话", "PhoneOdd"),
        ("-", "", ""),
    ];
    for (cell, expected, problem) in cases {
        let (person, problems) = person("联系电话", cell);
        assert_eq!((person.phone.as_str(), problems.as_str()), (expected, problem), "{cell}");
    }
}

#[test]
fn residence() {
    let cases = [
        ("居住情况", "常住", "常住", ""),
        ("居住情况", "外出务工", "流动", ""),
        ("居住情况", "不在家", "流动", ""),
        ("居住情况", "非常住", "流动", ""),
        ("居住情况", "人户分离", "流动", ""),
        ("居住情况", "", "常住", ""),
        ("居住情况", "甲", "常住", "ResidenceUnknown"),
        ("是否常住", "是", "常住", ""),
        ("是否常住", "否", "流动", ""),
        ("是否外出", "是", "流动", ""),
        ("是否外出", "否", "常住", ""),
    ];
    for (title, cell, expected, problem) in cases {
        let (person, problems) = person(title, cell);
        assert_eq!((person.residence.word(), problems.as_str()), (expected, problem), "{title} {cell}");
    }
}

#[test]
fn care() {
    use CareGroup::{Destitute, Disabled, ElderlyAlone, LeftBehindChild, Other, Subsistence};
    let cases: [(&str, &str, &[CareGroup], &str); 12] = [
        ("人员类别", "低保户、残疾（二级）", &[Subsistence, Disabled], ""),
        ("人员类别", "低保,低保", &[Subsistence], ""),
        ("人员类别", "五保户", &[Destitute], ""),
        ("人员类别", "留守儿童", &[LeftBehindChild], ""),
        ("人员类别", "独居老人", &[ElderlyAlone], ""),
        ("人员类别", "脱贫户", &[Other], "CareUnknown"),
        ("人员类别", "一般户", &[], ""),
        ("人员类别", "非低保", &[], ""),
        ("人员类别", "无", &[], ""),
        ("是否低保", "是", &[Subsistence], ""),
        ("是否低保", "否", &[], ""),
        ("是否残疾", "√", &[Disabled], ""),
    ];
    for (title, cell, expected, problem) in cases {
        let (person, problems) = person(title, cell);
        assert_eq!((person.care.as_slice(), problems.as_str()), (expected, problem), "{title} {cell}");
    }
}

#[test]
fn members() {
    // titles, cells, type, problem
    let cases = [
        ("政治面貌|党员类型", "中共党员|联户党员", "联户党员", ""),
        ("政治面貌|党员类型", "群众|", "", ""),
        ("政治面貌|党员类型", "共青团员|", "", ""),
        ("政治面貌|党员类型", "中共预备党员|", "无职党员", "MemberTypeMissing"),
        ("政治面貌|党员类型", "党员|甲类", "无职党员", "MemberTypeUnknown"),
        ("政治面貌|党员类型", "群众|联户", "联户党员", "PartyDiffers"),
        ("政治面貌|党员类型", "|村干部", "村组干部", ""),
        ("政治面貌", "流动党员", "流动党员", ""),
        ("政治面貌", "甲", "", "PartyUnknown"),
        ("是否党员", "是", "无职党员", "MemberTypeMissing"),
        ("是否党员", "否", "", ""),
        ("党员类型", "年老体弱", "年老体弱党员", ""),
        ("党员类型", "正式党员", "无职党员", "MemberTypeMissing"),
        ("党员类型", "群众", "", ""),
        ("人员类别", "低保、党员", "无职党员", "MemberTypeMissing"),
    ];
    for (titles, cells, expected, problem) in cases {
        let (person, problems) = person(titles, cells);
        let found = person.member.map_or("", |kind| kind.word());
        assert_eq!((found, problems.as_str()), (expected, problem), "{titles} {cells}");
    }
}

#[test]
fn names() {
    let cases = [
        ("王  强", "王强"),
        ("王\u{3000}强", "王强"),
        ("John  Smith", "John Smith"),
        ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
        ("=HYPERLINK(\"http://a\")", "=HYPERLINK(\"http://a\")"),
        ("\u{20BB7}野㐂", "\u{20BB7}野㐂"),
    ];
    for (cell, expected) in cases {
        let table = table(&["户号|姓名", &format!("1|{cell}")]);
        let reading = read_roster(&table, &guess(&table).expect("a header"));
        assert_eq!(reading.draft.households[0].people[0].name, expected);
    }
    for (count, people) in [(40, 1), (41, 0), (300, 0)] {
        let table = table(&["户号|姓名", &format!("1|{}", "长".repeat(count))]);
        let reading = read_roster(&table, &guess(&table).expect("a header"));
        assert_eq!((reading.draft.people_count(), reading.blocked()), (people, 1 - people));
    }
}
