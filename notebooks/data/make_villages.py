"""Make `villages.csv`, the village table that the notebooks merge in, from `thornton_hiv.dta` beside it.

python make_villages.py
"""

from pathlib import Path

import pandas as pd

HERE = Path(__file__).parent

people = pd.read_stata(HERE / "thornton_hiv.dta")
# Where the village is not known the distance is 0: no measurement, but a missing value.
people = people[people["distvct"] > 0].astype({"villnum": int, "distvct": float})
villages = people.groupby("villnum").agg(
    surveyed=("villnum", "size"),
    tested=("got", "count"),
    distance_km=("distvct", "mean"),
)
# pd.cut closes each interval on the right: 1.5 km is near, 3 km is middle.
villages.insert(0, "zone", pd.cut(villages["distance_km"], [0, 1.5, 3, 6], labels=["near", "middle", "far"]))
villages.to_csv(HERE / "villages.csv", float_format="%.3f", lineterminator="\n")
