// WebSocket clients on bare TCP sockets: they only find frame borders and the numbers they need, because on a small machine a
// costly client is what one would measure.
import { randomBytes } from "node:crypto";
import { createConnection } from "node:net";

const carrier = (pass) => encodeURIComponent(`quarkus-http-upgrade#Authorization#Bearer ${pass}`);

/** A masked frame from a client. */
export function frame(opcode, payload) {
  const body = Buffer.from(payload);
  const head =
    body.length < 126
      ? Buffer.from([0x80 | opcode, 0x80 | body.length])
      : Buffer.from([0x80 | opcode, 0xfe, body.length >> 8, body.length & 255]);
  const mask = randomBytes(4);
  const masked = Buffer.from(body.map((byte, i) => byte ^ mask[i & 3]));
  return Buffer.concat([head, mask, masked]);
}

export class Client {
  frames = 0;
  bytes = 0;
  closed = false;
  closeCode = 0;
  status = 0;
  /** Bytes that are missing until it is worth to look. */
  wanted = 0;
  /** Called with each message's payload, a slice that is only valid during the call. */
  onText = () => {};

  /** Resolves once the upgrade is answered, whatever the answer. */
  static open({ port, path, protocols = [], headers = {}, from, onText }) {
    return new Promise((done) => {
      const client = new Client();
      if (onText) client.onText = (data) => onText(client, data);
      const socket = createConnection({ port, host: "127.0.0.1", localAddress: from });
      client.socket = socket;
      socket.setNoDelay(true);
      let rest = null;
      let more = [];
      let length = 0;
      let upgraded = false;
      socket.on("connect", () => {
        const lines = [
          `GET ${path} HTTP/1.1`,
          `Host: 127.0.0.1:${port}`,
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Version: 13",
          `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
        ];
        if (protocols.length) lines.push(`Sec-WebSocket-Protocol: ${protocols.join(", ")}`);
        for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
        socket.write(`${lines.join("\r\n")}\r\n\r\n`);
      });
      socket.on("data", (chunk) => {
        more.push(chunk);
        length += chunk.length;
        // A long frame is put together once, not with each of its pieces.
        if (length < client.wanted) return;
        let data = more.length === 1 && !rest ? chunk : Buffer.concat(rest ? [rest, ...more] : more);
        rest = null;
        more = [];
        length = 0;
        if (!upgraded) {
          const end = data.indexOf("\r\n\r\n");
          if (end < 0) {
            rest = data;
            return;
          }
          client.head = data.toString("latin1", 0, end);
          client.status = Number(client.head.slice(9, 12));
          upgraded = true;
          data = data.subarray(end + 4);
          done(client);
          if (client.status !== 101) {
            client.body = data.toString();
            return;
          }
        }
        rest = client.take(data);
        client.wanted -= rest ? rest.length : 0;
      });
      const gone = () => {
        client.closed = true;
        done(client);
      };
      socket.on("error", gone);
      socket.on("close", gone);
    });
  }

  /** Takes all whole frames; returns what is left, and notes how long that must be to go on. */
  take(data) {
    this.wanted = 0;
    let at = 0;
    while (data.length - at >= 2) {
      let length = data[at + 1] & 127;
      let head = 2;
      if (length === 126) {
        if (data.length - at < 4) break;
        length = data.readUInt16BE(at + 2);
        head = 4;
      } else if (length === 127) {
        if (data.length - at < 10) break;
        length = Number(data.readBigUInt64BE(at + 2));
        head = 10;
      }
      if (data.length - at < head + length) {
        this.wanted = head + length;
        break;
      }
      const opcode = data[at] & 15;
      const payload = data.subarray(at + head, at + head + length);
      at += head + length;
      this.bytes += head + length;
      if (opcode === 1 || opcode === 2) {
        this.frames++;
        this.onText(payload);
      } else if (opcode === 9) {
        this.socket.write(frame(10, payload));
      } else if (opcode === 8) {
        this.closeCode = length >= 2 ? payload.readUInt16BE(0) : 1005;
        this.socket.end(frame(8, payload));
      }
    }
    return at < data.length ? data.subarray(at) : null;
  }

  send(text) {
    this.socket.write(frame(1, text));
  }

  sendBinary(bytes) {
    this.socket.write(frame(2, bytes));
  }

  close() {
    this.socket.write(frame(8, Buffer.from([0x03, 0xe8])));
  }

  /** Vanishes: the peer sees a reset or an end without a close frame. */
  drop() {
    this.socket.destroy();
  }
}

/** Applies a JSON Merge Patch (RFC 7396) in place. */
export function mergePatch(target, patch) {
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete target[key];
    else if (typeof value === "object" && !Array.isArray(value)) {
      target[key] ??= {};
      mergePatch(target[key], value);
    } else target[key] = value;
  }
}

/** A presence client that follows the state and counts every breach of the promise about versions. */
export class PresenceClient {
  version = -1;
  epoch = "";
  state = {};
  breaches = [];
  snapshots = 0;
  patches = 0;
  applied = 0;
  onChange = () => {};

  constructor(eventId, userId, pass) {
    Object.assign(this, { eventId, userId, pass });
  }

  async open(port, { resume = false, query = "" } = {}) {
    let address = `/v1/events/${this.eventId}/rooms/main/presence`;
    const parts = [];
    if (resume && this.epoch) parts.push(`epoch=${this.epoch}&version=${this.version}`);
    if (query) parts.push(query);
    if (parts.length) address += `?${parts.join("&")}`;
    this.first = true;
    this.client = await Client.open({
      port,
      path: address,
      protocols: ["presence.v1", carrier(this.pass)],
      onText: (client, data) => this.receive(client, data),
    });
    return this.client.status === 101;
  }

  receive(client, data) {
    if (client !== this.client && this.client && this.client.status === 101 && !this.first) return;
    const message = JSON.parse(data);
    if (message.type === "snapshot") {
      if (!this.first && message.epoch === this.epoch && message.version < this.version)
        this.breaches.push(`snapshot ${message.version} at ${this.version}`);
      Object.assign(this, { epoch: message.epoch, version: message.version, state: message.state });
      this.snapshots++;
      this.first = false;
    } else if (message.type === "patch") {
      if (message.from !== this.version || message.version <= message.from)
        this.breaches.push(`patch ${message.from}..${message.version} at ${this.version}`);
      this.applied += message.version - this.version;
      mergePatch(this.state, message.state);
      this.version = message.version;
      this.patches++;
      this.first = false;
      this.onChange(message.state);
    }
  }

  statusOf(userId) {
    return this.state.participants?.[userId]?.status;
  }
}
