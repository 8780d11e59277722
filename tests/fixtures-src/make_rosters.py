#!/usr/bin/env python3
"""Makes the roster fixtures. Needed only when they change, never by the tests.

    apt-get install --no-install-recommends libreoffice-calc python3-openpyxl
    pip install msoffcrypto-tool        # for the encrypted workbook, optional
    python3 tests/fixtures-src/make_rosters.py

openpyxl writes the source workbook (kept as one fixture); LibreOffice then
writes it as .xlsx, .xls, .ods and .csv. Beside them go expected.tsv and
problems.tsv: what a reader must find, said by this program and not by the
code under test. All people are invented; the area code 430999 and the
telephone numbers 1990000xxxx belong to nobody.
"""

import datetime
import pathlib
import random
import shutil
import subprocess
import tempfile

import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

TESTS = pathlib.Path(__file__).resolve().parent.parent
SMALL = TESTS / "native" / "fixtures" / "roster"
LARGE = TESTS / "e2e" / "fixtures"
EPOCH = datetime.datetime(2026, 9, 1)

# Characters with the first letter of their pinyin, so that the initials of
# generated heads are known.
SURNAMES = {
    "王": "w", "李": "l", "张": "z", "刘": "l", "陈": "c", "杨": "y", "黄": "h", "周": "z", "吴": "w", "徐": "x",
    "孙": "s", "胡": "h", "朱": "z", "高": "g", "林": "l", "何": "h", "郭": "g", "马": "m", "罗": "l", "梁": "l",
    "宋": "s", "郑": "z", "谢": "x", "韩": "h", "唐": "t", "冯": "f", "董": "d", "程": "c", "曹": "c", "袁": "y",
    "邓": "d", "许": "x", "傅": "f", "彭": "p", "苏": "s", "蒋": "j", "蔡": "c", "魏": "w", "丁": "d", "文": "w",
}
GIVEN_M = {
    "国": "g", "建": "j", "军": "j", "志": "z", "明": "m", "海": "h", "林": "l", "德": "d", "福": "f", "平": "p",
    "伟": "w", "强": "q", "华": "h", "立": "l", "新": "x", "春": "c", "生": "s", "庆": "q", "文": "w", "光": "g",
    "友": "y", "良": "l", "正": "z", "义": "y", "龙": "l", "辉": "h", "武": "w", "云": "y", "松": "s", "根": "g",
}
GIVEN_F = {
    "秀": "x", "英": "y", "桂": "g", "兰": "l", "玉": "y", "珍": "z", "红": "h", "丽": "l", "惠": "h", "玲": "l",
    "春": "c", "梅": "m", "芳": "f", "娟": "j", "霞": "x", "燕": "y", "凤": "f", "香": "x", "月": "y", "翠": "c",
    "菊": "j", "莲": "l", "爱": "a", "素": "s", "琴": "q", "艳": "y", "萍": "p", "敏": "m", "静": "j", "佳": "j",
}
INITIAL = {**SURNAMES, **GIVEN_M, **GIVEN_F}


class Names:
    """Names that are drawn once each."""

    def __init__(self, rng, taken):
        self.rng, self.taken = rng, set(taken)

    def draw(self, male, surname=None, head=False):
        while True:
            first = surname or self.rng.choice(list(SURNAMES))
            pool = list(GIVEN_M if male else GIVEN_F)
            name = first + "".join(self.rng.sample(pool, 2))
            initials = "".join(INITIAL[letter] for letter in name)
            if name not in self.taken and not (head and initials == "whl"):
                self.taken.add(name)
                return name


def id_number(birth, order):
    body = f"430999{birth:%Y%m%d}{order:03d}"
    factors = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * f for d, f in zip(body, factors)) % 11]


def family(rng, names, size, head=None, head_male=None):
    """People of a household as dicts, the head first."""
    male = rng.random() < 0.8 if head_male is None else head_male
    year = rng.randint(1948, 1985)
    head = head or names.draw(male, head=True)
    people = [dict(name=head, relation="户主", male=male, year=year)]
    roles = [("妻" if male else "夫", not male, year + rng.randint(-2, 4))]
    roles += [("长子", True, year + 24), ("儿媳", False, year + 26), ("次女", False, year + 28)]
    roles += [("孙子", True, year + 50), ("孙女", False, year + 52)] if year + 50 < 2024 else []
    roles += [("母亲", False, year - 24), ("父亲", True, year - 26)] if year > 1955 else []
    roles += [("弟弟", True, year + 3), ("女婿", True, year + 27), ("外孙女", False, min(year + 53, 2024))]
    surname = head[0]
    for relation, is_male, birth_year in roles[: size - 1]:
        inherits = relation in ("长子", "次女", "孙子", "孙女", "父亲", "弟弟")
        people.append(dict(name=names.draw(is_male, surname if inherits else None), relation=relation, male=is_male, year=birth_year))
    for person in people:
        person["birth"] = datetime.date(person["year"], rng.randint(1, 12), rng.randint(1, 28))
    return people


WORDS = {
    "户主": "户主", "妻": "配偶", "夫": "配偶", "长子": "子女", "次女": "子女", "儿媳": "子女", "女婿": "子女",
    "孙子": "孙辈", "孙女": "孙辈", "外孙女": "孙辈", "母亲": "父母", "父亲": "父母", "弟弟": "其他亲属",
}


class Book:
    """A sheet that is written from the top."""

    def __init__(self, title, widths):
        self.book = openpyxl.Workbook()
        self.book.properties.created = self.book.properties.modified = EPOCH
        self.book.properties.creator = "make_rosters.py"
        self.sheet = self.book.active
        self.sheet.title = title
        self.columns = len(widths)
        for index, width in enumerate(widths, 1):
            self.sheet.column_dimensions[get_column_letter(index)].width = width
        self.row = 0

    def wide(self, text, size=11):
        """A line merged over all columns."""
        self.row += 1
        cell = self.sheet.cell(self.row, 1, text)
        cell.font = Font(name="宋体", size=size, bold=size > 11)
        cell.alignment = Alignment(horizontal="center")
        self.sheet.merge_cells(start_row=self.row, end_row=self.row, start_column=1, end_column=self.columns)
        return self.row

    def line(self, values):
        """A line of cells; (value, number format) sets the format."""
        self.row += 1
        side = Side(style="thin")
        for index, value in enumerate(values, 1):
            form = None
            if isinstance(value, tuple):
                value, form = value
            cell = self.sheet.cell(self.row, index)
            cell.border = Border(left=side, right=side, top=side, bottom=side)
            cell.font = Font(name="宋体", size=11)
            if value is None:
                continue
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
                cell.number_format = "@"
            if form:
                cell.number_format = form
        return self.row

    def merge_down(self, columns, first, last):
        for column in columns:
            if last > first:
                for row in range(first + 1, last + 1):
                    self.sheet.cell(row, column).value = None
                self.sheet.merge_cells(start_row=first, end_row=last, start_column=column, end_column=column)
                self.sheet.cell(first, column).alignment = Alignment(vertical="center")


HEADER = ["序号", "户号", "户主姓名", "所属网格", "组别", "家庭住址", "姓名", "与户主关系", "性别", "出生年月",
          "公民身份号码", "联系电话", "居住情况", "重点人群", "政治面貌", "党员类别"]


def birth_cell(style, birth):
    """A birth as different hands write it."""
    return [
        lambda: (datetime.datetime.combine(birth, datetime.time()), "yyyy-mm-dd"),
        lambda: (datetime.datetime.combine(birth, datetime.time()), 'yyyy"年"m"月"d"日"'),
        lambda: f"{birth.year}.{birth.month}.{birth.day}",
        lambda: int(f"{birth:%Y%m%d}"),
        lambda: f"{birth.year}/{birth.month}/{birth.day}",
        lambda: (datetime.datetime.combine(birth, datetime.time()), "yyyy/m/d"),
        lambda: f"{birth.year}年{birth.month}月{birth.day}日",
        lambda: f"{birth:%Y-%m-%d}",
    ][style % 8]()


ODD_NAMES = {
    (3, 1): ("<img src=x onerror=alert(1)>", None),
    (3, 2): ('=HYPERLINK("http://a.test","b")', None),
    (4, 1): ("\uff1d1+1", None),
    (4, 2): ("王\u202e强\u202c", "王强"),
    (5, 0): ("\U00020bb7野㐂", None),
    (6, 1): ("李\u3000明", "李明"),
    (7, 1): ("买买提\u00b7吐尔逊", None),
}


def small_people():
    """24 households with everything that rosters get wrong.

    Returns households of people; each person has `cells` (as written) and
    what a reader must make of them."""
    rng = random.Random(20260901)
    names = Names(rng, [])
    sizes = [4, 3, 5, 4, 3, 2, 4, 6, 1, 4, 5, 3, 4, 4, 2, 5, 3, 4, 6, 4, 3, 4, 5, 2]
    households = []
    count = 0
    for index, size in enumerate(sizes):
        grid = index // 6 + 1
        people = family(rng, names, size)
        home = dict(number=f"{grid}-{index % 6 + 1:03d}", grid=f"第{'一二三四'[grid - 1]}网格", group=f"{index // 3 + 1}组",
                    address=f"柳湾村{index // 3 + 1}组{index + 1}号", people=people)
        for place, person in enumerate(people):
            count += 1
            written, read = ODD_NAMES.get((index, place), (person["name"], None))
            # The head's column must follow the head's name.
            person["name"] = read or written
            person.update(
                shown=written, id="", id_cell=None, damaged=False, phone="", phone_cell=None, away=False, care=[],
                care_cell=None, member="", party_cell="群众", type_cell=None, problems=[], sex=person["male"],
                birth_cell=birth_cell(count, person["birth"]), read_relation=WORDS[person["relation"]],
            )
            if count % 3 == 0:
                person["phone"] = f"1990000{count:04d}"
                person["phone_cell"] = int(person["phone"]) if count % 2 else person["phone"]
            if count % 7 == 0:
                person["id"] = person["id_cell"] = id_number(person["birth"], count * 2 + (1 if person["male"] else 0))
            if count % 11 == 0:
                person["away"] = True
        households.append(home)
    return households


def spoil(households):
    """Plants each kind of fault once; (household, place) says where."""
    def at(index, place):
        return households[index]["people"][place]

    def fault(person, kind, **changes):
        person.update(changes)
        person["problems"].append(kind)

    fault(at(0, 3), "IdCheck", id="430999198503020019", id_cell="430999198503020019", damaged=True)
    fault(at(1, 1), "IdLostDigits", id="430999198503020000", id_cell=430999198503020016, damaged=True)
    fault(at(1, 2), "IdLength", id="43099919850302001", id_cell="43099919850302001", damaged=True)
    fault(at(2, 1), "IdOld", id="430999850302001", id_cell="430999850302001", damaged=True)
    person = at(2, 2)
    fault(person, "BirthDiffers", id=id_number(datetime.date(1999, 9, 9), 101 if person["male"] else 102))
    person["id_cell"] = person["id"]
    person = at(2, 3)
    fault(person, "SexDiffers", id=id_number(person["birth"], 104 if person["male"] else 103))
    person["id_cell"] = person["id"]
    fault(at(3, 3), "BirthUnreadable", birth=None, birth_cell="1985-13-40")
    person = at(4, 0)
    fault(person, "BirthDayMissing", birth=person["birth"].replace(day=1), id="", id_cell=None)
    person["birth_cell"] = f"{person['birth'].year}年{person['birth'].month}月"
    fault(at(6, 2), "PhoneOdd", phone="1990000123", phone_cell="1990000123")
    fault(at(6, 3), "PhoneSeveral", phone="19900000001", phone_cell="19900000001、19900000002")
    fault(at(7, 2), "RelationUnknown", relation="室友", read_relation="其他亲属")
    fault(at(7, 3), "RelationMissing", relation=None, read_relation="其他亲属")
    fault(at(9, 2), "HeadTwice", relation="户主", read_relation="其他亲属")
    fault(at(10, 1), "CareUnknown", care=["重点关爱"], care_cell="脱贫户")
    fault(at(11, 0), "MemberTypeMissing", member="无职党员", party_cell="中共党员")
    fault(at(12, 1), "SexUnknown", sex=None, sex_cell="?", id="", id_cell=None)
    at(13, 0).update(member="联户党员", party_cell="中共党员", type_cell="联户党员")
    at(14, 0).update(member="村组干部", party_cell="党员", type_cell="村干部")
    at(15, 0).update(member="年老体弱党员", party_cell="中共党员", type_cell="年老体弱")
    at(16, 0).update(member="流动党员", party_cell="中共党员", type_cell="流动党员", away=True)
    at(17, 0).update(care=["低保", "残疾人"], care_cell="低保户、残疾（二级）")
    at(18, 4).update(care=["留守儿童"], care_cell="留守儿童")
    at(8, 0).update(care=["孤寡老人"], care_cell="孤寡老人")
    person = at(19, 1)
    person["id"] = person["id_cell"] = id_number(person["birth"], 201 if person["male"] else 202)
    return person


def person_cells(home, head, person, number):
    sex = person.get("sex_cell") or ("男" if person["male"] else "女")
    return [number, home["number"], head, home["grid"], home["group"], home["address"], person["shown"],
            person["relation"], sex, person["birth_cell"], person["id_cell"], person["phone_cell"],
            "外出务工" if person["away"] else "常住", person["care_cell"], person["party_cell"], person["type_cell"]]


def expected_line(home, person):
    sex = {True: "男", False: "女", None: ""}[person["sex"]]
    birth = f"{person['birth']:%Y-%m-%d}" if person["birth"] else ""
    mark = "damaged" if person["damaged"] else ""
    return "\t".join([home["number"], home["grid"], home["group"], home["address"], person["name"], person["read_relation"],
                      sex, birth, person["id"], mark, person["phone"], "流动" if person["away"] else "常住",
                      "、".join(person["care"]), person["member"]])


def make_small():
    households = small_people()
    twin = spoil(households)
    book = Book("花名册", [6, 8, 10, 10, 8, 18, 12, 12, 6, 14, 22, 14, 10, 12, 10, 12])
    book.wide("柳湾村户籍人口花名册", 18)
    book.wide("填报单位：柳湾村村民委员会    填报日期：2026年9月1日")
    book.line(HEADER)
    problems, lines, number = [], [], 0
    for index, home in enumerate(households):
        head = home["people"][0]["shown"]
        first = book.row + 1
        for place, person in enumerate(home["people"]):
            number += 1
            row = book.line(person_cells(home, head, person, number))
            problems += [(row, kind) for kind in person["problems"]]
        if index == 5:
            row = book.line([None] * 6 + ["长" * 300, "长子", "男"])
            problems.append((row, "NameTooLong"))
        if index == 20:
            row = book.line([None] * 7 + ["长女", "女", "2001-01-01"])
            problems.append((row, "NoName"))
        if index == 21:
            row = book.line(person_cells(home, head, {**twin, "relation": "弟弟"}, None))
            problems.append((row, "SamePerson"))
        # Without merged cells a second 户主 under a blank number reads as a
        # household of its own, and .csv has none: this one is written out.
        if index != 9:
            book.merge_down([2, 3, 4, 5, 6], first, book.row)
        if index == 11:
            book.line(HEADER)
        if index == 17:
            book.line([None])
    late = dict(family(random.Random(7), Names(random.Random(7), []), 1)[0])
    late.update(shown=late["name"], relation="侄子", read_relation="其他亲属", id="", id_cell=None, damaged=False, phone="",
                phone_cell=None, away=False, care=[], care_cell=None, member="", party_cell="群众", type_cell=None,
                male=True, sex=True, birth_cell=f"{late['birth']:%Y-%m-%d}")
    home = households[1]
    row = book.line(person_cells(home, None, late, number + 1))
    problems.append((row, "HouseholdContinues"))
    home["people"].append(late)
    book.line(["合计", f"{len(households)}户", None, None, None, None, f"{number + 1}人"])
    book.wide("填表人：数据员    审核人：")
    for home in households:
        lines += [expected_line(home, person) for person in home["people"]]
    SMALL.mkdir(parents=True, exist_ok=True)
    (SMALL / "expected.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (SMALL / "problems.tsv").write_text("".join(f"{row}\t{kind}\n" for row, kind in sorted(problems)), encoding="utf-8")
    book.book.save(SMALL / "openpyxl.xlsx")
    convert(SMALL / "openpyxl.xlsx", SMALL, "libreoffice",
            ["xlsx:Calc MS Excel 2007 XML", "xls:MS Excel 97", "ods:calc8"])
    convert(SMALL / "openpyxl.xlsx", SMALL, "libreoffice-utf8", ["csv:Text - txt - csv (StarCalc):44,34,76,1"])
    convert(SMALL / "openpyxl.xlsx", SMALL, "libreoffice-gb18030", ["csv:Text - txt - csv (StarCalc):44,34,85,1"])
    make_refused()


def make_refused():
    (SMALL / "html.xlsx").write_text(
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"></head><body>'
        "<table><tr><td>姓名</td></tr><tr><td>王示例</td></tr></table></body></html>", encoding="utf-8")
    try:
        import msoffcrypto.format.ooxml as ooxml
    except ImportError:
        print("msoffcrypto-tool is missing: encrypted.xlsx is kept as it is")
        return
    book = openpyxl.Workbook()
    book.active["A1"] = "姓名"
    with tempfile.TemporaryDirectory() as folder:
        plain = pathlib.Path(folder) / "plain.xlsx"
        book.save(plain)
        with plain.open("rb") as source, (SMALL / "encrypted.xlsx").open("wb") as target:
            ooxml.OOXMLFile(source).encrypt("123456", target)


def convert(source, folder, stem, filters):
    """Lets LibreOffice write the file in other formats."""
    with tempfile.TemporaryDirectory() as work:
        for form in filters:
            ending = form.split(":")[0]
            subprocess.run(
                ["soffice", f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to", form,
                 "--outdir", work, str(source)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            shutil.move(f"{work}/{source.stem}.{ending}", folder / f"{stem}.{ending}")


FIXED = {(2, 17): ("王海林", True, 4), (1, 88): ("魏红丽", False, None), (4, 52): ("吴惠玲", False, None)}
LARGE_HEADER = ["户号", "所属网格", "村民小组", "家庭住址", "户主", "姓名", "与户主关系", "性别", "出生日期", "身份证号",
                "联系电话", "居住情况", "人员类别", "政治面貌", "党员类型"]


def make_large():
    """The reference village: 410 households, 1,740 people, 74 members."""
    rng = random.Random(410)
    names = Names(rng, [name for name, _, _ in FIXED.values()])
    grids = {1: 103, 2: 103, 3: 102, 4: 102}
    homes = [(grid, place) for grid, count in grids.items() for place in range(1, count + 1)]
    sizes = [rng.choice([2, 3, 4, 4, 4, 5, 5, 6]) for _ in homes]
    fixed = {homes.index(key) for key in FIXED}
    sizes[homes.index((2, 17))] = 4
    while sum(sizes) != 1740:
        index = rng.randrange(len(homes))
        step = 1 if sum(sizes) < 1740 else -1
        if index not in fixed and 1 <= sizes[index] + step <= 7:
            sizes[index] += step
    book = Book("花名册", [8, 10, 10, 20, 10, 10, 12, 6, 14, 22, 14, 10, 12, 10, 12])
    book.wide("柳湾村常住人口花名册", 18)
    book.wide("说明：本表为演示数据，姓名、电话、身份证号均为虚构。")
    book.line(LARGE_HEADER)
    people_all = []
    for (grid, place), size in zip(homes, sizes):
        name, male, _ = FIXED.get((grid, place), (None, None, None))
        people_all.append(family(rng, names, size, name, male))
    assert sum(map(len, people_all)) == 1740, sum(map(len, people_all))
    adults = [p for people in people_all for p in people if p["year"] < 2000 and p["birth"].year > 1930]
    types = ["联户党员"] * 30 + ["无职党员"] * 22 + ["流动党员"] * 10 + ["村组干部"] * 5 + ["年老体弱党员"] * 7
    for person, kind in zip(rng.sample(adults, 74), types):
        person["member"] = kind
    count = 0
    for (grid, place), people in zip(homes, people_all):
        first = book.row + 1
        group = (place - 1) // 26 + 1 + (grid - 1) * 4
        for person in people:
            count += 1
            member = person.get("member")
            away = member == "流动党员" or (member is None and person["year"] in range(1975, 2004) and rng.random() < 0.3)
            care = None
            if person["year"] > 2012 and rng.random() < 0.25:
                care = "留守儿童"
            elif person["year"] < 1952 and rng.random() < 0.2:
                care = rng.choice(["孤寡老人", "残疾人", "低保"])
            book.line([
                f"{grid}-{place:03d}", f"第{'一二三四'[grid - 1]}网格", f"{group}组", f"柳湾村{group}组{place}号", people[0]["name"],
                person["name"], person["relation"], "男" if person["male"] else "女",
                (datetime.datetime.combine(person["birth"], datetime.time()), "yyyy-mm-dd"),
                id_number(person["birth"], 500 + (1 if person["male"] else 0)) if count % 200 == 0 else None,
                f"1990000{count:04d}" if person["relation"] == "户主" else None,
                "外出务工" if away else "常住", care, "中共党员" if member else "群众", member])
        book.merge_down([1, 2, 3, 4, 5], first, book.row)
    heads = [people[0]["name"] for people in people_all]
    whl = [name for name in heads if "".join(INITIAL[letter] for letter in name) == "whl"]
    assert len(heads) == len(set(heads)) == 410 and sorted(whl) == sorted(name for name, _, _ in FIXED.values()), whl
    LARGE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        source = pathlib.Path(work) / "large.xlsx"
        book.book.save(source)
        convert(source, LARGE, "柳湾村花名册", ["xlsx:Calc MS Excel 2007 XML"])
        convert(LARGE / "柳湾村花名册.xlsx", LARGE, "柳湾村花名册", ["csv:Text - txt - csv (StarCalc):44,34,85,1"])


if __name__ == "__main__":
    make_small()
    make_large()
