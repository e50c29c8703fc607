"""A producer and a worker of the work queue."""

import queue

import work_queue_pb2 as pb2


def method(make, name, request, response):
    path = f"/workqueue.WorkQueue/{name}"
    return make(path, request_serializer=request.SerializeToString, response_deserializer=response.FromString)


def add_client(channel, *payloads):
    """Adds each payload as a job with the same text as its id."""
    jobs = [pb2.NewJob(id=payload, payload=payload.encode()) for payload in payloads]
    added = method(channel.stream_unary, "Add", pb2.NewJob, pb2.Added)(iter(jobs))
    print(f"added {len(added.ids)}, repeated {added.repeated_ids}")


def work_client(channel, window, count):
    """Answers `count` leases, fails each job with the name "bad", and finishes."""
    requests = queue.Queue()
    requests.put(pb2.FromWorker(window=pb2.Window(jobs=int(window), worker="python")))
    responses = method(channel.stream_stream, "Work", pb2.FromWorker, pb2.ToWorker)(iter(requests.get, None))
    left = int(count)
    for response in responses:
        kind = response.WhichOneof("message")
        print(kind, flush=True)
        if kind != "job":
            continue
        job = response.job
        print(f"{job.id}: {job.payload.decode()}, attempt {job.attempt}", flush=True)
        if job.id.startswith("bad"):
            nack = pb2.Nack(lease=job.lease, reason="it is bad", retry_after_ms=1)
            requests.put(pb2.FromWorker(nack=nack))
        else:
            requests.put(pb2.FromWorker(ack=pb2.Ack(lease=job.lease)))
        left -= 1
        if left == 0:
            requests.put(None)
    print("all answers are stored")
