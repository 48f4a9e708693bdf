from concurrent.futures import ProcessPoolExecutor


def connect(port):
    raise OSError("no answer from port %d" % port)


if __name__ == "__main__":
    with ProcessPoolExecutor(1, initializer=connect, initargs=(8080,)) as executor:
        print(executor.submit(abs, -1).result())
