import type { Room } from "@eventuall/realtime";
import { useRoomView } from "@eventuall/realtime/react";
import { Panel } from "../ui/Panel";
import { ChangeChart } from "./ChangeChart";

const IDS = new Set(["epoch", "connection-id"]);

/** What the presence socket does: versions, messages and their size. */
export function NetworkPanel({ room }: { room: Room }) {
  const replica = useRoomView(room, (view) => view.replica);
  const traffic = useRoomView(room, (view) => view.traffic);
  const id = useRoomView(room, (view) => view.connection.id);
  const rows: [string, string, string][] = [
    ["Version", String(Math.max(replica.version, 0)), "version"],
    ["Last change", `${traffic.lastChange} bytes`, "last-change"],
    ["Received", bytes(traffic.received), "received"],
    ["Snapshots", String(traffic.snapshots), "snapshots"],
    ["Patches", String(traffic.patches), "patches"],
    ["Resyncs", String(traffic.resyncs), "resyncs"],
    ["Connections", String(traffic.connects), "connects"],
    ["Ignored as known", String(traffic.stale), "stale"],
    ["Epoch", replica.epoch ?? "none yet", "epoch"],
    ["Connection id", id ?? "none", "connection-id"],
  ];
  return (
    <Panel
      title="Network"
      testId="network"
      aside={
        <button type="button" className="button button-small" onClick={() => room.resync()} data-testid="resync">
          Resync
        </button>
      }
    >
      <ChangeChart room={room} />
      <dl className="facts">
        {rows.map(([name, value, testId]) => (
          <div key={testId} className={IDS.has(testId) ? "fact-id" : undefined}>
            <dt>{name}</dt>
            <dd data-testid={`network-${testId}`}>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function bytes(count: number): string {
  return count < 10_000 ? `${count} bytes` : `${(count / 1024).toFixed(1)} KB`;
}
