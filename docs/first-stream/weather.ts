// Loads the contract. Server and client both import this file.
import { loadPackageDefinition } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import type { ProtoGrpcType } from './gen/weather.ts';

const definition = loadSync(`${import.meta.dirname}/weather.proto`, { defaults: true });
export const { Weather } = (loadPackageDefinition(definition) as unknown as ProtoGrpcType).weather;
