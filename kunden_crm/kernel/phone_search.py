"""The search for a telephone number by any part of it, in any spelling."""

import phonenumbers

from .phones import (
    LONGEST_DIRECT_DIAL,
    MAX_TEXT,
    NUMBER_TEXT,
    digits_of,
    prepared,
    read_phone,
    trunk_prefix,
    with_plus,
)


def _split_calling_code(digits):
    """Country calling code and the rest, of digits that begin with one (else "" and all)."""
    for length in (1, 2, 3):
        if int(digits[:length]) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE:
            return digits[:length], digits[length:]
    return "", digits


def search_forms(text, country="DE"):
    """The strings of digits to look for, from a number or a part of one in any spelling.

    Shape: text and an ISO country code in, list out, narrowest first; join by OR, each as ``LIKE
    '%form%'`` on a column of E.164. Empty where the text is no part of a number
    (letters, fewer than three digits). Errors: none.
    Source: issue 3 (phone in any spelling).

    >>> search_forms("4710900"), search_forms("+49 (0)221 4710")
    (['4710900'], ['492214710', '02214710'])
    >>> search_forms("0221/4710"), search_forms("Müller 3")
    (['492214710', '02214710', '2214710'], [])
    """
    text = (text or "")[:MAX_TEXT]
    typed, _extension = prepared(text)
    plain, country = with_plus(typed), (country or "").upper()
    if len(digits_of(typed)) < 3 or not plain.isascii() or not NUMBER_TEXT.fullmatch(plain):
        return []
    code, rest = str(phonenumbers.country_code_for_region(country) or ""), digits_of(plain)
    forms = [read_phone(text, country).e164[1:]]
    if abroad := "+" in plain:
        code, rest = _split_calling_code(rest)
        country = phonenumbers.region_code_for_country_code(int(code or 0))
    trunk = trunk_prefix(country)
    if trunk and (abroad or rest.startswith(trunk)):
        rest = rest.removeprefix(trunk)
        forms += [code + rest, trunk + rest]
        forms += [rest] if not abroad and len(rest) > LONGEST_DIRECT_DIAL else []
    else:
        forms.append(digits_of(plain))
    # a part of a number may begin with 00 without being a country code
    forms += [digits_of(typed)] if typed != plain else []
    return [form for form in dict.fromkeys(forms) if len(form) > 2]
