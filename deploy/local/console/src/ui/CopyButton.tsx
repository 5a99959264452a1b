import { useEffect, useState } from "react";
import { Icon } from "./Icon";

/** Copies a text; says so for two seconds, to the ear as well. */
export function CopyButton({ text, label, testId }: { text: string; label: string; testId?: string }) {
  const [outcome, setOutcome] = useState<"copied" | "refused">();
  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(undefined), 2_000);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () =>
    // Absent outside secure contexts, as on a phone that reaches this machine by its address.
    (navigator.clipboard?.writeText(text) ?? Promise.reject()).then(
      () => setOutcome("copied"),
      () => setOutcome("refused"),
    );
  return (
    <>
      <button type="button" className="button button-small" onClick={copy} aria-label={label} data-testid={testId}>
        <Icon name={outcome === "copied" ? "check" : "copy"} />
        {outcome === "copied" ? "Copied" : "Copy"}
      </button>
      <span className="sr-only" role="status">
        {outcome === "copied" ? "Copied" : outcome === "refused" ? "The browser did not allow copying" : ""}
      </span>
    </>
  );
}
