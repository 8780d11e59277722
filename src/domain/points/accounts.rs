//! Whose the accounts of the villager ledger are: a household's, or each
//! villager's own. Everything that lists accounts, or asks where somebody's
//! points stand, asks here.
//!
//! Choosing is an event of its own and not one of the settings: those of a
//! laptop stand or fall as a whole, and what was changed without knowing of the
//! choice must neither take it back nor be displaced with it.

use jiff::civil::Date;
use thiserror::Error;

use super::claim::ClaimState;
use super::ledger::Account;
use super::rule::Ledger;
use super::veto::VetoPhase;
use crate::domain::calendar::Quarter;
use crate::domain::id::{GoodsId, PersonId};
use crate::domain::people::{Household, People, Person};
use crate::domain::roster::{MemberType, words};
use crate::domain::village::Village;

/// Whose an account of the villager ledger is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum VillagerAccount {
    /// A household's.
    #[default]
    Household,
    /// Each villager's own.
    Person,
}

words!(VillagerAccount { Household = "按户", Person = "按人" });

impl VillagerAccount {
    /// The word behind a number of accounts.
    pub const fn counter(self) -> &'static str {
        match self {
            Self::Household => "户",
            Self::Person => "人",
        }
    }

    /// The head of the column of names.
    pub const fn name_word(self) -> &'static str {
        match self {
            Self::Household => "户主",
            Self::Person => "姓名",
        }
    }

    /// The kind that it is not.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Household => Self::Person,
            Self::Person => Self::Household,
        }
    }
}

/// What was chosen, and from when it counts; households' before that.
#[derive(Clone, Debug, Default)]
pub struct VillagerAccounts(Vec<(Option<Date>, VillagerAccount)>);

impl VillagerAccounts {
    /// Whose accounts are used for what is recorded now.
    pub fn now(&self) -> VillagerAccount {
        self.0.last().map_or_else(VillagerAccount::default, |(_, kind)| *kind)
    }

    /// Whose accounts a list of the day is made of.
    pub fn on(&self, day: Date) -> VillagerAccount {
        let counts = |from: Option<Date>| from.is_none_or(|from| from <= day);
        self.0.iter().rev().find(|(from, _)| counts(*from)).map_or_else(VillagerAccount::default, |(_, kind)| *kind)
    }

    /// The kinds that were ever in use.
    pub fn ever(&self) -> &'static [VillagerAccount] {
        if self.0.is_empty() { &[VillagerAccount::Household] } else { VillagerAccount::ALL }
    }

    /// What was chosen one after the other, and from when each counts.
    pub fn choices(&self) -> &[(Option<Date>, VillagerAccount)] {
        &self.0
    }

    pub(in crate::domain) fn choose(&mut self, kind: VillagerAccount, from: Option<Date>) {
        self.0.push((from, kind));
    }
}

impl Account {
    /// Whose the account is, if it stands in the villager ledger.
    pub const fn of_villager(self) -> Option<VillagerAccount> {
        match self {
            Self::Household(_) => Some(VillagerAccount::Household),
            Self::Villager(_) => Some(VillagerAccount::Person),
            Self::Member(_) => None,
        }
    }

    /// Whose the account is alone; none for a household's.
    pub const fn person(self) -> Option<PersonId> {
        match self {
            Self::Household(_) => None,
            Self::Villager(id) | Self::Member(id) => Some(id),
        }
    }
}

impl Village {
    /// Whether the account is in the village.
    pub fn has_account(&self, account: Account) -> bool {
        is_account(&self.people, account)
    }

    /// Where the person's points of the villager ledger stand now.
    pub fn villager_account(&self, person: &Person) -> Account {
        match self.villager_accounts.now() {
            VillagerAccount::Household => Account::Household(person.household),
            VillagerAccount::Person => Account::Villager(person.id),
        }
    }

    /// The accounts of the household: its own, or one for each of its people.
    pub fn accounts_of(&self, home: &Household, kind: VillagerAccount) -> Vec<Account> {
        match kind {
            VillagerAccount::Household => vec![Account::Household(home.id)],
            VillagerAccount::Person => home.people.iter().copied().map(Account::Villager).collect(),
        }
    }

    /// Every account of the villager ledger with its household, in the order of the roster.
    pub fn villagers(&self, kind: VillagerAccount) -> Vec<(&Household, Account)> {
        let mut accounts = Vec::new();
        for home in &self.people.households {
            match kind {
                VillagerAccount::Household => accounts.push((home, Account::Household(home.id))),
                VillagerAccount::Person => {
                    accounts.extend(home.people.iter().map(|person| (home, Account::Villager(*person))));
                }
            }
        }
        accounts
    }

    /// Those of them whose people belong to the village on the day: the accounts of a list of that day.
    pub fn villagers_on(&self, day: Date) -> impl Iterator<Item = (&Household, Account)> {
        let people = &self.people;
        let by_person = self.villager_accounts.on(day) == VillagerAccount::Person;
        let is_here = move |id: PersonId| people.persons.get(id).is_some_and(|person| person.is_here_on(day));
        people.households.iter().flat_map(move |home| {
            let is_account = !by_person && people.is_lived_in(home, day);
            let persons = home.people.iter().copied().filter(move |id| by_person && is_here(*id));
            let own = is_account.then_some(Account::Household(home.id));
            own.into_iter().chain(persons.map(Account::Villager)).map(move |account| (home, account))
        })
    }

    /// Whether the account's people belong to the village on the day: somebody
    /// of a household, the villager; of a member, as a member.
    pub fn is_account_here(&self, account: Account, day: Date) -> bool {
        let person = |id| self.people.persons.get(self.people.person_now(id));
        match account {
            Account::Household(id) => self.lives_on(id, day),
            Account::Villager(id) => person(id).is_some_and(|person| person.is_here_on(day)),
            Account::Member(id) => person(id).is_some_and(|person| person.member_type_on(day).is_some()),
        }
    }

    /// Whether points are recorded in the account, as far as the choice is concerned.
    pub fn is_in_use(&self, account: Account) -> bool {
        account.of_villager().is_none_or(|kind| kind == self.villager_accounts.now())
    }

    /// The household to which the account belongs.
    pub fn home_of(&self, account: Account) -> Option<&Household> {
        match account {
            Account::Household(id) => self.people.households.get(id),
            Account::Villager(id) | Account::Member(id) => {
                self.people.households.get(self.people.persons.get(id)?.household)
            }
        }
    }

    /// Name of the head, the villager or the member.
    pub fn account_name(&self, account: Account) -> &str {
        match account {
            Account::Household(id) => self.head_name(id),
            Account::Villager(id) | Account::Member(id) => self.name(id),
        }
    }

    /// The type of a member on the day; none for other accounts.
    pub fn kind_on(&self, account: Account, day: Date) -> Option<MemberType> {
        match account {
            Account::Household(_) | Account::Villager(_) => None,
            Account::Member(person) => self.people.persons.get(person)?.member_type_on(day),
        }
    }

    /// The accounts that share a household's limits: all of it in the villager
    /// ledger; a member's stands alone.
    pub fn sharing(&self, account: Account) -> Vec<Account> {
        match self.home_of(account) {
            Some(home) if account.ledger() == Ledger::Villager => {
                VillagerAccount::ALL.iter().flat_map(|kind| self.accounts_of(home, *kind)).collect()
            }
            _ => vec![account],
        }
    }

    /// Points that were redeemed on the day by all that share the account's limits.
    pub fn redeemed_by_home(&self, account: Account, day: Date) -> i64 {
        let sharing = self.sharing(account).into_iter();
        sharing.map(|one| self.shelf.redeemed_on(one, day)).fold(0, i64::saturating_add)
    }

    /// How many of the goods they have redeemed in the quarter.
    pub fn taken_by_home(&self, account: Account, goods: GoodsId, quarter: Quarter) -> u32 {
        let sharing = self.sharing(account).into_iter();
        sharing.map(|one| self.shelf.taken(one, goods, quarter)).fold(0, u32::saturating_add)
    }

    /// Points of the household, of all its people together.
    pub fn balance_of_home(&self, home: &Household) -> i64 {
        let kinds = self.villager_accounts.ever().iter();
        let accounts = kinds.flat_map(|kind| self.accounts_of(home, *kind));
        accounts.map(|account| self.balance(account)).fold(0, i64::saturating_add)
    }

    /// Every account of the villager ledger that holds or may hold points, of
    /// either kind, with its balance.
    #[inline(never)]
    pub fn villager_balances(&self) -> Vec<(Account, i64)> {
        let accounts = self.entries.totals().map(|(account, _)| account);
        let accounts = accounts.filter(|one| one.ledger() == Ledger::Villager && *one == self.account_now(*one));
        accounts.map(|account| (account, self.balance(account))).collect()
    }

    /// Accounts of the kind that is not in use and hold something, as merging may leave them.
    pub fn left_behind(&self) -> Vec<(Account, i64)> {
        let mut left = self.villager_balances();
        left.retain(|(account, balance)| *balance != 0 && !self.is_in_use(*account));
        left
    }

    /// Whether an entry or a redemption stands in an account of this kind.
    fn has_history(&self, kind: VillagerAccount) -> bool {
        let of_kind = |account: Account| account.of_villager() == Some(kind);
        let posted = self.entries.totals().filter(|(account, _)| of_kind(*account));
        let mut posted = posted.map(|(account, _)| account);
        posted.any(|account| self.entries.lines_of(account).next().is_some())
            || self.shelf.redemptions().any(|one| of_kind(one.account))
    }

    /// From when choosing the kind counts: from the beginning while nothing
    /// stands in accounts of the other one.
    pub fn choice_counts_from(&self, kind: VillagerAccount, today: Date) -> Option<Date> {
        self.has_history(kind.other()).then_some(today)
    }

    /// Why the accounts cannot become of this kind: nothing is left behind.
    pub fn check_choice(&self, kind: VillagerAccount, today: Date) -> Result<(), AccountRefusal> {
        let now = self.villager_accounts.now();
        if kind == now {
            return Err(AccountRefusal::Unchanged(now));
        }
        let of_now = |account: Account| account.of_villager() == Some(now);
        let held =
            self.villager_balances().into_iter().filter(|(account, balance)| of_now(*account) && *balance != 0).count();
        if held > 0 {
            return Err(AccountRefusal::BalanceLeft { now, count: held });
        }
        let open = self.claims.iter().filter(|claim| claim.state == ClaimState::Open);
        let claims = open.filter(|claim| of_now(claim.filed.account)).count();
        if claims > 0 {
            return Err(AccountRefusal::ClaimsOpen(claims));
        }
        let waiting = self.disputes.iter().filter(|dispute| dispute.is_open());
        let entries = waiting.filter_map(|dispute| self.entries.get(dispute.raised.entry));
        let disputes = entries.filter(|entry| of_now(entry.account)).count();
        if disputes > 0 {
            return Err(AccountRefusal::DisputesOpen(disputes));
        }
        let stands = |phase| matches!(phase, VetoPhase::Standing | VetoPhase::Coming);
        let vetoes =
            self.vetoes.iter().filter(|veto| of_now(veto.imposed.account) && stands(veto.phase(today))).count();
        if vetoes > 0 { Err(AccountRefusal::VetoStands(vetoes)) } else { Ok(()) }
    }

    /// Whether something may be recorded in the account.
    pub fn check_in_use(&self, account: Account) -> Result<(), AccountRefusal> {
        if self.is_in_use(account) { Ok(()) } else { Err(AccountRefusal::NotInUse(self.villager_accounts.now())) }
    }

    /// Whether something of the account may be taken back that changes it by so
    /// much. What is not in use is settled, and is only brought nearer to nought.
    pub fn check_correction(&self, account: Account, change: i64) -> Result<(), AccountRefusal> {
        if self.is_in_use(account) {
            return Ok(());
        }
        let balance = self.balance(self.account_now(account));
        let is_nearer = balance.saturating_add(change).unsigned_abs() < balance.unsigned_abs();
        if is_nearer { Ok(()) } else { Err(AccountRefusal::Settled(self.villager_accounts.now())) }
    }
}

/// Whether these people have the account, itself or what it was joined to.
pub(in crate::domain) fn is_account(people: &People, account: Account) -> bool {
    match account {
        Account::Household(id) => people.households.get(people.household_now(id)).is_some(),
        Account::Villager(id) => people.persons.get(people.person_now(id)).is_some(),
        Account::Member(id) => {
            people.persons.get(people.person_now(id)).is_some_and(|person| !person.memberships.is_empty())
        }
    }
}

/// Why accounts do not become of another kind, or something is not recorded in
/// one. In order of precedence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum AccountRefusal {
    /// It is so already.
    #[error("群众积分现在就是{}记的,不用改。", .0.word())]
    Unchanged(VillagerAccount),
    /// Accounts hold points or debts.
    #[error("还有 {count} {}的积分没有归零,改了以后没有人能兑。请先兑完,或到「年度」里年终清零;欠分的先冲正。", now.counter())]
    BalanceLeft {
        /// Whose they are now.
        now: VillagerAccount,
        /// How many accounts.
        count: usize,
    },
    /// Claims wait.
    #[error("还有 {0} 条申报没有审核。请先在「待审」里审完,再改。")]
    ClaimsOpen(usize),
    /// Objections wait.
    #[error("还有 {0} 条异议没有处理。请先在「月结公示」里处理完,再改。")]
    DisputesOpen(usize),
    /// Vetoes count, or will.
    #[error("还有 {0} 条一票否决没有到期。请等到期或撤销以后再改。")]
    VetoStands(usize),
    /// The other kind is in use.
    #[error("本村现在{}记群众积分,选的账户已经停用。请刷新后重新选。", .0.word())]
    NotInUse(VillagerAccount),
    /// The account was settled when the other kind came into use.
    #[error("本村已经改为{}记分,这一笔在结清的旧账户里,不能再改。要更正,请在现在的账户里另记一笔。", .0.word())]
    Settled(VillagerAccount),
}
