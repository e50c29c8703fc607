// What handlers of grpc-go see of each call. It prints `begun ID` at a call's first request, and when the loop over the requests is
// over, it prints `saw ID ended|threw|left active|cancelled`. Needs Debian's golang-go and golang-google-grpc-dev.
package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"os/signal"
	"sync"
	"syscall"

	"github.com/golang/protobuf/ptypes/wrappers"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// On the wire all requests here are one field of bytes, and the responses are empty.
type message = wrappers.BytesValue

// A server that stops does not wait for its handlers.
var handlers sync.WaitGroup

func watch(stream grpc.ServerStream) (err error) {
	handlers.Add(1)
	defer handlers.Done()
	values, _ := metadata.FromIncomingContext(stream.Context())
	call, task := values.Get("x-call")[0], values.Get("x-do")[0]
	loop, begun := "threw", false
	defer func() {
		state := "active"
		if stream.Context().Err() != nil {
			state = "cancelled"
		}
		fmt.Printf("saw %s %s %s\n", call, loop, state)
	}()
	for {
		var request message
		if err := stream.RecvMsg(&request); err == io.EOF {
			loop = "ended"
			return nil
		} else if err != nil {
			return err
		}
		if !begun {
			fmt.Printf("begun %s\n", call)
		}
		begun = true
		switch task {
		case "answer":
			loop = "left"
			return nil
		case "throw":
			loop = "left"
			return status.Error(codes.FailedPrecondition, "as told")
		}
	}
}

func upload(_ interface{}, stream grpc.ServerStream) error {
	if err := watch(stream); err != nil {
		return err
	}
	return stream.SendMsg(&message{})
}

func exchange(_ interface{}, stream grpc.ServerStream) error {
	return watch(stream)
}

var service = grpc.ServiceDesc{
	ServiceName: "grpc.testing.TestService",
	HandlerType: (*interface{})(nil),
	Streams: []grpc.StreamDesc{
		{StreamName: "StreamingInputCall", Handler: upload, ClientStreams: true},
		{StreamName: "FullDuplexCall", Handler: exchange, ServerStreams: true, ClientStreams: true},
	},
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	server := grpc.NewServer()
	server.RegisterService(&service, struct{}{})
	fmt.Printf("Serving grpc-go on %s\n", listener.Addr())
	terminated := make(chan os.Signal, 1)
	signal.Notify(terminated, syscall.SIGTERM)
	go func() {
		<-terminated
		server.Stop()
	}()
	if err := server.Serve(listener); err != nil {
		log.Fatal(err)
	}
	handlers.Wait()
}
