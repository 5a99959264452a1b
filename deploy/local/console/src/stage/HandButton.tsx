import type { Room } from "@eventuall/realtime";
import { Problem, useAction } from "../ui/action";
import { Icon } from "../ui/Icon";
import type { Place } from "./stage";

/** Asks for the stage, or takes that back. For participants the main thing to do here. */
export function HandButton({ room, place }: { room: Room; place: Place }) {
  const action = useAction();
  const raise = () => action.run(() => room.request("POST", "/queue/requests"));
  const lower = () => action.run(() => room.request("DELETE", "/queue/requests/me"));
  return (
    <div className="hand" data-testid="hand-place" data-place={place.at}>
      <Problem error={action.error} testId="hand-error" />
      <span role="status">
        {place.at === "stage" ? (
          <span className="badge badge-online">
            <Icon name="stage" /> You are on stage
          </span>
        ) : null}
        {place.at === "queue" ? <span className="badge">Number {place.number} in the queue</span> : null}
      </span>
      {place.at === "queue" ? (
        <button type="button" className="button" onClick={lower} disabled={action.busy} data-testid="lower-hand">
          Lower hand
        </button>
      ) : null}
      {place.at === "audience" ? (
        <button
          type="button"
          className={`button ${room.moderates ? "" : "button-main"}`}
          onClick={raise}
          disabled={action.busy}
          data-testid="raise-hand"
        >
          <Icon name="hand" />
          Raise hand
        </button>
      ) : null}
    </div>
  );
}
