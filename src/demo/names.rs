//! Invented names of people: common family names with common given names.
//! Any likeness is chance.

use std::collections::HashSet;

use super::random::Random;
use crate::domain::roster::Sex;

/// Family names, the frequent ones more than once.
const FAMILY: &[char] = &[
    '王', '王', '王', '李', '李', '李', '张', '张', '张', '刘', '刘', '刘', '陈', '陈', '杨', '杨', '赵', '赵', '黄',
    '黄', '周', '周', '吴', '吴', '徐', '孙', '马', '朱', '胡', '郭', '何', '林', '高', '罗', '郑', '梁', '谢', '宋',
    '唐', '许', '韩', '冯', '邓', '曹', '彭', '曾', '肖', '田', '董', '潘', '袁', '蔡', '蒋', '余', '于', '杜', '叶',
    '程', '魏', '苏',
];

const MALE: &[char] = &[
    '军', '勇', '伟', '强', '磊', '涛', '明', '超', '刚', '平', '辉', '鹏', '杰', '斌', '波', '建', '国', '志', '文',
    '德', '福', '贵', '海', '龙', '春', '生', '永', '光', '荣', '成', '金', '林', '树', '山', '云', '庆', '宏', '亮',
    '祥', '安',
];

const FEMALE: &[char] = &[
    '芳', '敏', '静', '丽', '艳', '娟', '秀', '英', '霞', '桂', '兰', '玉', '梅', '红', '燕', '玲', '萍', '凤', '洁',
    '琴', '云', '莲', '珍', '雪', '荣', '爱', '香', '月', '莺', '彩', '翠', '慧', '婷', '巧', '素', '淑', '华', '惠',
    '春', '菊',
];

/// Family names, and given-name characters, by the letter that is typed for
/// them in a search. Three known heads share the initials W-H-L, and nobody
/// else may.
const TYPED_W: &[char] = &['王', '吴', '魏'];
const TYPED_H: &[char] = &['辉', '海', '宏', '红', '慧', '华', '惠'];
const TYPED_L: &[char] = &['磊', '龙', '林', '亮', '丽', '兰', '玲', '莲'];

/// Gives out names; a head's name is given only once.
#[derive(Debug, Default)]
pub(super) struct Names {
    heads: HashSet<String>,
}

impl Names {
    /// The name of a head of household: its own, and not to be confused with
    /// the three known ones when typed by initials.
    pub fn head(&mut self, random: &mut Random, sex: Sex) -> String {
        let mut name = any(random, sex);
        // There are tens of thousands of names for a few hundred heads.
        while is_typed_whl(&name) || self.heads.contains(&name) {
            name = any(random, sex);
        }
        self.heads.insert(name.clone());
        name
    }
}

/// A name with any family name.
pub(super) fn any(random: &mut Random, sex: Sex) -> String {
    let family = *random.pick(FAMILY);
    given(random, family, sex)
}

/// A name with this family name.
pub(super) fn given(random: &mut Random, family: char, sex: Sex) -> String {
    let pool = match sex {
        Sex::Male => MALE,
        Sex::Female => FEMALE,
    };
    let first = *random.pick(pool);
    let mut name = format!("{family}{first}");
    if random.chance(88) {
        let mut second = *random.pick(pool);
        while second == first {
            second = *random.pick(pool);
        }
        name.push(second);
    }
    name
}

/// The family name of a name.
pub(super) fn family(name: &str) -> char {
    name.chars().next().unwrap_or('王')
}

fn is_typed_whl(name: &str) -> bool {
    let mut letters = name.chars();
    let mut is = |typed: &[char]| letters.next().is_some_and(|letter| typed.contains(&letter));
    is(TYPED_W) && is(TYPED_H) && is(TYPED_L)
}
