//! The rates of cases: what is divided by what, and of which quarter.

use cunzhi::domain::case::record::Rating::{Dissatisfied, Satisfied};
use cunzhi::domain::command::{CaseStep, NewHandling};
use cunzhi::report::case_rates::{CaseRates, rate_rows};
use jiff::civil::date;

use super::town::{THIRD_QUARTER, TODAY, village};
use crate::support::{Town, matter};

#[test]
fn rates_say_what_they_count() {
    let rows = rate_rows(&village(), TODAY);
    let figures: Vec<_> = rows.iter().map(|row| (row.label, row.values.each_ref().map(String::as_str))).collect();
    let expected = [
        ("办结率", ["25.00%(2/8)", "—"]),
        ("按期办结率", ["50.00%(1/2)", "—"]),
        ("化解率", ["50.00%(1/2)", "—"]),
        ("满意率", ["100.00%(1/1)", "—"]),
        // Sent back once, and rated well in the end.
        ("重新交办率", ["100.00%(1/1)", "—"]),
    ];
    assert_eq!(figures, expected);
    assert_eq!(rows[0].words, "办结 ÷ 受理,本季有 5 件还没到期,也在受理里");
    assert_eq!(rows.iter().filter(|row| row.of_disputes).count(), 1);
    let later = rate_rows(&village(), date(2025, 10, 9));
    assert_eq!(later[4].values, ["—".to_owned(), "100.00%(1/1)".to_owned()], "the quarter before");
}

/// Case by case: rated well, sent back and waiting, sent back and rated well, not rated.
#[test]
fn reassigned_is_divided_by_rated() {
    let mut town = Town::small();
    for ratings in [&[Satisfied][..], &[Dissatisfied], &[Dissatisfied, Satisfied], &[]] {
        let case = town.open(TODAY, matter(TODAY, Some(NewHandling::Immediate)));
        let answer = || [CaseStep::Start, CaseStep::Answer { note: "办好了".to_owned(), resolved: None }];
        let mut steps: Vec<CaseStep> = answer().into();
        for (place, rating) in ratings.iter().enumerate() {
            steps.push(CaseStep::Rate(*rating, String::new()));
            if place + 1 < ratings.len() {
                steps.push(CaseStep::Assign(NewHandling::Immediate));
                steps.extend(answer());
            }
        }
        for step in steps {
            town.step(TODAY, case, step).expect("in order");
        }
    }
    let rates = CaseRates::of(&town.village, THIRD_QUARTER, TODAY);
    assert_eq!(rates.reassignment().to_string(), "66.67%(2/3)");
    assert_eq!(rates.satisfaction().to_string(), "66.67%(2/3)");
    assert_eq!(rates.completion().to_string(), "75.00%(3/4)");
}
