//! 签领表: what people sign when they take their goods.

use cunzhi::domain::command::Command;
use cunzhi::report::shelf_list::Span;
use cunzhi::report::signature_pages::{SignaturePaper, signature_paper};

use super::super::report::town::{THIRD_QUARTER, village};
use super::super::support::TODAY;
use super::rich_town;

/// The paper of `count` redemptions of one piece of the goods with this name.
fn paper(count: usize, name: &str, proxy: &str) -> SignaturePaper {
    let mut town = rich_town();
    let goods = town.add_goods(name, 40, 100);
    let account = town.household("1-001");
    for _ in 0..count {
        let basket = vec![(goods, 1)];
        town.must(TODAY, Command::Redeem { account, basket, proxy: proxy.to_owned() });
    }
    signature_paper(&town.village, Span::Quarter(THIRD_QUARTER))
}

#[test]
fn the_signature_list_is_cut_into_pages() {
    // ` ×1` takes 4 half widths of the 27 in a line: a name of 23 takes one
    // line (12 mm, with a proxy 14 mm), of 24 two (13.5 mm, with a proxy
    // 14 mm), of 51 three (19 mm). A page has 225 mm, the last one 177 mm.
    let [one, two, three] = [format!("{}a", "盐".repeat(11)), "盐".repeat(12), "盐".repeat(26)];
    for (count, name, proxy, expected) in [
        (0, &one, "", &[][..]),
        (1, &one, "", &[1]),
        (14, &one, "", &[14]),
        (15, &one, "", &[14, 1]),
        (18, &one, "", &[17, 1]),
        (19, &one, "", &[18, 1]),
        (32, &one, "", &[18, 14]),
        (33, &one, "", &[18, 14, 1]),
        (12, &one, "儿子", &[12]),
        (13, &one, "儿子", &[12, 1]),
        (13, &two, "", &[13]),
        (14, &two, "", &[13, 1]),
        (13, &two, "儿子", &[12, 1]),
        (9, &three, "", &[9]),
        (12, &three, "", &[11, 1]),
    ] {
        let pages = paper(count, name, proxy).pages;
        let rows: Vec<_> = pages.iter().map(|page| page.rows.len()).collect();
        assert_eq!(rows, expected, "{count} {name} {proxy}");
        let numbers = pages.iter().flat_map(|page| &page.rows).map(|row| row.row.n);
        assert!(numbers.eq(1..=count), "each row once, in order");
        let closing = pages.iter().enumerate().filter(|(_, page)| page.is_last).map(|(place, _)| place + 1);
        assert!(closing.eq((count > 0).then_some(pages.len())), "totals follow on the last page");
    }
}

#[test]
fn the_signature_list_sums_up() {
    let long = paper(33, "食盐", "儿子");
    assert_eq!((long.title.as_str(), long.points.as_str()), ("柳湾村2025年第三季度积分兑换签领表", "1,320"));
    assert_eq!((long.total.as_str(), long.goods.as_str()), ("合计 1 户、33 笔", "食盐 ×33 瓶"));
    let feet: Vec<_> = long.pages.iter().map(|page| page.foot.as_str()).collect();
    assert_eq!(feet, ["第 1 页 共 3 页", "第 2 页 共 3 页", "第 3 页 共 3 页"]);
    assert_eq!(long.pages[2].rows[0].proxy, "代领:儿子");
    let short = signature_paper(&village(), Span::Quarter(THIRD_QUARTER));
    assert_eq!((short.title.as_str(), short.pages.len()), ("2025年第三季度积分兑换签领表", 1));
    assert_eq!((short.total.as_str(), short.goods.as_str()), ("合计 1 户、1 笔", "洗衣液 2 kg ×1 瓶"));
    let none = signature_paper(&village(), Span::Quarter(THIRD_QUARTER.previous()));
    assert_eq!((none.total.as_str(), none.points.as_str(), none.pages.len()), ("合计 0 户、0 笔", "0", 0));
}
