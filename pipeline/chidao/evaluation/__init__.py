"""Figures of extraction against annotated directives."""
from chidao.evaluation.check import Fault, check
from chidao.evaluation.folder import evaluate_folder
from chidao.evaluation.frame import EvaluationError
from chidao.evaluation.intervals import Interval, bootstrap
from chidao.evaluation.report import Comparison, Miss, Report, Tally, combine
from chidao.evaluation.scoring import score

__all__ = ["Comparison", "EvaluationError", "Fault", "Interval", "Miss", "Report", "Tally", "bootstrap", "check",
           "combine", "evaluate_folder", "score"]
