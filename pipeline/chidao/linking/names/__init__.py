"""Which body, group or other actor a name means in the directive that it stands in."""
from chidao.linking.names.assigning import link_agencies
from chidao.linking.names.resolution import resolve
from chidao.linking.names.setting import Setting, setting_of

__all__ = ["Setting", "link_agencies", "resolve", "setting_of"]
