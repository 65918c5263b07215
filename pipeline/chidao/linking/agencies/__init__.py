"""The registry of bodies in place and time: which body a name means on a day, and who took over its work.

A body is a kind (Sở Y tế) in a place (tỉnh Bắc Giang) with a validity interval; its id says both:
``so.y.te@bac.giang``. Central bodies have no place: ``bo.y.te``.
"""
from chidao.linking.agencies.kinds import Kind
from chidao.linking.agencies.origins import predecessors
from chidao.linking.agencies.places import Place, place, places_named
from chidao.linking.agencies.registry import agency, bodies, find
from chidao.linking.agencies.succession import Step, Successor, Successors, successors

__all__ = ["Kind", "Place", "Step", "Successor", "Successors", "agency", "bodies", "find", "place", "places_named",
           "predecessors", "successors"]
