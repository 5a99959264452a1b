import type { Room } from "@eventuall/realtime";
import { useState } from "react";
import { Problem, useAction } from "../ui/action";
import { Icon } from "../ui/Icon";
import { Panel } from "../ui/Panel";
import { useVendors } from "../vendors/vendors";
import { ConversationView } from "./ConversationView";

/** The room's chat, once one has entered it. */
export function ChatPanel({ room }: { room: Room }) {
  const [conversationSid, setConversationSid] = useState<string>();
  const { twilio } = useVendors();
  const action = useAction();
  const enter = () =>
    action.run(async () => {
      const entered = await room.request<{ conversationSid: string }>("POST", "/chat");
      setConversationSid(entered.conversationSid);
    });
  return (
    <Panel title="Chat" testId="chat" className="chat">
      {conversationSid ? (
        <ConversationView room={room} conversationSid={conversationSid} label="Room chat" reactions />
      ) : (
        <div className="chat-enter">
          <button type="button" className="button" onClick={enter} disabled={action.busy} data-testid="chat-enter">
            <Icon name="chat" />
            {action.busy ? "Entering…" : "Enter the chat"}
          </button>
          <Problem error={action.error} testId="chat-enter-error" />
        </div>
      )}
      {twilio ? null : (
        <p className="hint" data-testid="chat-stand-in">
          Through a local stand-in of Twilio.
        </p>
      )}
    </Panel>
  );
}
