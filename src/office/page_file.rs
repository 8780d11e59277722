//! A report of headed tables as one HTML file, which every browser opens and
//! prints without this program. It loads nothing.

use crate::report::person_file::{PersonFile, Section};

const STYLE: &str = "body{font:16px/1.6 'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',sans-serif;\
margin:2em auto;max-width:60em;padding:0 1em;color:#222}table{border-collapse:collapse;width:100%}\
th,td{border:1px solid #999;padding:4px 8px;text-align:left;vertical-align:top;overflow-wrap:anywhere}\
th{background:#eee}h1{font-size:24px}h2{font-size:18px;margin-top:1.5em}";

/// The file.
pub fn html(file: &PersonFile) -> String {
    let title = escaped(&file.title);
    let sections: String = file.sections.iter().map(section).collect();
    format!(
        "<!doctype html>\n<html lang=\"zh-CN\">\n<head><meta charset=\"utf-8\"><title>{title}</title>\
         <style>{STYLE}</style></head>\n<body>\n<h1>{title}</h1>\n<p>{}</p>\n{sections}</body>\n</html>\n",
        escaped(&file.remark)
    )
}

fn section(section: &Section) -> String {
    let title = escaped(section.title);
    if section.rows.is_empty() {
        return format!("<h2>{title}</h2>\n<p>没有。</p>\n");
    }
    let cells = |tag: &str, cells: &[&str]| {
        let cells: Vec<String> = cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", escaped(cell))).collect();
        cells.concat()
    };
    let rows = section.rows.iter().map(|row| {
        let row: Vec<&str> = row.iter().map(String::as_str).collect();
        format!("<tr>{}</tr>\n", cells("td", &row))
    });
    let rows: String = rows.collect();
    format!("<h2>{title}</h2>\n<table>\n<tr>{}</tr>\n{rows}</table>\n", cells("th", section.heads))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
