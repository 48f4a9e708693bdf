"""f-strings that are valid since 3.6."""
a = f'', f'x', f'{a}', F"x{a}y{b}z", f'{a}{b}'
a = f'{a!r}', f'{a!s:>10}', f'{a:>{width}}', f'{a:{b}{c}}', f'{a!a:x{b!r}y}'
a = f'{{', f'}}', f'{{{a}}}', f'a{{b}}c{d}', f'{{}}'
a = f'{a=}', f'{a = }', f'{a=!s}', f'{a=:5}', f'{ a + b = !r:>{c}}'
a = f'{a,}', f'{a, b}', f'{(lambda x: x)(1)}', f'{ {1: 2}[1] }', f'{[x for x in y]}', f'{a if b else c}'
a = f'{a["b"]}', f"{a['b']}", f'''{a["b"]}
{c}''', f"""
{a
 + b}
"""
a = 'x' f'{a}' 'y' 'z' f'w{b}' r'\q' rf'\d{c}\{d}' fr"\n{e}"
a = f'\n{a}\x41\N{BULLET}{b}\t'
a = f'{a:%Y-%m-%d}', f'{a:\x41}', f'{a!r:^{width}.{precision}}'
a = f'{(yield)}'
a = f'{a != b}', f'{a == b}', f'{a >= b}', f'{x:=5}', f'{(x:=5)}'
a = f'{a:}', f'{a!r:}'
a = (f'a'
     f'b{c}'  # comment
     'd')
