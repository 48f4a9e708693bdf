"""match statements (3.10)."""
match x:
    case 1 | -1 | 1.5 | -2 + 3j | 1 - 2J: a
    case 'a' 'b' | b'c': b
    case None | True | False: c
    case _: d
match x, y:
    case a, b: pass
    case a, *b: pass
    case *_, a: pass
    case (a, b) | [a, b, *_]: pass
    case (): pass
    case []: pass
    case (a): pass
    case (a,): pass
    case [a, [b, (c)]]: pass
match x,:
    case {}: pass
    case {'a': 1, -1: b, A.B: c, None: d, **rest}: pass
    case {'a': (1 | 2) as b,}: pass
match *a, b:
    case A(): pass
    case A.B.C(1, x, y=2, z=D(),): pass
    case A(x=1): pass
    case a.b: pass
    case a.b.c | d.e: pass
match (x):
    case (1 as a) | (2 as a): pass
    case (A() as b), c if b > c: pass
    case x if (y := x): pass
match -x:
    case x: pass
match [a, b]:
    case x: pass
match (a, b):
    case x: pass
match not x:
    case x: pass
match lambda: 1:
    case x: pass
match {1: 2}:
    case {1: x} if x: pass
match await_ if a else b:
    case x: pass
match x:
    case match: pass
    case case: pass
    case type.match(case=case): pass
with (a as b): pass
with (a as b, c as d,): pass
with (a, b): pass
with (a, b,): pass
with (a as (b, c), d): pass
with (a, b).c as d: pass
with (a := b): pass
with (*a, b): pass
with (x for x in y): pass
with (a)(b) as c, (d): pass
with (a if b else c, d[e]) : pass
