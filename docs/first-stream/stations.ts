// The temperatures. This file does not use gRPC.
const temperatures = new Map([
  ['Oslo', 4],
  ['Lima', 19],
]);

/** The temperature in a city, in °C, or undefined if there is no station. Each call adds half a degree. */
export function measure(city: string): number | undefined {
  const celsius = temperatures.get(city);
  if (celsius !== undefined) temperatures.set(city, celsius + 0.5);
  return celsius;
}
