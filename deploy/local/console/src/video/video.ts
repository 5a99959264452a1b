import type { Room } from "@eventuall/realtime";
import type { LocalVideoTrack, RemoteTrack, RemoteVideoTrack, Room as SdkRoom } from "livekit-client";

/** As much of LiveKit's package as is used here. */
export type VideoSdk = Pick<typeof import("livekit-client"), "DisconnectReason" | "Room" | "RoomEvent" | "Track">;

/** A camera that is on. */
export interface Picture {
  readonly trackSid: string;
  readonly track: LocalVideoTrack | RemoteVideoTrack;
}

export interface VideoView {
  /** `failed` is final, as when the same person came in elsewhere; all else goes on by itself. */
  readonly status: "loading" | "connecting" | "connected" | "reconnecting" | "waiting" | "failed";
  readonly reason?: string;
  /** By userId. */
  readonly pictures: Readonly<Record<string, Picture>>;
  readonly mayPublish: boolean;
  readonly camera: boolean;
  readonly microphone: boolean;
  /** The browser plays no sound before somebody has pressed something. */
  readonly soundBlocked: boolean;
}

const NOTHING: VideoView = {
  status: "loading",
  pictures: {},
  mayPublish: false,
  camera: false,
  microphone: false,
  soundBlocked: false,
};
const RETRY_MS = { first: 1_000, most: 30_000 };
/** Where there is no LiveKit at an address the package asks again and again, without an end of its own. */
const ATTEMPT_MS = 15_000;

/**
 * A room's video through LiveKit's own package, which is loaded when it is wanted. The package mends short losses by
 * itself; after a longer one this connects again, with the token of that time.
 */
export class Video {
  #view = NOTHING;
  readonly #listeners = new Set<() => void>();
  #sdk: VideoSdk | undefined;
  #connected: SdkRoom | undefined;
  /** Grows with every connection and every stop: what belongs to an older turn is ignored. */
  #turn = 0;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly room: Room,
    private readonly load: () => Promise<VideoSdk> = () => import("livekit-client"),
    private readonly random: () => number = Math.random,
  ) {}

  readonly get = (): VideoView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  start(): void {
    this.#attempt = 0;
    void this.#connect();
  }

  stop(): void {
    this.#turn++;
    clearTimeout(this.#timer);
    void this.#connected?.disconnect();
    this.#connected = undefined;
    this.#show(NOTHING);
  }

  /** @throws what the browser says when there is no camera, or it is not allowed */
  async setCamera(on: boolean): Promise<void> {
    await this.#connected?.localParticipant.setCameraEnabled(on);
    this.#refresh();
  }

  /** @throws what the browser says when there is no microphone, or it is not allowed */
  async setMicrophone(on: boolean): Promise<void> {
    await this.#connected?.localParticipant.setMicrophoneEnabled(on);
    this.#refresh();
  }

  /** Only from within a press of a button. */
  async startSound(): Promise<void> {
    await this.#connected?.startAudio();
    this.#refresh();
  }

  async #connect(): Promise<void> {
    const turn = ++this.#turn;
    clearTimeout(this.#timer);
    try {
      if (!this.#sdk) {
        this.#show({ status: "loading" });
        this.#sdk = await this.load();
        if (turn !== this.#turn) return;
      }
      const room = new this.#sdk.Room({ adaptiveStream: true, dynacast: true });
      this.#connected = room;
      this.#follow(room, this.#sdk, turn);
      this.#show({ status: "connecting" });
      const { url, token } = this.room.get().tokens.livekit;
      await inTime(room.connect(url, token));
      if (turn !== this.#turn) return void room.disconnect();
      this.#attempt = 0;
      this.#show({ status: "connected" });
      this.#refresh();
    } catch (error) {
      if (turn === this.#turn) this.#again(error instanceof Error ? error.message : String(error));
    }
  }

  #follow(room: SdkRoom, { RoomEvent, DisconnectReason, Track }: VideoSdk, turn: number): void {
    const current = (action: () => void) => () => {
      if (turn === this.#turn) action();
    };
    const refresh = current(() => this.#refresh());
    for (const event of [
      RoomEvent.TrackUnpublished,
      RoomEvent.TrackMuted,
      RoomEvent.TrackUnmuted,
      RoomEvent.LocalTrackPublished,
      RoomEvent.LocalTrackUnpublished,
      RoomEvent.ParticipantDisconnected,
      RoomEvent.ParticipantPermissionsChanged,
      RoomEvent.AudioPlaybackStatusChanged,
    ] as const) {
      room.on(event, refresh);
    }
    room.on(RoomEvent.TrackSubscribed, (track) => {
      if (track.kind === Track.Kind.Audio) document.body.append(track.attach());
      refresh();
    });
    room.on(RoomEvent.TrackUnsubscribed, (track: RemoteTrack) => {
      if (track.kind === Track.Kind.Audio) for (const element of track.detach()) element.remove();
      refresh();
    });
    room.on(
      RoomEvent.Reconnecting,
      current(() => this.#show({ status: "reconnecting" })),
    );
    room.on(
      RoomEvent.Reconnected,
      current(() => this.#show({ status: "connected" })),
    );
    room.on(RoomEvent.Disconnected, (reason) => {
      if (turn !== this.#turn) return;
      const final: Partial<Record<number, string>> = {
        [DisconnectReason.DUPLICATE_IDENTITY]: "You are in this room's video elsewhere.",
        [DisconnectReason.PARTICIPANT_REMOVED]: "A moderator took you out of the video.",
        [DisconnectReason.ROOM_DELETED]: "The room's video has ended.",
      };
      const words = reason === undefined ? undefined : final[reason];
      if (words === undefined) return this.#again("The connection was lost.");
      this.#turn++;
      this.#show({ ...NOTHING, status: "failed", reason: words });
    });
  }

  #again(reason: string): void {
    const turn = ++this.#turn;
    void this.#connected?.disconnect();
    this.#connected = undefined;
    this.#show({ ...NOTHING, status: "waiting", reason });
    const bound = Math.min(RETRY_MS.most, RETRY_MS.first * 2 ** Math.min(this.#attempt++, 10));
    const wait = bound * (0.5 + this.random() / 2);
    this.#timer = setTimeout(() => turn === this.#turn && void this.#connect(), wait);
  }

  #refresh(): void {
    const room = this.#connected;
    if (!room || !this.#sdk) return;
    const { Camera } = this.#sdk.Track.Source;
    const everybody = [room.localParticipant, ...room.remoteParticipants.values()];
    const pictures = everybody.flatMap((one) => {
      const publication = one.getTrackPublication(Camera);
      const track = publication?.videoTrack as Picture["track"] | undefined;
      return publication && track && !publication.isMuted
        ? [[one.identity, { trackSid: publication.trackSid, track }] as const]
        : [];
    });
    this.#show({
      pictures: Object.fromEntries(pictures),
      mayPublish: room.localParticipant.permissions?.canPublish ?? false,
      camera: room.localParticipant.isCameraEnabled,
      microphone: room.localParticipant.isMicrophoneEnabled,
      soundBlocked: !room.canPlaybackAudio,
    });
  }

  #show(change: Partial<VideoView>): void {
    const { reason: _, ...rest } = this.#view;
    this.#view = { ...rest, ...change };
    for (const listener of [...this.#listeners]) listener();
  }
}

async function inTime(connecting: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("LiveKit did not answer in time.")), ATTEMPT_MS);
  });
  try {
    await Promise.race([connecting, late]);
  } finally {
    clearTimeout(timer);
  }
}
