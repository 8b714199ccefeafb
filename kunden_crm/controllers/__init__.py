from . import export
from . import merge
from . import portal
