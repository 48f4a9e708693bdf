from jina import Flow

with Flow(timeout_ready=3000).add() as flow:
    flow.post("/")
