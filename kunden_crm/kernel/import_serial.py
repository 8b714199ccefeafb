"""Numbers of spreadsheets: as they are shown, and the dates and times they may stand for.

Source: ECMA-376 part 1, 18.8.30 (number formats), 18.17.4 (dates): day 1 is 1 January 1900, and
day 60 is 29 February 1900, which never was; or day 0 is 1 January 1904 (old Macintosh).
"""

import re
from datetime import date, datetime, timedelta

DATE_FORMATS = {*range(14, 18), 22, *range(27, 32), 34, 35, 36, *range(50, 59)}
TIME_FORMATS = {18, 19, 20, 21, 32, 33, 45, 46, 47}
LAST_DAY = 2_958_465  # 31.12.9999
EXACT = 10**15  # a spreadsheet keeps 15 digits
# What a format shows as it is: quoted text, escaped signs, fill, colours and conditions.
LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
FRACTION = re.compile(r"s[.,]0+", re.IGNORECASE)


def format_kind(number, code=""):
    """What a number format makes of a number: "date", "time", how many digits, or None.

    Shape: the number of a format and its code (empty for built-in ones) in. A format of zeros
    alone shows leading zeros: its length. Errors: none. Source: ECMA-376 part 1, 18.8.30.

    >>> format_kind(14), format_kind(164, "dd.mm.yyyy hh:mm"), format_kind(165, "[h]:mm")
    ('date', 'date', 'time')
    >>> format_kind(166, "00000"), format_kind(167, '#,##0.00 "DM"'), format_kind(0)
    (5, None, None)
    """
    if not code:
        return "date" if number in DATE_FORMATS else "time" if number in TIME_FORMATS else None
    if re.fullmatch(r"0{2,20}(;@)?", code):
        return code.count("0")
    if code.lower() in ("general", "standard", "@"):
        return None
    bare = FRACTION.sub("s", LITERAL.sub("", code[:200].split(";")[0])).lower()
    if re.search(r"[0#?]", bare):
        return None
    if re.search(r"[ydj]|mmm|t{2}", bare) or re.fullmatch(r"[\W_]*m+[\W_]*", bare):
        return "date"
    return "time" if re.search(r"[hs]", bare) else None


def plain_number(text):
    """A number as a spreadsheet shows it, with a code: at most 15 digits, whole ones as int.

    Shape: the text of a cell in, (int | float | the text, code) out; codes long_number (digits
    are lost) and bad_number. Errors: none. Source: Excel keeps 15 significant digits.

    >>> plain_number("1067"), plain_number("4.930123456E10"), plain_number("0.30000000000000004")
    ((1067, ''), (49301234560, ''), (0.3, ''))
    >>> plain_number("12345678901234567890"), plain_number("NaN")
    ((12345678901234567890, 'long_number'), ('NaN', 'bad_number'))
    """
    try:
        number = int(text) if len(text) < 100 else float(text)
    except ValueError:
        try:
            number = float(text)
        except ValueError:
            return text, "bad_number"
    if isinstance(number, float):
        return _rounded(number, text)
    return number, "" if -EXACT < number < EXACT else "long_number"


def _rounded(number, text):
    if number != number or number in (float("inf"), float("-inf")):
        return text, "bad_number"
    if -EXACT < number < EXACT:
        rounded = float(f"{number:.15g}")
        return (int(rounded) if rounded.is_integer() else rounded), ""
    return number, "long_number"


def _clock(seconds):
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def serial_date(number, kind="date", from_1904=False):
    """The day, or the time, a number stands for in a cell that is formatted so.

    Shape: int or float, "date" or "time", the system of days; (date | datetime | str | number,
    code) out. Codes: phantom_day (29.02.1900), zero_date (day 0), bad_date (before, or after the
    year 9999), time_only. Units: days. Errors: none. Source: see the head of this file;
    bad_inputs.md 47, 49.

    >>> serial_date(29586), serial_date(60), serial_date(61), serial_date(59)
    ((datetime.date(1980, 12, 31), ''), ('29.02.1900', 'phantom_day'), \
(datetime.date(1900, 3, 1), ''), (datetime.date(1900, 2, 28), ''))
    >>> serial_date(0, from_1904=True), serial_date(0.5, "time"), serial_date(1.25)
    ((datetime.date(1904, 1, 1), ''), ('12:00:00', 'time_only'), \
(datetime.datetime(1900, 1, 1, 6, 0), ''))
    """
    if not 0 <= number <= LAST_DAY:
        return number, "bad_date"
    days, seconds = divmod(round(number * 86_400), 86_400)
    if kind == "time":
        return _clock(days * 86_400 + seconds), "time_only"
    if from_1904:
        start = date(1904, 1, 1)
    elif days == 60:
        return "29.02.1900", "phantom_day"
    elif days == 0:
        return (_clock(seconds), "time_only") if seconds else ("00.01.1900", "zero_date")
    else:
        start = date(1899, 12, 31) if days < 60 else date(1899, 12, 30)
    if days > (date.max - start).days:
        return number, "bad_date"
    day = start + timedelta(days)
    if not seconds:
        return day, ""
    return datetime(day.year, day.month, day.day) + timedelta(seconds=seconds), ""
