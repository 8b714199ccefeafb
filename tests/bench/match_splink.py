"""Splink on DuckDB finds the duplicates of a data set: a plain model, trained on the file itself.

usage: match_splink.py file.csv; prints one line of JSON. Its best threshold of several counts,
which nobody without the truth could choose.
"""

import logging
import sys
import time
from collections import defaultdict

import duckdb
import splink.comparison_library as cl
from match_truth import judged, read, said
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

_COMPARISONS = [
    cl.JaroWinklerAtThresholds("first_name", [0.92, 0.8]).configure(
        term_frequency_adjustments=True
    ),
    cl.JaroWinklerAtThresholds("last_name", [0.92, 0.8]).configure(term_frequency_adjustments=True),
    cl.LevenshteinAtThresholds("birthdate", [1, 2]),
    cl.JaroWinklerAtThresholds("street", [0.9, 0.8]),
    cl.LevenshteinAtThresholds("zip", 1),
    cl.ExactMatch("city").configure(term_frequency_adjustments=True),
    cl.JaroWinklerAtThresholds("email", [0.95, 0.88]),
    cl.LevenshteinAtThresholds("phone", 1),
]
_LEASTS = (0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999)
_BLOCKS = [
    block_on("phone"),
    block_on("email"),
    block_on("last_name", "zip"),
    block_on("last_name", "birthdate"),
    block_on("first_name", "birthdate"),
    block_on("first_name", "last_name", "city"),
    block_on("first_name", "street"),
]


def _table(path):
    """The files in DuckDB; a firm has its name as last name, nothing is NULL."""
    database = duckdb.connect()
    database.execute(f"CREATE TABLE raw AS SELECT * FROM read_csv('{path}', all_varchar=true)")
    names = [row[0] for row in database.execute("DESCRIBE raw").fetchall()]
    last = "coalesce(nullif(last_name, ''), name)" if "name" in names else "last_name"
    kept = ", ".join(
        f"lower(nullif({column}, '')) AS {column}"
        for column in ("first_name", "birthdate", "street", "zip", "city", "email", "phone")
    )
    database.execute(
        f"CREATE TABLE files AS SELECT rec_id AS unique_id, {kept}, lower({last}) AS last_name"
        " FROM raw"
    )
    return database


def _linker(database):
    """A trained model."""
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=_COMPARISONS,
        blocking_rules_to_generate_predictions=_BLOCKS,
        retain_matching_columns=False,
    )
    api = DuckDBAPI(connection=database)
    linker = Linker(api.register("files"), settings)
    train = linker.training
    train.estimate_probability_two_random_records_match(
        [block_on("phone", "first_name"), block_on("email", "first_name")], recall=0.6
    )
    train.estimate_u_using_random_sampling(max_pairs=2e6)
    train.estimate_parameters_using_expectation_maximisation(block_on("first_name", "last_name"))
    train.estimate_parameters_using_expectation_maximisation(block_on("birthdate"))
    return linker


def _groups(linker, found, least):
    """The groups of Splink at a threshold."""
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(found, least)
    groups = defaultdict(list)
    for cluster, member in (
        clusters.as_duckdbpyrelation().project("cluster_id, unique_id").fetchall()
    ):
        groups[cluster].append(member)
    return [group for group in groups.values() if len(group) > 1]


def main():
    """Measure one file."""
    logging.disable(logging.CRITICAL)
    rows, database = read(sys.argv[1]), _table(sys.argv[1])
    started, worked = time.monotonic(), time.process_time()
    linker = _linker(database)
    found = linker.inference.predict(threshold_match_probability=0.01)
    seconds, processor = time.monotonic() - started, time.process_time() - worked
    every = [judged(rows, _groups(linker, found, least)) for least in _LEASTS]
    said(seconds=seconds, processor=processor, **max(every, key=lambda figures: figures["f1"]))


if __name__ == "__main__":
    main()
