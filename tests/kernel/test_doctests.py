"""The examples in the docstrings of the kernel are true, and every public function has one."""

import doctest
import importlib
import inspect
import pkgutil

import pytest

from odoo.addons.kunden_crm import kernel

MODULES = [
    importlib.import_module(f"{kernel.__name__}.{found.name}")
    for found in pkgutil.iter_modules(kernel.__path__)
]
FUNCTIONS = [
    function
    for module in MODULES
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__ and not name.startswith("_")
]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_examples_are_true(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_a_public_function_tells_shape_errors_source_and_an_example(function):
    manual = inspect.getdoc(function) or ""
    for word in ("Shape:", "Errors:", "Source:", ">>>"):
        assert word in manual, word
