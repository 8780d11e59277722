//! A report of headed tables as one HTML file, which every browser opens and
//! prints without this program. It loads nothing.

use crate::report::person_file::{PersonFile, Section};

const STYLE: &str = "body{font:16px/1.6 'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',sans-serif;\
margin:2em auto;max-width:60em;padding:0 1em;color:#222}table{border-collapse:collapse;width:100%}\
th,td{border:1px solid #999;padding:4px 8px;text-align:left;vertical-align:top;overflow-wrap:anywhere}\
th{background:#eee}th:first-child{width:9em}h1{font-size:24px}h2{font-size:18px;margin-top:1.5em}img{max-width:100%}";

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

/// The file with these JPEG pictures at its end.
pub fn with_pictures(html: &str, title: &str, pictures: &[Vec<u8>]) -> String {
    if pictures.is_empty() {
        return html.to_owned();
    }
    let mut end = format!("<h2>{}</h2>\n", escaped(title));
    for picture in pictures {
        end.push_str("<p><img src=\"data:image/jpeg;base64,");
        end.push_str(&base64(picture));
        end.push_str("\" alt=\"\"></p>\n");
    }
    html.replacen("</body>", &format!("{end}</body>"), 1)
}

/// RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        for place in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * place)) as usize % 64];
            text.push(if place > group.len() { '=' } else { char::from(sign) });
        }
    }
    text
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
