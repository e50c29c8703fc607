"""What Python's handlers see of each call, and uploads that Python's client cancels.

`watched.py server` prints `begun ID` with a call's first request, and when its loop over the requests is over
`saw ID ended|threw|left active|cancelled`: how the loop ended, and whether the call counts as cancelled right then.
`watched.py client ADDRESS COUNT` cancels so many uploads at random moments.
"""

import random
import signal
import sys
import threading
import time
from concurrent import futures

import grpc
import interop_pb2 as pb

SERVICE = "grpc.testing.TestService"
UPLOAD = f"/{SERVICE}/StreamingInputCall"


def watch(requests, context):
    metadata = dict(context.invocation_metadata())
    call, task = metadata["x-call"], metadata["x-do"]
    loop, begun = "threw", False
    try:
        for _ in requests:
            if not begun:
                print(f"begun {call}", flush=True)
            begun = True
            if task == "read":
                continue
            loop = "left"
            if task == "answer":
                return
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, "as told")
        loop = "ended"
    finally:
        print(f"saw {call} {loop} {'active' if context.is_active() else 'cancelled'}", flush=True)


def upload(requests, context):
    watch(requests, context)
    return pb.StreamingInputCallResponse()


def exchange(requests, context):
    watch(requests, context)
    yield from ()


def serve():
    server = grpc.server(futures.ThreadPoolExecutor(64))
    methods = {
        "StreamingInputCall": grpc.stream_unary_rpc_method_handler(
            upload, pb.StreamingInputCallRequest.FromString, pb.StreamingInputCallResponse.SerializeToString
        ),
        "FullDuplexCall": grpc.stream_stream_rpc_method_handler(
            exchange, pb.StreamingOutputCallRequest.FromString, pb.StreamingOutputCallResponse.SerializeToString
        ),
    }
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(SERVICE, methods),))
    bound = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(f"Serving grpcio on 127.0.0.1:{bound}", flush=True)
    signal.sigwait({signal.SIGTERM})
    server.stop(0).wait()
    time.sleep(0.5)


def cancelled_upload(channel, number):
    over = threading.Event()

    def requests():
        for _ in range(random.randint(1, 50)):
            yield pb.StreamingInputCallRequest(payload=pb.Payload(body=bytes(8)))
        over.wait()

    method = channel.stream_unary(
        UPLOAD, pb.StreamingInputCallRequest.SerializeToString, pb.StreamingInputCallResponse.FromString
    )
    call = method.future(requests(), metadata=(("x-call", f"py{number}"), ("x-do", "read")))
    time.sleep(random.random() * 0.02)
    call.cancel()
    over.set()


def cancel_uploads(address, count):
    with grpc.insecure_channel(address) as channel, futures.ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: cancelled_upload(channel, number), range(int(count))))
        # If the channel closed right after the last cancel, the server would see a lost connection.
        time.sleep(0.5)


if __name__ == "__main__":
    if sys.argv[1] == "server":
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        serve()
    else:
        cancel_uploads(*sys.argv[2:])
