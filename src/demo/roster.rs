//! The people of the demo village: 410 households with 1,740 people, of whom
//! 74 are party members.

use jiff::civil::Date;

use super::names::{self, Names};
use super::random::Random;
use crate::domain::calendar::add_days;
use crate::domain::roster::{
    CareGroup, HouseholdDraft, MemberType, PersonDraft, Relation, Residence, RosterDraft, Sex,
};
use crate::domain::units::{UNIT_HOUSEHOLDS, numbered};

/// Names of the grids with the number of households in each.
pub(super) const GRIDS: [(&str, usize); 4] =
    [("第一网格", 103), ("第二网格", 102), ("第三网格", 103), ("第四网格", 102)];
/// Households in the village.
pub const HOUSEHOLDS: usize = 410;
/// People in the village.
pub const PEOPLE: usize = 1_740;
/// How many party members there are of each type, 74 together.
pub const MEMBERS: [(MemberType, usize); 5] = [
    (MemberType::Linked, 30),
    (MemberType::WithoutPost, 18),
    (MemberType::Migrant, 9),
    (MemberType::Cadre, 7),
    (MemberType::Exempt, 10),
];
/// Households whose heads are known by name, with their sizes.
const KNOWN: [(&str, &str, Sex, usize); 3] =
    [("1-088", "魏红丽", Sex::Female, 3), ("2-017", "王海林", Sex::Male, 4), ("4-052", "吴惠玲", Sex::Female, 2)];
pub(super) const GROUPS: [&str; 12] =
    ["一组", "二组", "三组", "四组", "五组", "六组", "七组", "八组", "九组", "十组", "十一组", "十二组"];
const SIZE_MAX: usize = 8;
/// So many of the grids have ten-household units; in the others they can be tried out.
const GRIDS_WITH_UNITS: usize = 2;

/// What a roster is made with.
struct Registrar<'a> {
    random: &'a mut Random,
    names: Names,
    today: Date,
    phones: u32,
}

/// The roster of the village.
pub(super) fn roster(random: &mut Random, today: Date) -> RosterDraft {
    let numbers = numbers();
    let sizes = sizes(random, &numbers);
    let mut registrar = Registrar { random, names: Names::default(), today, phones: 0 };
    let homes = numbers.iter().zip(&sizes);
    let mut households: Vec<_> = homes.map(|((grid, place), size)| registrar.household(*grid, *place, *size)).collect();
    registrar.choose_members(&mut households);
    form_units(&mut households);
    RosterDraft { households }
}

/// Puts the households of the first grids into units of ten, headed by a party
/// member where one lives there.
fn form_units(households: &mut [HouseholdDraft]) {
    for (grid, _) in &GRIDS[..GRIDS_WITH_UNITS] {
        let mut homes: Vec<_> = households.iter_mut().filter(|home| home.grid == *grid).collect();
        let last = homes.len() / UNIT_HOUSEHOLDS;
        for (place, home) in homes.iter_mut().enumerate() {
            home.unit = numbered(u16::try_from((place / UNIT_HOUSEHOLDS + 1).min(last)).unwrap_or(u16::MAX));
        }
        for unit in homes.chunk_by_mut(|one, other| one.unit == other.unit) {
            let member = unit.iter().flat_map(|home| &home.people).find(|person| person.member.is_some());
            let head = member.or_else(|| unit.first()?.people.first()).map(|person| person.name.clone());
            unit[0].unit_head = head.unwrap_or_default();
        }
    }
}

/// Grid and place in the grid (both from 1) of every household.
fn numbers() -> Vec<(usize, usize)> {
    let grids = (1..).zip(GRIDS);
    grids.flat_map(|(grid, (_, count))| (1..=count).map(move |place| (grid, place))).collect()
}

fn number((grid, place): (usize, usize)) -> String {
    format!("{grid}-{place:03}")
}

fn known(number: &str) -> Option<(&'static str, Sex, usize)> {
    KNOWN.iter().find(|known| known.0 == number).map(|(_, name, sex, size)| (*name, *sex, *size))
}

/// Sizes of the households that sum to the village's people.
fn sizes(random: &mut Random, numbers: &[(usize, usize)]) -> Vec<usize> {
    const TYPICAL: [usize; 20] = [1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 7, 7];
    let fixed: Vec<_> = numbers.iter().map(|place| known(&number(*place)).map(|known| known.2)).collect();
    let mut sizes: Vec<usize> = fixed.iter().map(|size| size.unwrap_or_else(|| *random.pick(&TYPICAL))).collect();
    let mut total: usize = sizes.iter().sum();
    while total != PEOPLE {
        let place = random.position(sizes.len());
        if fixed[place].is_some() {
            continue;
        }
        if total < PEOPLE && sizes[place] < SIZE_MAX {
            sizes[place] += 1;
            total += 1;
        } else if total > PEOPLE && sizes[place] > 1 {
            sizes[place] -= 1;
            total -= 1;
        }
    }
    sizes
}

impl Registrar<'_> {
    fn household(&mut self, grid: usize, place: usize, size: usize) -> HouseholdDraft {
        let number = number((grid, place));
        let group = GROUPS[(grid - 1) * 3 + (place - 1) * 3 / GRIDS[grid - 1].1];
        let people = self.family(&number, size);
        HouseholdDraft {
            address: format!("柳湾村{group}{place}号"),
            number,
            grid: GRIDS[grid - 1].0.to_owned(),
            unit: String::new(),
            unit_head: String::new(),
            group: group.to_owned(),
            people,
        }
    }

    fn family(&mut self, number: &str, size: usize) -> Vec<PersonDraft> {
        let (name, sex) = if let Some((name, sex, _)) = known(number) {
            (name.to_owned(), sex)
        } else {
            let sex = if self.random.chance(86) { Sex::Male } else { Sex::Female };
            (self.names.head(self.random, sex), sex)
        };
        let grandparents = size >= 5 && self.random.chance(45);
        let age = match size {
            1 => self.random.days(58, 86),
            2 => self.random.days(52, 78),
            3 | 4 => self.random.days(34, 54),
            _ if grandparents => self.random.days(54, 68),
            _ => self.random.days(34, 48),
        };
        let head = self.person(name, Relation::Head, sex, age);
        let mut people = vec![head];
        if size >= 2 {
            let name = names::any(self.random, other(sex));
            let years = self.random.days(-4, 3);
            people.push(self.person(name, Relation::Spouse, other(sex), age + years));
        }
        // Children carry the name of their father.
        let father = if sex == Sex::Female && size >= 2 { &people[1].name } else { &people[0].name };
        let family = names::family(father);
        if grandparents {
            self.add_young_family(&mut people, size, family, age);
        } else {
            self.add_children_and_parents(&mut people, size, age, family);
        }
        self.mark_care(&mut people);
        people
    }

    /// An older head: a grown child, the child's wife, and grandchildren.
    fn add_young_family(&mut self, people: &mut Vec<PersonDraft>, size: usize, family: char, age: i32) {
        let child = age - self.random.days(22, 27);
        let name = names::given(self.random, family, Sex::Male);
        people.push(self.person(name, Relation::Child, Sex::Male, child));
        let name = names::any(self.random, Sex::Female);
        people.push(self.person(name, Relation::Other, Sex::Female, child - 1));
        let mut grandchild = (child - self.random.days(22, 26)).max(0);
        while people.len() < size {
            let sex = self.sex();
            let name = names::given(self.random, family, sex);
            people.push(self.person(name, Relation::Grandchild, sex, grandchild));
            grandchild = (grandchild - self.random.days(2, 4)).max(0);
        }
    }

    /// A younger head: up to three children, then the head's parents.
    fn add_children_and_parents(&mut self, people: &mut Vec<PersonDraft>, size: usize, age: i32, family: char) {
        let places = size.saturating_sub(people.len());
        let children = places.min(if size > 6 { 3 } else { 2 });
        let mut child = age - self.random.days(23, 28);
        for _ in 0..children {
            let sex = self.sex();
            let name = names::given(self.random, family, sex);
            people.push(self.person(name, Relation::Child, sex, child.max(0)));
            child -= self.random.days(2, 5);
        }
        let parent = age + self.random.days(22, 28);
        let head_family = names::family(&people[0].name);
        for sex in [Sex::Female, Sex::Male] {
            if people.len() < size {
                let family = if sex == Sex::Male { head_family } else { names::family(&names::any(self.random, sex)) };
                let name = names::given(self.random, family, sex);
                people.push(self.person(name, Relation::Parent, sex, parent));
            }
        }
        while people.len() < size {
            let (sex, years) = (self.sex(), self.random.days(18, 30));
            let name = names::given(self.random, head_family, sex);
            people.push(self.person(name, Relation::Other, sex, years));
        }
    }

    fn person(&mut self, name: String, relation: Relation, sex: Sex, age: i32) -> PersonDraft {
        let days = age * 365 + age / 4 + self.random.days(1, 360);
        let away = relation != Relation::Head && (19..52).contains(&age) && self.random.chance(34);
        let reachable = relation == Relation::Head || ((18..75).contains(&age) && self.random.chance(55));
        PersonDraft {
            name,
            relation,
            sex: Some(sex),
            birth: Some(add_days(self.today, -days)),
            id_number: String::new(),
            id_number_damaged: false,
            phone: if reachable { self.phone() } else { String::new() },
            residence: if away { Residence::Floating } else { Residence::Resident },
            care: Vec::new(),
            member: None,
        }
    }

    /// A number from a range that is nobody's.
    fn phone(&mut self) -> String {
        self.phones += 1;
        format!("1990000{:04}", self.phones)
    }

    fn sex(&mut self) -> Sex {
        if self.random.chance(52) { Sex::Male } else { Sex::Female }
    }

    fn mark_care(&mut self, people: &mut [PersonDraft]) {
        let alone = people.len() == 1;
        let parents_away = people.iter().any(|person| person.residence == Residence::Floating);
        let hardship = self.random.chance(4);
        for person in people {
            let age = years(person, self.today);
            if alone && age >= 70 {
                person.care.push(CareGroup::ElderlyAlone);
            }
            if parents_away && age < 14 && self.random.chance(60) {
                person.care.push(CareGroup::LeftBehindChild);
            }
            if self.random.chance(2) {
                person.care.push(CareGroup::Disabled);
            }
            if hardship {
                person.care.push(CareGroup::Subsistence);
            }
        }
    }

    /// Makes grown people party members, at most one in a household; where
    /// the village lacks somebody fitting, the age is not looked at.
    fn choose_members(&mut self, households: &mut [HouseholdDraft]) {
        let mut order: Vec<usize> = (0..households.len()).collect();
        for (kind, count) in MEMBERS {
            self.random.shuffle(&mut order);
            let mut missing = count;
            for strict in [true, false] {
                for place in &order {
                    let home = &mut households[*place];
                    let free =
                        known(&home.number).is_none() && home.people.iter().all(|person| person.member.is_none());
                    let today = self.today;
                    let mut people = home.people.iter_mut();
                    let fitting = people
                        .find(|person| if strict { fits(kind, person, today) } else { years(person, today) >= 22 });
                    if let Some(person) = fitting.filter(|_| free && missing > 0) {
                        person.member = Some(kind);
                        missing -= 1;
                    }
                }
            }
        }
    }
}

fn fits(kind: MemberType, person: &PersonDraft, today: Date) -> bool {
    let (age, away) = (years(person, today), person.residence == Residence::Floating);
    match kind {
        MemberType::Exempt => age >= 68,
        MemberType::Migrant => away && age >= 22,
        MemberType::Cadre => !away && (30..60).contains(&age) && person.relation == Relation::Head,
        MemberType::Linked | MemberType::WithoutPost => !away && (26..68).contains(&age),
    }
}

fn years(person: &PersonDraft, today: Date) -> i32 {
    person.birth.map_or(0, |birth| i32::from(today.year() - birth.year()))
}

const fn other(sex: Sex) -> Sex {
    match sex {
        Sex::Male => Sex::Female,
        Sex::Female => Sex::Male,
    }
}
