"""What stands beside Junheng: the 14 CVs written by hand. `python bench/peers.py sql|pandas|spark FOLDER REPEATS`.

Prints one JSON line: best wall time in seconds, and the sum of the CVs so that all can be compared.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from side_by_side import best_of, peak_mb

SQL = (Path(__file__).resolve().parent / "hand_written.sql").read_text("utf-8")


def sql(folder: str) -> Callable[[], float]:
    import duckdb

    connection = duckdb.connect(config={"threads": 2})
    query = SQL.format(folder=folder)
    return lambda: sum(row[-1] for row in connection.execute(query).fetchall())


def pandas(folder: str) -> Callable[[], float]:
    import numpy as np
    import pandas as pd

    def read(name: str, columns: list[str]) -> pd.DataFrame:
        return pd.read_parquet(f"{folder}/{name}.parquet", columns=columns)

    key = ["county_code", "school_code"]

    def work() -> float:
        pupils = read("pupil", [*key, "stage"]).groupby([*key, "stage"], observed=True).size().rename("n").reset_index()
        weight = pupils["stage"].map({"primary": 1.0, "junior": 1.1, "senior": 1.32})
        load = (pupils["n"] * weight).groupby([pupils[k] for k in key]).sum().rename("load").reset_index()
        teachers = read("teacher", [*key, "stage", "qualification", "subject", "is_backbone"])
        degree = teachers["qualification"].isin(["bachelor", "master", "doctor"])
        teachers["L1"] = degree | ((teachers["stage"] == "primary") & (teachers["qualification"] == "junior_college"))
        teachers["L2"], teachers["L3"] = teachers["is_backbone"], teachers["subject"].isin(["pe", "music", "fine_art", "art"])
        staff = teachers.groupby([*key, "stage"])[["L1", "L2", "L3"]].sum().reset_index()
        rooms = read("room", [*key, "has_multimedia"]).groupby(key)["has_multimedia"].sum().rename("rooms").reset_index()
        school = pd.read_parquet(f"{folder}/school.parquet")
        table = pupils[pupils["stage"] != "senior"].merge(load, on=key).merge(school, on=key).merge(rooms, on=key).merge(staff, on=[*key, "stage"])
        table = table[~((table["school_type"] == "218") & (table["n"] < 50))]
        share = table["stage"].map({"primary": 1.0, "junior": 1.1}) / table["load"]
        values = {f"L{i}": 100 * table[f"L{i}"] / table["n"] for i in (1, 2, 3)}
        values["L4"] = share * (table["teach_aux_area_m2"] - table["indoor_pe_area_m2"])
        values["L5"] = share * (table["gym_area_m2"] + table["sport_field_area_m2"])
        values["L6"], values["L7"] = share * table["equipment_value_yuan"], 100 * share * table["rooms"]
        group = [table["county_code"], table["stage"]]
        total = 0.0
        for x in values.values():
            weight = table["n"].where(x.notna())
            pupils_of = weight.groupby(group).transform("sum")
            mean = (x * weight).groupby(group).transform("sum") / pupils_of
            variance = (weight / pupils_of * (x - mean) ** 2).groupby(group).sum()
            total += float((np.sqrt(variance) / mean.groupby(group).first()).sum())
        return total

    return work


def spark(folder: str) -> Callable[[], float]:
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "4")
        .config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1").getOrCreate()
    )  # fmt: skip
    session.sparkContext.setLogLevel("ERROR")
    for name in ("pupil", "teacher", "room", "school"):
        session.read.parquet(f"{folder}/{name}.parquet").createOrReplaceTempView(name)
    query = _spark_sql()
    return lambda: sum(row[-1] for row in session.sql(query).collect())


def _spark_sql() -> str:
    """The same query in Spark's dialect: views instead of files, LATERAL VIEW instead of unnest."""
    text = SQL
    for name in ("pupil", "teacher", "room", "school"):
        text = text.replace(f"read_parquet('{{folder}}/**/{name}*.parquet')", name)
    text = text.replace("GROUP BY ALL ORDER BY ALL", "GROUP BY county_code, stage, code")
    text = text.replace("count(*) FILTER (", "count(*) FILTER (WHERE ").replace("sum(n) FILTER (", "sum(n) FILTER (WHERE ")
    text = text.replace("CROSS JOIN LATERAL (SELECT CASE p.stage WHEN 'primary' THEN 1 ELSE 1.1 END / load AS w)", "")
    text = text.replace(" w * ", " (CASE p.stage WHEN 'primary' THEN 1.0 ELSE 1.1 END / load) * ").replace("100.0 * w * r.l7", "100.0 * (CASE p.stage WHEN 'primary' THEN 1.0 ELSE 1.1 END / load) * r.l7")
    start, end = text.index("SELECT county_code, stage, n, unnest"), text.index("FROM stages\n")
    text = text[:start] + "SELECT county_code, stage, n, stack(7, 'L1', l1, 'L2', l2, 'L3', l3, 'L4', l4, 'L5', l5, 'L6', l6, 'L7', l7) AS (code, x)\n    " + text[end:]
    # Spark's stack() wants one type; counts are decimals there and money is a double.
    for code in ("l1", "l2", "l3", "l4", "l5", "l6", "l7"):
        text = text.replace(f"'{code.upper()}', {code}", f"'{code.upper()}', double({code})")
    return text.replace("any_value", "first")


if __name__ == "__main__":
    which, folder, repeats = sys.argv[1], sys.argv[2], int(sys.argv[3])
    work = {"sql": sql, "pandas": pandas, "spark": spark}[which](folder)
    print(json.dumps({"seconds": best_of(work, repeats).seconds, "peak_mb": peak_mb(), "check": work()}))
