import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import type { Colleague, QueueDocument, QueueEntry } from "@eventuall/realtime/queue";
import { Avatar } from "../ui/Avatar";
import { Icon } from "../ui/Icon";
import { duration, useNow } from "../ui/time";

interface Props {
  readonly entry: QueueEntry;
  /** The place in its list, from 0, and how many are in it. */
  readonly index: number;
  readonly count: number;
  readonly document: QueueDocument;
  /** Another moderator who holds this person. */
  readonly colleague: Colleague | undefined;
}

export function BoardItem({ entry, index, count, document, colleague }: Props) {
  const { userId, name, list, requestedAt } = entry;
  const now = useNow(10_000);
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, transform, transition, isDragging } = useSortable({
    id: userId,
  });
  const pending = list === "pending";
  return (
    <li
      ref={setNodeRef}
      className={`board-item ${isDragging ? "board-dragged" : ""} ${colleague ? "board-held" : ""}`}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      data-testid="queue-item"
      data-user={userId}
      data-name={name}
      data-list={list}
    >
      <button
        type="button"
        ref={setActivatorNodeRef}
        className="grip"
        {...attributes}
        {...listeners}
        aria-label={`Move ${name}`}
        data-testid="queue-grip"
      >
        <Icon name="grip" />
      </button>
      <Avatar userId={userId} name={name} />
      <span className="board-who">
        <span className="person-name">{name}</span>
        {colleague ? (
          <span className="board-holder">{colleague.name} is moving them</span>
        ) : (
          <span className="hint">{pending ? `waits ${duration(now - requestedAt)}` : "on stage"}</span>
        )}
      </span>
      <span className="board-moves">
        <Step name={name} up disabled={index === 0} move={() => document.move(userId, list, index - 1)} />
        <Step name={name} disabled={index === count - 1} move={() => document.move(userId, list, index + 1)} />
      </span>
      <span className="board-acts">
        <button
          type="button"
          className={`button button-small ${pending ? "button-soft" : ""}`}
          onClick={() => (pending ? document.approve(userId) : document.demote(userId))}
          aria-label={`${pending ? "Approve" : "Demote"} ${name}`}
          data-testid={pending ? "approve" : "demote"}
        >
          {pending ? "Approve" : "Demote"}
        </button>
        <button
          type="button"
          className="button button-small button-icon button-quiet button-bad"
          onClick={() => document.remove(userId)}
          aria-label={`Remove ${name} from the queue`}
          title="Remove"
          data-testid="remove"
        >
          <Icon name="close" />
        </button>
      </span>
    </li>
  );
}

interface StepProps {
  readonly name: string;
  readonly up?: boolean;
  readonly disabled: boolean;
  readonly move: () => void;
}

/** One place up or down: for those who cannot, or would rather not, drag. */
function Step({ name, up = false, disabled, move }: StepProps) {
  return (
    <button
      type="button"
      className="step"
      // Stays in the order of focus: who moves somebody to the end is not thrown out of the list.
      aria-disabled={disabled}
      onClick={() => disabled || move()}
      aria-label={`Move ${name} ${up ? "up" : "down"}`}
      data-testid={up ? "move-up" : "move-down"}
    >
      <Icon name={up ? "up" : "down"} />
    </button>
  );
}
