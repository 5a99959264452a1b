import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import type { Colleague, QueueDocument, QueueEntry } from "@eventuall/realtime/queue";
import { Avatar } from "../ui/Avatar";
import { Icon } from "../ui/Icon";
import { duration, useNow } from "../ui/time";

interface Props {
  readonly entry: QueueEntry;
  readonly document: QueueDocument;
  /** Another moderator who holds this person. */
  readonly colleague: Colleague | undefined;
}

export function BoardItem({ entry, document, colleague }: Props) {
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
        <span className="hint">{colleague ? `${colleague.name} is moving them` : duration(now - requestedAt)}</span>
      </span>
      <button
        type="button"
        className="button button-small"
        onClick={() => (pending ? document.approve(userId) : document.demote(userId))}
        aria-label={`${pending ? "Approve" : "Demote"} ${name}`}
        data-testid={pending ? "approve" : "demote"}
      >
        {pending ? "Approve" : "Demote"}
      </button>
      <button
        type="button"
        className="button button-small button-icon button-bad"
        onClick={() => document.remove(userId)}
        aria-label={`Remove ${name} from the queue`}
        title="Remove"
        data-testid="remove"
      >
        <Icon name="close" />
      </button>
    </li>
  );
}
