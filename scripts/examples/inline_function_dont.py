"""An inline function cannot be pickled, so no other process ever gets it."""

from multiprocessing import Pool


def scaled(numbers, factor):
    with Pool(2) as pool:
        return pool.map(lambda n: n * factor, numbers)


if __name__ == "__main__":
    print(scaled([1, 2, 3], 10))
