//! Categories and units of the village's own, for readers that know only those
//! that every village is offered: what is recorded under one of them bears the
//! code of 热心公益, or that of 次, and its name stands at the end of the record.

use minicbor::Encoder;
use minicbor::encode::{Error as EncodeError, Write};

use super::{Wire, is_default, skip};
use crate::domain::points::rule::{Category, CategoryCap, Conditions, Item, Unit};
use crate::journal::cbor::Reader;

impl Wire for Category {
    fn put<W: Write>(&self, e: &mut Encoder<W>) -> Result<(), EncodeError<W::Error>> {
        let code: u8 = match self {
            Self::Environment => 0,
            Self::Customs => 1,
            Self::PublicGood | Self::Own(_) => 2,
            Self::Mediation => 3,
            Self::Safety => 4,
            Self::Advice => 5,
            Self::Duty => 6,
            Self::Honour => 7,
        };
        code.put(e)
    }

    fn take(d: &mut Reader<'_>) -> Option<Self> {
        Self::ALL.get(usize::from(u8::take(d)?)).copied()
    }
}

/// The name behind the record, where the category has one of its own.
fn own(category: &Category) -> Option<&str> {
    matches!(category, Category::Own(_)).then(|| category.word())
}

/// The category of the name behind the record; one that cannot be had is left
/// at what an older reader takes it for.
fn take_own(d: &mut Reader<'_>, listed: Category) -> Option<Category> {
    Some(Category::kept(d.text()?).unwrap_or(listed))
}

/// The code that older readers know the unit by.
const fn code(unit: Unit) -> u8 {
    match unit {
        Unit::Time | Unit::Own(_) => 0,
        Unit::Hour => 1,
        Unit::Household => 2,
        Unit::Month => 3,
        Unit::Matter => 4,
    }
}

impl Wire for CategoryCap {
    fn put<W: Write>(&self, e: &mut Encoder<W>) -> Result<(), EncodeError<W::Error>> {
        let own = own(&self.category);
        e.array(3 + u64::from(own.is_some()))?;
        self.ledger.put(e)?;
        self.category.put(e)?;
        self.cap.put(e)?;
        own.map_or(Ok(()), |name| e.str(name)?.ok())
    }

    fn take(d: &mut Reader<'_>) -> Option<Self> {
        let found = d.array()?;
        let (ledger, mut category, cap) = (Wire::take(d)?, Wire::take(d)?, Wire::take(d)?);
        if found > 3 {
            category = take_own(d, category)?;
        }
        skip(d, found.clamp(3, 4), found)?;
        Some(Self { ledger, category, cap })
    }
}

impl Wire for Item {
    fn put<W: Write>(&self, e: &mut Encoder<W>) -> Result<(), EncodeError<W::Error>> {
        let (own, unit) = (own(&self.category), matches!(self.unit, Unit::Own(_)).then(|| self.unit.word()));
        let later = match (unit, own) {
            (Some(_), _) => 3,
            (None, Some(_)) => 2,
            (None, None) => u64::from(!is_default(&self.conditions)),
        };
        e.array(9 + later)?;
        self.id.put(e)?;
        self.code.put(e)?;
        self.ledger.put(e)?;
        self.member_types.put(e)?;
        self.category.put(e)?;
        self.name.put(e)?;
        self.score.put(e)?;
        code(self.unit).put(e)?;
        self.caps.put(e)?;
        if later > 0 {
            self.conditions.put(e)?;
        }
        if later > 1 {
            // Without a name the category is the one that its code says.
            e.str(own.unwrap_or_default())?;
        }
        unit.map_or(Ok(()), |name| e.str(name)?.ok())
    }

    fn take(d: &mut Reader<'_>) -> Option<Self> {
        let found = d.array()?;
        let (id, code, ledger, member_types) = (Wire::take(d)?, Wire::take(d)?, Wire::take(d)?, Wire::take(d)?);
        let (mut category, name, score, listed, caps) =
            (Wire::take(d)?, Wire::take(d)?, Wire::take(d)?, u8::take(d)?, Wire::take(d)?);
        let conditions = if found > 9 { Wire::take(d)? } else { Conditions::default() };
        if found > 10 {
            category = take_own(d, category)?;
        }
        let own = if found > 11 { Unit::kept(d.text()?) } else { None };
        let unit = own.or_else(|| Unit::ALL.get(usize::from(listed)).copied())?;
        skip(d, found.clamp(9, 12), found)?;
        Some(Self { id, code, ledger, member_types, category, name, score, unit, caps, conditions })
    }
}
