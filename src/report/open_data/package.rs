//! `datapackage.json`: what the tables are, in the words of the Frictionless
//! Data Package standard (version 1), so that engines load them by themselves.

use super::csv_text::time;
use super::json::Json;
use super::{Facts, Field, Kind, Link, TABLES, Table};
use crate::domain::calendar::{Moment, iso_date};

/// What every column of words says about itself.
const GUARD: &str = "以 = + - @ 或制表符开头的文字(含全角),前面加了一个半角撇号 ',免得表格软件当成公式;使用前请去掉。";

impl Kind {
    /// The name of the type in a Frictionless schema.
    const fn word(self) -> &'static str {
        match self {
            Self::Id | Self::Text => "string",
            Self::Integer => "integer",
            Self::Flag => "boolean",
            Self::Day => "date",
            Self::Time => "datetime",
        }
    }
}

/// The description of all tables; `sizes` are the bytes of their files.
pub(super) fn package(facts: &Facts<'_>, now: Moment, sizes: &[usize]) -> String {
    let village = facts.profile.map_or("本村", |profile| profile.name.as_str());
    let resources = TABLES.iter().zip(sizes).map(|(table, size)| resource(table, *size));
    Json::Record(vec![
        ("profile", "tabular-data-package".into()),
        ("name", "cunzhi-open-data".into()),
        ("title", Json::Text(format!("{village}开放数据"))),
        (
            "description",
            Json::Text(format!(
                "{village}截至 {} 的积分、兑换和事项数据。没有姓名、证件号、电话、住址和登记的文字:\
                 人和户只有编号,编号在这些表里可以互相对应。",
                iso_date(now.date())
            )),
        ),
        ("version", "1.0.0".into()),
        ("created", Json::Text(format!("{}+08:00", time(now)))),
        ("resources", Json::List(resources.collect())),
    ])
    .render()
}

fn resource(table: &Table, size: usize) -> Json {
    let mut schema = vec![
        ("fields", Json::List(table.fields.iter().map(column).collect())),
        ("missingValues", Json::texts(&[""])),
        ("primaryKey", Json::texts(table.key)),
    ];
    if !table.links.is_empty() {
        schema.push(("foreignKeys", Json::List(table.links.iter().map(|link| foreign_key(table, link)).collect())));
    }
    Json::Record(vec![
        ("profile", "tabular-data-resource".into()),
        ("name", table.name.into()),
        ("path", Json::Text(format!("{}.csv", table.name))),
        ("title", table.title.into()),
        ("description", table.about.into()),
        ("format", "csv".into()),
        ("mediatype", "text/csv".into()),
        ("encoding", "utf-8".into()),
        ("bytes", Json::Number(size)),
        ("schema", Json::Record(schema)),
    ])
}

fn column(field: &Field) -> Json {
    let about = if field.kind == Kind::Text { format!("{}。{GUARD}", field.about) } else { field.about.to_owned() };
    let mut column =
        vec![("name", field.name.into()), ("type", field.kind.word().into()), ("description", Json::Text(about))];
    if field.kind == Kind::Time {
        column.push(("format", "%Y-%m-%dT%H:%M:%S".into()));
    }
    if field.kind == Kind::Flag {
        column.push(("trueValues", Json::texts(&["true"])));
        column.push(("falseValues", Json::texts(&["false"])));
    }
    if !field.may_be_empty {
        column.push(("constraints", Json::Record(vec![("required", Json::Flag(true))])));
    }
    Json::Record(column)
}

fn foreign_key(table: &Table, link: &Link) -> Json {
    // A table that names itself does so by an empty name.
    let resource = if link.table == table.name { "" } else { link.table };
    let reference = vec![("resource", resource.into()), ("fields", Json::texts(link.to))];
    Json::Record(vec![("fields", Json::texts(link.from)), ("reference", Json::Record(reference))])
}
