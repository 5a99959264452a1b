import type { Room } from "@eventuall/realtime";
import { DisconnectReason, RoomEvent, Track } from "livekit-client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Video, type VideoSdk } from "../src/video/video";

let rooms: FakeRoom[];
let connects: () => Promise<void>;

class FakeParticipant {
  isCameraEnabled = false;
  isMicrophoneEnabled = false;
  permissions = { canPublish: true };
  publication: object | undefined;
  setCameraEnabled = vi.fn(async (on: boolean) => {
    this.isCameraEnabled = on;
    this.publication = on ? { trackSid: "TR_own", videoTrack: {}, isMuted: false } : undefined;
  });
  setMicrophoneEnabled = vi.fn(async (on: boolean) => {
    this.isMicrophoneEnabled = on;
  });
  constructor(readonly identity: string) {}
  getTrackPublication = (source: Track.Source) => (source === Track.Source.Camera ? this.publication : undefined);
}

class FakeRoom {
  readonly listeners = new Map<string, (argument?: unknown) => void>();
  readonly localParticipant = new FakeParticipant("me");
  readonly remoteParticipants = new Map<string, FakeParticipant>();
  canPlaybackAudio = true;
  on = (event: string, listener: (argument?: unknown) => void) => void this.listeners.set(event, listener);
  emit = (event: string, argument?: unknown) => this.listeners.get(event)?.(argument);
  connect = vi.fn((_url: string, _token: string) => connects());
  disconnect = vi.fn(async () => {});
  startAudio = vi.fn(async () => {
    this.canPlaybackAudio = true;
  });
  constructor() {
    rooms.push(this);
  }
}

const sdk = { Room: FakeRoom, RoomEvent, Track, DisconnectReason } as unknown as VideoSdk;
const load = vi.fn(async () => sdk);
let token: string;
let video: Video;
let statuses: string[];

beforeEach(() => {
  vi.useFakeTimers();
  rooms = [];
  connects = async () => {};
  token = "t1";
  const room = { get: () => ({ tokens: { livekit: { url: "wss://lk.test", token } } }) } as unknown as Room;
  video = new Video(room, load, () => 1);
  statuses = [];
  video.subscribe(() => {
    const { status } = video.get();
    if (statuses.at(-1) !== status) statuses.push(status);
  });
});
afterEach(() => {
  video.stop();
  vi.useRealTimers();
});

const started = async () => {
  video.start();
  await vi.advanceTimersByTimeAsync(0);
};
const room = () => rooms.at(-1) as FakeRoom;

test("nothing is loaded before it is wanted; then it connects with the room's token", async () => {
  expect(load).not.toHaveBeenCalled();
  await started();
  expect(room().connect).toHaveBeenCalledWith("wss://lk.test", "t1");
  expect(statuses).toEqual(["loading", "connecting", "connected"]);
});

test("pictures are the cameras that are on", async () => {
  await started();
  const ben = new FakeParticipant("ben");
  const track = {};
  ben.publication = { trackSid: "TR_ben", videoTrack: track, isMuted: false };
  room().remoteParticipants.set("ben", ben);
  room().emit(RoomEvent.TrackSubscribed, { kind: Track.Kind.Video });
  expect(video.get().pictures).toEqual({ ben: { trackSid: "TR_ben", track } });
  ben.publication = { trackSid: "TR_ben", videoTrack: track, isMuted: true };
  room().emit(RoomEvent.TrackMuted);
  expect(video.get().pictures).toEqual({});
});

test("sound gets an element of its own, and loses it", async () => {
  await started();
  const element = document.createElement("audio");
  const track = { kind: Track.Kind.Audio, attach: () => element, detach: () => [element] };
  room().emit(RoomEvent.TrackSubscribed, track);
  expect(element.isConnected).toBe(true);
  room().emit(RoomEvent.TrackUnsubscribed, track);
  expect(element.isConnected).toBe(false);
});

test("one's own camera, microphone and sound follow the buttons", async () => {
  await started();
  await video.setCamera(true);
  await video.setMicrophone(true);
  expect(video.get()).toMatchObject({ camera: true, microphone: true, pictures: { me: { trackSid: "TR_own" } } });
  room().canPlaybackAudio = false;
  room().emit(RoomEvent.AudioPlaybackStatusChanged);
  expect(video.get().soundBlocked).toBe(true);
  await video.startSound();
  expect(video.get().soundBlocked).toBe(false);
});

test("short losses are the package's to mend; after a long one it connects again with the token of that time", async () => {
  await started();
  room().emit(RoomEvent.Reconnecting);
  room().emit(RoomEvent.Reconnected);
  room().emit(RoomEvent.Disconnected, DisconnectReason.SIGNAL_CLOSE);
  expect(video.get()).toMatchObject({ status: "waiting", reason: "The connection was lost.", pictures: {} });
  token = "t2";
  await vi.advanceTimersByTimeAsync(1_000);
  expect(rooms.map((one) => one.connect.mock.calls[0]?.[1])).toEqual(["t1", "t2"]);
  expect(statuses).toEqual([
    "loading",
    "connecting",
    "connected",
    "reconnecting",
    "connected",
    "waiting",
    "connecting",
    "connected",
  ]);
});

test("a refused connection is tried again, less and less often", async () => {
  connects = () => Promise.reject(new Error("invalid token"));
  await started();
  expect(video.get()).toMatchObject({ status: "waiting", reason: "invalid token" });
  const tries = [];
  for (let second = 0; second < 64; second++) {
    await vi.advanceTimersByTimeAsync(1_000);
    tries.push(rooms.length);
  }
  expect(tries[0]).toBe(2);
  expect(rooms.length).toBe(7); // at 0, 1, 3, 7, 15, 31 and 61 s
  expect(rooms.every((one) => one.disconnect.mock.calls.length === 1)).toBe(true);
});

test.each([DisconnectReason.DUPLICATE_IDENTITY, DisconnectReason.PARTICIPANT_REMOVED, DisconnectReason.ROOM_DELETED])(
  "reason %s is final until asked for",
  async (reason) => {
    await started();
    room().emit(RoomEvent.Disconnected, reason);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(video.get().status).toBe("failed");
    expect(video.get().reason).toBeTruthy();
    expect(rooms).toHaveLength(1);
    await started();
    expect(video.get().status).toBe("connected");
  },
);

test("stopped while it connects, it does not stay connected", async () => {
  let arrive = () => {};
  connects = () => new Promise<void>((resolve) => (arrive = resolve));
  await started();
  video.stop();
  arrive();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(room().disconnect).toHaveBeenCalled();
  expect(rooms).toHaveLength(1);
  room().emit(RoomEvent.Disconnected, DisconnectReason.SIGNAL_CLOSE);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(rooms).toHaveLength(1);
});

test("an attempt without an end is given up, and the next one made", async () => {
  connects = () => new Promise(() => {});
  await started();
  await vi.advanceTimersByTimeAsync(15_000);
  expect(video.get()).toMatchObject({ status: "waiting", reason: "LiveKit did not answer in time." });
  expect(room().disconnect).toHaveBeenCalledTimes(1);
  connects = async () => {};
  await vi.advanceTimersByTimeAsync(1_000);
  expect(video.get().status).toBe("connected");
  await vi.advanceTimersByTimeAsync(15_000);
  expect(video.get().status).toBe("connected");
});
