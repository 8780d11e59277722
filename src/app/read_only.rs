//! Why nothing may be recorded although there is a village to look at. One
//! list for all of it: another window records, a write failed, the database
//! went away, the book is damaged.

use thiserror::Error;

use super::woven::OpenError;
use crate::domain::contradiction::Contradiction;
use crate::storage::StoreError;

/// What went wrong with the stored book.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// The store did not do what it should.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What is stored does not check.
    #[error(transparent)]
    Book(#[from] OpenError),
    /// What was stored does not follow from the village.
    #[error("程序发现账目前后矛盾,没有显示这笔记录。请下载保存文件并刷新页面。")]
    Contradiction(#[from] Contradiction),
}

/// Why this window may only look.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadOnly {
    /// Another window records; this one follows it.
    #[error("另一个窗口正在登记,这里只能看。")]
    Following,
    /// Another window asked to take over, and this one has let it.
    #[error("已交给另一个窗口登记,这里只能看。")]
    HandedOver,
    /// Another window took over without an answer from this one.
    #[error("登记被另一个窗口接管了,这里只能看。刚才正在保存的内容请在那边核对一下。")]
    Robbed,
    /// A write failed; the sentence says how.
    #[error("{0}现在不能再登记,已保存的内容都在。")]
    Failed(Fault),
    /// The stored book is damaged; what can be read of it is shown.
    #[error(
        "{0}这里显示的是还读得出的部分,只能看。请存成文件留底,再用最近的保存文件恢复;没有的,点「存下完好的部分」,用它恢复。"
    )]
    Damaged(Fault),
    /// Verifying found what opening did not: all of it is shown, and not all of
    /// it is as it was written.
    #[error(
        "{0}这里显示的内容不一定作准,只能看。请存成文件留底,再用最近的保存文件恢复;没有的,点「存下完好的部分」,用它恢复。"
    )]
    Altered(Fault),
    /// The database was written by a newer version of the program.
    #[error("本机的数据是更新版本的村治写的,这个旧版本只能看。请用新版村治打开;要带走数据,请存成文件。")]
    Newer,
    /// Another window has upgraded the database.
    #[error("村治已在另一个窗口升级,请刷新。")]
    Upgraded,
    /// Another page wants to delete the database.
    #[error("另一个页面要删除本机的村治数据。请马上存成文件,再关掉本窗口。")]
    BeingDeleted,
    /// The database was closed under the page.
    #[error("浏览器关掉了本机的数据库,可能是网站数据被清理。现在不能再登记;请刷新,看看数据还在不在。")]
    Closed,
}

/// What the user can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Record in this window instead of the other.
    TakeOver,
    /// Read the stored village again, and go on from there.
    ReadAgain,
    /// Load the page anew.
    Refresh,
    /// Keep what is stored as a file.
    Export,
}

impl Fault {
    /// What the browser said, where the sentence does not.
    pub fn told(&self) -> Option<&str> {
        match self {
            Self::Store(error) => error.told(),
            Self::Book(_) | Self::Contradiction(_) => None,
        }
    }
}

impl ReadOnly {
    /// What keeps the rest of a book from being read: acts of a newer program are no damage.
    pub fn of(damage: OpenError) -> Self {
        if damage.is_newer() { Self::Newer } else { Self::Damaged(damage.into()) }
    }

    /// What the browser said, where the sentence does not.
    pub fn told(&self) -> Option<&str> {
        match self {
            Self::Failed(fault) | Self::Damaged(fault) | Self::Altered(fault) => fault.told(),
            _ => None,
        }
    }

    /// What the user can do about it.
    pub const fn remedy(&self) -> Remedy {
        match self {
            Self::Following | Self::HandedOver | Self::Robbed => Remedy::TakeOver,
            Self::Failed(_) => Remedy::ReadAgain,
            Self::Upgraded | Self::Closed => Remedy::Refresh,
            Self::Damaged(_) | Self::Altered(_) | Self::Newer | Self::BeingDeleted => Remedy::Export,
        }
    }

    /// Whether the stored book is not what was written.
    pub const fn is_damage(&self) -> bool {
        matches!(self, Self::Damaged(_) | Self::Altered(_))
    }

    /// Whether another window records, and this one shows what it does.
    pub const fn follows(&self) -> bool {
        matches!(self.remedy(), Remedy::TakeOver)
    }
}
