"""Numbers and amounts: what people and programs write, as 1234.56.

A column often says what one value does not: whether its comma or its full stop parts the
decimals. Reasons are codes; the models put them into words:

==============  ========================================================================
``spelling``    fixed: the same number without thousands signs, with a decimal point
``unit``        fixed: the sign of the currency or per cent went; ask: another unit
``thousand``    fixed: "T€" or "Tsd." was multiplied
``million``     fixed: "Mio." was multiplied
``billion``     fixed: "Mrd." was multiplied
``decimal``     ask: the comma or full stop could part thousands or decimals ("1.234")
``groups``      ask: digits stand in groups that are no thousands ("12.34.567")
``zeros``       ask: zeros in front, so it may be a code and no number
``scientific``  ask: "1,2E+06", digits may be lost already
``digits``      ask: digits of another script or width, fractions
``unclear``     ask: more than a number, or a range
``long``        ask: longer than any value of this kind
``no_number``   rejected: no number in it ("k.A.", "-")
==============  ========================================================================
"""

import re

from .outcomes import asked, rejected, written
from .spelling import standard
from .text import clean_text

REASONS = (
    "spelling",
    "unit",
    "thousand",
    "million",
    "billion",
    "decimal",
    "groups",
    "zeros",
    "scientific",
    "digits",
    "unclear",
    "long",
    "no_number",
)
_SIGNS = str.maketrans(
    dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("’ʼ`´‘′", "'") | {"\u066b": ",", "\u066c": "."}
)
_EURO = r"(?:€|euro|eur)"
_FRANC = r"(?:chf|sfr\.?|fr\.)"
_TIMES = (
    (3, "thousand", re.compile(rf"(?:t(?={_EURO})|t(?={_FRANC})|tsd\b\.?|tausend|k(?=€))", re.I)),
    (6, "million", re.compile(r"(?:mio\b\.?|mill\b\.?|million(?:en)?\b)", re.I)),
    (9, "billion", re.compile(r"(?:mrd\b\.?|mia\b\.?|milliarden?\b)", re.I)),
)
_NO_CENTS = re.compile(r"(?<=[0-9])[.,]--?$")
_SCIENTIFIC = re.compile(r"[0-9][.,]?[0-9]*e[+-]?[0-9]+$", re.IGNORECASE)
_PLAIN = re.compile(r"[0-9]*(?:[.,' ][0-9]+)*")
_OTHER_UNIT = re.compile(r"[0-9.,' ]+(?:[^\W\d_.]+\.?|[$£¥])|(?:[$£¥]|[A-Z]{3}) ?[0-9.,' ]+")
_AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


def _without_unit(text, country):
    """The text without currency or per cent sign at one of its ends, and whether one went."""
    signs = [_EURO, "%", *([_FRANC] if country in ("CH", "LI") else [])]
    unit = "|".join(signs)
    short = re.sub(rf"^([(-]?) ?(?:{unit}) ?(?=[0-9(.,-])", r"\1", text, flags=re.IGNORECASE)
    if short == text:
        short = re.sub(rf" ?(?:{unit})(?=\)?-?$)", "", text, flags=re.IGNORECASE)
    return short.strip(), short != text


def _without_times(text):
    """The text without "Tsd." or "Mio.", by how many places it moves the point, and its reason."""
    for places, reason, pattern in _TIMES:
        found = pattern.search(text)
        if found and text[: found.start()][-2:].strip()[-1:].isdigit():
            return text[: found.start()].rstrip() + text[found.end() :].lstrip(), places, reason
    return text, 0, ""


def _without_minus(text):
    """The text without its sign, and "-" for a number below zero, None for two signs."""
    negative = text.startswith("(") and text.endswith(")")
    text = text[1:-1].strip() if negative else text
    signs = [text[:1], text[-1:]]
    if signs[0] in ("+", "-"):
        text = text[1:].lstrip()
    if signs[1] == "-":
        text = text[:-1].rstrip()
    minus = negative + (signs[0] == "-") + (signs[1] == "-")
    return text, ("", "-")[minus] if minus + (signs[0] == "+") < 2 else None


def _decimal_sign(text):
    """Which sign surely parts the decimals of digits with signs, "" where none does.

    The other way round: where the text says that it cannot be a decimal sign, the other one is.
    """
    points, commas = text.count("."), text.count(",")
    if points and commas:
        return max(".,", key=text.rindex)
    sign = "." if points else ","
    if points + commas == 0 or _AMBIGUOUS.fullmatch(text):
        return ""
    return sign if points + commas == 1 else ".,".replace(sign, "")


def _split(text, cents, decimal):
    """Whole digits, decimals and "", or the reason why they are not certain.

    What parted the cents that were left out ("12,-") parts nothing else.
    """
    sign = cents or _decimal_sign(text) or decimal
    if (cents and cents in text) or (not sign and re.search("[.,]", text)):
        return "", "", "decimal"
    whole, _sign, fraction = text.partition(sign) if sign else (text, "", "")
    groups = re.split("[.,' ]", whole)
    same = len(set(re.findall("[.,' ]", whole))) < 2
    if len(groups) > 1 and not (
        same and 0 < len(groups[0]) < 4 and all(len(group) == 3 for group in groups[1:])
    ):
        return "", "", "groups"
    digits = "".join(groups)
    if re.search("[.,' ]", fraction):
        return "", "", "groups"
    if len(digits) > 1 and digits[0] == "0":
        return "", "", "zeros"
    return digits or "0", fraction, ""


def _value(minus, whole, fraction, places):
    """The decimal text; a zero more where three decimals could be read as thousands."""
    fraction = fraction.ljust(places, "0")
    whole = (whole + fraction[:places]).lstrip("0") or "0"
    fraction = fraction[places:]
    if places:
        fraction = fraction.rstrip("0")
    value = f"{whole}.{fraction}" if fraction else whole
    value += "0" if _AMBIGUOUS.fullmatch(value) else ""
    return (minus if value.strip("0.") else "") + value


def _bare(text, country):
    """Digits and their signs, minus sign, places to move the point, why the text changes, and
    the decimal sign of ",-"."""
    text = text.translate(_SIGNS)
    text, places, times = _without_times(text)
    text, unit = _without_unit(text, country)
    cents = _NO_CENTS.search(text)
    text, minus = _without_minus(text[: cents.start()] if cents else text)
    text, again = _without_unit(text, country)
    reason = times or ("unit" if unit or again else "spelling")
    return text, minus, places, reason, cents[0][0] if cents else ""


def _reason(text, minus):
    """Why what is left is no number, "" if it is digits and signs."""
    if any(char.isnumeric() and not char.isascii() for char in text):
        return "digits"
    if _SCIENTIFIC.search(text):
        return "scientific"
    if minus is None or not _PLAIN.fullmatch(text):
        return "unit" if _OTHER_UNIT.fullmatch(text) else "unclear"
    return ""


@standard
def number(text, country="DE", decimal=""):
    """The number in a text as decimal text, 1234.56.

    Shape: text or nothing, an ISO country code and what column_separator says of the whole column
    ("", "," or ".") in, Outcome out. Francs are dropped only for Switzerland and Liechtenstein;
    other currencies are asked about. Three decimals behind one to three digits get a further
    zero ("1.2340"), so that the value is read the same again. Errors: none.
    Source: DIN 5008 and DIN 1333 (numbers), Swiss spelling with apostrophe; bad_inputs.md 99.

    >>> [number(text).value for text in ("1.234,56 €", "1'234.50", "12,5 T€", "1,2 Mio.", "(5)")]
    ['1234.56', '1234.50', '12500', '1200000', '-5']
    >>> number("1.234")[1:], number("1.234", "DE", ",").value, number("k.A.")[1:]
    (('ask', 'decimal'), '1234', ('rejected', 'no_number'))
    """
    if not any(map(str.isnumeric, text)):
        return rejected(text, "no_number")
    bare, minus, places, reason, sign = _bare(text, country)
    if doubt := _reason(bare, minus):
        return asked(text, doubt)
    whole, fraction, doubt = _split(bare, sign, decimal)
    if doubt:
        return asked(text, doubt)
    return written(text, _value(minus, whole, fraction, places), reason)


def column_separator(texts):
    """What parts the decimals in a column, as far as its texts agree.

    Shape: texts or nothings in, ",", "." or "" out, the last where nothing says it or texts say
    different things. Errors: none. Source: bad_inputs.md 99 (the column decides).

    >>> column_separator(["1.234", "12,50 €"]), column_separator(["1.234"])
    (',', '')
    >>> column_separator(["1.234.567"]), column_separator(["1,5", "1.5"])
    (',', '')
    """
    said = set()
    for text in texts:
        bare, minus, _places, _change, sign = _bare(clean_text(text), "CH")
        if not (_reason(bare, minus) or _split(bare, sign, "")[2]):
            said.add(sign or _decimal_sign(bare))
    said.discard("")
    return said.pop() if len(said) == 1 else ""
