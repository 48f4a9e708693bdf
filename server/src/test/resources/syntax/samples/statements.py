#!/usr/bin/env python
# -*- coding: utf-8 -*-
from __future__ import annotations
import os, sys as system, a.b.c as d
from . import a
from .. import (b as c, d)
from ...x.y import *
from .... import e
from x import (
    a,  # why
    b as c,
)

a = b = yield_ = 1
a += 1; b -= 2; c *= 3; d /= 4; e //= 5; f %= 6; g **= 7; h @= 8; i &= 9; j |= 10; k ^= 11; l <<= 12; m >>= 13
a: int
b: int = 1
(c): int = 2
d.e: int
f[0]: str = 'x'
t: tuple = 1, 2
g, *h = i
[a, b] = (c, d) = e
(a), b = c
*a, = b
del a, b.c, d[0]
del (a, b), [c]
del (a)
assert a
assert a, 'message'
pass
global_ = 1
if a: pass
elif b: c; d
elif (e := f): g
else: h;
while a:
    break
else:
    continue_ = 1
for a, in b: c
for a, b in c, d:
    continue
else: pass
for a.b in c: pass
for a[0], (b, *c) in d: pass
for x in *a, *b: pass
try:
    pass
except:
    pass
try: a
except A: b
except (A, B) as c: d
else: e
finally: f
try:
    a
finally:
    b
raise
raise A
raise A from B
with a: pass
with a as b, c as d: pass
with (a): pass
with (a) as b: pass
with (a), (b): pass
with (a, b) as c: pass
with (yield): pass
with a.b as c.d, e() as f[0], g as (h, i), j as [k]: pass


@decorator
@decorator.with_args(1, x=2)
@(lambda f: f)
@buttons[0].clicked
@a or b
def f(a, b: int, /, c=1, *args: int, d, e: str = 'x', **kwargs: dict) -> int:
    """Doc."""
    global x, y
    nonlocal_ = 1
    def g():
        nonlocal a
        return
    return a, b, *c
    yield
    yield a, *b
    x = yield a
    y = yield from b
    z: int = yield
    x += yield


async def g(*, a):
    async with a as b, c: pass
    async for x in y: pass
    else: z
    await a
    await a.b(c) ** 2
    return [x async for x in y if await z], {await x: 1 for x in y}


class A: pass
class B(): x = 1; y = 2
@decorator
class C(A, B, metaclass=M, *args, **kwargs):
    x: int

    def method(self): return self
    # comment at the end


def 	tabs():
	if a:
		b
	return c


if a:
    if b:
        c
    # a comment

  # another one
    else:
        d
else: pass

def semicolons(): a; b;
match = case = type = lazy = _ = 1
match(x)
match[x]
match.x = case.y
match, case = type, lazy
print(match, *case)
match * a, match - b, match in c, match not in d, match is e
type(x)
type[x] = 1
type.x
type = 1
lazy.x
lazy = case
