from concurrent.futures import ProcessPoolExecutor


def main():
    with ProcessPoolExecutor(1) as executor:
        future = executor.submit(
            lambda n: n,
            1,
        )
        print(future.result())


if __name__ == "__main__":
    main()
