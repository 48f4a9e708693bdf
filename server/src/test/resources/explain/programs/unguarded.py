import multiprocessing
from concurrent.futures import ProcessPoolExecutor

multiprocessing.set_start_method("spawn", force=True)

with ProcessPoolExecutor(1) as executor:
    print(executor.submit(abs, -1).result())
