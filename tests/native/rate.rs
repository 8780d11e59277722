//! Rates print both of their numbers and round half-up on the exact fraction.

use cunzhi::domain::rate::Rate;

/// More than that nobody counts.
const LARGEST: u64 = i64::MAX.unsigned_abs();

#[test]
fn rates_print_as_published() {
    for (numerator, denominator, table, text, full) in [
        (2_862, 2_948, "97.08%", "97.1%", "97.08%(2,862/2,948)"),
        (1_365, 1_388, "98.34%", "98.3%", "98.34%(1,365/1,388)"),
        (1_365, 1_389, "98.27%", "98.3%", "98.27%(1,365/1,389)"),
        (6_217, 6_368, "97.63%", "97.6%", "97.63%(6,217/6,368)"),
        (12, 12, "100.00%", "100.0%", "100.00%(12/12)"),
        (0, 0, "—", "—", "—"),
        (0, 7, "0.00%", "0.0%", "0.00%(0/7)"),
        (1, 3, "33.33%", "33.3%", "33.33%(1/3)"),
        (2, 3, "66.67%", "66.7%", "66.67%(2/3)"),
        (1, 20_000, "0.01%", "0.0%", "0.01%(1/20,000)"),
        (1, 20_001, "0.00%", "0.0%", "0.00%(1/20,001)"),
        (1, 2_000, "0.05%", "0.1%", "0.05%(1/2,000)"),
        (LARGEST, LARGEST, "100.00%", "100.0%", "100.00%(9,223,372,036,854,775,807/9,223,372,036,854,775,807)"),
    ] {
        let rate = Rate::new(numerator, denominator);
        assert_eq!((rate.percent().as_str(), rate.percent_in_text().as_str()), (table, text));
        assert_eq!(rate.to_string(), full);
    }
}
