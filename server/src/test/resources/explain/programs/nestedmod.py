import multiprocessing


def main():
    def inner(n):
        return n

    process = multiprocessing.Process(target=inner, args=(1,))
    process.start()
    process.join()


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    main()
