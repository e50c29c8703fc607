// `pnpm wire:pictures`: records the scenarios anew, and draws them.
import { writeFile } from 'node:fs/promises';
import { scenarios } from '../scenarios/scenarios.ts';
import { recorded } from '../scenarios/stage.ts';
import { startRecording } from '../src/recording.ts';
import { callsIn } from './call.ts';
import { pictureOf, recordingOf } from './files.ts';
import { drawCall } from './svg.ts';

for (const scenario of scenarios) {
  const events = await recorded(scenario);
  const [call] = callsIn(events);
  if (!call) throw new Error(`${scenario.name} has no call`);
  const recording = await startRecording(recordingOf(scenario.name), (error) => {
    throw error;
  });
  for (const event of events) recording.write(event);
  await recording.close();
  await writeFile(pictureOf(scenario.name), drawCall(call, scenario.title));
  console.log(`${scenario.name}: ${scenario.title}`);
}
// grpc-js keeps timers of its closed clients.
process.exit();
