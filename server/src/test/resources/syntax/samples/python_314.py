"""Template strings (PEP 750) and exceptions without parentheses (PEP 758)."""
a = t'', t'a{b}c', T'{a!r:>{w}}', rt'\d{a}', Tr"{b}", t'{a=}', t'{a = !s}', t'{ a }', t'{a + b:x}'
a = t'a' t'{b}' t"c"
a = t'''{
  a  # comment
}'''
a = t'{f'{b}'}', f'{t'{b}'}', t'{t'{b}'}', t'{{{a}}}', t'{a,}', t'{(a)}'
try: pass
except A, B: pass
except C, D.E, f(): pass
try: pass
except* A, B: pass
