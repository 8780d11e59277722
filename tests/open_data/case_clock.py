"""A case told again from its events alone: where it stands, when it was due, and
whether it was closed in time. The rules are stated here a second time, on
purpose, so that a wrong column does not agree with itself.
"""

from datetime import date, timedelta

# What the events of a case say of it, as columns of `case_events`.
FIELDS = [
    "kind", "at", "handling", "limit_days", "limit_unit", "limit_target", "follow_up", "resolved", "rating",
    "extended_days",
]
# What follows from them, as columns of `cases`.
TOLD = [
    "handling", "round", "due", "closed", "is_closed", "on_time", "resolved", "first_rating", "rating",
]

# Holidays by the notices of the State Council, and weekend days that are worked instead.
HOLIDAYS = [
    ("2025-01-01", "2025-01-01"), ("2025-01-28", "2025-02-04"), ("2025-04-04", "2025-04-06"),
    ("2025-05-01", "2025-05-05"), ("2025-05-31", "2025-06-02"), ("2025-10-01", "2025-10-08"),
    ("2026-01-01", "2026-01-03"), ("2026-02-15", "2026-02-23"), ("2026-04-04", "2026-04-06"),
    ("2026-05-01", "2026-05-05"), ("2026-06-19", "2026-06-21"), ("2026-09-25", "2026-09-27"),
    ("2026-10-01", "2026-10-07"),
]
WORKED = {
    "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11", "2026-01-04", "2026-02-14", "2026-02-28",
    "2026-05-09", "2026-09-20", "2026-10-10",
}
DAY = timedelta(days=1)
SATISFIED = {"非常满意", "满意", "基本满意"}


def is_worked(day):
    iso = day.isoformat()
    is_off = day.weekday() >= 5 or any(first <= iso <= last for first, last in HOLIDAYS)
    return iso in WORKED or not is_off


def working_days_after(day, count):
    while count > 0:
        day += DAY
        count -= is_worked(day)
    return day


class Round:
    """One time through the steps, from the day on which its clock starts."""

    def __init__(self, started):
        self.started = started
        self.fed_back = self.closed = self.suspended_since = self.frozen = None
        self.added = [0, 0, 0]  # days suspended, working days among them, days extended


def due_of(round_, handling):
    """The day on which it is due, and what is to be reached by then."""
    if handling is None:
        return None, "办结"
    suspended, worked, extended = round_.added
    match handling["handling"]:
        case "立即办":
            return round_.started + DAY * (1 + suspended + extended), "办结"
        case "限时办" if handling["limit_unit"] == "日":
            days = handling["limit_days"] + suspended + extended
            return round_.started + DAY * days, handling["limit_target"]
        case "限时办":
            days = handling["limit_days"] + worked + extended
            return working_days_after(round_.started, days), handling["limit_target"]
        case "上报办":
            return handling["follow_up"] + DAY * (suspended + extended), "办结"
        case "退回办":
            return round_.frozen or (None, "办结")


def close(round_, day):
    round_.closed = day
    round_.fed_back = round_.fed_back or day


def tell(received, events):
    """What the events say, by the names of the columns of `cases`."""
    round_, number, handling = Round(received), 1, None
    resolved = rating = first_rating = None
    waits = False  # for being assigned
    for event in events:
        day = event["at"].date()
        match event["kind"]:
            case "reported":
                waits = True
            case "assigned" | "handling_changed":
                if event["handling"] == "退回办":
                    due, target = due_of(round_, handling)
                    round_.frozen = None if waits or due is None else (due, target)
                    close(round_, day)
                elif event["handling"] == "上报办":
                    round_.added = [0, 0, 0]
                handling, waits = event, False
            case "fed_back":
                round_.fed_back = round_.fed_back or day
            case "answered":
                resolved = event["resolved"]
                close(round_, day)
            case "rated":
                rating = event["rating"]
                first_rating = first_rating or rating
                if rating not in SATISFIED:
                    round_, number, resolved, waits = Round(day), number + 1, None, True
            case "suspended":
                round_.suspended_since = day
            case "resumed":
                since, round_.suspended_since = round_.suspended_since, None
                round_.added[0] += max((day - since).days, 0)
                round_.added[1] += sum(is_worked(since + DAY * n) for n in range((day - since).days))
            case "extended":
                round_.added[2] += event["extended_days"]
    due, target = due_of(round_, handling)
    return {
        "handling": handling and handling["handling"],
        "round": number,
        "due": due,
        "closed": round_.closed,
        "is_closed": round_.closed is not None,
        "on_time": on_time(round_, due, target, waits),
        "resolved": resolved,
        "first_rating": first_rating,
        "rating": rating,
    }


def on_time(round_, due, target, waits):
    """Nothing for a case that is not closed."""
    if round_.closed is None:
        return None
    if round_.suspended_since or (due and waits):
        return False
    reached = round_.closed if target == "办结" else round_.fed_back
    return due is None or reached <= due
