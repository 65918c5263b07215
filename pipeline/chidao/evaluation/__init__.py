"""Figures of extraction against annotated directives."""
from chidao.evaluation.check import Fault, check
from chidao.evaluation.folder import evaluate_folder
from chidao.evaluation.report import Miss, Report, Tally, bootstrap, combine
from chidao.evaluation.scoring import EvaluationError, score

__all__ = ["EvaluationError", "Fault", "Miss", "Report", "Tally", "bootstrap", "check", "combine",
           "evaluate_folder", "score"]
