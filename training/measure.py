"""Measures the next judge: each public set by a model that never saw it, the own corpus by trades it never saw."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score, precision_recall_curve, roc_auc_score

from bot.core.tone import FLAGS, POLARITIES
from training import corpus, public
from training.matrix import Sheet, sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from training.corpus import Row

FOLDS = 5
GENERAL = 0.5
"""What the public sets together say beside the own corpus, chosen among 0, .3, .5, 1 on German sets left out."""
_OWN_C, _GENERAL_C, _FLAG_C = 40.0, 4.0, 10.0
_MOST = 10_000
_BINS = 10
_RECALL = 0.8


def table(lang: str, folder: Path | None) -> list[str]:
    """Lines of a Markdown table, one for each measure."""
    rows = corpus.rows(lang)
    own = sheet([row.text for row in rows], (POLARITIES.index(row.polarity) for row in rows), lang)
    sets = {} if folder is None else {name: _public(name, folder, lang) for name in public.SETS[lang]}
    lines = [
        _line(name, check, _scores(own, [sets[other][0] for other in sets if other != name], check))
        for name, (_, check) in sets.items()
    ]
    scores = np.zeros((len(rows), len(POLARITIES)))
    folds = fold_of(rows)
    for fold in range(FOLDS):
        here = folds == fold
        scores[here] = _scores(own.part(~here), [train for train, _ in sets.values()], own.part(here))
    for name, chosen in (
        ("own, by trade", [not row.note for row in rows]),
        ("own, hard posts, by trade", [bool(row.note) for row in rows]),
    ):
        mask = np.array(chosen)
        lines.append(_line(name, own.part(mask), scores[mask]))
    return [*lines, *_flag_lines(rows, own, folds)]


def fold_of(rows: Sequence[Row]) -> np.ndarray:
    """Whole trades go to one of the folds, in the order of their hashes."""
    trades = sorted({row.trade for row in rows}, key=lambda trade: hashlib.sha256(trade.encode()).hexdigest())
    return np.array([trades.index(row.trade) % FOLDS for row in rows])


def _public(name: str, folder: Path, lang: str) -> tuple[Sheet, Sheet]:
    """Rows to learn from (at most 10,000, seeded), and check rows."""
    rows = public.rows(name, folder)
    train = [row for row in rows if not row.check]
    some = [train[number] for number in np.random.default_rng(0).permutation(len(train))[:_MOST]]
    checks = [row for row in rows if row.check]
    return tuple(sheet([row.text for row in part], [row.polarity for row in part], lang) for part in (some, checks))  # type: ignore[return-value]


def _scores(own: Sheet, others: Sequence[Sheet], asked: Sheet) -> np.ndarray:
    """Log-probabilities: one model of the own corpus, and the mean of one for each public set, their shares made ours."""
    shares = np.bincount(own.polarity, minlength=len(POLARITIES)) / len(own.polarity)
    scores = np.asarray(_fitted(own, _OWN_C).predict_log_proba(asked.numbers))
    if not others:
        return scores
    general = np.mean([_fitted(other, _GENERAL_C, shares).predict_log_proba(asked.numbers) for other in others], axis=0)
    return np.asarray(scores + GENERAL * (general - np.log(shares)))


def _fitted(rows: Sheet, strength: float, shares: np.ndarray | None = None) -> LogisticRegression:
    weights = None
    if shares is not None:
        weights = (shares / (np.bincount(rows.polarity, minlength=len(shares)) / len(rows.polarity)))[rows.polarity]
    model = LogisticRegression(C=strength, max_iter=150).fit(rows.numbers, rows.polarity, sample_weight=weights)
    if model.n_iter_[0] <= 1:  # a loose tolerance once stopped at the first step, without a word
        msg = "the fit stopped before it began"
        raise ArithmeticError(msg)
    return model


def _line(name: str, rows: Sheet, scores: np.ndarray) -> str:
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    said, truth = chances.argmax(axis=1), rows.polarity
    return f"| {name} | {len(truth)} | {f1_score(truth, said, average='macro'):.3f} | {(said == truth).mean():.3f} | {_calibration(chances, truth):.3f} |"


def _calibration(chances: np.ndarray, truth: np.ndarray) -> float:
    """Expected calibration error over ten bins of confidence."""
    sure, right = chances.max(axis=1), chances.argmax(axis=1) == truth
    bins = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    return float(
        sum(abs(right[bins == each].mean() - sure[bins == each].mean()) * (bins == each).mean() for each in set(bins))
    )


def _flag_lines(rows: Sequence[Row], own: Sheet, folds: np.ndarray) -> list[str]:
    """Each flag by trade: how well it ranks, and its precision where four in five are found."""
    lines = []
    for flag in (*FLAGS, "heated"):
        truth = np.array([row.arousal == "heated" if flag == "heated" else flag in row.flags for row in rows])
        scores = np.zeros(len(rows))
        for fold in range(FOLDS):
            here = folds == fold
            model = LogisticRegression(C=_FLAG_C, max_iter=150, class_weight={False: 1, True: 3})
            scores[here] = model.fit(own.numbers[~here], truth[~here]).decision_function(own.numbers[here])
        precision, recall, _ = precision_recall_curve(truth, scores)
        lines.append(
            f"| {flag} | {truth.sum()} | AUC {roc_auc_score(truth, scores):.3f} | average precision {average_precision_score(truth, scores):.2f}"
            f" | precision {precision[recall >= _RECALL].max():.2f} at recall {_RECALL} |"
        )
    return lines
