//! Evidence photos: what they hang on, when they count as evidence, and why one
//! is refused. Their way through stores and files is in `keeping`.

mod incoming;
mod keeping;

use cunzhi::app::photos::digest;
use cunzhi::domain::command::{Command, NewClaims, NewGoods, Verdict};
use cunzhi::domain::event::Event;
use cunzhi::domain::id::{ActivityId, ClaimId, EntryId, PhotoId};
use cunzhi::domain::photo::{NewPhoto, PHOTO_BYTES_MAX, PHOTOS_MAX, PhotoAct, PhotoHost, PhotoRefusal};
use cunzhi::domain::points::adoption::{NewItem, NewRuleBook};
use cunzhi::domain::points::ledger::Account;
use cunzhi::domain::refusal::Refusal;
use cunzhi::domain::roster::MemberType;

use super::support::{TODAY, Town, sentence};

/// A picture of 4 × 3 pixels, as far as anybody here looks at it.
pub fn picture(seed: u8) -> Vec<u8> {
    let frame = [0xFF, 0xC0, 0, 11, 8, 0, 3, 0, 4, 1, 1, 0x11, 0];
    let scan = [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0];
    let data = [seed, 0xFF, 0x00, seed, 0xFF, 0xD0, 1];
    [&[0xFF, 0xD8][..], &frame, &scan, &data, &[0xFF, 0xD9]].concat()
}

pub fn photo(seed: u8) -> NewPhoto {
    let jpeg = picture(seed);
    NewPhoto { digest: digest(&jpeg), jpeg, width: 4, height: 3 }
}

pub fn with(act: Command, photos: Vec<NewPhoto>) -> Command {
    Command::Photo(PhotoAct::With { act: Box::new(act), photos })
}

pub fn add(to: PhotoHost, photos: Vec<NewPhoto>) -> Command {
    Command::Photo(PhotoAct::Add { to, photos })
}

pub fn remove(photo: PhotoId, reason: &str) -> Command {
    Command::Photo(PhotoAct::Remove { photo, reason: reason.to_owned() })
}

fn approve(claims: &[ClaimId]) -> Command {
    let verdict = Verdict::Approve { points_each: Vec::new() };
    Command::DecideClaims { claims: claims.to_vec(), verdict, by: None }
}

impl Town {
    /// A claim of 无偿献血, without words.
    fn claim(&self, accounts: &[Account]) -> Command {
        let lines = accounts.iter().map(|account| (*account, 1)).collect();
        let item = self.item("无偿献血");
        Command::FileClaims(NewClaims { item, date: TODAY, note: String::new(), lines, by: None })
    }

    /// From today on 无偿献血 needs evidence.
    fn demand_evidence(&mut self) {
        let now = self.village.rules.in_force(TODAY).expect("a rule book");
        let mut items: Vec<NewItem> = now.items.iter().map(NewItem::from).collect();
        for item in items.iter_mut().filter(|item| item.name == "无偿献血") {
            item.conditions.needs_evidence = true;
        }
        let decision = "通过".to_owned();
        let category_caps = now.category_caps.clone();
        let (effective, adopted, attendance) = (TODAY, TODAY, 52);
        let new = NewRuleBook { effective, adopted, attendance, decision, items, category_caps };
        self.must(TODAY, Command::AdoptRules(new));
    }
}

/// What was filed, and which photos came along.
fn came(events: &[Event]) -> (Vec<ClaimId>, Vec<PhotoId>) {
    let claims = events.iter().filter_map(|event| match event {
        Event::ClaimFiled(filed) => Some(filed.id),
        _ => None,
    });
    let photos = events.iter().filter_map(|event| match event {
        Event::PhotoAdded(added) => Some(added.id),
        _ => None,
    });
    (claims.collect(), photos.collect())
}

#[test]
fn claims_that_were_filed_together_share_their_photos_up_to_the_entry() {
    let mut town = Town::small();
    let [a, b] = ["1-001", "1-002"].map(|number| town.household(number));
    let filed = town.must(TODAY, with(town.claim(&[a, b]), vec![photo(1), photo(2)]));
    let (claims, photos) = came(&filed.events);
    assert_eq!((claims.len(), photos.len(), filed.photos.len()), (2, 2, 2));
    for claim in &claims {
        let found: Vec<_> = town.village.photos_of_claim(*claim).map(|photo| photo.added.id).collect();
        assert_eq!(found, photos);
    }
    town.must(TODAY, approve(&claims));
    let entry = town.village.entries.of(b).next().expect("the entry").id;
    assert_eq!(town.village.photos_of_entry(entry).len(), 2, "what the reviewer saw stays with the entry");
    town.must(TODAY, add(PhotoHost::Entry(entry), vec![photo(3)]));
    let of = |account| {
        let entry = town.village.entries.of(account).next().expect("the entry").id;
        town.village.photos_of_entry(entry).len()
    };
    assert_eq!([a, b].map(of), [2, 3], "what is added to one entry is not of the other");
    assert_eq!(town.village.photos.bytes(), 3 * picture(1).len() as u64);
}

#[test]
fn photos_of_an_activity_prove_each_of_its_entries() {
    let mut town = Town::small();
    let accounts = ["1-001", "1-002"].map(|number| town.household(number));
    let activity = town.activity_of(TODAY, "环境整治", accounts.map(|account| (account, 1)).to_vec());
    town.must(TODAY, with(activity, vec![photo(1)]));
    for account in accounts {
        let entry = town.village.entries.of(account).next().expect("the entry").id;
        assert_eq!(town.village.photos_of_entry(entry).len(), 1);
    }
}

#[test]
fn words_or_a_photo_are_evidence() {
    let mut town = Town::small();
    town.demand_evidence();
    let [a, b] = ["1-001", "1-002"].map(|number| town.household(number));
    let wanted = "「无偿献血」要有凭据。请附一张照片,或在事由里写明凭据,如「见登记簿 3 页」。";
    assert_eq!(sentence(town.tell(TODAY, town.claim(&[a]))), wanted);
    assert_eq!(sentence(town.tell(TODAY, with(town.claim(&[a]), vec![]))), wanted, "no photo is none");
    let filed = town.must(TODAY, with(town.claim(&[a]), vec![photo(1)]));
    let (claims, photos) = came(&filed.events);
    let last = Refusal::Photo(PhotoRefusal::LastEvidence);
    assert_eq!(town.tell(TODAY, remove(photos[0], "拍错了")), Err(last));
    town.must(TODAY, add(PhotoHost::Claim(claims[0]), vec![photo(2)]));
    town.must(TODAY, remove(photos[0], "拍错了"));
    town.must(TODAY, approve(&claims));
    assert_eq!(town.village.balance(a), 10);
    let act = town.activity(TODAY, "无偿献血", b, 1);
    assert_eq!(sentence(town.tell(TODAY, act.clone())), wanted);
    town.must(TODAY, with(act, vec![photo(3)]));
    assert_eq!(town.village.balance(b), 10);
}

#[test]
fn each_refusal_has_its_sentence() {
    let mut town = Town::small();
    let a = town.household("1-001");
    let filed = town.must(TODAY, with(town.claim(&[a]), vec![photo(1)]));
    let (claims, photos) = came(&filed.events);
    let (claim, gone) = (PhotoHost::Claim(claims[0]), photos[0]);
    town.must(TODAY, remove(gone, "拍到了别人"));
    let many = |count: usize| vec![photo(9); count];
    let big = NewPhoto { jpeg: vec![0; PHOTO_BYTES_MAX as usize + 1], ..photo(1) };
    let goods = NewGoods { name: "盐".to_owned(), unit: "袋".to_owned(), price_points: 2, ..NewGoods::default() };
    let unknown = PhotoHost::Activity(ActivityId::from_raw(1));
    let member = town.member(MemberType::Linked);
    let start = PhotoHost::Entry(town.village.entries.of(member).next().expect("起始分").id);
    for (command, expected) in [
        (with(Command::AddGoods(goods), many(1)), "这件事不带照片。请先去掉照片再登记。"),
        (add(unknown, many(1)), "找不到照片要附的那一条,请刷新后再试。"),
        (add(PhotoHost::Entry(EntryId::from_raw(1)), many(1)), "找不到照片要附的那一条,请刷新后再试。"),
        (add(claim, many(0)), "请填写照片。"),
        (add(claim, many(PHOTOS_MAX + 1)), "一次最多附 6 张照片,现在是 7 张。请去掉几张,留最能说明问题的。"),
        (add(claim, vec![big]), "有一张照片没有压到 200 KB 以下,没有保存。请去掉它再试。"),
        (add(start, many(1)), "照片是活动的凭据。起始分、冲正、清零、过期和结转不附照片。"),
        (remove(PhotoId::from_raw(1), "x"), "找不到这张照片,请刷新后再试。"),
        (remove(gone, "x"), "这张照片已经删除过了。"),
    ] {
        assert_eq!(sentence(town.tell(TODAY, command)), expected);
    }
    town.must(TODAY, add(claim, many(PHOTOS_MAX)));
    let one_more = "一次最多附 6 张照片,现在是 7 张。请去掉几张,留最能说明问题的。";
    assert_eq!(sentence(town.tell(TODAY, add(claim, many(1)))), one_more, "those that hang there count");
    let last = town.village.photos_of_claim(claims[0]).last().expect("a photo").added.id;
    assert_eq!(sentence(town.tell(TODAY, remove(last, " "))), "请填写删除照片的原因。");
    town.must(TODAY, approve(&claims));
    let decided = "这条申报已经审过,不能再补照片。请在存折里补到那一笔积分上。";
    assert_eq!(sentence(town.tell(TODAY, add(claim, many(1)))), decided);
    let full = PhotoRefusal::Full { used: 209_000_000, limit: 209_715_200 };
    assert_eq!(full.to_string(), "全村的照片已经占了 199 MB,最多 200 MB。请先删掉不再需要的旧照片。");
}

#[test]
fn the_village_takes_only_so_many() {
    let mut town = Town::small();
    let a = town.household("1-001");
    let filed = town.must(TODAY, town.claim(&[a]));
    let (claims, _) = came(&filed.events);
    let large = NewPhoto { jpeg: vec![0; PHOTO_BYTES_MAX as usize], ..photo(1) };
    let most = usize::try_from(cunzhi::domain::photo::PHOTOS_BYTES_MAX).expect("a length") / large.jpeg.len();
    for raw in 0..most as u64 {
        let (id, bytes) = (PhotoId::from_raw(9 << 32 | raw), PHOTO_BYTES_MAX);
        let added =
            cunzhi::domain::photo::PhotoAdded { id, to: Vec::new(), digest: large.digest, bytes, width: 4, height: 3 };
        town.village.apply(cunzhi::domain::calendar::Moment(0), &Event::PhotoAdded(added)).expect("a new photo");
    }
    let refused = town.tell(TODAY, add(PhotoHost::Claim(claims[0]), vec![large]));
    assert!(matches!(refused, Err(Refusal::Photo(PhotoRefusal::Full { .. }))), "{refused:?}");
}
