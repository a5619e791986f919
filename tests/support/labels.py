"""What scanners read from real labels.

Each label has the shape that its carrier documents; the sources stand beside them.
"""

GS = "\x1d"
"""How a reader sends a separating FNC1 (GS1 General Specifications, 7.8.4)."""

# DPD and primetime Parcel Despatch 4.0.2, illustrations 2 and 7, by way of Zint's tests:
# % (identification), 7 of the postal code, 14 of the parcel number, 3 of the service,
# 3 of the country; a check character follows only as text.
DPD = "06219912345678"
DPD_LABEL = "%0003932" + DPD + "101040"
# Deutsche Post DHL, Leitcodierung, by way of Zint's tests: (00), and an SSCC.
DHL = "340433935039756615"
# dhl.com, identifiers on labels: the licence plate's data identifier J before JD or VGL.
DHL_PIECE = "JD0099999999"
# USPS Publication 199 and USPS2000508: 420, the ZIP code, FNC1, and the package's
# identification code of 22 or 26 digits; numbers of jkeen/tracking_number_data.
USPS = "9261290983497923666238"
USPS_26 = "92748931507708513018050063"
# FedEx: the tracking number ends the 34 digits of Ground and Express, and stands at
# places 17 to 28 of the 32 digits of ASTRA; numbers of jkeen/tracking_number_data.
FEDEX_GROUND = "794808390594"
FEDEX_EXPRESS = "779017972697"
FEDEX_ASTRA = "784917580286"

SCANNED = {
    "DPD": (DPD_LABEL, DPD),
    "DPD with the symbol": (f"]C0{DPD_LABEL}", DPD),
    "DPD as text": ("0003 932 0621 9912 3456 78 101 040 J", DPD),
    "DPD with a check character": ("0621 9912 3456 78 K", DPD),
    "DHL with the symbol": (f"]C100{DHL}", f"00{DHL}"),
    "DHL without the identifier": (DHL, f"(00){DHL}"),
    "DHL as text": ("(00) 3 4043393 503975661 5", DHL),
    "DHL with the first FNC1": (f"{GS}00{DHL}", DHL),
    "DHL Express": (f"J{DHL_PIECE}", DHL_PIECE),
    "DHL Express with the symbol": (f"]C0J{DHL_PIECE}", f"J{DHL_PIECE}"),
    "UPS": ("]C01Z879E930346834440", "1Z879E930346834440"),
    "USPS without FNC1": (f"42011213{USPS}", USPS),
    "USPS": (f"]C142011213{GS}{USPS}", USPS),
    "USPS as text": (f"(420) 11213 (92) {USPS[2:]}", USPS),
    "USPS, the longest": (f"]C1420112131234{GS}{USPS_26}", USPS_26),
    "FedEx 96": (f"9622001560001234567100{FEDEX_GROUND}", FEDEX_GROUND),
    "FedEx": (f"1001921334250001000300{FEDEX_EXPRESS}", FEDEX_EXPRESS),
    "FedEx ASTRA": (f"3297151456010244{FEDEX_ASTRA}2014", FEDEX_ASTRA),
    # PostNL, Barcode API: 3S, the customer's code, and a series: 13 or 15 characters.
    "PostNL": ("]C03SDEVC6416578", "3SDEVC6416578"),
    # UPU S10: 13 characters, here as a Data Matrix.
    "S10": ("]d2RB123456785GB", "RB123456785GB"),
    "a short number with the symbol": ("]C04711ABCD", "4711-abcd"),
}
"""What a scanner reads or a driver types from a label, and the number that is expected."""
