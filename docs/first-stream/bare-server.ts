import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import type { WeatherHandlers } from './gen/weather/Weather.ts';
import { measure } from './stations.ts';
import { Weather } from './weather.ts';

const handlers: WeatherHandlers = {
  Current(call, callback) {
    const { city } = call.request;
    const celsius = measure(city);
    if (celsius === undefined) callback({ code: status.NOT_FOUND, details: `no station in "${city}"` });
    else callback(null, { celsius });
  },
  Follow(call) {
    const { city } = call.request;
    const timer = setInterval(send, 500);
    function send() {
      const celsius = measure(city);
      if (celsius !== undefined) call.write({ celsius });
      else call.emit('error', { code: status.NOT_FOUND, details: `no station in "${city}"` });
    }
    call.on('cancelled', () => {
      clearInterval(timer);
      console.log(`stopped measuring in ${city}`);
    });
    send();
  },
};

const server = new Server();
server.addService(Weather.service, handlers);
server.bindAsync('127.0.0.1:50051', ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(`Serving Weather on 127.0.0.1:${port}`);
});
