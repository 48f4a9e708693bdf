import os
import tempfile

from jina import Flow


def main():
    os.chdir(tempfile.gettempdir())
    with Flow(timeout_ready=3000).add(uses="exec.yml") as flow:
        flow.post("/")


if __name__ == "__main__":
    main()
