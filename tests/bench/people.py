"""Customers of an invented German company, some of them filed more than once, with the truth.

Seeded; names and places from Faker's lists, the first of each list far commoner than the last.
`entity_id` is the truth: files with the same one are the same customer.
usage: people.py --kind plain|hard --n 100000 --seed 1 --out file.csv
"""

import argparse
import csv
import datetime
import itertools
import random
import string

COLUMNS = [
    "rec_id",
    "entity_id",
    "is_company",
    "name",
    "first_name",
    "last_name",
    "birth_name",
    "street",
    "zip",
    "city",
    "birthdate",
    "email",
    "phone",
    "vat",
]
_DIGRAPHS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
)
_BARE = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "s", "Ä": "A", "Ö": "O", "Ü": "U"})
_MAILERS = [
    "gmx.de",
    "web.de",
    "t-online.de",
    "gmail.com",
    "freenet.de",
    "posteo.de",
    "outlook.de",
    "icloud.com",
]
_MOBILE = [
    "151",
    "152",
    "157",
    "160",
    "162",
    "170",
    "171",
    "172",
    "173",
    "174",
    "175",
    "176",
    "177",
    "178",
    "179",
]
_AREAS = [
    "30",
    "40",
    "89",
    "221",
    "69",
    "711",
    "211",
    "341",
    "351",
    "911",
    "201",
    "231",
    "421",
    "511",
    "2241",
    "7531",
    "8031",
    "3641",
]


def spelled(text, kind):
    """Without umlauts: "ae" or "a"."""
    return text.translate(_DIGRAPHS if kind == "ae" else _BARE)


class Lists:
    """Names and places, each with how common it is."""

    def __init__(self, seed):
        from faker import Faker
        from faker.providers.person.de_DE import Provider

        self.random, fake = random.Random(seed), Faker("de_DE")
        Faker.seed(seed)
        women, men, last = (
            [name for name in getattr(Provider, attribute) if len(name) > 1 and "." not in name]
            for attribute in ("first_names_female", "first_names_male", "last_names")
        )
        self.first = self._ranked([*women, *men], 0.75)
        self.last = self._ranked(last, 0.75)
        self.streets = self._ranked({fake.street_name() for _one in range(8000)}, 0.5)
        self.cities = self._ranked({fake.city_name() for _one in range(5000)}, 0.85)
        self.codes = {}
        for rank, city in enumerate(self.cities[0]):
            start = self.random.randrange(1000, 99000)
            codes = range(start, start + max(1, int(50 / (rank + 1) ** 0.5)))
            self.codes[city] = [f"{min(code, 99998):05}" for code in codes]

    def _ranked(self, values, slope):
        values = sorted(set(values))
        self.random.shuffle(values)
        weights = (1 / (rank + 3) ** slope for rank in range(len(values)))
        return values, list(itertools.accumulate(weights))

    def draw(self, ranked):
        """One of a list, the common ones oftener."""
        return self.random.choices(ranked[0], cum_weights=ranked[1])[0]


class People:
    """Private customers; `copy` files one a second time, with what goes wrong then."""

    household = 0.25

    def __init__(self, seed):
        self.lists = Lists(seed)
        self.random = self.lists.random
        self.recent = []

    def chance(self, part):
        """Whether it happens, so often of one."""
        return self.random.random() < part

    def address(self):
        """Street with number, postcode, city."""
        city = self.lists.draw(self.lists.cities)
        number = 1 + int(self.random.expovariate(1 / 30))
        letter = self.random.choice(["", "", "", "", "", "a", "b"])
        street = f"{self.lists.draw(self.lists.streets)} {number}{letter}"
        return {"street": street, "zip": self.random.choice(self.lists.codes[city]), "city": city}

    def birthday(self):
        """A date of birth of somebody of age."""
        days = int(self.random.betavariate(2.2, 1.9) * 26000)
        return (datetime.date(1935, 1, 1) + datetime.timedelta(days)).isoformat()

    def phone(self):
        """A telephone number, mostly of a mobile."""
        if self.chance(0.65):
            return f"+49{self.random.choice(_MOBILE)}{self.random.randrange(10**7, 10**8)}"
        return f"+49{self.random.choice(_AREAS)}{self.random.randrange(10**5, 10**7)}"

    def mailbox(self, person):
        """An address of e-mail made of the name."""
        first, last = (
            spelled(person[part], "ae").lower().replace(" ", "-")
            for part in ("first_name", "last_name")
        )
        shapes = (
            f"{first}.{last}",
            f"{first[:1]}{last}",
            f"{first}.{last}{self.random.randrange(40, 100)}",
            f"{last}{self.random.randrange(1950, 2006)}",
            f"{first}_{last}{self.random.randrange(999)}",
        )
        return f"{self.random.choice(shapes)}@{self.random.choice(_MAILERS)}"

    def person(self):
        """A new customer, often at home with one who is there already."""
        home = self.chance(self.household) and self.recent and self.random.choice(self.recent)
        made = {
            "first_name": self.lists.draw(self.lists.first),
            "last_name": home["last_name"] if home else self.lists.draw(self.lists.last),
            **(
                {part: home[part] for part in ("street", "zip", "city")} if home else self.address()
            ),
            "birthdate": self.birthday() if self.chance(0.8) else "",
            "phone": self.phone() if self.chance(0.85) else "",
        }
        made["email"] = self.mailbox(made) if self.chance(0.75) else ""
        if home:
            made["phone"] = home["phone"] if self.chance(0.3) else made["phone"]
            made["email"] = home["email"] if self.chance(0.12) else made["email"]
        return made

    def entity(self):
        """A new customer, remembered for a while as a neighbour."""
        made = self.person()
        self.recent.append(made)
        if len(self.recent) > 1500:
            self.recent[self.random.randrange(1500)] = self.recent.pop()
        return made

    def slip(self, text):
        """A slip of the finger somewhere inside."""
        if len(text) < 3:
            return text
        at, kind = self.random.randrange(1, len(text) - 1), self.random.randrange(4)
        letter = self.random.choice(string.digits if text[at].isdigit() else string.ascii_lowercase)
        return (
            text[:at] + text[at + 1 :],
            text[:at] + letter + text[at:],
            text[:at] + letter + text[at + 1 :],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        )[kind]

    def misdated(self, born):
        """A date with day and month swapped, or with another year."""
        year, month, day = born.split("-")
        if int(day) <= 12 and self.chance(0.6):
            return f"{year}-{day}-{month}"
        return f"{int(year) + self.random.choice([-10, -1, 1, 10])}-{month}-{min(day, '28')}"

    def copy(self, person):
        """The same customer filed again."""
        other = dict(person)
        for part in ("first_name", "last_name"):
            other[part] = self.slip(other[part]) if self.chance(0.15) else other[part]
        if self.chance(0.5):
            kind = "ae" if self.chance(0.7) else "a"
            for part in ("first_name", "last_name", "street", "city"):
                other[part] = spelled(other[part], kind)
        if self.chance(0.05):
            other["first_name"], other["last_name"] = other["last_name"], other["first_name"]
        if self.chance(0.05):
            other["last_name"] = self.lists.draw(self.lists.last)
        if self.chance(0.05):
            other["first_name"] = other["first_name"][0] + "."
        self.moved(other)
        if other["birthdate"] and self.chance(0.3):
            other["birthdate"] = "" if self.chance(0.83) else self.misdated(other["birthdate"])
        self.reached(person, other)
        return other

    def moved(self, other):
        """Another address, or the same one spelled otherwise."""
        if self.chance(0.22):
            other.update(self.address())
            return
        if self.chance(0.35):
            other["street"] = other["street"].replace("straße", "str.").replace("Straße", "Str.")
        if self.chance(0.1):
            other["street"] = self.slip(other["street"])
        if self.chance(0.05):
            other["zip"] = self.slip(other["zip"])[:5]

    def reached(self, person, other):
        """E-mail and telephone: gone, other ones, or the same in another spelling."""
        if self.chance(0.45):
            other["email"] = self.mailbox(person) if self.chance(0.25) else ""
        elif self.chance(0.1):
            other["email"] = self.slip(other["email"])
        if self.chance(0.5):
            other["phone"] = self.phone() if self.chance(0.4) else ""
        elif other["phone"] and self.chance(0.6):
            digits = other["phone"][3:]
            shapes = (
                f"0{digits}",
                f"0049{digits}",
                f"+49 (0) {digits}",
                f"0{digits[:3]} {digits[3:]}",
            )
            other["phone"] = self.random.choice(shapes)

    def files(self, count):
        """So many files, about a third of them of customers that are there already, shuffled."""
        made = []
        for number in itertools.count():
            first = self.entity()
            made.append({**first, "entity_id": number})
            if self.chance(0.35):
                copies = 1 + self.chance(0.28) + self.chance(0.1) + self.chance(0.05)
                made += [{**self.copy(first), "entity_id": number} for _copy in range(copies)]
            if len(made) >= count:
                break
        made = made[:count]
        self.random.shuffle(made)
        return [{**file, "rec_id": place} for place, file in enumerate(made)]


def main():
    """Write a data set."""
    from people_hard import HardPeople

    asked = argparse.ArgumentParser()
    asked.add_argument("--kind", choices=("plain", "hard"), default="plain")
    asked.add_argument("--n", type=int, default=100_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--out", required=True)
    asked = asked.parse_args()
    files = {"plain": People, "hard": HardPeople}[asked.kind](asked.seed).files(asked.n)
    with open(asked.out, "w", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(files)


if __name__ == "__main__":
    main()
