"""Loads the open data as a database would, by what `datapackage.json` says,
and computes again what the app says.

    python3 check.py open_data.zip expected.json

The zip is opened here and nowhere described but in itself: types, keys and
links come from the package. Then balances, stock and rates are computed with
SQL and compared, one by one, with `expected.json`, which the app wrote.
"""

import json
import pathlib
import sys
import tempfile
import zipfile

import duckdb

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
    return f"{points // 100}.{points % 100:02}% {numerator} / {denominator}"


SATISFIED = "rating IN ('非常满意', '满意', '基本满意')"
QUARTER = "year(received) || '-' || quarter(received)"
MONTH = "year(received) || '-' || month(received)"
# The name of each rate, over which span, and how many of how many.
RATES = [
    ("矛盾化解率", QUARTER, "is_dispute AND resolved", "is_dispute"),
    ("按期办结率", QUARTER, "is_closed AND on_time", "is_closed"),
    ("满意率", QUARTER, SATISFIED, "rating IS NOT NULL"),
    ("办结率", MONTH, "is_closed", "true"),
    ("重新交办率", "'all'", "round > 1", "rating IS NOT NULL"),
]


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
            FROM cases GROUP BY 1"""
        for when, over, under in database.execute(query).fetchall():
            found[name, when] = rate(over, under)
    coverage = """SELECT year(date) || '-' || month(date), count(DISTINCT household), (SELECT count(*) FROM households)
        FROM visits WHERE NOT is_struck GROUP BY 1"""
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
    found = computed(database)
    said = {(kind, key): value for kind, key, value in json.loads(pathlib.Path(expected).read_text("utf-8"))}
    for what, value in said.items():
        # A month without cases, and goods that never moved, are no rows.
        empty = {"办结率": "— 0 / 0", "stock": "0"}.get(what[0])
        must(found.get(what, empty) == value, f"{what}: the app says {value}, the tables say {found.get(what)}")
    for what in found.keys() - said.keys():
        must(what[0] == "办结率", f"{what} is in the tables and not in the app")
    must(any(kind == "balance" and value != "0" for (kind, _), value in said.items()), "there are no points to compare")
    for problem in problems:
        print(problem)
    rows = sum(database.execute(f"SELECT count(*) FROM {resource['name']}").fetchone()[0] for resource in package["resources"])
    print(f"{len(package['resources'])} tables, {rows} rows, {len(said)} figures compared, DuckDB {duckdb.__version__}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
