//! What is said of an account against which more than one veto stands.

use cunzhi::domain::calendar::add_days;
use cunzhi::domain::points::veto::{NewVeto, VetoEffect};
use cunzhi::report::vetoes::veto_sign;

use super::super::support::{TODAY, sentence};
use super::{impose, new_veto, redeem, town};

/// Two vetoes stand: what is said is when redemption is free again.
#[test]
fn of_two_vetoes_the_one_that_ends_last_is_named() {
    let day = add_days(TODAY, 1);
    let (near, far) = (Some(add_days(TODAY, 2)), Some(add_days(TODAY, 40)));
    for (ends, expected, sign) in [
        ([near, far], "停兑中:二号,至 11月5日。", "停兑至 11月5日"),
        ([far, near], "停兑中:一号,至 11月5日。", "停兑至 11月5日"),
        ([near, None], "停兑中:二号,到撤销为止。", "停兑中"),
        ([None, near], "停兑中:一号,到撤销为止。", "停兑中"),
    ] {
        let (mut town, home, soap, _) = town();
        for (to, document) in ends.into_iter().zip(["一号", "二号"]) {
            let new = new_veto(home, to, &[VetoEffect::NoRedemption]);
            town.must(TODAY, impose(NewVeto { document: document.to_owned(), ..new }));
        }
        let refused = sentence(town.tell(day, redeem(home, soap)));
        assert!(refused.starts_with(expected), "{refused}");
        assert_eq!(veto_sign(&town.village, home, day).expect("a sign").word, sign);
    }
}
