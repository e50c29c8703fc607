// The Go side of ../coming-from-go.md: a server and a client of proto/greetering.proto, on grpc-go.
//
// Generate package pb with protoc-gen-go and protoc-gen-go-grpc, then: go run . serve 127.0.0.1:8084, go run . greet 127.0.0.1:8084
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	pb "example.com/greetering/pb"
)

type server struct {
	pb.UnimplementedGreeteringServer
}

// #region unary-server
func (s *server) Hello(ctx context.Context, req *pb.HelloReq) (*pb.HelloResp, error) {
	if req.Name == "" {
		return nil, status.Errorf(codes.InvalidArgument, "a name must not be empty")
	}
	return &pb.HelloResp{Msg: "Hello, " + req.Name + "!"}, nil
}

// #endregion unary-server

// #region down-server
func (s *server) StreamHello(req *pb.HelloReq, stream pb.Greetering_StreamHelloServer) error {
	for left := 3; left > 0; left-- {
		select {
		case <-time.After(10 * time.Millisecond):
		case <-stream.Context().Done():
			return stream.Context().Err()
		}
		msg := fmt.Sprintf("%d to go, %s", left, req.Name)
		if err := stream.Send(&pb.HelloResp{Msg: msg}); err != nil {
			return err
		}
	}
	return nil
}

// #endregion down-server

// #region up-server
func (s *server) GreetEach(stream pb.Greetering_GreetEachServer) error {
	var names []string
	for {
		req, err := stream.Recv()
		if err == io.EOF {
			msg := "Hello, " + strings.Join(names, " and ") + "!"
			return stream.SendAndClose(&pb.HelloResp{Msg: msg})
		}
		if err != nil {
			return err
		}
		names = append(names, req.Name)
	}
}

// #endregion up-server

// #region both-server
func (s *server) GreetTogether(stream pb.Greetering_GreetTogetherServer) error {
	for {
		req, err := stream.Recv()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := stream.Send(&pb.HelloResp{Msg: "Hello, " + req.Name + "!"}); err != nil {
			return err
		}
	}
}

// #endregion both-server

// #region unary-client
func hello(ctx context.Context, client pb.GreeteringClient) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	resp, err := client.Hello(ctx, &pb.HelloReq{Name: "Ann"})
	if status.Code(err) == codes.InvalidArgument {
		log.Print("no such name")
		return nil
	}
	if err != nil {
		return err
	}
	fmt.Println(resp.Msg)
	return nil
}

// #endregion unary-client

// #region down-client
func streamHello(ctx context.Context, client pb.GreeteringClient) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // or leaving the loop early leaks the stream
	stream, err := client.StreamHello(ctx, &pb.HelloReq{Name: "Ann"})
	if err != nil {
		return err
	}
	for {
		resp, err := stream.Recv()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		fmt.Println(resp.Msg)
	}
}

// #endregion down-client

// #region up-client
func greetEach(ctx context.Context, client pb.GreeteringClient) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stream, err := client.GreetEach(ctx)
	if err != nil {
		return err
	}
	for _, name := range []string{"Ann", "Bob"} {
		err := stream.Send(&pb.HelloReq{Name: name})
		if err == io.EOF {
			break // the server has answered already; CloseAndRecv says what
		}
		if err != nil {
			return err
		}
	}
	resp, err := stream.CloseAndRecv()
	if err != nil {
		return err
	}
	fmt.Println(resp.Msg)
	return nil
}

// #endregion up-client

// #region both-client
func greetTogether(ctx context.Context, client pb.GreeteringClient) error {
	group, ctx := errgroup.WithContext(ctx)
	stream, err := client.GreetTogether(ctx)
	if err != nil {
		return err
	}
	group.Go(func() error {
		for _, name := range []string{"Ann", "Bob"} {
			err := stream.Send(&pb.HelloReq{Name: name})
			if err == io.EOF {
				return nil // the call has ended; Recv says how
			}
			if err != nil {
				return err
			}
		}
		return stream.CloseSend()
	})
	group.Go(func() error {
		for {
			resp, err := stream.Recv()
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return err
			}
			fmt.Println(resp.Msg)
		}
	})
	return group.Wait()
}

// #endregion both-client

// #region serve
func serve(address string) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	srv := grpc.NewServer()
	pb.RegisterGreeteringServer(srv, &server{})
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go func() {
		<-ctx.Done()
		time.AfterFunc(5*time.Second, srv.Stop)
		srv.GracefulStop()
	}()
	return srv.Serve(listener)
}

// #endregion serve

func greet(address string) error {
	conn, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return err
	}
	defer conn.Close()
	client := pb.NewGreeteringClient(conn)
	for _, call := range []func(context.Context, pb.GreeteringClient) error{
		hello, streamHello, greetEach, greetTogether,
	} {
		if err := call(context.Background(), client); err != nil {
			return err
		}
	}
	return nil
}

func main() {
	err := errors.New("usage: serve ADDRESS | greet ADDRESS")
	if len(os.Args) == 3 && os.Args[1] == "serve" {
		err = serve(os.Args[2])
	} else if len(os.Args) == 3 && os.Args[1] == "greet" {
		err = greet(os.Args[2])
	}
	if err != nil {
		log.Fatal(err)
	}
}
