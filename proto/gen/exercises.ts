import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { Average as _exercises_Average, Average__Output as _exercises_Average__Output } from './exercises/Average.ts';
import type { Cube as _exercises_Cube, Cube__Output as _exercises_Cube__Output } from './exercises/Cube.ts';
import type { CubesClient as _exercises_CubesClient, CubesDefinition as _exercises_CubesDefinition } from './exercises/Cubes.ts';
import type { Place as _exercises_Place, Place__Output as _exercises_Place__Output } from './exercises/Place.ts';
import type { Quote as _exercises_Quote, Quote__Output as _exercises_Quote__Output } from './exercises/Quote.ts';
import type { Range as _exercises_Range, Range__Output as _exercises_Range__Output } from './exercises/Range.ts';
import type { Reading as _exercises_Reading, Reading__Output as _exercises_Reading__Output } from './exercises/Reading.ts';
import type { Share as _exercises_Share, Share__Output as _exercises_Share__Output } from './exercises/Share.ts';
import type { StatisticsClient as _exercises_StatisticsClient, StatisticsDefinition as _exercises_StatisticsDefinition } from './exercises/Statistics.ts';
import type { TickerClient as _exercises_TickerClient, TickerDefinition as _exercises_TickerDefinition } from './exercises/Ticker.ts';
import type { Value as _exercises_Value, Value__Output as _exercises_Value__Output } from './exercises/Value.ts';
import type { WeatherClient as _exercises_WeatherClient, WeatherDefinition as _exercises_WeatherDefinition } from './exercises/Weather.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  exercises: {
    Average: MessageTypeDefinition<_exercises_Average, _exercises_Average__Output>
    Cube: MessageTypeDefinition<_exercises_Cube, _exercises_Cube__Output>
    /**
     * For the exercise "cubes".
     */
    Cubes: SubtypeConstructor<typeof grpc.Client, _exercises_CubesClient> & { service: _exercises_CubesDefinition }
    Place: MessageTypeDefinition<_exercises_Place, _exercises_Place__Output>
    Quote: MessageTypeDefinition<_exercises_Quote, _exercises_Quote__Output>
    Range: MessageTypeDefinition<_exercises_Range, _exercises_Range__Output>
    Reading: MessageTypeDefinition<_exercises_Reading, _exercises_Reading__Output>
    Share: MessageTypeDefinition<_exercises_Share, _exercises_Share__Output>
    /**
     * For the exercises "running-mean" and "window".
     */
    Statistics: SubtypeConstructor<typeof grpc.Client, _exercises_StatisticsClient> & { service: _exercises_StatisticsDefinition }
    /**
     * For the exercise "ticker".
     */
    Ticker: SubtypeConstructor<typeof grpc.Client, _exercises_TickerClient> & { service: _exercises_TickerDefinition }
    Value: MessageTypeDefinition<_exercises_Value, _exercises_Value__Output>
    /**
     * For the exercise "weather".
     */
    Weather: SubtypeConstructor<typeof grpc.Client, _exercises_WeatherClient> & { service: _exercises_WeatherDefinition }
  }
}

