import type { Room, Token } from "@eventuall/realtime";
import { useRoomView } from "@eventuall/realtime/react";
import { useId, useState } from "react";
import { CopyButton } from "../ui/CopyButton";
import { Panel } from "../ui/Panel";
import { duration, useNow } from "../ui/time";
import { claims, shortForm } from "./jwt";

export function TokensPanel({ room }: { room: Room }) {
  const { livekit, chat } = useRoomView(room, (view) => view.tokens);
  return (
    <Panel title="Tokens" testId="tokens">
      <p className="hint">From one join; renewed by themselves before they expire.</p>
      <TokenRow kind="livekit" name="LiveKit" about={livekit.url} token={livekit} />
      <TokenRow kind="chat" name="Twilio" about={chat.conversationSid ?? "no conversation yet"} token={chat} />
    </Panel>
  );
}

function TokenRow({ kind, name, about, token }: { kind: string; name: string; about: string; token: Token }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const now = useNow(10_000);
  return (
    <div className="token" data-testid={`token-${kind}`}>
      <div className="token-head">
        <span className="token-name">{name}</span>
        <span className="hint">for {duration(token.expiresAt - now)}</span>
        <code className="token-short" data-testid={`token-${kind}-short`}>
          {shortForm(token.token)}
        </code>
        <span className="token-actions">
          <button
            type="button"
            className="button button-small"
            aria-expanded={open}
            aria-controls={id}
            aria-label={`${open ? "Hide" : "Show"} the ${name} token`}
            data-testid={`token-${kind}-toggle`}
            onClick={() => setOpen(!open)}
          >
            {open ? "Hide" : "Show"}
          </button>
          <CopyButton text={token.token} label={`Copy the ${name} token`} testId={`token-${kind}-copy`} />
        </span>
      </div>
      <div id={id} hidden={!open} className="token-body">
        <p className="hint token-about">{about}</p>
        {open ? (
          <>
            <code className="token-full" data-testid={`token-${kind}-full`}>
              {token.token}
            </code>
            <pre className="token-claims" data-testid={`token-${kind}-claims`}>
              {JSON.stringify(claims(token.token), null, 2)}
            </pre>
          </>
        ) : null}
      </div>
    </div>
  );
}
