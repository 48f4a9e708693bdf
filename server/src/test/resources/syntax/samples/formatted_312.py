"""f-strings of PEP 701."""
a = f'{a['b']}', f"{f"{f"{1 + 1}"}"}", f'{'\n'.join(a)}'
a = f'{
    a  # comment
    + b
}'
a = f'{a:{b:{c}}}', f'{a!r:{b!r:>{c}}}'
a = f"""{
    a = # comment
}"""
a = f'{a:{'x'}}', f'{"{"}', f'{'}'}'
a = f"{x:{{1: 2}[1]}}"
a = f'{*a, *b}'
a = rf'{a:\d}\N{b}'
a = f'\N{DIGIT ONE}{a}\
b'
