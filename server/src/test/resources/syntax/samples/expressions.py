"""Operators, displays, calls and subscripts in odd layouts."""
a = b = c = 1
x = (a + b) * c - a ** -b ** c // 2 % 3 @ a
y = a << 1 >> 2 & 3 ^ 4 | 5
z = not a and b or not c
w = a < b <= c != 3 == a is not b is c not in [1] in [2]
v = -a ** 2, +a, ~a, - - a
u = a if b else c if (d := 3) else lambda: 4
t = (lambda: 1), lambda x, /, y=1, *args, z, k=2, **kwargs: (x, y, args, z, k, kwargs)
s = lambda *, key=None: key
n = [], (), {}, {1}, (1,), [1, ], {1: 2, }, {1, }, (
    (1), (2,)
)
m = [*a, *b], {*a, *b}, {**a, 'k': 1, **b}, (*a, *b)
k = f(1, *a, x=1, *b, **c, **d)(2)[3].g
k = f(x for x in y)
k = f((x for x in y), 1)
k = f(a)(b)(c).d.e[f][g:h][i, j:k, ::2, :]
k = l[1:], l[:1], l[:], l[::], l[1:2:3], l[...], l[1,], l[()], l[a:=1], l[*a], l[*a, 1]
numbers = 0, 00, 1_000, 0xFF, 0Xff_ff, 0o17, 0b1_0, 1., .5, 1.5e10, 1E-3, 1_0.0_1e1_0, 1j, 1.5J, 0_0, 9999999999999999999999
odd = 1if a else 2, 0xfor 3 if 1or 2 else 4
strings = 'a' "b" '''c''' """d
e""", r'\n', R"\d", u'u', b'b' rb'\x' Br'\y', 'x' 'y' \
    'z'
escapes = '\a\b\f\n\r\t\v\\\'\"\0\7\101\x41\u0041\U0001F600\N{BULLET}\N{LATIN SMALL LETTER A}\
joined', b'\x00\xff\101\u'
names = été, ñ, 变量, ﬁ, 𝔘
comps = [x for x in y], {x for x in y if a if b}, {k: v for k, v in d.items()}, (x for y in z for x in y)
nested = [[i for i in j] for j in k if [n for n in m]]
targets = [x for x, in y], [x for (x, y), *z in w], [a.b for a.b in c], [a[0] for a[0] in c]
conditional = [x if y else z for x in (a if b else c)]
called = print >>f, x
chained = a.b.c.d(e)(f)(g)[h].i(
    j,
    k=l,  # comment, with 'quotes' and (brackets
    *m,
    **n,
)
continued = a + \
    b \
    .c
awaited = lambda: (yield)
grouped = ((((a))))
starred = *a, *b
one = a,
