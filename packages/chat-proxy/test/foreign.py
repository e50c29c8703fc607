"""Messanger's contract in Python: `foreign.py client ADDRESS SERVICE ACT` or `foreign.py server`.

PYTHONPATH has to hold what protoc makes of the .proto files.
"""

import os
import sys
import threading
from concurrent import futures

import google
import grpc

# The messages of google.rpc are ours; `google` itself belongs to the protobuf package.
google.__path__.append(os.path.join(os.environ["PYTHONPATH"], "google"))

import messanger_pb2 as pb  # noqa: E402
from google.rpc import error_details_pb2, status_pb2  # noqa: E402

CALLS = {
    "GetInfo": ("unary_unary", pb.GetInfoRequest, pb.GetInfoResponce),
    "JoinChannel": ("unary_stream", pb.JoinChannelRequest, pb.ChannelMessage),
    "StartChannel": ("stream_unary", pb.StartChannelRequest, pb.StartChannelResponce),
    "JoinChat": ("stream_stream", pb.Chat, pb.Chat),
}


def stub(channel, service, name):
    kind, request, response = CALLS[name]
    make = getattr(channel, kind)
    path = f"/{service}/{name}"
    return make(path, request_serializer=request.SerializeToString, response_deserializer=response.FromString)


def say(*words):
    print(*words, flush=True)


def tour(call):
    """One call of each kind."""
    news = pb.ChannelInfo(idChannel=7, title="News")
    listening = threading.Event()

    def said():
        yield pb.StartChannelRequest(info=news)
        listening.wait()
        yield pb.StartChannelRequest(text=pb.ChannelMessage(message="дождь"))

    author = call("StartChannel").future(said())
    author.initial_metadata()
    for channel in call("GetInfo")(pb.GetInfoRequest(keyword="news")).channelInfo:
        say("info", channel.idChannel, channel.title, pb.TypeChannel.Name(channel.typeChannel))
    messages = call("JoinChannel")(pb.JoinChannelRequest(idChannel=7))
    say("headers", dict(messages.initial_metadata())["channel"])
    listening.set()
    for message in messages:
        say("message", message.message)
    say("status", author.result().status)
    chat = [pb.Chat(info=pb.ChannelInfo(idChannel=8)), pb.Chat(name="Ann", text="alone")]
    say("chat", len(list(call("JoinChat")(iter(chat)))))


def refused(call):
    call("JoinChannel")(pb.JoinChannelRequest(idChannel=99)).next()


def late(call):
    """A chat in which nothing is said until the deadline."""
    never = threading.Event()

    def said():
        yield pb.Chat(info=pb.ChannelInfo(idChannel=8))
        never.wait()

    for _ in call("JoinChat")(said(), timeout=0.3):
        pass


def lost(call):
    """An author who cancels in the middle."""
    never = threading.Event()

    def said():
        yield pb.StartChannelRequest(info=pb.ChannelInfo(idChannel=7))
        never.wait()

    author = call("StartChannel").future(said())
    author.initial_metadata()
    messages = call("JoinChannel")(pb.JoinChannelRequest(idChannel=7))
    messages.initial_metadata()
    author.cancel()
    messages.next()


def print_failure(error):
    say(f"{error.code().name}: {error.details()}")
    for key, value in error.trailing_metadata() or ():
        if key != "grpc-status-details-bin":
            continue
        for detail in status_pb2.Status.FromString(value).details:
            resource = error_details_pb2.ResourceInfo()
            if detail.Unpack(resource):
                say(f"{resource.resource_type} {resource.resource_name}")


def client(address, service, act):
    with grpc.insecure_channel(address) as channel:
        try:
            {"tour": tour, "refused": refused, "late": late, "lost": lost}[act](
                lambda name: stub(channel, service, name)
            )
        except grpc.RpcError as error:
            print_failure(error)
    # Threads of requests that are never sent must not keep the process.
    os._exit(0)


def get_info(request, context):
    context.send_initial_metadata((("asked", request.keyword),))
    context.set_trailing_metadata((("cost", "12"),))
    return pb.GetInfoResponce(channelInfo=[pb.ChannelInfo(title=request.keyword)])


def join_channel(request, context):
    context.add_callback(lambda: say("JoinChannel ended"))
    for number in range(request.idChannel):
        yield pb.ChannelMessage(message=str(number))
    context.abort(grpc.StatusCode.OUT_OF_RANGE, "no more")


def start_channel(requests, context):
    return pb.StartChannelResponce(status=f"{sum(1 for _ in requests)} requests")


def join_chat(requests, context):
    for request in requests:
        yield pb.Chat(text=request.text + "!")
    yield pb.Chat(text="after the half-close")


def serve():
    behaviours = {
        "GetInfo": get_info,
        "JoinChannel": join_channel,
        "StartChannel": start_channel,
        "JoinChat": join_chat,
    }

    def handler(name):
        kind, request, response = CALLS[name]
        make = getattr(grpc, f"{kind}_rpc_method_handler")
        return make(
            behaviours[name],
            request_deserializer=request.FromString,
            response_serializer=response.SerializeToString,
        )

    server = grpc.server(futures.ThreadPoolExecutor(8))
    handlers = {name: handler(name) for name in CALLS}
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("messanger.Messanger", handlers),))
    say(f"Serving Python on 127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}")
    server.start()
    server.wait_for_termination()


if __name__ == "__main__":
    client(*sys.argv[2:]) if sys.argv[1] == "client" else serve()
