//! 设置 of the points, with what they would do today, and the 经手人.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::account_choice::AccountSheet;
use super::working_days::WorkingDaysSheet;
use crate::domain::command::Command;
use crate::domain::id::StaffId;
use crate::domain::points::rule::Ledger;
use crate::domain::points::settings::{CarryOver, Reviewing, Settings};
use crate::domain::staff::Standing;
use crate::report::settings_preview::{expired_words, settings_preview};
use crate::ui::components::button::{Button, Weight};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::{Problem, TextField, form_choice, form_field};
use crate::ui::components::sheet::Sheet;
use crate::ui::context::use_app;
use crate::ui::pages::send::send;

const KEEP: &str = "一直留着";
const CLEAR: &str = "12 月 31 日清零";
const EXPIRE: &str = "几个月后过期,先得的先过期";

/// The settings as typed.
#[derive(Clone, Debug, Default, PartialEq)]
struct Typed {
    yuan: String,
    household: String,
    member: String,
    least: String,
    day: String,
    budget: String,
    issue: String,
    carry: String,
    months: String,
    two: bool,
}

impl Typed {
    fn of(settings: &Settings) -> Self {
        let or_blank = |points: u32| if points == 0 { String::new() } else { points.to_string() };
        let (carry, months) = match settings.carry_over {
            CarryOver::Keep => (KEEP, String::new()),
            CarryOver::ClearAtYearEnd => (CLEAR, String::new()),
            CarryOver::ExpireAfter(months) => (EXPIRE, months.to_string()),
        };
        Self {
            yuan: yuan(settings.rate_cents),
            budget: if settings.budget_cents == 0 { String::new() } else { yuan(settings.budget_cents) },
            issue: or_blank(settings.issue_year_max),
            household: settings.household_opening.to_string(),
            member: settings.member_opening.to_string(),
            least: or_blank(settings.redeem_min),
            day: or_blank(settings.redeem_day_max),
            carry: carry.to_owned(),
            months,
            two: settings.reviewing == Reviewing::BySecondPerson,
        }
    }

    fn parse(&self) -> Result<Settings, String> {
        let points = |what: &str, typed: &str| match typed.trim() {
            "" => Ok(0),
            typed => typed.parse().map_err(|_| format!("{what}要填整数,如 20;现在填的是「{typed}」。")),
        };
        Ok(Settings {
            rate_cents: cents("1 分值多少元", &self.yuan)?,
            budget_cents: if self.budget.trim().is_empty() { 0 } else { cents("预算", &self.budget)? },
            issue_year_max: points("全年最多发", &self.issue)?,
            household_opening: points("群众的起始分", &self.household)?,
            member_opening: points("党员的起始分", &self.member)?,
            redeem_min: points("起兑分", &self.least)?,
            redeem_day_max: points("每天最多兑换", &self.day)?,
            carry_over: match self.carry.as_str() {
                CLEAR => CarryOver::ClearAtYearEnd,
                EXPIRE => CarryOver::ExpireAfter(self.months.trim().parse().unwrap_or(0)),
                _ => CarryOver::Keep,
            },
            reviewing: if self.two { Reviewing::BySecondPerson } else { Reviewing::ByAnybody },
            follows: 0,
        })
    }
}

/// Hundredths of a 元 as they are typed: `1`, `0.50`.
fn yuan(cents: u32) -> String {
    match cents % 100 {
        0 => (cents / 100).to_string(),
        rest => format!("{}.{rest:02}", cents / 100),
    }
}

/// 元 with at most two decimals, in hundredths.
fn cents(what: &str, typed: &str) -> Result<u32, String> {
    let typed = typed.trim();
    let (yuan, rest) = typed.split_once('.').unwrap_or((typed, ""));
    let read = if rest.len() <= 2 { format!("{yuan}{rest:0<2}").parse().ok() } else { None };
    read.ok_or_else(|| format!("{what},要填金额,如 1 或 0.50;现在填的是「{typed}」。"))
}

/// Settings at the left, what they do and who records at the right.
#[component]
pub(super) fn SettingsPart() -> impl IntoView {
    let app = use_app();
    let form = RwSignal::new(Typed::of(&untrack(|| app.read(|village| village.settings))));
    view! {
        <div class="split">
            {form_view(form)}
            <div class="review">
                {preview_view(form)}
                <AccountSheet />
                <WorkingDaysSheet />
                <StaffSheet />
            </div>
        </div>
    }
}

fn form_view(form: RwSignal<Typed>) -> AnyView {
    let app = use_app();
    let problem = RwSignal::new(None::<String>);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        match form.with_untracked(Typed::parse) {
            Err(sentence) => problem.set(Some(sentence)),
            Ok(settings) => app.perform(Command::ChangeSettings(settings), move |outcome| match outcome {
                Ok(()) => {
                    problem.set(None);
                    app.say("设置已保存,从现在起照此办理。以前的记录不变。");
                }
                Err(error) => problem.set(Some(error.to_string())),
            }),
        }
    };
    let two = move |event| {
        let two = event_target_checked(&event);
        form.update(|form| form.two = two);
    };
    let months = move || form.with(|form| form.carry == EXPIRE);
    view! {
        <Sheet title="积分设置" remark="由村民代表会议定">
            <form class="form" novalidate=true on:submit=save>
                <div class="form__row">
                    {form_field(form, (|form| &form.yuan, |form| &mut form.yuan), "1 分值多少元", "text", "多数村 1 分 1 元")}
                    {form_field(form, (|form| &form.household, |form| &mut form.household), "群众的起始分", "text", "新登记的户;按人记分的,新登记的人")}
                    {form_field(form, (|form| &form.member, |form| &mut form.member), "党员的起始分", "text", "新登记的党员")}
                </div>
                <div class="form__row">
                    {form_field(form, (|form| &form.least, |form| &mut form.least), "起兑分(分)", "text", "满多少分才能兑;空着不限")}
                    {form_field(
                        form,
                        (|form| &form.day, |form| &mut form.day),
                        "每户每天最多兑换(分)",
                        "text",
                        "空着不限",
                    )}
                </div>
                <div class="form__row">
                    {form_field(form, (|form| &form.budget, |form| &mut form.budget), "物品预算(元)", "text", "备货还能花多少;空着不算")}
                    {form_field(form, (|form| &form.issue, |form| &mut form.issue), "全年最多发(分)", "text", "群众积分,一年的加分总数;空着不限")}
                </div>
                <div class="form__row">
                    {form_choice(
                        form,
                        (|form| &form.carry, |form| &mut form.carry),
                        "没兑的积分",
                        [KEEP, CLEAR, EXPIRE].map(str::to_owned).to_vec(),
                    )}
                    <div hidden=move || !months()>
                        {form_field(form, (|form| &form.months, |form| &mut form.months), "几个月后过期", "text", "如 12")}
                    </div>
                </div>
                <label class="tick">
                    <input
                        class="tick__box"
                        type="checkbox"
                        prop:checked=move || form.with(|form| form.two)
                        on:change=two
                    />
                    "加分由登记人以外的人审核才入账(有两位经手人时)"
                </label>
                <Problem sentence=problem />
                <div class="ruledraft__acts">
                    <Button weight=Weight::Primary kind="submit">"保存设置"</Button>
                </div>
            </form>
        </Sheet>
    }
    .into_any()
}

fn preview_view(form: RwSignal<Typed>) -> AnyView {
    let app = use_app();
    let lines = move || {
        let parsed = form.with(Typed::parse);
        let lines = parsed.and_then(|settings| {
            settings.check().map_err(|refusal| refusal.to_string())?;
            Ok(app.read(|village| settings_preview(village, &settings, app.today())))
        });
        let lines = lines.unwrap_or_else(|sentence| vec![sentence]);
        lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()
    };
    view! {
        <Sheet title="照左边的设置,今天会这样">
            <div role="status">
                <ul class="settings__preview" aria-label="设置的效果">
                    {lines}
                </ul>
            </div>
            <Expiry />
        </Sheet>
    }
    .into_any()
}

/// What has expired by the settings as they are, one button for each ledger.
#[component]
fn Expiry() -> impl IntoView {
    let app = use_app();
    let asked = RwSignal::new(None::<Ledger>);
    let gone = app.report(move |village| {
        Ledger::ALL.iter().map(|ledger| expired_words(village, *ledger, app.today())).collect::<Vec<_>>()
    });
    let button = move |(ledger, words): (Ledger, Option<String>)| {
        words.map(|words| view! { <Button on_press=move |()| asked.set(Some(ledger))>{words}</Button> })
    };
    view! {
        <div class="settings__expiry">
            {move || Ledger::ALL.iter().copied().zip(gone.get()).map(button).collect_view()}
        </div>
        {move || asked.get().map(|ledger| view! { <ExpiryDialog ledger on_close=move |()| asked.set(None) /> })}
    }
}

/// What will be taken, before it is.
#[component]
fn ExpiryDialog(ledger: Ledger, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let problem = RwSignal::new(None::<String>);
    let words = untrack(|| app.read(|village| expired_words(village, ledger, app.today()))).unwrap_or_default();
    let expire = move |()| {
        let done = format!("{}里到期的积分已记为过期,存折和公示上都看得到。", ledger.word());
        send(app, Command::ExpirePoints(ledger), done, problem, on_close);
    };
    view! {
        <Dialog title="积分过期" on_close>
            <p>{words} "。先得的先过期,已兑换的不算。记上以后不能撤回,存折上会写明。"</p>
            <Problem sentence=problem />
            <div class="actions">
                <Button weight=Weight::Primary on_press=expire>"确认过期"</Button>
                <Button on_press=on_close>"取消"</Button>
            </div>
        </Dialog>
    }
}

/// 经手人: who records and reviews.
#[component]
fn StaffSheet() -> impl IntoView {
    let app = use_app();
    let name = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let staff = app.report(|village| {
        let names = village.staff.active().map(|one| (one.id, village.staff_name(Some(one.id)).to_owned()));
        names.collect::<Vec<_>>()
    });
    let tell = move |staff: Option<StaffId>, text: String, standing: Standing| {
        app.perform(Command::NameStaff { staff, name: text, standing }, move |outcome| match outcome {
            Ok(()) => {
                name.set(String::new());
                problem.set(None);
            }
            Err(error) => problem.set(Some(error.to_string())),
        });
    };
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        tell(None, name.get_untracked(), Standing::Active);
    };
    let row = move |(id, text): (StaffId, String)| {
        let label = format!("停用 {text}");
        let shown = text.clone();
        view! {
            <li class="settings__staff">
                {shown}
                <button
                    type="button"
                    class="ruledraft__stop"
                    aria-label=label
                    on:click=move |_| tell(Some(id), text.clone(), Standing::Retired)
                >
                    "停用"
                </button>
            </li>
        }
    };
    view! {
        <Sheet title="经手人" remark="登记和审核的人">
            <ul class="settings__list">{move || staff.get().into_iter().map(row).collect_view()}</ul>
            <form class="settings__add" on:submit=add>
                <TextField label="姓名" value=name />
                <Button kind="submit">"添加"</Button>
            </form>
            <Problem sentence=problem />
            <p class="passbook__hint">
                "谁坐在这台电脑前,就在左下角选谁。有两位以上时,加分先报待审,由另一位审核入账。"
            </p>
        </Sheet>
    }
}
