"""gRPC's interoperability cases in Python.

`interop.py server PORT` serves them. `interop.py client` reads lines `CASE ADDRESS`, and answers each with `passed` or with
what is wrong. PYTHONPATH has to hold what protoc makes of interop.proto.
"""

import sys
import threading
import time
from concurrent import futures

import grpc
import interop_pb2 as pb

LARGE_REQUEST = 271828
LARGE_RESPONSE = 314159
UPLOADS = [27182, 8, 1828, 45904]
DOWNLOADS = [31415, 9, 2653, 58979]
INITIAL = "x-grpc-test-echo-initial"
TRAILING = "x-grpc-test-echo-trailing-bin"
METADATA = ((INITIAL, "test_initial_metadata_value"), (TRAILING, b"\xab\xab\xab"))

METHODS = {
    "EmptyCall": ("unary_unary", pb.Empty, pb.Empty),
    "UnaryCall": ("unary_unary", pb.SimpleRequest, pb.SimpleResponse),
    "StreamingOutputCall": ("unary_stream", pb.StreamingOutputCallRequest, pb.StreamingOutputCallResponse),
    "StreamingInputCall": ("stream_unary", pb.StreamingInputCallRequest, pb.StreamingInputCallResponse),
    "FullDuplexCall": ("stream_stream", pb.StreamingOutputCallRequest, pb.StreamingOutputCallResponse),
    "UnimplementedCall": ("unary_unary", pb.Empty, pb.Empty),
}


def zeros(size):
    return pb.Payload(body=bytes(size))


def flag(value):
    return pb.BoolValue(value=value)


# The server


def echo_metadata(context):
    sent = dict(context.invocation_metadata())
    if INITIAL in sent:
        context.send_initial_metadata(((INITIAL, sent[INITIAL]),))
    if TRAILING in sent:
        context.set_trailing_metadata(((TRAILING, sent[TRAILING]),))


def end_as_asked(request, context):
    asked = request.response_status
    if asked.code:
        codes = {code.value[0]: code for code in grpc.StatusCode}
        context.abort(codes[asked.code], asked.message)


def unary_call(request, context):
    if request.response_compressed.value:
        context.set_compression(grpc.Compression.Gzip)
    echo_metadata(context)
    end_as_asked(request, context)
    return pb.SimpleResponse(payload=zeros(request.response_size))


def responses_to(request, context):
    end_as_asked(request, context)
    for parameters in request.response_parameters:
        time.sleep(parameters.interval_us / 1e6)
        if parameters.HasField("compressed") and not parameters.compressed.value:
            context.disable_next_message_compression()
        yield pb.StreamingOutputCallResponse(payload=zeros(parameters.size))


def streaming_output_call(request, context):
    if any(parameters.compressed.value for parameters in request.response_parameters):
        context.set_compression(grpc.Compression.Gzip)
    yield from responses_to(request, context)


def streaming_input_call(requests, context):
    size = sum(len(request.payload.body) for request in requests)
    return pb.StreamingInputCallResponse(aggregated_payload_size=size)


def full_duplex_call(requests, context):
    echo_metadata(context)
    for request in requests:
        yield from responses_to(request, context)


HANDLERS = {
    "EmptyCall": lambda request, context: pb.Empty(),
    "UnaryCall": unary_call,
    "StreamingOutputCall": streaming_output_call,
    "StreamingInputCall": streaming_input_call,
    "FullDuplexCall": full_duplex_call,
}


def method_handler(name):
    kind, request, response = METHODS[name]
    make = getattr(grpc, f"{kind}_rpc_method_handler")
    return make(
        HANDLERS[name],
        request_deserializer=request.FromString,
        response_serializer=response.SerializeToString,
    )


def serve(port):
    server = grpc.server(futures.ThreadPoolExecutor(8))
    methods = {name: method_handler(name) for name in HANDLERS}
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("grpc.testing.TestService", methods),))
    bound = server.add_insecure_port(f"127.0.0.1:{port}")
    server.start()
    print(f"Serving Python on 127.0.0.1:{bound}", flush=True)
    server.wait_for_termination()


# The client


class Wrong(Exception):
    pass


def check(actual, expected):
    if actual != expected:
        raise Wrong(f"{actual!r} instead of {expected!r}")


def method(channel, name, service="TestService"):
    kind, request, response = METHODS[name]
    make = getattr(channel, kind)
    return make(
        f"/grpc.testing.{service}/{name}",
        request_serializer=request.SerializeToString,
        response_deserializer=response.FromString,
    )


def sizes(responses):
    return [len(response.payload.body) for response in responses]


def fails_with(code, act, details=None):
    try:
        act()
    except grpc.RpcError as error:
        check(error.code(), code)
        if details is not None:
            check(error.details(), details)
        return
    raise Wrong("the call ended well")


def large_request(**more):
    return pb.SimpleRequest(response_size=LARGE_RESPONSE, payload=zeros(LARGE_REQUEST), **more)


def parameters(*sizes_wanted):
    return [pb.ResponseParameters(size=size) for size in sizes_wanted]


class Open:
    """Requests that end only when `end` is called."""

    def __init__(self, *requests):
        self.requests = requests
        self.over = threading.Event()

    def __iter__(self):
        yield from self.requests
        self.over.wait()


def empty_unary(channel):
    check(method(channel, "EmptyCall")(pb.Empty()).ByteSize(), 0)


def large_unary(channel):
    check(len(method(channel, "UnaryCall")(large_request()).payload.body), LARGE_RESPONSE)


def client_streaming(channel):
    requests = (pb.StreamingInputCallRequest(payload=zeros(size)) for size in UPLOADS)
    check(method(channel, "StreamingInputCall")(requests).aggregated_payload_size, 74922)


def server_streaming(channel):
    request = pb.StreamingOutputCallRequest(response_parameters=parameters(*DOWNLOADS))
    check(sizes(method(channel, "StreamingOutputCall")(request)), DOWNLOADS)


def ping_pong(channel):
    answered = threading.Semaphore(1)

    def pings():
        for down, up in zip(DOWNLOADS, UPLOADS):
            answered.acquire()
            yield pb.StreamingOutputCallRequest(response_parameters=parameters(down), payload=zeros(up))
        answered.acquire()

    received = []
    for response in method(channel, "FullDuplexCall")(pings()):
        received += sizes([response])
        answered.release()
    check(received, DOWNLOADS)


def empty_stream(channel):
    check(list(method(channel, "FullDuplexCall")(iter(()))), [])


def timeout_on_sleeping_server(channel):
    requests = Open(pb.StreamingOutputCallRequest(payload=zeros(27182)))
    fails_with(
        grpc.StatusCode.DEADLINE_EXCEEDED,
        lambda: list(method(channel, "FullDuplexCall")(iter(requests), timeout=0.001)),
    )
    requests.over.set()


def cancel_after_begin(channel):
    requests = Open()
    call = method(channel, "StreamingInputCall").future(iter(requests))
    call.cancel()
    check(call.cancelled(), True)
    check(call.code(), grpc.StatusCode.CANCELLED)
    requests.over.set()


def cancel_after_first_response(channel):
    request = pb.StreamingOutputCallRequest(response_parameters=parameters(31415), payload=zeros(27182))
    requests = Open(request)
    call = method(channel, "FullDuplexCall")(iter(requests))
    check(sizes([next(call)]), [31415])
    call.cancel()
    fails_with(grpc.StatusCode.CANCELLED, lambda: next(call))
    requests.over.set()


def echoes_metadata(call):
    check(dict(call.initial_metadata()).get(INITIAL), METADATA[0][1])
    check(dict(call.trailing_metadata()).get(TRAILING), METADATA[1][1])


def custom_metadata(channel):
    _, call = method(channel, "UnaryCall").with_call(large_request(), metadata=METADATA)
    echoes_metadata(call)
    request = pb.StreamingOutputCallRequest(
        response_parameters=parameters(LARGE_RESPONSE), payload=zeros(LARGE_REQUEST)
    )
    call = method(channel, "FullDuplexCall")(iter([request]), metadata=METADATA)
    check(sizes(call), [LARGE_RESPONSE])
    echoes_metadata(call)


def ends_with_status(channel, message):
    asked = pb.EchoStatus(code=2, message=message)
    unknown = grpc.StatusCode.UNKNOWN
    fails_with(unknown, lambda: method(channel, "UnaryCall")(pb.SimpleRequest(response_status=asked)), message)
    requests = [pb.StreamingOutputCallRequest(response_status=asked)]
    fails_with(unknown, lambda: list(method(channel, "FullDuplexCall")(iter(requests))), message)


def status_code_and_message(channel):
    ends_with_status(channel, "test status message")


def special_status_message(channel):
    ends_with_status(channel, "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n")


def unimplemented_method(channel):
    fails_with(grpc.StatusCode.UNIMPLEMENTED, lambda: method(channel, "UnimplementedCall")(pb.Empty()))


def unimplemented_service(channel):
    call = method(channel, "UnimplementedCall", "UnimplementedService")
    fails_with(grpc.StatusCode.UNIMPLEMENTED, lambda: call(pb.Empty()))


def client_compressed_unary(channel):
    for value in (True, False):
        compression = grpc.Compression.Gzip if value else grpc.Compression.NoCompression
        request = large_request(expect_compressed=flag(value))
        response = method(channel, "UnaryCall")(request, compression=compression)
        check(len(response.payload.body), LARGE_RESPONSE)


def server_compressed_unary(channel):
    for value in (True, False):
        response = method(channel, "UnaryCall")(large_request(response_compressed=flag(value)))
        check(len(response.payload.body), LARGE_RESPONSE)


def server_compressed_streaming(channel):
    wanted = [
        pb.ResponseParameters(size=31415, compressed=flag(True)),
        pb.ResponseParameters(size=92653, compressed=flag(False)),
    ]
    request = pb.StreamingOutputCallRequest(response_parameters=wanted)
    check(sizes(method(channel, "StreamingOutputCall")(request)), [31415, 92653])


def run_cases():
    for line in sys.stdin:
        name, address = line.split()
        try:
            with grpc.insecure_channel(address) as channel:
                globals()[name](channel)
            print("passed", flush=True)
        except (Wrong, grpc.RpcError) as error:
            print(" ".join(f"{type(error).__name__}: {error}".split()), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "server":
        serve(sys.argv[2])
    else:
        run_cases()
