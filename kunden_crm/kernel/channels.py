"""The one list of channels by which customer and company meet.

Interaction, preferred channel, consent and touch draw from it, so that what is said on one page
can be compared with what is said on another. The order is the order in which it is offered.
"""

# Value and English label, as a selection field takes them.
CHANNELS = (
    ("phone", "Phone"),
    ("visit", "Visit"),
    ("letter", "Letter"),
    ("email", "E-mail"),
    ("counter", "Counter"),
    ("meeting", "Meeting"),
    ("sms", "Text message"),
    ("web", "Website"),
    ("event", "Event"),
    ("radio", "Radio"),
    ("newspaper", "Newspaper"),
    ("other", "Other"),
)
