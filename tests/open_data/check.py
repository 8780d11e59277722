"""Loads the open data as a database would, by what `datapackage.json` says,
and computes again what the app says.

    python3 check.py village.zip village.json

The zip is opened here and nowhere described but in itself: types, keys and
links come from the package. Then balances, stock and rates are computed with
SQL and compared, one by one, with the second file, which the app wrote.
"""

import json
import pathlib
import sys
import tempfile
import zipfile

import duckdb

import case_clock

TYPES = {"string": "VARCHAR", "integer": "BIGINT", "boolean": "BOOLEAN", "date": "DATE", "datetime": "TIMESTAMP"}
FORMULA = tuple("=+-@\t\r＝＋－＠")

problems = []


def must(holds, sentence):
    if not holds:
        problems.append(sentence)


def load(database, folder, resource):
    """Makes a table with the types, the key and the links of the schema."""
    table, schema = resource["name"], resource["schema"]
    path = folder / resource["path"]
    text = path.read_bytes()
    must(text.startswith(b"\xef\xbb\xbf"), f"{table}: no mark of UTF-8")
    must(len(text) == resource["bytes"], f"{table}: {len(text)} bytes, {resource['bytes']} described")
    head = text.split(b"\r\n", 1)[0].decode("utf-8-sig").split(",")
    must(head == [field["name"] for field in schema["fields"]], f"{table}: the head is not the schema: {head}")
    for thing in [resource, *schema["fields"]]:
        must(any("一" <= letter <= "鿿" for letter in thing["description"]), f"{table}: {thing['name']} has no description")

    columns = {field["name"]: TYPES[field["type"]] for field in schema["fields"]}
    required = [field["name"] for field in schema["fields"] if field.get("constraints", {}).get("required")]
    lines = [f'"{name}" {kind}{" NOT NULL" if name in required else ""}' for name, kind in columns.items()]
    lines.append(f"PRIMARY KEY ({names(schema['primaryKey'])})")
    for link in schema.get("foreignKeys", []):
        target = link["reference"]["resource"] or table
        lines.append(f"FOREIGN KEY ({names(link['fields'])}) REFERENCES {target} ({names(link['reference']['fields'])})")
    # What names rows of its own table is checked when all of them are there.
    own = [line for line in lines if f"REFERENCES {table} " in line]
    database.execute(f"CREATE TABLE {table} ({', '.join(line for line in lines if line not in own)})")
    database.execute(
        f"INSERT INTO {table} SELECT * FROM read_csv(?, header = true, delim = ',', quote = '\"', escape = '\"', "
        "nullstr = '', columns = ?, auto_detect = false)",
        [str(path), columns],
    )
    for link in schema.get("foreignKeys", []):
        if not link["reference"]["resource"]:
            (column,), (other,) = link["fields"], link["reference"]["fields"]
            (lost,) = database.execute(
                f'SELECT count(*) FROM {table} WHERE "{column}" NOT IN (SELECT "{other}" FROM {table})'
            ).fetchone()
            must(lost == 0, f"{table}: {lost} times {column} names nothing")
    for field in schema["fields"]:
        if field["type"] == "string":
            for (value,) in database.execute(f'SELECT DISTINCT "{field["name"]}" FROM {table}').fetchall():
                must(not (value or "").startswith(FORMULA), f"{table}.{field['name']}: {value} is taken for a formula")


def names(columns):
    return ", ".join(f'"{column}"' for column in columns)


def rate(numerator, denominator):
    """As the app prints it: two decimals, half up, with the fraction."""
    if denominator == 0:
        return "— 0 / 0"
    points = (2 * numerator * 10_000 + denominator) // (2 * denominator)
    return f"{points // 100}.{points % 100:02}% {numerator:,} / {denominator:,}"


SATISFIED = "rating IN ('非常满意', '满意', '基本满意')"
QUARTER = "year(received) || '-' || quarter(received)"
MONTH = "year(received) || '-' || month(received)"
# The name of each rate, over which span, and how many of how many.
RATES = [
    ("矛盾化解率", QUARTER, "is_dispute AND coalesce(resolved, false)", "is_dispute"),
    ("按期办结率", QUARTER, "is_closed AND on_time", "is_closed"),
    ("满意率", QUARTER, SATISFIED, "rating IS NOT NULL"),
    ("办结率", MONTH, "is_closed", "true"),
    ("重新交办率", "'all'", "round > 1", "rating IS NOT NULL"),
]

# Whose the accounts are, by what was chosen: the letter before the id, and the table of all of them.
HOLDERS = {"按户": ("h", "households", "id"), "按人": ("v", "villagers", "person")}


def holder_on(database, day):
    """Whether points are by household or by person on the day, an SQL expression."""
    chosen = database.execute(
        f"SELECT accounts FROM account_choices WHERE since IS NULL OR since <= {day} ORDER BY place DESC LIMIT 1"
    ).fetchone()
    return chosen[0] if chosen else "按户"


def computed(database):
    """Everything that the app says too, from the tables alone."""
    found = {}
    balances = """
        SELECT account, coalesce(earned, 0) - coalesce(spent, 0) FROM balances
        LEFT JOIN (SELECT account, sum(points) AS earned FROM entries GROUP BY 1) USING (account)
        LEFT JOIN (
            SELECT account, sum(quantity * price_points) AS spent
            FROM redemptions JOIN redemption_lines ON redemption = id WHERE NOT undone GROUP BY 1
        ) USING (account)"""
    for account, balance in database.execute(balances).fetchall():
        found["balance", account] = str(balance)
    stock = "SELECT goods, sum(quantity) FROM stock_movements GROUP BY 1"
    for goods, quantity in database.execute(stock).fetchall():
        found["stock", goods] = str(quantity)
    for name, span, numerator, denominator in RATES:
        query = f"""SELECT {span}, count(*) FILTER ({numerator}), count(*) FILTER ({denominator})
            FROM told GROUP BY 1"""
        for when, over, under in database.execute(query).fetchall():
            found[name, when] = rate(over, under)
    # Who scored in a quarter, and who still lived here at its end: households, or people where points are by person.
    for (year, quarter) in database.execute("SELECT DISTINCT year(received), quarter(received) FROM cases").fetchall():
        first, last = f"make_date({year}, {quarter * 3 - 2}, 1)", f"last_day(make_date({year}, {quarter * 3}, 1))"
        prefix, table, key = HOLDERS[holder_on(database, last)]
        over, under = database.execute(f"""
            WITH here AS (SELECT '{prefix}' || {key} AS account FROM {table} WHERE "left" IS NULL OR "left" > {last}),
            scored AS (
                SELECT DISTINCT account FROM entries e
                WHERE e.ledger = '群众积分' AND kind = 'act' AND e.points > 0 AND date BETWEEN {first} AND {last}
                AND NOT EXISTS (FROM entries r WHERE r.reverses = e.id))
            SELECT count(*) FILTER (account IN (FROM scored)), count(*) FROM here""").fetchone()
        found["积分参与率", f"{year}-{quarter}"] = rate(over, under)
    # A month is judged by its last day, or by today while it runs.
    coverage = """
        WITH months AS (
            SELECT DISTINCT last_day(date) AS ends, least(last_day(date), (SELECT as_of FROM village)) AS judged
            FROM visits WHERE NOT is_struck)
        SELECT year(ends) || '-' || month(ends), count(DISTINCT household), count(DISTINCT homes.id)
        FROM months JOIN households homes ON homes."left" IS NULL OR homes."left" > judged
        LEFT JOIN visits ON household = homes.id AND NOT is_struck AND last_day(date) = ends GROUP BY 1"""
    for when, over, under in database.execute(coverage).fetchall():
        found["走访覆盖率", when] = rate(over, under)
    return found


def agree(database):
    """What the tables say twice, they say alike."""
    for sentence, query in [
        ("balances are not their entries", "SELECT count(*) FROM balances WHERE balance <> points - redeemed"),
        (
            "stock is not its movements",
            "SELECT count(*) FROM goods JOIN (SELECT goods, sum(quantity) AS moved FROM stock_movements GROUP BY 1)"
            " ON goods = id WHERE stock <> moved",
        ),
        (
            "a reversal does not take back what it names",
            "SELECT count(*) FROM entries r JOIN entries o ON r.reverses = o.id"
            " WHERE r.points <> -o.points OR r.account <> o.account OR r.kind <> 'reversal'",
        ),
        (
            "the round is not the ratings",
            "SELECT count(*) FROM cases JOIN (SELECT case_id, count(*) FILTER"
            " (kind = 'rated' AND rating IN ('不满意', '非常不满意')) AS back FROM case_events GROUP BY 1)"
            " ON case_id = id WHERE round <> back + 1",
        ),
        (
            "what a visit earned is not its visitor's",
            "SELECT count(*) FROM visits JOIN entries ON entry = entries.id WHERE account <> 'm' || person",
        ),
    ]:
        (count,) = database.execute(query).fetchone()
        must(count == 0, f"{count} times {sentence}")


def retell(database):
    """Tells every case again from its events, and compares that with its row."""
    columns = ["id", "received", "is_dispute", *case_clock.TOLD]
    cases = database.execute(f"SELECT {names(columns)} FROM cases").fetchall()
    events = {}
    fields = ["case_id", *case_clock.FIELDS]
    for case, *event in database.execute(f"SELECT {names(fields)} FROM case_events ORDER BY case_id, place").fetchall():
        events.setdefault(case, []).append(dict(zip(case_clock.FIELDS, event)))
    types = "id VARCHAR, received DATE, is_dispute BOOLEAN, handling VARCHAR, round BIGINT, due DATE, closed DATE, "
    types += "is_closed BOOLEAN, on_time BOOLEAN, resolved BOOLEAN, first_rating VARCHAR, rating VARCHAR"
    database.execute(f"CREATE TABLE told ({types})")
    for case, received, is_dispute, *said in cases:
        told = case_clock.tell(received, events.get(case, []))
        for column, value in zip(case_clock.TOLD, said):
            must(told[column] == value, f"case {case}: {column} is {value}, its events say {told[column]}")
        row = [case, received, is_dispute, *(told[column] for column in case_clock.TOLD)]
        database.execute(f"INSERT INTO told VALUES ({', '.join('?' * len(row))})", row)
    for what in ["on_time", "NOT on_time", "resolved", "NOT resolved", "round > 1", "due IS NOT NULL"]:
        (count,) = database.execute(f"SELECT count(*) FROM told WHERE {what}").fetchone()
        must(count > 0, f"no case to try: {what}")


# What there has to be where points are kept by person, so that comparing tells something.
BY_PERSON = [
    ("points", "SELECT count(*) FROM balances WHERE account LIKE 'v%' AND balance <> 0"),
    ("a reversal", "SELECT count(*) FROM entries WHERE account LIKE 'v%' AND kind = 'reversal'"),
    ("a redemption", "SELECT count(*) FROM redemptions WHERE account LIKE 'v%' AND NOT undone"),
    ("a redemption that was undone", "SELECT count(*) FROM redemptions WHERE account LIKE 'v%' AND undone"),
    ("somebody who left", """SELECT count(*) FROM villagers WHERE "left" IS NOT NULL"""),
    ("a case of that time", "SELECT count(*) FROM cases, account_choices WHERE received >= since"),
]


def shown(database, package):
    """Whether every table has rows to look at; two of them have none where points are by household."""
    counts = {
        resource["name"]: database.execute(f"SELECT count(*) FROM {resource['name']}").fetchone()[0]
        for resource in package["resources"]
    }
    by_household = counts["account_choices"] == 0
    for table, count in counts.items():
        must((count > 0) != (by_household and table in ("account_choices", "villagers")), f"{table} has {count} rows")
    for what, query in [] if by_household else BY_PERSON:
        (count,) = database.execute(query).fetchone()
        must(count > 0, f"by person there is no {what}")
    return sum(counts.values())


def main(archive, expected):
    database = duckdb.connect()
    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(archive).extractall(folder)
        folder = pathlib.Path(folder)
        package = json.loads((folder / "datapackage.json").read_text("utf-8"))
        described = {resource["path"] for resource in package["resources"]} | {"datapackage.json"}
        must({file.name for file in folder.iterdir()} == described, "the files are not those of the package")
        for resource in package["resources"]:
            load(database, folder, resource)
    agree(database)
    retell(database)
    found = computed(database)
    said = {(kind, key): value for kind, key, value in json.loads(pathlib.Path(expected).read_text("utf-8"))}
    for what, value in said.items():
        # A month without cases, and goods that never moved, are no rows.
        empty = {"办结率": "— 0 / 0", "stock": "0"}.get(what[0])
        must(found.get(what, empty) == value, f"{what}: the app says {value}, the tables say {found.get(what)}")
    for what in found.keys() - said.keys():
        must(what[0] == "办结率", f"{what} is in the tables and not in the app")
    must(any(kind == "balance" and value != "0" for (kind, _), value in said.items()), "there are no points to compare")
    rows = shown(database, package)
    for problem in problems:
        print(problem)
    print(f"{pathlib.Path(archive).stem}: {len(package['resources'])} tables, {rows} rows, {len(said)} figures compared, DuckDB {duckdb.__version__}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
