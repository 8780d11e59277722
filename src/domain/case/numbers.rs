//! 事项 are numbered anew every year.

/// For each year the highest number of a case; few years.
#[derive(Clone, Debug, Default)]
pub struct CaseNumbers(Vec<(i16, u32)>);

impl CaseNumbers {
    /// The number that the next case of the year gets.
    pub fn next(&self, year: i16) -> u32 {
        let highest = self.0.iter().find(|(known, _)| *known == year);
        highest.map_or(0, |(_, number)| *number).saturating_add(1)
    }

    /// Takes note of a number that is in use.
    pub fn observe(&mut self, year: i16, number: u32) {
        match self.0.iter_mut().find(|(known, _)| *known == year) {
            Some((_, highest)) => *highest = number.max(*highest),
            None => self.0.push((year, number)),
        }
    }
}
