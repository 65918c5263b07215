"""Tasks and targets: units of the outline, of labelled lines and of tables, with who answers for them."""
from chidao.extraction.tasks.finding import find_tasks

__all__ = ["find_tasks"]
