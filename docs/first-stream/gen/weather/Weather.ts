// Original file: weather.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { Place as _weather_Place, Place__Output as _weather_Place__Output } from '../weather/Place.ts';
import type { Reading as _weather_Reading, Reading__Output as _weather_Reading__Output } from '../weather/Reading.ts';

export interface WeatherClient extends grpc.Client {
  Current(argument: _weather_Place, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weather_Reading__Output>): grpc.ClientUnaryCall;
  Current(argument: _weather_Place, metadata: grpc.Metadata, callback: grpc.requestCallback<_weather_Reading__Output>): grpc.ClientUnaryCall;
  Current(argument: _weather_Place, options: grpc.CallOptions, callback: grpc.requestCallback<_weather_Reading__Output>): grpc.ClientUnaryCall;
  Current(argument: _weather_Place, callback: grpc.requestCallback<_weather_Reading__Output>): grpc.ClientUnaryCall;
  current(argument: _weather_Place, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weather_Reading__Output>): grpc.ClientUnaryCall;
  current(argument: _weather_Place, metadata: grpc.Metadata, callback: grpc.requestCallback<_weather_Reading__Output>): grpc.ClientUnaryCall;
  current(argument: _weather_Place, options: grpc.CallOptions, callback: grpc.requestCallback<_weather_Reading__Output>): grpc.ClientUnaryCall;
  current(argument: _weather_Place, callback: grpc.requestCallback<_weather_Reading__Output>): grpc.ClientUnaryCall;
  
  Follow(argument: _weather_Place, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_weather_Reading__Output>;
  Follow(argument: _weather_Place, options?: grpc.CallOptions): grpc.ClientReadableStream<_weather_Reading__Output>;
  follow(argument: _weather_Place, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_weather_Reading__Output>;
  follow(argument: _weather_Place, options?: grpc.CallOptions): grpc.ClientReadableStream<_weather_Reading__Output>;
  
}

export interface WeatherHandlers extends grpc.UntypedServiceImplementation {
  Current: grpc.handleUnaryCall<_weather_Place__Output, _weather_Reading>;
  
  Follow: grpc.handleServerStreamingCall<_weather_Place__Output, _weather_Reading>;
  
}

export interface WeatherDefinition extends grpc.ServiceDefinition {
  Current: MethodDefinition<_weather_Place, _weather_Reading, _weather_Place__Output, _weather_Reading__Output>
  Follow: MethodDefinition<_weather_Place, _weather_Reading, _weather_Place__Output, _weather_Reading__Output>
}
