import { parseArgs } from "node:util";
import WebSocket from "ws";
import { askVendors } from "../vendors/vendors";
import { Crowd } from "./crowd";
import { worldOf } from "./world";

const USAGE = `Fills a room of a running local stack with simulated people, until it is interrupted.

  deploy/local/crowd [--people 20] [--event demo] [--room main] [--gateway http://127.0.0.1:8080]`;

const { values } = parseArgs({
  options: {
    people: { type: "string", default: "20" },
    event: { type: "string", default: "demo" },
    room: { type: "string", default: "main" },
    gateway: { type: "string", default: "http://127.0.0.1:8080" },
    help: { type: "boolean", short: "h" },
  },
});
const people = Number(values.people);
if (values.help || !Number.isInteger(people) || people < 1) {
  console.log(USAGE);
  process.exit(values.help ? 0 : 2);
}

const { gateway: origin } = values;
const environment = { WebSocket: WebSocket as never };
const { twilio: realChat } = await askVendors(origin);
const crowd = new Crowd(worldOf(values.event, values.room, { origin, environment, realChat }), (size, failure) => {
  if (failure) console.error(`one could not join: ${failure instanceof Error ? failure.message : failure}`);
  if (size === people) console.log(`${size} people are in ${values.event} / ${values.room}; Ctrl-C sends them away`);
});
crowd.add(people);
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    crowd.clear();
    // Time for the last frames: everybody says that they leave.
    setTimeout(() => process.exit(0), 500);
  });
}
