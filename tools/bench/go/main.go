// The same work with grpc-go. `pnpm bench` runs it if Go and grpc-go are installed (Debian's golang-go and
// golang-google-grpc-dev).
package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"os/exec"
	"sort"
	"time"

	"github.com/golang/protobuf/ptypes/wrappers"
	"google.golang.org/grpc"
)

const (
	messages    = 100000
	repetitions = 5
)

// On the wire Item, Order and Int32Value are the same for as long as only their first field is set.
type number = wrappers.Int32Value

func download(_ interface{}, stream grpc.ServerStream) error {
	var order number
	if err := stream.RecvMsg(&order); err != nil {
		return err
	}
	for i := int32(0); i < order.Value; i++ {
		if err := stream.SendMsg(&number{Value: i}); err != nil {
			return err
		}
	}
	return nil
}

func upload(_ interface{}, stream grpc.ServerStream) error {
	var count int32
	for {
		var item number
		switch err := stream.RecvMsg(&item); err {
		case nil:
			count++
		case io.EOF:
			return stream.SendMsg(&number{Value: count})
		default:
			return err
		}
	}
}

func exchange(_ interface{}, stream grpc.ServerStream) error {
	for {
		var item number
		switch err := stream.RecvMsg(&item); err {
		case nil:
			if err := stream.SendMsg(&item); err != nil {
				return err
			}
		case io.EOF:
			return nil
		default:
			return err
		}
	}
}

var service = grpc.ServiceDesc{
	ServiceName: "bench.Bench",
	HandlerType: (*interface{})(nil),
	Streams: []grpc.StreamDesc{
		{StreamName: "Download", Handler: download, ServerStreams: true},
		{StreamName: "Upload", Handler: upload, ClientStreams: true},
		{StreamName: "Exchange", Handler: exchange, ServerStreams: true, ClientStreams: true},
	},
}

func serve() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	server := grpc.NewServer()
	server.RegisterService(&service, struct{}{})
	fmt.Println(listener.Addr())
	// The input ends when the parent process is gone.
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	check(server.Serve(listener))
}

// Calls a method and sends `count` items. Returns how many came back, and the last of them.
func run(connection *grpc.ClientConn, desc grpc.StreamDesc, first int32, count int) (received int, last int32) {
	stream, err := connection.NewStream(context.Background(), &desc, "/bench.Bench/"+desc.StreamName)
	check(err)
	go func() {
		for i := 0; i < count; i++ {
			if stream.SendMsg(&number{Value: first + int32(i)}) != nil {
				return
			}
		}
		_ = stream.CloseSend()
	}()
	for {
		var item number
		err := stream.RecvMsg(&item)
		if err == io.EOF {
			return received, last
		}
		check(err)
		received++
		last = item.Value
	}
}

func measure(name string, work func() bool) {
	var rates []float64
	for i := 0; i <= repetitions; i++ {
		started := time.Now()
		if !work() {
			log.Fatalf("%s: not all messages came", name)
		}
		// The first is a warm-up.
		if i > 0 {
			rates = append(rates, messages/float64(time.Since(started).Milliseconds()))
		}
	}
	sort.Float64s(rates)
	fmt.Printf("%s\t%.0f\n", name, rates[len(rates)/2])
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	if len(os.Args) > 1 {
		serve()
		return
	}
	server := exec.Command(os.Args[0], "server")
	input, err := server.StdinPipe()
	check(err)
	defer input.Close()
	output, err := server.StdoutPipe()
	check(err)
	check(server.Start())
	address, _, err := bufio.NewReader(output).ReadLine()
	check(err)
	connection, err := grpc.Dial(string(address), grpc.WithInsecure())
	check(err)

	down, up, both := service.Streams[0], service.Streams[1], service.Streams[2]
	measure("server streaming, 100,000 tiny", func() bool {
		received, _ := run(connection, down, messages, 1)
		return received == messages
	})
	measure("client streaming, 100,000 tiny", func() bool {
		_, count := run(connection, up, 0, messages)
		return count == messages
	})
	measure("bidirectional, 100,000 tiny", func() bool {
		received, _ := run(connection, both, 0, messages)
		return received == messages
	})
}
