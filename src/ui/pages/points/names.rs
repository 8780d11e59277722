//! 粘贴名单: a list of names into 登记活动. Who is known goes straight onto the
//! list; whoever could be several, or nobody, is settled one by one.

use leptos::prelude::*;

use super::recording::Recording;
use crate::domain::points::ledger::Account;
use crate::report::name_list::{Meant, NameLine, read_names, sort_out, together, together_words};
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::field::LongField;

impl Recording {
    /// Takes a pasted list: who is meant beyond doubt is chosen at once.
    pub(super) fn take_list(self, text: &str) -> String {
        let lines = untrack(|| {
            let read = |participants: &_| self.app.read(|village| read_names(village, participants, self.ledger, text));
            self.participants.with(read)
        });
        let before = self.input.with_untracked(|input| input.chosen.len());
        let (listed, open) = sort_out(lines);
        let left = if open.is_empty() { String::new() } else { format!(",还有 {} 个名字要您定", open.len()) };
        let doubled = together_words(&listed, self.counter());
        self.input.update(|input| {
            for one in listed {
                input.add_with(one.account, one.quantity);
            }
            input.open.extend(open);
        });
        let added = self.input.with_untracked(|input| input.chosen.len()) - before;
        format!("从名单里加了 {added} {}{left}。{doubled}", self.counter())
    }

    /// Settles a name of the list: as somebody, or as nobody. Says so when that
    /// one is on the list already.
    fn settle(self, place: usize, account: Option<Account>) -> String {
        let label = account.map_or_else(String::new, |account| untrack(|| self.label(account)));
        let mut said = String::new();
        self.input.update(|input| {
            let quantity = if place < input.open.len() { input.open.remove(place).quantity } else { None };
            let Some(account) = account else { return };
            let own = input.own_quantity(account);
            let sum = together(own, quantity);
            if input.chosen.contains(&account) {
                let both = sum.filter(|_| own.is_some() && quantity.is_some());
                let both = both.map_or_else(String::new, |sum| format!(",数量合计 {sum}"));
                said = format!("{label}已经在名单上{both}。");
            }
            input.add_with(account, sum);
        });
        said
    }
}

/// The field for a list, and the names that are not settled.
#[component]
pub(super) fn Names(recording: Recording) -> impl IntoView {
    let open = RwSignal::new(false);
    let text = RwSignal::new(String::new());
    let said = RwSignal::new(String::new());
    let take = move |()| {
        said.set(recording.take_list(&text.get_untracked()));
        text.set(String::new());
        open.set(false);
    };
    let field = move || {
        open.get().then(|| {
            view! {
                <LongField label="名单" value=text hint="每行一个,或用顿号分开;后面可以写数量,如「王海林 2」" />
                <div class="names__acts">
                    <Button on_press=take>"认名单"</Button>
                    <Button weight=Weight::Quiet on_press=move |()| open.set(false)>
                        "不用了"
                    </Button>
                </div>
            }
        })
    };
    let unsettled = move || {
        let lines = recording.unsettled.get();
        lines.into_iter().enumerate().map(|(place, line)| line_view(recording, place, line, said)).collect_view()
    };
    view! {
        <div class="names">
            <Show when=move || !open.get()>
                <Button weight=Weight::Quiet on_press=move |()| open.set(true)>
                    "粘贴名单"
                </Button>
            </Show>
            <span class="namefind__detail" role="status">
                {move || said.get()}
            </span>
            {field}
            <ul class="names__open" aria-label="要定的名字" hidden=move || recording.unsettled.with(Vec::is_empty)>
                {unsettled}
            </ul>
        </div>
    }
}

fn line_view(recording: Recording, place: usize, line: NameLine, said: RwSignal<String>) -> AnyView {
    let (words, accounts) = match line.meant {
        Meant::One(account) => (String::new(), vec![account]),
        Meant::Several(accounts) => (format!("「{}」有 {} 位,是哪一位?", line.name, accounts.len()), accounts),
        Meant::Nobody(similar) if similar.is_empty() => {
            (format!("村里没有「{}」。可以在上面查找,或跳过。", line.name), similar)
        }
        Meant::Nobody(similar) => (format!("村里没有「{}」,是不是写错了?", line.name), similar),
    };
    let choice = |account: Account| {
        let label = untrack(|| recording.label(account));
        view! { <Button on_press=move |()| said.set(recording.settle(place, Some(account)))>{label}</Button> }
    };
    view! {
        <li class="names__one">
            <span>{words}</span>
            {accounts.into_iter().map(choice).collect_view()}
            <Button weight=Weight::Quiet on_press=move |()| said.set(recording.settle(place, None))>
                "跳过"
            </Button>
        </li>
    }
    .into_any()
}
