import type { Room } from "@eventuall/realtime";
import type { Client, Conversation, Message as TwilioMessage } from "@twilio/conversations";
import { type Message, reactionsIn } from "./messages";
import { type ChatSource, type News, type OpenConversation, pauseMs } from "./source";

/** As much of Twilio's package as is used here. */
export type ChatSdk = Pick<typeof import("@twilio/conversations"), "Client">;

const HISTORY = 50;

/** A client that is connected, and the end of it. */
interface Begun {
  readonly client: Client;
  readonly end: () => void;
}

/**
 * Chat through Twilio's own package, which is loaded with the first conversation. One client serves all of them and is
 * shut down with the last. It mends its connection by itself; a client that could not even begin is made anew.
 */
export class TwilioChat implements ChatSource {
  #begun: Promise<Begun> | undefined;
  #open = 0;

  constructor(
    private readonly room: Room,
    private readonly load: () => Promise<ChatSdk> = () => import("@twilio/conversations"),
  ) {}

  open(conversationSid: string, told: (news: News) => void): OpenConversation {
    this.#open++;
    let closed = false;
    let conversation: Conversation | undefined;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let forget = () => {};
    const enter = async () => {
      try {
        const client = await this.#entered();
        if (closed) return;
        conversation = await client.getConversationBySid(conversationSid);
        if (closed) return;
        forget = follow(client, conversation, told, () => void enter());
        // Asked for after listening, so that nothing is missed in between.
        const { items } = await conversation.getMessages(HISTORY);
        if (!closed) told({ type: "history", messages: items.map(read) });
      } catch {
        // Too soon after being added to it, or no connection: both pass.
        forget();
        told({ type: "lost" });
        if (!closed) retry = setTimeout(enter, pauseMs());
      }
    };
    void enter();
    return {
      send: async (body) => {
        if (!conversation) throw new Error("The conversation is not open yet.");
        await conversation.sendMessage(body);
      },
      close: () => {
        if (closed) return;
        closed = true;
        clearTimeout(retry);
        forget();
        if (--this.#open === 0) this.#shutDown();
      },
    };
  }

  async #entered(): Promise<Client> {
    const begun = this.#begun ?? this.#begin();
    this.#begun = begun;
    try {
      return (await begun).client;
    } catch (failure) {
      // Somebody else may have begun anew meanwhile.
      if (this.#begun === begun) this.#begun = undefined;
      throw failure;
    }
  }

  async #begin(): Promise<Begun> {
    const sdk = await this.load();
    const { token } = this.room.get().tokens.chat;
    const client = new sdk.Client(token);
    const forgetTokens = this.room.select(
      (view) => view.tokens.chat.token,
      (fresh) => {
        // One that is refused ends in a lost connection, which shows.
        if (fresh !== token) client.updateToken(fresh).catch(() => {});
      },
    );
    const end = () => {
      forgetTokens();
      void client.shutdown().catch(() => {});
    };
    try {
      await new Promise<void>((ready, refused) => {
        client.on("initialized", ready);
        client.on("initFailed", ({ error }) => refused(new Error(error?.message ?? "Twilio refused the connection.")));
      });
    } catch (failure) {
      // It would go on trying by itself, beside the next one.
      end();
      throw failure;
    }
    return { client, end };
  }

  #shutDown(): void {
    const begun = this.#begun;
    this.#begun = undefined;
    begun?.then(({ end }) => end()).catch(() => {});
  }
}

/** Passes on what happens, until the returned function is called. After a loss the history is asked for again. */
function follow(client: Client, conversation: Conversation, told: (news: News) => void, again: () => void): () => void {
  const added = (message: TwilioMessage) => told({ type: "written", message: read(message) });
  const updated = ({ message }: { message: TwilioMessage }) => added(message);
  const removed = ({ sid }: TwilioMessage) => told({ type: "removed", sid });
  let lost = false;
  const state = (now: string) => {
    if (now === "connected" && lost) {
      forget();
      again();
    } else if (now !== "connected") {
      lost = true;
      told({ type: "lost" });
    }
  };
  conversation.on("messageAdded", added);
  conversation.on("messageUpdated", updated);
  conversation.on("messageRemoved", removed);
  client.on("connectionStateChanged", state);
  const forget = () => {
    conversation.off("messageAdded", added);
    conversation.off("messageUpdated", updated);
    conversation.off("messageRemoved", removed);
    client.off("connectionStateChanged", state);
  };
  return forget;
}

function read({ sid, author, body, dateCreated, attributes }: TwilioMessage): Message {
  const sentAt = dateCreated?.getTime() ?? Date.now();
  return { sid, author: author ?? "", body: body ?? "", sentAt, reactions: reactionsIn(attributes) };
}
