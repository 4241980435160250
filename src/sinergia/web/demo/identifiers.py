"""ОГРН and ИНН that look right and belong to nobody.

Their region prefix is 00. Tax offices, whose numbers both identifiers carry, are counted from
01 in every region, and the numbers of the regions themselves begin with 01 as well: no register
gives out an ОГРН or an ИНН with 00 there. All other pairs are or were in use somewhere (St
Petersburg has 78 and 98, the Sverdlovsk region 66 and 96), so none of them is safe.
An ИНН therefore begins with two zeros: it is text, and a table must not make a number of it.
"""

# The last two figures of the tax office, and of the ОГРН's place of record: ours, by region.
OFFICES = {"XA-SVB": "51", "XB-YAR": "52"}
_INN_WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)


def ogrn_of(region: str, count: int, *, year: int) -> str:
    """Write the ОГРН of the `count`-th organisation of a region, recorded in `year`.

    Sign 1, two figures of the year, prefix 00, office, five figures of the record, check digit.
    """
    body = f"1{year % 100:02d}00{OFFICES[region]}{count:05d}"
    return f"{body}{int(body) % 11 % 10}"


def inn_of(region: str, count: int) -> str:
    """Write the ИНН of the `count`-th organisation of a region."""
    body = f"00{OFFICES[region]}{count:05d}"
    total = sum(weight * int(digit) for weight, digit in zip(_INN_WEIGHTS, body, strict=True))
    return f"{body}{total % 11 % 10}"
