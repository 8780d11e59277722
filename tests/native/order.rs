//! Sorting through places is the standard library's stable sort.

use cunzhi::domain::order::sort_by_key;
use proptest::prelude::*;

proptest! {
    #[test]
    fn rows_are_sorted_and_equal_ones_stay_in_order(keys in prop::collection::vec(0_u8..20, 0..200)) {
        let mut rows: Vec<(u8, usize)> = keys.into_iter().zip(0..).collect();
        let mut expected = rows.clone();
        expected.sort_by_key(|(key, _)| *key);
        sort_by_key(&mut rows, |(key, _)| *key);
        prop_assert_eq!(rows, expected);
    }
}
