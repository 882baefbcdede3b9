"""`python -m corpora.statistics`: how much there is of everything."""

from __future__ import annotations

import sys
from collections import Counter

from corpora.reader import COMMON_SPLITS, Split, StatementRecord, read_plans, read_second_annotation, read_statements
from corpora.taxonomy import load_taxonomy
from corpora.validate import agreement, coverage


def lines() -> list[str]:
    """Return the counts of both corpora as lines of text."""
    found = []
    everything: list[StatementRecord] = []
    for split in Split:
        records = read_statements(split, for_evaluation=True)
        everything += records
        counts = coverage(records)
        roles = ", ".join(f"{name} {count}" for name, count in sorted(counts.roles.items()))
        found.append(f"statements/{split}: {len(records)} ({roles}; hard negatives {counts.hard_negatives})")
    total = coverage(everything)
    found.append(f"statements: {len(everything)}, hard negatives {total.hard_negatives}")
    found.append("labels: " + ", ".join(f"{code} {total.labels[code]}" for code in load_taxonomy().codes))
    found.append("series: " + ", ".join(f"{k} {v}" for k, v in sorted(Counter(r.series for r in everything).items())))
    alike = agreement(everything, read_second_annotation())
    found.append(
        f"second annotation: {alike.count} statements, same role {alike.role:.3f}, labels F1 {alike.label_f1:.3f}, "
        f"role and labels alike {alike.exact:.3f}"
    )
    found.append("agreement by label: " + ", ".join(f"{code} {value:.2f}" for code, value in alike.by_label.items()))
    for split in COMMON_SPLITS:
        plans = read_plans(split, for_evaluation=True)
        subjects = sum(len(item.subjects) for record in plans for item in record.items)
        deadlines = sum(len(item.deadlines) for record in plans for item in record.items)
        found.append(f"plans/{split}: {len(plans)} passages, {subjects} subjects, {deadlines} deadlines")
    return found


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines()) + "\n")
