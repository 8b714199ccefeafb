"""The stages of a customer, from the first contact to the last."""

STAGES = [
    ("prospect", "Prospect"),
    ("customer", "Customer"),
    ("dormant", "Dormant"),
    ("former", "Former Customer"),
]
