"""Customers that are hard to tell apart and hard to bring together; see people.py.

The same: short names, changed last names, second names, moves, office and private address, renamed
firms, firms with or without their legal form. Not the same: father and son, twins, families with
one telephone, colleagues at info@, one owner's several firms, branches, two legal forms.
"""

from people import People, spelled

# Common short forms; kept apart from the list that the product ships.
_SHORT = """
Alexander Alex|Andreas Andi|Anna Anni|Barbara Babsi|Benjamin Ben|Bernhard Bernd|Brigitte Gitte
Christian Chris|Christina Tina|Christine Tine|Christoph Chris|Daniel Dani|Daniela Dani
Dominik Domi|Elisabeth Lisa|Elisabeth Elli|Florian Flo|Franziska Franzi|Friedrich Fritz
Gabriele Gabi|Georg Schorsch|Gerhard Gerd|Hans-Joachim Hajo|Heinrich Heinz|Helene Leni|Ingeborg Inge
Jakob Jack|Joachim Jochen|Johann Hans|Johannes Hannes|Johanna Hanna|Josef Sepp|Jürgen Jörg
Karl-Heinz Kalle|Katharina Kathi|Katharina Käthe|Klaus Nikolaus|Ludwig Lutz|Magdalena Leni
Manfred Manni|Manuela Manu|Margarete Grete|Maria Mia|Markus Marc|Martina Tina|Matthias Matze
Maximilian Max|Michael Michi|Michael Micha|Michaela Ela|Monika Moni|Oliver Olli|Peter Pit
Rainer Reiner|Renate Rena|Robert Bob|Rosemarie Rosi|Rudolf Rudi|Sabine Bine|Sebastian Basti
Siegfried Siggi|Stefan Steffen|Stefanie Steffi|Susanne Susi|Theodor Theo|Theresa Resi|Thomas Tom
Ulrich Uli|Ulrike Uli|Ursula Uschi|Veronika Vroni|Viktoria Vicky|Walter Walti|Waltraud Traudl
Werner Wern|Wilhelm Willi|Wolfgang Wolf|Joseph Jupp|Philipp Phil|Jonathan Jonas|Antonia Toni
"""
SHORT = {}
for _pair in _SHORT.strip().replace("\n", "|").split("|"):
    SHORT.setdefault(_pair.split()[0], []).append(_pair.split()[1])
_TRADES = [
    "Bau",
    "Elektro",
    "Immobilien",
    "Metallbau",
    "Gartenbau",
    "Transporte",
    "Logistik",
    "Consulting",
    "Software",
    "Haustechnik",
    "Autohaus",
    "Bäckerei",
    "Metzgerei",
    "Druckerei",
    "Tischlerei",
    "Dachdeckerei",
    "Maschinenbau",
    "Sanitär",
    "Heizungsbau",
    "Fahrzeugtechnik",
    "Werbeagentur",
    "Verlag",
    "Apotheke",
    "Reisebüro",
    "Sicherheitstechnik",
    "Medizintechnik",
    "Gebäudereinigung",
    "Spedition",
    "Holzbau",
    "Stahlbau",
    "Steuerberatung",
    "Möbelhaus",
    "Weinhandel",
    "Optik",
    "Küchenstudio",
]
_FORMS = ("GmbH",) * 9 + ("GmbH & Co. KG",) * 3 + ("KG", "OHG", "e.K.", "UG", "AG", "GbR")
_SPELLED = {
    "GmbH": ("Gesellschaft mit beschränkter Haftung", "G.m.b.H.", "gmbh", "GMBH"),
    "GmbH & Co. KG": ("GmbH & Co.KG", "GmbH + Co. KG", "GmbH u. Co. KG", "GmbH&Co KG"),
    "UG": ("UG (haftungsbeschränkt)", "U.G."),
    "AG": ("Aktiengesellschaft",),
    "KG": ("K.G.",),
}
_BRIEF = {
    "Maschinenbau": "Masch.-Bau",
    "Elektro": "Elektr.",
    "Immobilien": "Immo",
    "Transporte": "Transp.",
    "Technik": "Tech.",
    "Spedition": "Sped.",
}
_SYLLABLES = [
    "al",
    "ba",
    "cor",
    "di",
    "el",
    "fo",
    "gra",
    "hel",
    "in",
    "ko",
    "lu",
    "mer",
    "no",
    "or",
    "pa",
    "ri",
    "sol",
    "tec",
    "ur",
    "vi",
    "wa",
    "xen",
    "zet",
]


class HardPeople(People):
    """Private customers and firms, hard to tell apart."""

    household = 0.45

    def __init__(self, seed):
        super().__init__(seed)
        self.firms = []

    def entity(self):
        """A person or a firm."""
        return self.firm() if self.chance(0.2) else self.someone()

    def someone(self):
        """A person, at times a son of the same name, a twin, or somebody's colleague."""
        made = super().entity()
        home = self.random.choice(self.recent)
        if self.chance(0.03):
            made.update({part: home[part] for part in made if part not in ("birthdate", "email")})
            made["birthdate"] = self.birthday()
            made["last_name"] += self.random.choice(["", " jun.", " junior", ""])
        elif self.chance(0.02):
            same = ("last_name", "birthdate", "street", "zip", "city", "phone")
            made.update({part: home[part] for part in same})
        elif self.firms and self.chance(0.06):
            made.update(self.at_work())
        if self.chance(0.06):
            made["last_name"] += "-" + self.lists.draw(self.lists.last)
        if self.chance(0.08):
            made["first_name"] += self.random.choice(" -") + self.lists.draw(self.lists.first)
        return made

    def at_work(self):
        """How a person is reached at a firm: its address, its telephone, its info@."""
        firm = self.random.choice(self.firms[-1500:])
        reached = {part: firm[part] for part in ("street", "zip", "city", "phone")}
        return {**reached, "email": firm["email"]} if self.chance(0.6) else reached

    def firm(self):
        """A firm: new, a branch, another firm of the same owner, or of another legal form."""
        made = {"is_company": "1", **self.address(), "phone": self.phone(), "trade": "", "vat": ""}
        kind, known = self.random.random(), self.random.choice(self.firms or [None])
        made["who"] = self.called()
        made["trade"] = self.random.choice(_TRADES)
        made["form"] = self.random.choice(_FORMS)
        if known and kind < 0.07:
            made.update({part: known[part] for part in ("who", "trade", "form", "email")})
        elif known and kind < 0.14:
            same = ("who", "street", "zip", "city", "phone", "email")
            made.update({part: known[part] for part in same})
        elif known and kind < 0.18 and known["form"] == "GmbH":
            same = ("who", "trade", "street", "zip", "city", "phone", "email")
            made.update({part: known[part] for part in same}, form="GmbH & Co. KG")
        site = spelled(f"{made['who']}-{made['trade']}", "ae").lower().replace(" ", "-")
        box = self.random.choice(["info", "info", "kontakt", "office", "vertrieb"])
        made.setdefault("email", f"{box}@{site}.de" if self.chance(0.8) else "")
        made["vat"] = f"DE{self.random.randrange(10**8, 10**9)}" if self.chance(0.3) else ""
        made["name"] = f"{made['who']} {made['trade']} {made['form']}"
        self.firms.append(made)
        return made

    def called(self):
        """What a firm is called by: a last name, two, or an invented word."""
        last = self.lists.draw(self.lists.last)
        if self.chance(0.15):
            return f"{last} & {self.lists.draw(self.lists.last)}"
        if self.chance(0.45):
            return "".join(self.random.choices(_SYLLABLES, k=3)).capitalize()
        return last

    def copy(self, person):
        """The same customer filed again."""
        return self.firm_again(person) if person.get("is_company") else self.again(person)

    def again(self, person):
        """The same person filed again."""
        other = dict(person)
        for part in ("first_name", "last_name"):
            for _twice in range(2):
                other[part] = self.slip(other[part]) if self.chance(0.06) else other[part]
        self.renamed(other)
        if self.chance(0.3):
            kind = self.random.choice(["ae", "ae", "a"])
            for part in ("first_name", "last_name", "street", "city"):
                other[part] = spelled(other[part], kind)
        if self.chance(0.04):
            other["first_name"], other["last_name"] = other["last_name"], other["first_name"]
        if self.chance(0.06) and self.firms:
            other.update(self.at_work())
        else:
            self.moved(other)
            self.reached(person, other)
        if other["birthdate"]:
            luck = self.random.random()
            if luck < 0.3:
                other["birthdate"] = ""
            elif luck < 0.36:
                other["birthdate"] = self.misdated(other["birthdate"])
        return other

    def renamed(self, other):
        """Another first name by which one is called, another last name by marriage."""
        call = other["first_name"].replace("-", " ").split()
        luck = self.random.random()
        if luck < 0.12 and call[0] in SHORT:
            other["first_name"] = self.random.choice(SHORT[call[0]])
        elif luck < 0.2 and len(call) > 1:
            other["first_name"] = self.random.choice(call)
        elif luck < 0.24:
            other["first_name"] = call[0][0] + "."
        if self.chance(0.05):
            maiden, last = other["last_name"], self.lists.draw(self.lists.last)
            other["last_name"] = f"{maiden}-{last}" if self.chance(0.4) else last
            other["birth_name"] = maiden if self.chance(0.3) else ""

    def firm_again(self, firm):
        """The same firm filed again."""
        other, luck = dict(firm), self.random.random()
        who = self.slip(firm["who"]) if self.chance(0.12) else firm["who"]
        trade = _BRIEF.get(firm["trade"], firm["trade"]) if self.chance(0.4) else firm["trade"]
        trade = self.slip(trade) if self.chance(0.06) else trade
        form = self.random.choice(_SPELLED.get(firm["form"], (firm["form"],)))
        form = firm["form"] if self.chance(0.5) else form if self.chance(0.5) else ""
        shapes = [f"{who} {trade} {form}"] * 8 + [f"{trade} {who} {form}", f"{who} {form}"]
        other["name"] = self.random.choice(shapes).strip()
        if luck < 0.04:
            other["name"] = f"{self.called()} {firm['trade']} {form}".strip()
        elif luck < 0.14:
            other.update(self.address())
        elif self.chance(0.3):
            other["street"] = other["street"].replace("straße", "str.").replace("Straße", "Str.")
        if self.chance(0.3):
            other["name"], other["street"] = (
                spelled(other[part], "ae") for part in ("name", "street")
            )
        if self.chance(0.5):
            landline = not firm["phone"].startswith("+491")
            other["phone"] = firm["phone"] + "12" if landline and self.chance(0.3) else ""
        other["vat"] = "" if self.chance(0.5) else firm["vat"]
        other["email"] = "" if self.chance(0.4) else firm["email"]
        return other
