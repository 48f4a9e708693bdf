"""except*, type parameters, type statements, template strings, exceptions without parentheses."""
try: pass
except* A: pass
except* (B, C) as d: pass


def f(*args: *Ts): pass


def g[T, *Ts, **P](a: T) -> T: pass
class A[T: int, U: (int, str) = str, *V = *tuple[int], **W = [int]](B): pass
async def h[T](): pass
type X = int
type Y[T] = list[T]
type type = type
type match = 1
type (x)
type [x]
