"""Lazy imports (PEP 810) and unpacking in comprehensions (PEP 798)."""
lazy import a, b.c as d
lazy from . import e
lazy from f.g import (h, i as j)
lazy = 1
lazy(import_)
flat = [*x for x in y], {*x for x in y}, (*x for x in y), {**x for x in y}
called = f(*x for x in y)
