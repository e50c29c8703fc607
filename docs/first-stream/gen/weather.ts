import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { Place as _weather_Place, Place__Output as _weather_Place__Output } from './weather/Place.ts';
import type { Reading as _weather_Reading, Reading__Output as _weather_Reading__Output } from './weather/Reading.ts';
import type { WeatherClient as _weather_WeatherClient, WeatherDefinition as _weather_WeatherDefinition } from './weather/Weather.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  weather: {
    Place: MessageTypeDefinition<_weather_Place, _weather_Place__Output>
    Reading: MessageTypeDefinition<_weather_Reading, _weather_Reading__Output>
    Weather: SubtypeConstructor<typeof grpc.Client, _weather_WeatherClient> & { service: _weather_WeatherDefinition }
  }
}

