from . import export
from . import import_rows
from . import merge
from . import portal
