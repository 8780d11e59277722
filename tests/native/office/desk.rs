//! The desk of the office worker: archives, passphrases, and messages.

use std::io::{Cursor, Read};

use cunzhi::office::archive::ZipError;
use cunzhi::office::desk::{Answer, serve};
use cunzhi::office::message::{Refusal, Reply, Request, ZipPart, pack, unpack};
use cunzhi::office::passphrase::Passphrase;
use cunzhi::office::seal::SealError;
use cunzhi::office::table::{Progress, ReadChoice, ReadError};

/// What the desk answers, and the signs of progress that it gave.
fn served(request: &Request, body: &[u8]) -> (Result<Answer, Refusal>, Vec<Progress>) {
    let mut seen = Vec::new();
    // As it travels: packed by the page, unpacked by the worker.
    let request = unpack(&pack(request).expect("a message")).expect("the same message");
    (serve(&request, body, &mut |progress| seen.push(progress)), seen)
}

fn parts(names: &[(&str, u64)]) -> Request {
    Request::Zip(names.iter().map(|(name, length)| ZipPart { name: (*name).to_owned(), length: *length }).collect())
}

fn bytes(answer: Result<Answer, Refusal>) -> Vec<u8> {
    match answer {
        Ok(Answer::Bytes(bytes)) => bytes,
        other => panic!("no file: {other:?}"),
    }
}

#[test]
fn files_are_packed_under_their_names() {
    let long = "序号,户号\r\n".repeat(5_000);
    let body = ["甲".as_bytes(), b"", long.as_bytes()].concat();
    let request = parts(&[("数据/柳湾村.csv", 3), ("empty", 0), ("long.csv", long.len() as u64)]);
    let (answer, seen) = served(&request, &body);
    let packed = bytes(answer);
    assert!(packed.len() < body.len() / 10, "{} of {} bytes: it is deflated", packed.len(), body.len());
    assert_eq!(packed, bytes(served(&request, &body).0), "the same files give the same bytes");
    let mut archive = zip::ZipArchive::new(Cursor::new(packed)).expect("an archive");
    let mut found = Vec::new();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).expect("a file");
        let mut text = String::new();
        file.read_to_string(&mut text).expect("text");
        found.push((file.name().expect("a name in UTF-8").into_owned(), text));
    }
    let expected = [("数据/柳湾村.csv", "甲"), ("empty", ""), ("long.csv", long.as_str())];
    assert_eq!(found, expected.map(|(name, text)| (name.to_owned(), text.to_owned())));
    assert_eq!(seen.iter().map(|progress| progress.done).collect::<Vec<_>>(), [0, 3, 3]);
}

#[test]
fn parts_that_do_not_fit_the_body_are_refused() {
    for (names, body) in [(&[("a", 2)][..], &b"x"[..]), (&[("a", 1)], b"xy"), (&[("a", u64::MAX)], b""), (&[], b"x")] {
        assert_eq!(served(&parts(names), body).0, Err(Refusal::Zip(ZipError::Lengths)), "{names:?}");
    }
    let twice = served(&parts(&[("a", 1), ("a", 1)]), b"xy").0;
    assert!(matches!(twice, Err(Refusal::Zip(ZipError::Failed(_)))), "{twice:?}");
}

#[test]
fn a_sealed_body_comes_back() {
    let passphrase = |words| Passphrase::typed(words);
    let body: Vec<u8> = (0..3_000_000_u32).map(|n| n.to_le_bytes()[0]).collect();
    let (answer, seen) = served(&Request::Seal(passphrase("老槐树 2026")), &body);
    assert_eq!(seen.last(), Some(&Progress { done: 3_000_000, total: 3_000_000 }));
    let sealed = bytes(answer);
    assert!(sealed.starts_with(b"age-encryption.org/v1\n-> scrypt "));
    assert_eq!(bytes(served(&Request::Unseal(passphrase("老槐树 2026")), &sealed).0), body);
    let wrong = served(&Request::Unseal(passphrase("老槐树 2027")), &sealed).0;
    assert_eq!(wrong, Err(Refusal::Seal(SealError::WrongPassphrase)));
    let (empty, _) = served(&Request::Seal(passphrase("x")), &[]);
    assert_eq!(bytes(served(&Request::Unseal(passphrase("x")), &bytes(empty)).0), b"");
}

#[test]
fn tables_are_read_as_before() {
    let request = Request::ReadTables { name: "花名册.csv".to_owned(), choice: ReadChoice::default() };
    let (answer, _) = served(&request, "户号,姓名\n1-001,王海林\n".as_bytes());
    let Ok(Answer::Tables(tables)) = answer else { panic!("no tables: {answer:?}") };
    assert_eq!((tables.len(), tables[0].cell(1, 1)), (1, "王海林"));
    assert_eq!(served(&request, b"").0, Err(Refusal::Read(ReadError::Empty)));
    for reply in [
        Reply::Progress(Progress { done: 1, total: 2 }),
        Reply::Tables(tables),
        Reply::Bytes,
        Reply::Refused(Refusal::Read(ReadError::Empty)),
    ] {
        assert_eq!(unpack::<Reply>(&pack(&reply).expect("a message")), Ok(reply));
    }
    assert!(unpack::<Reply>(b"\xFF").is_err());
}

#[test]
fn a_new_passphrase_is_long_enough_and_typed_twice() {
    for (first, second, expected) in [
        ("", "", "还没有输入口令。请输入口令,或者选「不加密」。"),
        ("1234567", "1234567", "口令只有 7 个字,至少要 8 个字。可以用一句自己记得住的话。"),
        ("老槐树", "", "口令只有 3 个字,至少要 8 个字。可以用一句自己记得住的话。"),
        ("村东头第三棵槐树", "村东头第三棵柳树", "两次输入的口令不一样。请点「显示口令」看一看,再改一次。"),
    ] {
        let refused = Passphrase::parse(first, second).map_err(|problem| problem.to_string());
        assert_eq!(refused, Err(expected.to_owned()), "{first:?}");
    }
    let taken = Passphrase::parse("村东头第三棵槐树", "村东头第三棵槐树");
    assert_eq!(taken, Ok(Passphrase::typed("村东头第三棵槐树")));
    assert_eq!(format!("{taken:?}"), "Ok(Passphrase(…))", "it is in no log");
}
