//! How the tables of the stored format become code. What stands in them is
//! written and read in the order in which it stands there.

/// Numbers, read as the widest of their kind.
macro_rules! plain {
    ($($type:ty => $method:ident, $read:ident);+ $(;)?) => {$(
        impl Wire for $type {
            fn put<W: Write>(&self, e: &mut Encoder<W>) -> Result<(), EncodeError<W::Error>> {
                e.$method(*self)?.ok()
            }
            fn take(d: &mut Reader<'_>) -> Option<Self> {
                d.$read()?.try_into().ok()
            }
        }
    )+};
}

/// Newtypes around a number.
macro_rules! number {
    ($($type:ident($inner:ty)),+ $(,)?) => {$(
        impl Wire for $type {
            fn put<W: Write>(&self, e: &mut Encoder<W>) -> Result<(), EncodeError<W::Error>> {
                self.0.put(e)
            }
            fn take(d: &mut Reader<'_>) -> Option<Self> {
                <$inner>::take(d).map($type)
            }
        }
    )+};
}

macro_rules! id {
    ($($type:ident),+ $(,)?) => {$(
        impl Wire for $type {
            fn put<W: Write>(&self, e: &mut Encoder<W>) -> Result<(), EncodeError<W::Error>> {
                self.raw().put(e)
            }
            #[inline]
            fn take(d: &mut Reader<'_>) -> Option<Self> {
                d.unsigned().map($type::from_raw)
            }
        }
    )+};
}

/// Enums without data: a code each.
macro_rules! code {
    ($($type:ident { $($variant:ident = $code:literal),+ $(,)? })+) => {$(
        impl Wire for $type {
            fn put<W: Write>(&self, e: &mut Encoder<W>) -> Result<(), EncodeError<W::Error>> {
                let code: u8 = match self { $(Self::$variant => $code),+ };
                code.put(e)
            }
            fn take(d: &mut Reader<'_>) -> Option<Self> {
                match u8::take(d)? {
                    $($code => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    )+};
}

/// Records: an array of the fields in this order. No field may ever move.
macro_rules! record {
    ($($type:ident { $($field:ident),+ $(,)? })+) => {$(
        impl Wire for $type {
            fn put<W: Write>(&self, e: &mut Encoder<W>) -> Result<(), EncodeError<W::Error>> {
                const COUNT: u64 = [$(stringify!($field)),+].len() as u64;
                e.array(COUNT)?;
                $(self.$field.put(e)?;)+
                Ok(())
            }
            fn take(d: &mut Reader<'_>) -> Option<Self> {
                const COUNT: u64 = [$(stringify!($field)),+].len() as u64;
                let found = d.array()?;
                $(let $field = Wire::take(d)?;)+
                skip(d, COUNT, found)?;
                Some(Self { $($field),+ })
            }
        }
    )+};
}

/// Records to which fields were added, behind the bar. While the last of them
/// are as they are in old files, they are not written.
macro_rules! grown {
    ($($type:ident { $($field:ident),+ | $($later:ident),+ $(,)? })+) => {$(
        impl Wire for $type {
            fn put<W: Write>(&self, e: &mut Encoder<W>) -> Result<(), EncodeError<W::Error>> {
                const COUNT: u64 = [$(stringify!($field)),+].len() as u64;
                let says = [$(!is_default(&self.$later)),+];
                let mut later = says.iter().rposition(|says| *says).map_or(0, |place| place as u64 + 1);
                e.array(COUNT + later)?;
                $(self.$field.put(e)?;)+
                $(if later > 0 {
                    later -= 1;
                    self.$later.put(e)?;
                })+
                debug_assert_eq!(later, 0);
                Ok(())
            }
            fn take(d: &mut Reader<'_>) -> Option<Self> {
                const COUNT: u64 = [$(stringify!($field)),+].len() as u64;
                let found = d.array()?;
                $(let $field = Wire::take(d)?;)+
                let mut read = COUNT;
                $(
                    let mut $later = Default::default();
                    if read < found {
                        read += 1;
                        $later = Wire::take(d)?;
                    }
                )+
                skip(d, read, found)?;
                Some(Self { $($field,)+ $($later),+ })
            }
        }
    )+};
}

/// Enums with data: an array of the code and the variant's fields.
macro_rules! variants {
    ($($type:ident {
        $($code:literal => $variant:ident $(($($position:ident),+))? $({$($field:ident),+})?),+ $(,)?
    })+) => {$(
        impl Wire for $type {
            fn put<W: Write>(&self, e: &mut Encoder<W>) -> Result<(), EncodeError<W::Error>> {
                match self {
                    $(Self::$variant $(($($position),+))? $({$($field),+})? => {
                        const NAMES: &[&str] = &[$($(stringify!($position)),+)? $($(stringify!($field)),+)?];
                        e.array(NAMES.len() as u64 + 1)?.u8($code)?;
                        $($($position.put(e)?;)+)?
                        $($($field.put(e)?;)+)?
                    }),+
                }
                Ok(())
            }
            fn take(d: &mut Reader<'_>) -> Option<Self> {
                let found = d.array()?;
                match u8::take(d)? {
                    $($code => {
                        // Apart: the browser would spend long on one function of all of them.
                        #[inline(never)]
                        fn fields(d: &mut Reader<'_>, found: u64) -> Option<$type> {
                            const NAMES: &[&str] = &[$($(stringify!($position)),+)? $($(stringify!($field)),+)?];
                            $($(let $position = Wire::take(d)?;)+)?
                            $($(let $field = Wire::take(d)?;)+)?
                            skip(d, NAMES.len() as u64 + 1, found)?;
                            Some($type::$variant $(($($position),+))? $({$($field),+})?)
                        }
                        fields(d, found)
                    })+
                    _ => None,
                }
            }
        }
    )+};
}
