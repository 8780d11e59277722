//! Counts as they are read: from a thousand on with separators.

/// `15,300`, `−9,070`.
pub fn thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut words = String::from(if number < 0 { "−" } else { "" });
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

/// `2,188`, of anything that was counted.
pub fn counted(count: impl TryInto<i64>) -> String {
    thousands(count.try_into().unwrap_or(i64::MAX))
}
