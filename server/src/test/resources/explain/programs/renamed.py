from collections import namedtuple
from multiprocessing import Pool

Point = namedtuple("Pnt", "x y")

if __name__ == "__main__":
    with Pool(1) as pool:
        print(pool.map(str, [Point(1, 2)]))
