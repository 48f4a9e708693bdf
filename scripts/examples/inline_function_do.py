"""A function at module level, with functools.partial for what it needs, reaches every process."""

import functools
from multiprocessing import Pool


def _task(factor, n):
    return n * factor


def scaled(numbers, factor):
    with Pool(2) as pool:
        return pool.map(functools.partial(_task, factor), numbers)


if __name__ == "__main__":
    print(scaled([1, 2, 3], 10))
