import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  type DragOverEvent,
  KeyboardSensor,
  PointerSensor,
  useDroppable,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from "@dnd-kit/sortable";
import type { Colleague, List, QueueDocument, QueueEntry, QueueLists } from "@eventuall/realtime/queue";
import { type ReactNode, useState } from "react";
import { BoardItem } from "./BoardItem";
import { dropTarget, movedTo } from "./moves";

interface Props {
  readonly lists: QueueLists;
  readonly colleagues: readonly Colleague[];
  readonly document: QueueDocument;
  /** Tells the colleagues whom this moderator holds. */
  readonly pick: (userId: string | undefined) => void;
}

const TITLES: Record<List, string> = { pending: "Pending", live: "Live" };

/** Both lists side by side. People are moved by mouse, by touch, by keyboard, or with the buttons beside them. */
export function Board({ lists, colleagues, document, pick }: Props) {
  // While something is held over the other list it is shown there; the document changes with the drop only.
  const [preview, setPreview] = useState<QueueLists>();
  const shown = preview ?? lists;
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const over = ({ active, over }: DragOverEvent) => {
    const userId = String(active.id);
    const target = over && dropTarget(shown, userId, String(over.id));
    // Within a list the others make room by themselves.
    if (target && !shown[target.list].some((entry) => entry.userId === userId)) {
      setPreview(movedTo(shown, userId, target));
    }
  };
  const end = ({ active, over }: DragEndEvent) => {
    const userId = String(active.id);
    const target = over && dropTarget(shown, userId, String(over.id));
    if (target && lists[target.list][target.index]?.userId !== userId) {
      document.move(userId, target.list, target.index);
    }
    release();
  };
  const release = () => {
    setPreview(undefined);
    pick(undefined);
  };
  const held = (userId: string) => colleagues.find((one) => one.selected === userId);

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragStart={({ active }) => pick(String(active.id))}
      onDragOver={over}
      onDragEnd={end}
      onDragCancel={release}
      accessibility={{ announcements: announcements(shown) }}
    >
      <div className="board">
        {(["pending", "live"] as const).map((list) => (
          <Column key={list} list={list} entries={shown[list]}>
            {shown[list].map((entry, index) => (
              <BoardItem
                key={entry.userId}
                entry={entry}
                index={index}
                count={shown[list].length}
                document={document}
                colleague={held(entry.userId)}
              />
            ))}
          </Column>
        ))}
      </div>
    </DndContext>
  );
}

function Column({ list, entries, children }: { list: List; entries: readonly QueueEntry[]; children: ReactNode }) {
  const { setNodeRef, isOver } = useDroppable({ id: list });
  return (
    <section className={`board-column ${isOver ? "board-over" : ""}`} ref={setNodeRef} data-testid={`queue-${list}`}>
      <h3>
        {TITLES[list]} <span className="count">{entries.length}</span>
      </h3>
      <SortableContext items={entries.map((entry) => entry.userId)} strategy={verticalListSortingStrategy}>
        {entries.length > 0 ? (
          <ol aria-label={TITLES[list]}>{children}</ol>
        ) : (
          <p className="empty board-empty">
            {list === "pending" ? "Nobody asks to come on stage." : "Drop somebody here, or approve them."}
          </p>
        )}
      </SortableContext>
    </section>
  );
}

function announcements(lists: QueueLists): Announcements {
  const all = [...lists.pending, ...lists.live];
  const name = (id: string | number) => all.find((one) => one.userId === id)?.name ?? "The item";
  const place = (active: string | number, over: string | number | undefined) => {
    const target = over === undefined ? undefined : dropTarget(lists, String(active), String(over));
    return target ? `number ${target.index + 1} of ${TITLES[target.list]}` : "nowhere";
  };
  return {
    onDragStart: ({ active }) => `Picked up ${name(active.id)}.`,
    onDragOver: ({ active, over }) => `${name(active.id)} is over ${place(active.id, over?.id)}.`,
    onDragEnd: ({ active, over }) => `${name(active.id)} was put at ${place(active.id, over?.id)}.`,
    onDragCancel: ({ active }) => `${name(active.id)} was put back.`,
  };
}
