//! What came out, in words: the median of each side, their ratio, and whether
//! the target is met. One line for each metric, always in the same form.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};

/// The metric that is a number of bytes and needs no browser.
pub const START_BYTES: &str = "start_bytes_brotli";
const MEMORY: &str = "memory_county_mb";
const MEMORY_TARGET: f64 = 250.0;
const GROWTH: &str = "growth";
const OURS: &str = "ours";

/// A measure with the peer that it is set against.
pub struct Metric {
    pub name: &'static str,
    pub peer: &'static str,
    /// The most that ours ÷ peer may be.
    pub target: f64,
}

const fn metric(name: &'static str, peer: &'static str, target: f64) -> Metric {
    Metric { name, peer, target }
}

pub const METRICS: [Metric; 6] = [
    metric("cold_open_county", "dexie", 0.06),
    metric("bulk_write_100k", "dexie", 0.02),
    metric("act_to_durable", "indexeddb", 1.3),
    metric("aggregate_1m", "arrays", 1.0),
    metric("start_village", "react+dexie", 1.0),
    metric(START_BYTES, "react+dexie+sheetjs+uplot", 0.8),
];

/// Everything that can be asked for.
pub fn names() -> Vec<&'static str> {
    METRICS.iter().map(|metric| metric.name).chain([MEMORY, GROWTH]).collect()
}

/// What was heard so far: the times of the first side of a metric wait for
/// those of the other.
#[derive(Default)]
pub struct Report {
    waiting: BTreeMap<&'static str, BTreeMap<String, f64>>,
    told: Vec<&'static str>,
}

impl Report {
    /// Takes a line of the driver; answers the line that can be told now.
    pub fn take(&mut self, line: &str) -> Result<Option<String>> {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["times", name, side, ref times @ ..] => self.times(name, side, times),
            ["value", name, value] => {
                ensure!(name == format!("name={MEMORY}"), "the driver gave a value that nobody knows: {line}");
                self.told.push(MEMORY);
                Ok(Some(of_memory(value.parse()?)))
            }
            ["growth", entries, ref rest @ ..] => {
                self.told.push(GROWTH);
                Ok(Some(of_growth(entries, rest)?))
            }
            _ => bail!("the driver said something else: {line}"),
        }
    }

    /// Whether a line was told for this name.
    pub fn has(&self, name: &str) -> bool {
        self.told.contains(&name)
    }

    fn times(&mut self, name: &str, side: &str, times: &[&str]) -> Result<Option<String>> {
        let name = name.strip_prefix("metric=").context("a metric has a name")?;
        let side = side.strip_prefix("side=").context("times have a side")?;
        let metric = METRICS.iter().find(|metric| metric.name == name).with_context(|| format!("no metric {name}"))?;
        let sides = self.waiting.entry(metric.name).or_default();
        sides.insert(side.to_owned(), median(times)?);
        match (sides.get(OURS), sides.get(metric.peer)) {
            (Some(ours), Some(peer)) => {
                self.told.push(metric.name);
                Ok(Some(of_times(metric, *ours, *peer)))
            }
            _ => Ok(None),
        }
    }
}

/// The time in the middle; the mean of the two in the middle of an even number.
fn median(times: &[&str]) -> Result<f64> {
    let mut times = times.iter().map(|time| time.parse::<f64>()).collect::<Result<Vec<_>, _>>()?;
    ensure!(!times.is_empty() && times.iter().all(|time| time.is_finite()), "there are no times");
    times.sort_by(f64::total_cmp);
    let middle = times.len() / 2;
    Ok(if times.len() % 2 == 1 { times[middle] } else { f64::midpoint(times[middle - 1], times[middle]) })
}

fn of_times(metric: &Metric, ours: f64, peer: f64) -> String {
    let Metric { name, peer: against, .. } = metric;
    format!("metric={name} ours_ms={ours:.2} peer={against} peer_ms={peer:.2} {}", verdict(metric, ours / peer))
}

/// The line of a metric that is a number of bytes: in the same fields, so that whoever
/// reads the lines reads all of them alike.
#[allow(clippy::cast_precision_loss)]
pub fn of_bytes(metric: &Metric, ours: u64, peer: u64) -> String {
    let Metric { name, peer: against, .. } = metric;
    let ratio = ours as f64 / peer as f64;
    format!("metric={name} ours_ms={ours} peer={against} peer_ms={peer} {}", verdict(metric, ratio))
}

fn verdict(metric: &Metric, ratio: f64) -> String {
    format!("ratio={ratio:.3} target={} pass={}", metric.target, ratio <= metric.target)
}

fn of_memory(megabytes: f64) -> String {
    format!("{MEMORY}={megabytes:.1} target={MEMORY_TARGET} pass={}", megabytes <= MEMORY_TARGET)
}

/// `entries=N`, then `write MS … open MS … bytes N`.
fn of_growth(entries: &str, rest: &[&str]) -> Result<String> {
    let place = |word: &str| rest.iter().position(|other| *other == word).with_context(|| format!("no {word}"));
    let (write, open, bytes) = (place("write")?, place("open")?, place("bytes")?);
    ensure!(write < open && open < bytes, "the driver said growth in another order");
    let (write, open) = (median(&rest[write + 1..open])?, median(&rest[open + 1..bytes])?);
    let bytes: u64 = rest.get(bytes + 1).context("no number of bytes")?.parse()?;
    Ok(format!("growth {entries} open_ms={open:.1} write_ms={write:.1} bytes={bytes}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_metric_is_told_once_in_one_form() {
        let cases = [
            ("times metric=cold_open_county side=dexie 5000 4000 4500", None),
            (
                "times metric=cold_open_county side=ours 300 269.996 100",
                Some(
                    "metric=cold_open_county ours_ms=270.00 peer=dexie peer_ms=4500.00 ratio=0.060 target=0.06 pass=true",
                ),
            ),
            ("times metric=act_to_durable side=ours 2 4", None),
            (
                "times metric=act_to_durable side=indexeddb 2",
                Some(
                    "metric=act_to_durable ours_ms=3.00 peer=indexeddb peer_ms=2.00 ratio=1.500 target=1.3 pass=false",
                ),
            ),
            ("value name=memory_county_mb 187.26", Some("memory_county_mb=187.3 target=250 pass=true")),
            ("value name=memory_county_mb 250.06", Some("memory_county_mb=250.1 target=250 pass=false")),
            (
                "growth entries=10000 write 1 2 3 open 5 4 bytes 99",
                Some("growth entries=10000 open_ms=4.5 write_ms=2.0 bytes=99"),
            ),
        ];
        let mut report = Report::default();
        for (line, expected) in cases {
            let told = report.take(line).unwrap_or_else(|problem| panic!("{line}: {problem}"));
            assert_eq!(told.as_deref(), expected, "{line}");
        }
        for (name, told) in [("cold_open_county", true), (MEMORY, true), (GROWTH, true), ("aggregate_1m", false)] {
            assert_eq!(report.has(name), told, "{name}");
        }
    }

    #[test]
    fn bytes_have_the_same_form() {
        let metric = METRICS.iter().find(|metric| metric.name == START_BYTES).expect("the metric");
        let expected = "metric=start_bytes_brotli ours_ms=80 peer=react+dexie+sheetjs+uplot peer_ms=100 \
                        ratio=0.800 target=0.8 pass=true";
        assert_eq!(of_bytes(metric, 80, 100), expected);
        assert!(of_bytes(metric, 81, 100).ends_with("ratio=0.810 target=0.8 pass=false"));
    }

    #[test]
    fn what_the_driver_must_not_say_is_refused() {
        for line in [
            "",
            "hello",
            "times metric=unknown side=ours 1",
            "times metric=aggregate_1m side=ours",
            "times metric=aggregate_1m side=ours NaN",
            "times metric=aggregate_1m side=ours x",
            "value name=other 1",
            "growth entries=1 open 1 write 1 bytes 1",
            "growth entries=1 write 1 open bytes 1",
        ] {
            assert!(Report::default().take(line).is_err(), "{line}");
        }
    }
}
