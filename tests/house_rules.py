"""The house rules as small functions: a source in, its offences out.

`test_house.py` asks them of every file of the repository and of samples that break them.
"""

import ast
import re
import sys
from pathlib import Path

from house import ADDONS, attribute, called, decorators, imported, models, within

MARKETING = ADDONS[1]
FILE_LINES, FUNCTION_LINES, PARTNER_LINES = 300, 40, 60
SIZED = {".py", ".xml", ".js", ".css", ".scss", ".sh", ".md", ""}

KERNEL_MAY = {"phonenumbers", "stdnum"}
MARKETING_KERNEL_MAY = KERNEL_MAY | {"numpy", "scipy"}
TALKERS = {"wizard", "wizards", "controllers"}
SQL_CALLS = {"execute", "executemany", "execute_query", "execute_query_dict", "SQL"}
WRITE_CALLS = {"create", "write", "unlink"}
BLIND = {"Exception", "BaseException"}
SKIPS = re.compile(
    r"((unittest|pytest|mark)\.)+(skip|xfail)"
    r"|([\w.]+\.)?(skipIf|skipif|skipUnless|skipTest|SkipTest|importorskip|expectedFailure)"
)

KINDS = ("RULE", "FACT", "JUDGEMENT", "ACT")

REGISTRIES = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|yarnpkg\.com|unpkg\.com|jsdelivr\.net"
    r"|(?:deb|ftp|security|snapshot|packages)[\w.]*\.debian\.org|(?:archive|security)\.ubuntu\.com"
    r"|docker\.(?:io|com)|ghcr\.io|quay\.io|crates\.io|golang\.org|rubygems\.org|anaconda\.org"
    r"|maven\.org|nightly\.odoo\.com|wheelhouse\.odoo-community\.org",
    re.IGNORECASE,
)
# Where this checkout happens to lie; nothing in it may depend on that.
CHECKOUT = Path(__file__).resolve().parent.parent
MACHINE_PATHS = re.compile(rf"{re.escape(str(CHECKOUT))}\b")


def kernel_imports(source):
    """The kernel thinks alone: the standard library, numbers, itself."""
    if source.room != "kernel":
        return []
    may = MARKETING_KERNEL_MAY if source.addon == MARKETING else KERNEL_MAY
    own = f"{source.addon}.kernel"
    offences = [
        source.at(line, f"the kernel imports {name}")
        for line, name in imported(source)
        if name.split(".")[0] not in may | sys.stdlib_module_names and not within(name, own)
    ]
    return offences + [
        source.at(line, "the kernel imports by a name it computes")
        for line, name in called(source)
        if name in {"__import__", "import_module"}
    ]


def model_imports(source):
    """Models know nothing of those who converse with people."""
    if source.room != "models":
        return []
    rooms = [f"{addon}.{room}" for addon in ADDONS for room in (*TALKERS, "report")]
    return [
        source.at(line, f"a model imports {name}")
        for line, name in imported(source)
        if within(name, *rooms)
    ]


def marketing_imports(source):
    """Marketing meets the customer file through models, not through its Python modules."""
    if source.addon != MARKETING or source.is_test:
        return []
    return [
        source.at(line, f"marketing imports {name}")
        for line, name in imported(source)
        if within(name, ADDONS[0])
    ]


def one_way(source):
    """The customer file does not know that marketing exists."""
    if source.addon != ADDONS[0]:
        return []
    return [
        source.at(number, "mentions marketing")
        for number, line in enumerate(source.text.splitlines(), 1)
        if MARKETING in line
    ]


def no_sql_in_talk(source):
    """Wizards and controllers ask a model; they do not ask the database."""
    if source.room not in TALKERS:
        return []
    return [
        source.at(line, f"{name}() is SQL in {source.room}")
        for line, name in called(source)
        if name in SQL_CALLS
    ]


def report_reads(source):
    """A report reads tables: it changes nothing and walks over no records."""
    if source.room != "report":
        return []
    offences = [
        source.at(line, f"a report calls {name}()")
        for line, name in called(source)
        if name in WRITE_CALLS
    ]
    walks = [node.iter for node in source.find(ast.For, ast.comprehension)]
    return offences + [
        source.at(walk.lineno, "a report loops over records")
        for walk in walks
        if re.match(r"self(\.(search|browse|filtered|sudo)\b|$)", ast.unparse(walk))
    ]


def file_size(source):
    """A file fits into a head."""
    lines = len(source.text.splitlines())
    sized = source.addon or source.path.parts[0] == "setup"
    if sized and not source.is_test and source.path.suffix in SIZED and lines > FILE_LINES:
        return [source.at(lines, f"{lines} lines, {FILE_LINES} are allowed")]
    return []


def partner_size(source):
    """The partner is a table of contents."""
    lines = len(source.text.splitlines())
    if source.path.match("models/res_partner.py") and lines > PARTNER_LINES:
        return [source.at(lines, f"{lines} lines, {PARTNER_LINES} are allowed")]
    return []


def function_size(source):
    """A function fits onto a screen."""
    return [
        source.at(node.lineno, f"{node.name} is longer than {FUNCTION_LINES} lines")
        for node in source.find(ast.FunctionDef, ast.AsyncFunctionDef)
        if node.end_lineno - node.lineno + 1 > FUNCTION_LINES
    ]


def named_catch(source):
    """Catch what you can name."""
    return [
        source.at(handler.lineno, "catches everything")
        for handler in source.find(ast.ExceptHandler)
        if handler.type is None
        or BLIND & {getattr(node, "id", "") for node in ast.walk(handler.type)}
    ]


def route_docstrings(source):
    """A door to the world says what it is for."""
    return [
        source.at(node.lineno, f"route {node.name} has no docstring")
        for node in source.find(ast.FunctionDef)
        if "route" in decorators(node) and not ast.get_docstring(node)
    ]


def method_docstrings(source):
    """What anybody may call over RPC says what it does."""
    return [
        source.at(method.lineno, f"{model.name}.{method.name} has no docstring")
        for model in models(source)
        for method in model.body
        if isinstance(method, ast.FunctionDef)
        and not method.name.startswith("_")
        and "private" not in decorators(method)
        and not ast.get_docstring(method)
    ]


def kinds_allowed(model):
    """What the docstring of a model may call it; an empty tuple where it need not."""
    base = {getattr(base, "attr", getattr(base, "id", "")) for base in model.bases}
    name, inherit = attribute(model, "_name") or "", attribute(model, "_inherit") or []
    extended = [inherit] if isinstance(inherit, str) else inherit
    if not name.startswith("kunden.") or name in extended or "AbstractModel" in base:
        return ()
    if "TransientModel" in base:
        return (*KINDS, "DIALOGUE")
    computed = any(getattr(node, "name", "") == "_table_query" for node in model.body)
    if computed or attribute(model, "_auto") is False or attribute(model, "_table_query"):
        return (*KINDS, "VIEW")
    return KINDS


def model_kinds(source):
    """The first word about a model says whether it is a rule, a fact, a judgement or an act."""
    for model in models(source):
        allowed = kinds_allowed(model)
        first = (ast.get_docstring(model) or "").split("\n")[0]
        if allowed and not re.match(rf"({'|'.join(allowed)})\b", first):
            yield source.at(model.lineno, f"{model.name} does not say {', '.join(allowed)}")


def no_skips(source):
    """A test that is skipped tells nothing."""
    if not source.is_test:
        return []
    return [
        source.at(node.lineno, "a skipped test")
        for node in source.find(ast.Name, ast.Attribute)
        if SKIPS.fullmatch(ast.unparse(node))
    ]


def no_addresses(source):
    """Whoever installs this brings his own registry and his own folders."""
    return [
        source.at(number, f"names {found[0]}")
        for number, line in enumerate(source.text.splitlines(), 1)
        for found in [REGISTRIES.search(line) or MACHINE_PATHS.search(line)]
        if found
    ]


CHECKS = (
    kernel_imports,
    model_imports,
    marketing_imports,
    one_way,
    no_sql_in_talk,
    report_reads,
    file_size,
    partner_size,
    function_size,
    named_catch,
    route_docstrings,
    method_docstrings,
    model_kinds,
    no_skips,
    no_addresses,
)
