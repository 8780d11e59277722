//! How a Chinese character is usually read, as it is typed: without the tone,
//! and with `v` for ü.
//!
//! `sound.bin` has two parts, in the order of the characters from U+4E00 to
//! U+9FFF: a byte for each, then a bit for each. The byte is the place in
//! `SOUNDS`, the bit adds 256 to it. `tests/native/sound.rs` makes the file from
//! the `pinyin` crate, and compares the two; the crate's own tables are four
//! times as large as all of this.

/// The first character of the table.
const FIRST: u32 = 0x4e00;
/// How many characters are in the table, all to U+9FFF.
const COUNT: usize = 0x5200;

static PLACES: &[u8; COUNT + COUNT / 8] = include_bytes!("sound.bin");

/// All sounds, the most frequent first; the empty one is that of characters
/// without a reading.
static SOUNDS: [&str; 411] = [
    "yi", "ji", "yu", "xi", "zhi", "li", "yan", "fu", "jian", "qi", "wei", "xian", "shi", "ju", "bi", "lu", "qian",
    "hui", "wu", "ying", "jie", "yin", "hu", "jiao", "zhu", "di", "xie", "chi", "e", "xu", "yao", "yuan", "pi", "shu",
    "jing", "qu", "you", "xiao", "bo", "gui", "zhen", "chan", "gu", "jin", "jue", "zi", "he", "yun", "lian", "shen",
    "cheng", "han", "chu", "dan", "mi", "xun", "jia", "shan", "ling", "si", "xuan", "ti", "mo", "yang", "huan", "ye",
    "fan", "hong", "lan", "liu", "qiu", "mei", "tuo", "xiang", "ya", "feng", "qiao", "wan", "ge", "fen", "kui", "lin",
    "lei", "qin", "zhan", "huang", "quan", "tan", "zhou", "fei", "ni", "tang", "yong", "ke", "wen", "", "ai", "ba",
    "chang", "du", "long", "su", "chen", "xia", "bao", "gan", "tu", "bian", "duo", "jiang", "jiu", "luo", "zhuo",
    "zong", "mao", "qiang", "ao", "huo", "sui", "bei", "dian", "guan", "tong", "zha", "zheng", "ci", "cong", "hao",
    "liao", "lv", "ren", "xing", "zhe", "zhong", "hua", "peng", "chou", "lao", "pu", "qing", "tian", "dong", "jun",
    "kuang", "an", "min", "nie", "meng", "biao", "er", "da", "dang", "dao", "guo", "sheng", "tao", "ting", "yue",
    "dai", "die", "ping", "rong", "ta", "xiu", "gao", "gou", "kun", "mu", "zhang", "bing", "juan", "man", "ru", "bu",
    "diao", "lai", "ze", "ban", "cui", "mian", "sha", "tiao", "gong", "ma", "xin", "bin", "cha", "lang", "lou", "she",
    "wo", "zhao", "chun", "ding", "liang", "pan", "xue", "song", "tai", "can", "lie", "suo", "zhuan", "gai", "wang",
    "zan", "dou", "fang", "po", "dun", "nao", "chao", "kai", "la", "sou", "cuo", "hun", "zao", "fa", "gang", "mang",
    "nian", "shao", "bang", "hou", "lun", "pei", "qiong", "chong", "dui", "geng", "gua", "kan", "luan", "ning", "wa",
    "ku", "qie", "que", "se", "shang", "chuan", "ming", "ou", "zhui", "zuo", "guang", "jiong", "beng", "na", "pian",
    "piao", "zui", "cu", "kang", "pao", "san", "zu", "bai", "ce", "che", "tui", "chuang", "chuo", "deng", "duan",
    "mai", "miao", "nan", "nong", "pang", "pin", "shou", "tun", "za", "zou", "cai", "kuai", "rou", "ben", "hai", "kou",
    "nai", "nuo", "sa", "xiong", "zai", "zhuang", "cao", "rui", "teng", "tuan", "kuo", "le", "ran", "sao", "shuang",
    "sun", "cang", "gun", "heng", "men", "mie", "rang", "tou", "weng", "zang", "shuo", "chai", "chui", "cuan", "mou",
    "zeng", "zun", "bie", "hang", "huai", "pai", "ruo", "tie", "zhai", "kao", "keng", "nang", "pa", "qia", "ruan",
    "sai", "cun", "ken", "kong", "rao", "shui", "ga", "leng", "niu", "zhun", "de", "niao", "nu", "pou", "kua", "kuan",
    "sang", "guai", "ka", "nei", "zuan", "fou", "pen", "qun", "shai", "ang", "ceng", "gen", "lve", "nou", "nv", "pie",
    "shun", "suan", "te", "hen", "run", "zei", "ca", "chuai", "shuai", "wai", "en", "me", "ne", "niang", "nuan",
    "reng", "ri", "shuan", "a", "cen", "cou", "zen", "zhua", "diu", "ha", "hei", "nin", "nve", "sen", "shua", "fo",
    "nen", "o", "re", "yo", "chua", "den", "ei", "gei", "lia", "miu", "seng", "zhuai", "eng", "fiao", "hm", "lo", "m",
    "n", "neng", "nun", "rua",
];

/// Characters outside the table that are in the 《通用规范汉字表》 of 2013, and 〇.
static FURTHER: &str = "\
    〇ling 㑇zhou 㑊yi 㕮fu 㘎han 㙍duo 㙘yao 㙦xie 㛃jie 㛚tong 㛹pian 㟃si 㠇jiu 㠓meng 㤘zhou \
    㥄ling 㧐song 㧑hui 㧟kuai 㫰lang 㬊huan 㬎xian 㬚che 㭎gang 㭕qu 㮾lang 㰀li 㳇fu 㳘chong 㳚xu \
    㴔yi 㵐jue 㶲yong 㸆kao 㸌huo 㺄yu 㻬tu 㽏gan 㿠huang 䁖lou 䂮lve 䃅di 䃎zha 䅟can 䌹jiong 䎃ran \
    䎖zeng 䏝zhuan 䏡shi 䏲die 䐃jun 䓖qiong 䓛qu 䓨ying 䓫qi 䓬zhuo 䗖di 䗛xiu 䗪zhe 䗴ting 䜣xin \
    䝙chu 䢺chu 䢼gong 䣘tang 䥽po 䦃zhuo 䲟yin 䲠chun 䲢teng 䴓shi 䴔jiao 䴕lie 䴖jing 䴗ju 䴘ti \
    䴙pi 䶮yan 𠅤xi 𠙶ou 𠳐bang 𡎚pian 𡐓kang 𣗋dang 𣲗wei 𣲘wu 𣸣fen 𤧛di 𤩽huan 𤫉xie 𥔲e 𥕢cao \
    𥖨zao 𥻗cha 𦈡xu 𦒍tong 𦙶gu 𦝼lv 𦭜zhi 𦰡na 𧿹mu 𨐈guang 𨙸qi 𨚕bian 𨟠quan 𨭉ban 𨱇qiu 𨱏da \
    𨱑huang 𨱔zun 𨺙ni 𩽾an 𩾃mian 𩾌kang 𪟝ji 𪣻lou 𪤗liao 𪨰qu 𪨶she 𪩘yan 𪾢xian 𫄧yan 𫄨chi 𫄷yi \
    𫄸xun 𫇭wei 𫌀ji 𫍣tong 𫍯xian 𫍲xiao 𫍽xuan 𫐄yue 𫐐ni 𫐓bu 𫑡meng 𫓧fu 𫓯ji 𫓶xuan 𫓹ji 𫔍fan \
    𫔎jue 𫔶nie 𫖮yi 𫖯fu 𫖳yun 𫗧su 𫗴zhan 𫘜wen 𫘝jue 𫘦tao 𫘧lu 𫘨ti 𫘪yuan 𫘬xi 𫚕shi 𫚖ci 𫚭lie \
    𫛭kuang 𫞩men 𫟅liang 𫟦sui 𫟹hong 𫟼da 𫠆kui 𫠊xuan 𫠜ni 𫢸dan 𫫇e 𫭟ou 𫭢lun 𫭼lao 𫮃shan \
    𫰛xing 𫵷li 𫶇die 𫷷xin 𫸩kou 𬀩wei 𬀪xian 𬂩jia 𬃊zhi 𬇕wan 𬇙pei 𬇹guo 𬉼ou 𬊈xun 𬊤chan 𬌗he \
    𬍛li 𬍡dang 𬍤xun 𬒈que 𬒔geng 𬒗lan 𬕂gong 𬘓xun 𬘘dan 𬘡yin 𬘩ting 𬘫huan 𬘬qian 𬘭lin 𬘯zhun \
    𬙂yan 𬙊mo 𬙋xiang 𬜬man 𬜯liang 𬞟pin 𬟁yi 𬟽dong 𬣙xu 𬣞zhu 𬣡jian 𬣳hen 𬤇yin 𬤊shi 𬤝hui \
    𬨂qi 𬨎you 𬩽xun 𬪩nong 𬬩yi 𬬭lun 𬬮chang 𬬱jin 𬬸shu 𬬹shen 𬬻lu 𬬿zhao 𬭁mu 𬭊du 𬭎hong \
    𬭚chun 𬭛bo 𬭤hou 𬭩weng 𬭬wei 𬭯pie 𬭳xi 𬭶hei 𬭸lin 𬭼sui 𬮱yin 𬮿qi 𬯀ji 𬯎tui 𬱖di 𬱟wei 𬳵pi \
    𬳶jiong 𬳽shen 𬳿tu 𬴂fei 𬴃huo 𬴊lin 𬶋ju 𬶍tuo 𬶏wei 𬶐zhao 𬶟la 𬶠lian 𬶨ji 𬶭ji 𬶮xi 𬷕bu \
    𬸘yan 𬸚yue 𬸣xian 𬸦zhuo 𬸪fan 𬹼xie 𬺈yi 𬺓chu";

/// The usual sound of a character; empty when it has none.
pub fn sound(char: char) -> &'static str {
    let place = u32::from(char).checked_sub(FIRST).and_then(|place| usize::try_from(place).ok());
    match place.filter(|place| *place < COUNT) {
        Some(place) => {
            let (low, high) = (PLACES[place], PLACES[COUNT + place / 8] >> (place % 8) & 1);
            SOUNDS.get(usize::from(low) + 256 * usize::from(high)).copied().unwrap_or_default()
        }
        None => FURTHER.split(' ').find_map(|word| word.strip_prefix(char)).unwrap_or_default(),
    }
}
