"""Calls Pow knowing nothing but an address: `foreign.py ADDRESS NUMBER`. What it needs it asks the server's reflection.

PYTHONPATH has to hold what protoc makes of reflection.proto.
"""

import sys

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

from grpc_reflection_messages import reflection_pb2 as messages

METHOD = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"


def ask(channel, **question):
    call = channel.stream_stream(
        METHOD,
        request_serializer=messages.ServerReflectionRequest.SerializeToString,
        response_deserializer=messages.ServerReflectionResponse.FromString,
    )
    return next(iter(call(iter([messages.ServerReflectionRequest(**question)]))))


def pool_of(channel, symbol):
    """A pool that refuses a file whose imports it does not have."""
    answer = ask(channel, file_containing_symbol=symbol).file_descriptor_response
    files = [descriptor_pb2.FileDescriptorProto.FromString(data) for data in answer.file_descriptor_proto]
    pool = descriptor_pool.DescriptorPool()
    # Imports come after the file that needs them.
    for file in reversed(files):
        pool.Add(file)
    return pool


def main(address, number):
    with grpc.insecure_channel(address) as channel:
        services = ask(channel, list_services="").list_services_response.service
        for name in sorted(service.name for service in services):
            service = pool_of(channel, name).FindServiceByName(name)
            print(name, *(method.name for method in service.methods), flush=True)
        pow_method = pool_of(channel, "stream.ServerStream").FindServiceByName("stream.ServerStream").methods[0]
        factory = message_factory.MessageFactory()
        request = factory.GetPrototype(pow_method.input_type)
        response = factory.GetPrototype(pow_method.output_type)
        call = channel.unary_stream(
            f"/stream.ServerStream/{pow_method.name}",
            request_serializer=request.SerializeToString,
            response_deserializer=response.FromString,
        )
        print(*(answer.number for answer in call(request(number=int(number)))))


main(*sys.argv[1:])
