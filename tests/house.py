"""Reads the repository as the house rules see it: files, imports, calls, models."""

import ast
import os
from functools import cached_property
from pathlib import Path, PurePosixPath

ADDONS = ("kunden_crm", "kunden_crm_marketing")
# Lists to be imported, in the encodings of the programs that wrote them.
LISTS = "kunden_crm/tests/import_samples/*.csv"
MODEL_BASES = {"Model", "AbstractModel", "TransientModel"}


class Source:
    """A file of the repository: where it lies, what it says, what it means to Python."""

    def __init__(self, path, text):
        self.path, self.text = PurePosixPath(path), text

    @cached_property
    def tree(self):
        """The syntax tree; nothing to see in files that are not Python."""
        return ast.parse(self.text if self.path.suffix == ".py" else "")

    @property
    def addon(self):
        """The add-on the file belongs to, or an empty string."""
        return self.path.parts[0] if self.path.parts[0] in ADDONS else ""

    @property
    def room(self):
        """The folder inside the add-on: kernel, models, wizards ..."""
        return self.path.parts[1] if self.addon and len(self.path.parts) > 2 else ""

    @property
    def is_test(self):
        """Whether the file is a test or serves one."""
        return "tests" in self.path.parts[:-1]

    def at(self, line, message):
        """One offence, as a compiler would print it."""
        return f"{self.path}:{line}: {message}"

    def find(self, *kinds):
        """All syntax nodes of these kinds."""
        return [node for node in ast.walk(self.tree) if isinstance(node, kinds)]


def sources(root):
    """Every text file of the repository except what tools leave behind."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(n for n in folders if n[0] != "." and n != "__pycache__")
        for path in (Path(folder, name) for name in sorted(names)):
            content = path.read_bytes() if path.is_file() else b"\0"
            if b"\0" not in content and not path.match(LISTS):
                yield Source(path.relative_to(root).as_posix(), content.decode())


def imported(source):
    """Pairs of line and full dotted name of everything the file imports."""
    package = list(source.path.parent.parts)
    for node in source.find(ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            start = package[: len(package) - node.level + 1] if node.level else []
            names = [
                ".".join([*start, *filter(None, [node.module]), alias.name]) for alias in node.names
            ]
        yield from ((node.lineno, name.removeprefix("odoo.addons.")) for name in names)


def within(name, *packages):
    """Whether a dotted name lies in one of the packages."""
    return any(name == package or name.startswith(package + ".") for package in packages)


def called(source):
    """Pairs of line and last name of everything the file calls."""
    for node in source.find(ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        yield node.lineno, name


def decorators(function):
    """The last names of a function's decorators."""
    calls = [getattr(node, "func", node) for node in function.decorator_list]
    return {getattr(node, "attr", getattr(node, "id", "")) for node in calls}


def models(source):
    """The classes that are Odoo models, fakes of tests left out."""
    for node in [] if source.is_test else source.find(ast.ClassDef):
        if {getattr(base, "attr", getattr(base, "id", "")) for base in node.bases} & MODEL_BASES:
            yield node


def attribute(model, name):
    """The literal value of a class attribute, None where it is missing or computed."""
    for node in model.body:
        if isinstance(node, ast.Assign) and name in {getattr(t, "id", "") for t in node.targets}:
            try:
                return ast.literal_eval(node.value)
            except ValueError:
                return None
    return None
