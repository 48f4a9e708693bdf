a = "é😀"; b = é; c = "x"
def f():
        return 1
  x = f"😀{a}é{b!r}"
