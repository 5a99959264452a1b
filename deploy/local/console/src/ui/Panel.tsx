import { type ReactNode, useId } from "react";

interface Props {
  readonly title: string;
  /** Beside the title: a count, a state, a button. */
  readonly aside?: ReactNode;
  readonly testId?: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A titled part of the room's page; a landmark for those who move by landmarks. */
export function Panel({ title, aside, testId, className = "", children }: Props) {
  const id = useId();
  return (
    <section className={`card panel ${className}`} aria-labelledby={id} data-testid={testId}>
      <header className="panel-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
