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
    assert_eq!(twice, Err(Refusal::Zip(ZipError::Twice("a".to_owned()))));
    let many: Vec<String> = (0..65_536).map(|n| n.to_string()).collect();
    let many: Vec<(&str, u64)> = many.iter().map(|name| (name.as_str(), 0)).collect();
    assert_eq!(served(&parts(&many), b"").0, Err(Refusal::Zip(ZipError::TooMuch)));
    assert_eq!(bytes(served(&parts(&[]), b"").0).len(), 22, "an empty archive is its end alone");
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

/// What another implementation makes of it: the `age` crate.
fn opened_by_age(sealed: &[u8], words: &str) -> Vec<u8> {
    let identity = age::scrypt::Identity::new(age::secrecy::SecretString::from(words.to_owned()));
    age::decrypt(&identity, sealed).expect("age opens it")
}

fn sealed_by_age(body: &[u8], words: &str) -> Vec<u8> {
    let mut recipient = age::scrypt::Recipient::new(age::secrecy::SecretString::from(words.to_owned()));
    recipient.set_work_factor(10);
    age::encrypt(&recipient, body).expect("age seals it")
}

#[test]
fn another_age_program_reads_and_writes_the_same() {
    let words = "村东头第三棵老槐树 ①";
    let passphrase = Passphrase::typed(words);
    // Around the borders of a chunk, whose last one may be full but not empty.
    for length in [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000_usize] {
        let body: Vec<u8> = (0..length).map(|n| (n % 251).to_le_bytes()[0]).collect();
        let ours = bytes(served(&Request::Seal(passphrase.clone()), &body).0);
        assert!(opened_by_age(&ours, words) == body, "{length} bytes, sealed here");
        let theirs = sealed_by_age(&body, words);
        assert!(bytes(served(&Request::Unseal(passphrase.clone()), &theirs).0) == body, "{length} bytes, sealed there");
        assert_eq!(ours.len(), theirs.len(), "two digits of the work factor each");
    }
}

#[test]
fn chunks_cannot_be_taken_away_or_exchanged() {
    let passphrase = Passphrase::typed("老槐树 2026");
    let body: Vec<u8> = (0..150_000_u32).map(|n| (n / 600).to_le_bytes()[0]).collect();
    let sealed = bytes(served(&Request::Seal(passphrase.clone()), &body).0);
    let chunk = 65_536 + 16;
    let start = sealed.len() - (2 * chunk + 150_000 - 2 * 65_536 + 16);
    let (head, payload) = sealed.split_at(start);
    for (what, payload) in [
        ("the last chunk is gone", payload[..2 * chunk].to_vec()),
        ("the first chunk is gone", payload[chunk..].to_vec()),
        ("two chunks are exchanged", [&payload[chunk..2 * chunk], &payload[..chunk], &payload[2 * chunk..]].concat()),
        ("everything is gone", Vec::new()),
    ] {
        let altered = [head, &payload].concat();
        let answer = served(&Request::Unseal(passphrase.clone()), &altered).0;
        assert_eq!(answer, Err(Refusal::Seal(SealError::Damaged)), "{what}");
    }
    assert_eq!(bytes(served(&Request::Unseal(passphrase), &[head, payload].concat()).0), body);
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
