import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { inWords } from "../ui/action";
import { Logo } from "../ui/Logo";
import { ThemeSwitch } from "../ui/theme";
import type { Entry, Role } from "./entry";

interface Props {
  readonly initial: Entry;
  readonly joining: boolean;
  readonly error: unknown;
  readonly onJoin: (entry: Entry) => void;
}

const ID = "[A-Za-z0-9_\\-]{1,64}";

export function JoinForm({ initial, joining, error, onJoin }: Props) {
  // A name to begin with, so that whoever is in a hurry has nothing to type.
  const [entry, setEntry] = useState({ ...initial, name: initial.name || "Guest" });
  const problem = useRef<HTMLParagraphElement>(null);
  const set = (change: Partial<Entry>) => setEntry({ ...entry, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onJoin({ ...entry, name: entry.name.trim() });
  };

  useEffect(() => {
    if (error) problem.current?.focus();
  }, [error]);

  return (
    <div className="entry">
      <header className="entry-head">
        <Logo />
        <ThemeSwitch />
      </header>
      <main className="entry-main">
        <section className="entry-pitch" aria-labelledby="entry-title">
          <h1 id="entry-title">Step into an event room</h1>
          <p>
            Everybody in a room sees who is there the moment it changes. As a moderator you run the show: people raise
            their hands, you bring them on stage, and every time on stage becomes a clip.
          </p>
          <ol className="steps">
            <li>Join as a moderator.</li>
            <li>Let a crowd in, or open this page again and join as somebody else.</li>
            <li>Record, approve who raises a hand, and see the clips afterwards.</li>
          </ol>
        </section>
        <form className="card entry-form" onSubmit={submit} aria-describedby={error ? "join-error" : undefined}>
          <div className="field-pair">
            <IdField label="Event" name="event" value={entry.event} onChange={(event) => set({ event })} />
            <IdField label="Room" name="room" value={entry.room} onChange={(room) => set({ room })} />
          </div>
          <Field label="Your name">
            <input
              name="name"
              data-testid="name"
              value={entry.name}
              onChange={(e) => set({ name: e.target.value })}
              onFocus={(e) => e.target.select()}
              pattern=".*\S.*"
              title="What the others will see"
              maxLength={100}
              required
              autoComplete="nickname"
            />
          </Field>
          <RoleChoice value={entry.role} onChange={(role) => set({ role })} />
          {error ? (
            <p
              className="notice notice-bad"
              role="alert"
              id="join-error"
              data-testid="join-error"
              ref={problem}
              tabIndex={-1}
            >
              {inWords(error)}
            </p>
          ) : null}
          <button type="submit" className="button button-main" data-testid="join" disabled={joining}>
            {joining ? "Joining…" : "Join the room"}
          </button>
          <p className="hint">This stack signs a pass for whoever asks. In production your own back end does that.</p>
        </form>
      </main>
    </div>
  );
}

interface IdFieldProps {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function IdField({ label, name, value, onChange }: IdFieldProps) {
  return (
    <Field label={label}>
      <input
        name={name}
        data-testid={name}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        pattern={ID}
        title="1 to 64 letters, digits, - or _"
        required
        autoComplete="off"
        spellCheck={false}
      />
    </Field>
  );
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the input is the child.
    <label className="field">
      <span className="field-label">{label}</span>
      {children}
    </label>
  );
}

const ROLES: readonly { role: Role; label: string; hint: string }[] = [
  { role: "participant", label: "Participant", hint: "Watches, chats, asks for the stage" },
  { role: "moderator", label: "Moderator", hint: "Runs the queue, pins and records" },
];

function RoleChoice({ value, onChange }: { value: Role; onChange: (role: Role) => void }) {
  return (
    <fieldset className="field role-choice">
      <legend className="field-label">Role</legend>
      <div className="role-options">
        {ROLES.map(({ role, label, hint }) => (
          <label key={role} className="role-option">
            <input
              type="radio"
              name="role"
              value={role}
              data-testid={`role-${role}`}
              checked={value === role}
              onChange={() => onChange(role)}
            />
            <span className="role-name">{label}</span>
            <span className="hint">{hint}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
