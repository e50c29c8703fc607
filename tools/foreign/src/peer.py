"""The four patterns in Python: `peer.py client ADDRESS PATTERN [ARGUMENT...]` or `peer.py server PORT`.

PYTHONPATH has to hold what protoc makes of the .proto files.
"""

import hashlib
import math
import os
import sys
import time
from concurrent import futures

import google
import grpc

# The messages of google.rpc are from this project; the package `google` belongs to protobuf.
google.__path__.append(os.path.join(os.environ["PYTHONPATH"], "google"))

import chatserver_pb2  # noqa: E402
import file_transfer_pb2  # noqa: E402
import greetering_pb2  # noqa: E402
import watch_pb2  # noqa: E402
import work_queue  # noqa: E402
from google.rpc import error_details_pb2, status_pb2  # noqa: E402
from stream import bidirectional_stream_pb2, client_stream_pb2, server_stream_pb2  # noqa: E402

POW = ("/stream.ServerStream/Pow", server_stream_pb2.ServerStreamReq, server_stream_pb2.ServerStreamResp)
SUM = ("/stream.ClientStream/Sum", client_stream_pb2.ClientStreamReq, client_stream_pb2.ClientStreamResp)
SQRT = (
    "/stream.BidirectionalStreamServer/Sqrt",
    bidirectional_stream_pb2.AllStreamReq,
    bidirectional_stream_pb2.AllStreamResp,
)


CHAT = ("/chatserver.Services/ChatService", chatserver_pb2.FromClient, chatserver_pb2.FromServer)


PUT = ("/watch.Store/Put", watch_pb2.PutRequest, watch_pb2.PutResponse)
WATCH = ("/watch.Store/Watch", watch_pb2.WatchRequest, watch_pb2.WatchResponse)


def greeting(method):
    return (f"/proto.Greetering/{method}", greetering_pb2.HelloReq, greetering_pb2.HelloResp)


def method(make, contract):
    """A callable for one rpc; `make` is one of the channel's four kinds."""
    path, request, response = contract
    return make(path, request_serializer=request.SerializeToString, response_deserializer=response.FromString)


def pow_client(channel, number):
    for response in method(channel.unary_stream, POW)(POW[1](number=int(number))):
        print(response.number, flush=True)


def sum_client(channel, *numbers):
    requests = (SUM[1](data=int(number)) for number in numbers)
    print(method(channel.stream_unary, SUM)(requests).sum)


def cancelled_sum_client(channel, *numbers):
    """Sends the numbers, and then cancels in place of finishing."""

    def requests():
        yield from (SUM[1](data=int(number)) for number in numbers)
        time.sleep(0.2)
        call.cancel()
        time.sleep(60)

    call = method(channel.stream_unary, SUM).future(requests())
    call.result()


def sqrt_client(channel, *numbers):
    requests = (SQRT[1](number=float(number)) for number in numbers)
    for response in method(channel.stream_stream, SQRT)(requests):
        print(response.sqrt, flush=True)


def greet_client(channel, *names):
    requests = [greetering_pb2.HelloReq(name=name) for name in names]
    print(method(channel.unary_unary, greeting("Hello"))(requests[0]).msg)
    for response in method(channel.unary_stream, greeting("StreamHello"))(requests[0]):
        print(response.msg)
    print(method(channel.stream_unary, greeting("GreetEach"))(iter(requests)).msg)
    for response in method(channel.stream_stream, greeting("GreetTogether"))(iter(requests)):
        print(response.msg)


def chat_client(channel, name):
    """Sends each line of the input, and prints what others send. It does not use numbers or acknowledgements."""

    def requests():
        yield CHAT[1](name=name)
        for line in sys.stdin:
            yield CHAT[1](name=name, body=line.rstrip("\n"))

    responses = method(channel.stream_stream, CHAT)(requests())
    responses.initial_metadata()
    print("in the chat", flush=True)
    for response in responses:
        print(f"{response.name}: {response.message}", flush=True)


def files_method(make, name, request, response):
    return method(make, (f"/files.FileTransfer/{name}", request, response))


def put_client(channel, path, name, limit=None):
    """Uploads a file from the offset that the server names. With a limit it sends this many bytes, and does not finish."""
    pb = file_transfer_pb2
    with open(path, "rb") as file:
        content = file.read()
    upload_id = hashlib.sha256(f"{name} {len(content)}".encode()).hexdigest()
    try:
        query = pb.QueryUploadRequest(upload_id=upload_id, name=name)
        begin = files_method(channel.unary_unary, "QueryUpload", pb.QueryUploadRequest, pb.UploadStatus)(query).committed_size
    except grpc.RpcError as error:
        if error.code() != grpc.StatusCode.NOT_FOUND:
            raise
        begin = 0

    def requests():
        yield pb.UploadRequest(start=pb.UploadStart(upload_id=upload_id, name=name, size=len(content)))
        end = int(limit) if limit else len(content)
        for offset in range(begin, end, 65536):
            yield pb.UploadRequest(chunk=pb.UploadChunk(offset=offset, data=content[offset : min(end, offset + 65536)]))
        if not limit:
            digest = hashlib.sha256(content).digest()
            yield pb.UploadRequest(finish=pb.UploadFinish(size=len(content), sha256=digest))

    status = files_method(channel.stream_unary, "Upload", pb.UploadRequest, pb.UploadStatus)(requests())
    print(f"from {begin}: {status.committed_size} bytes, {'complete' if status.HasField('file') else 'not complete'}")


def get_client(channel, name, path):
    pb = file_transfer_pb2
    digest = hashlib.sha256()
    with open(path, "wb") as file:
        for response in files_method(channel.unary_stream, "Download", pb.DownloadRequest, pb.DownloadResponse)(
            pb.DownloadRequest(name=name)
        ):
            if response.WhichOneof("part") == "data":
                digest.update(response.data)
                file.write(response.data)
            elif response.WhichOneof("part") == "end":
                print("right" if response.end.sha256 == digest.digest() else "wrong")


def put_key_client(channel, key, value):
    entry = watch_pb2.Entry(key=key, value=value.encode())
    print(f"revision {method(channel.unary_unary, PUT)(PUT[1](entries=[entry])).revision}")


def watch_client(channel, prefix, count):
    """Prints `count` changes. After each response it leaves the call, and continues with a new one."""
    place = {}
    left = int(count)
    while left > 0:
        responses = method(channel.unary_stream, WATCH)(WATCH[1](prefix=prefix, **place))
        for response in responses:
            for change in response.changes:
                value = "deleted" if change.deleted else change.value.decode()
                print(f"{change.revision} {change.key} {value}", flush=True)
                left -= 1
            if response.revision:
                if not place:
                    print(f"{response.revision} is the state", flush=True)
                place = {"after_revision": response.revision, "store_id": response.store_id}
                break
        responses.cancel()


def print_failure(error):
    print(f"{error.code().name}: {error.details()}")
    for key, value in error.trailing_metadata() or ():
        if key != "grpc-status-details-bin":
            continue
        for detail in status_pb2.Status.FromString(value).details:
            bad_request = error_details_pb2.BadRequest()
            if detail.Unpack(bad_request):
                for violation in bad_request.field_violations:
                    print(f"{violation.field}: {violation.description}")


def pow_handler(request, context):
    for exponent in range(request.count or 10):
        yield POW[2](number=request.number**exponent)


def sum_handler(requests, context):
    return SUM[2](sum=sum(request.data for request in requests))


def sqrt_handler(requests, context):
    for request in requests:
        if request.number < 0:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, f"{request.number} has no root here")
        yield SQRT[2](sqrt=math.sqrt(request.number))


def handlers(service, name, kind, handler, contract):
    _, request, response = contract
    wrapped = kind(handler, request_deserializer=request.FromString, response_serializer=response.SerializeToString)
    return grpc.method_handlers_generic_handler(service, {name: wrapped})


def serve(port):
    server = grpc.server(futures.ThreadPoolExecutor(4))
    server.add_generic_rpc_handlers((
        handlers("stream.ServerStream", "Pow", grpc.unary_stream_rpc_method_handler, pow_handler, POW),
        handlers("stream.ClientStream", "Sum", grpc.stream_unary_rpc_method_handler, sum_handler, SUM),
        handlers("stream.BidirectionalStreamServer", "Sqrt", grpc.stream_stream_rpc_method_handler, sqrt_handler, SQRT),
    ))
    bound = server.add_insecure_port(f"127.0.0.1:{port}")
    server.start()
    print(f"Serving Python on 127.0.0.1:{bound}", flush=True)
    server.wait_for_termination()


CLIENTS = {
    "pow": pow_client,
    "sum": sum_client,
    "cancelled-sum": cancelled_sum_client,
    "sqrt": sqrt_client,
    "greet": greet_client,
    "chat": chat_client,
    "put": put_client,
    "get": get_client,
    "put-key": put_key_client,
    "watch": watch_client,
    "add": work_queue.add_client,
    "work": work_queue.work_client,
}


def main(side, address, pattern=None, *arguments):
    if side == "server":
        serve(address)
        return 0
    with grpc.insecure_channel(address) as channel:
        try:
            CLIENTS[pattern](channel, *arguments)
            return 0
        except grpc.RpcError as error:
            print_failure(error)
            return 1
        except grpc.FutureCancelledError:
            print("cancelled")
            return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
