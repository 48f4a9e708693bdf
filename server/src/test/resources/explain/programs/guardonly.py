import multiprocessing


def work(n):
    return n * factor


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    factor = 3
    with multiprocessing.Pool(2) as pool:
        print(pool.map(work, [1, 2]))
