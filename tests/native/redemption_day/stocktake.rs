//! A stocktake on a redemption day: why something differs is said, and the
//! close-out shows it apart from what came in and went out.

use cunzhi::domain::calendar::Moment;
use cunzhi::domain::command::{Command, Settlement};
use cunzhi::domain::event::Event;
use cunzhi::domain::id::GoodsId;
use cunzhi::report::day_closing::{CountRow, day_sheet, stocktake_words};

use super::super::checks::found;
use super::super::support::{TODAY, Town, sentence, source};
use super::{DONE, close, redeem, reopen, stocked};

fn count(town: &mut Town, goods: GoodsId, counted: u32, note: &str) -> String {
    sentence(town.tell(TODAY, Command::Settle(Settlement::CountStock { goods, counted, note: note.to_owned() })))
}

/// What came in, the stocktakes, what should be there and what they are for.
fn figures(rows: &[CountRow]) -> (i64, i64, i64, Option<String>) {
    (rows[0].came_in(), rows[0].stocktake(), rows[0].figures.expected(), stocktake_words(rows))
}

#[test]
fn a_stocktake_of_the_day_stands_apart_with_its_reason() {
    let (mut town, soap) = stocked();
    assert_eq!(count(&mut town, soap, 49, "早上少 1 瓶"), DONE, "before the day began");
    redeem(&mut town, TODAY, "1-001", soap, 1);
    town.must(TODAY, Command::ReceiveStock { goods: soap, quantity: 10, source: source() });
    let rows = |town: &Town| day_sheet(&town.village, TODAY, TODAY).expect("a day").rows;
    assert_eq!(figures(&rows(&town)), (10, 0, 58, None));
    assert_eq!(count(&mut town, soap, 56, " "), "「洗衣液 2 kg」实有和账面不一样,少 2 瓶。请写明差异原因,再记下盘点。");
    assert_eq!(count(&mut town, soap, 58, ""), DONE, "nothing differs");
    assert_eq!(count(&mut town, soap, 56, "搬运时打破"), DONE);
    let first = (10, -2, 56, Some("当天盘点差异:洗衣液 2 kg 少 2 瓶(搬运时打破)。".to_owned()));
    assert_eq!(figures(&rows(&town)), first);
    assert_eq!(close(&mut town, 20, &[(soap, 56)], ""), DONE, "both differences are nought");
    // What is counted afterwards is not of that close-out, and is of the next one.
    assert_eq!(count(&mut town, soap, 57, "找到 1 瓶"), DONE);
    assert_eq!(figures(&rows(&town)), first);
    assert_eq!(reopen(&mut town, TODAY), DONE);
    let both = "当天盘点差异:洗衣液 2 kg 少 2 瓶(搬运时打破);洗衣液 2 kg 多 1 瓶(找到 1 瓶)。".to_owned();
    assert_eq!(figures(&rows(&town)), (10, -1, 57, Some(both.clone())));
    assert_eq!(close(&mut town, 20, &[(soap, 54)], "数错了"), DONE);
    assert_eq!(figures(&rows(&town)), (10, -1, 57, Some(both.clone())), "its own difference is in its last column");
    assert_eq!(reopen(&mut town, TODAY), DONE);
    let sheet = day_sheet(&town.village, TODAY, TODAY).expect("a day");
    let earlier: Vec<_> = sheet.earlier.iter().map(|closing| figures(&closing.rows)).collect();
    assert_eq!(earlier, [first, (10, -1, 57, Some(both.clone()))]);
    let third = both.replace("。", ";洗衣液 2 kg 少 3 瓶(数错了)。");
    assert_eq!(figures(&sheet.rows), (10, -4, 54, Some(third)));
    assert_eq!(found(&town.village), []);
}

/// What older programs recorded without a reason stays as it is.
#[test]
fn an_old_stocktake_without_a_reason_says_so() {
    let (mut town, soap) = stocked();
    redeem(&mut town, TODAY, "1-001", soap, 1);
    let counted = Event::StockCounted { goods: soap, counted: 47, date: TODAY, note: None };
    town.village.apply(Moment::at(TODAY, 12, 0), &counted).expect("known goods");
    let rows = day_sheet(&town.village, TODAY, TODAY).expect("a day").rows;
    let words = "当天盘点差异:洗衣液 2 kg 少 2 瓶(没有写原因)。".to_owned();
    assert_eq!(figures(&rows), (0, -2, 47, Some(words)));
}
