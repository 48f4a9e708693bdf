import multiprocessing


def main():
    process = multiprocessing.get_context("spawn").Process(target=lambda: None)
    try:
        process.start()
    finally:
        process.join()


if __name__ == "__main__":
    main()
