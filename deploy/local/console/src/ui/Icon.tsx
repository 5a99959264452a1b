/** Strokes on a 24 by 24 field. */
const PATHS = {
  sun: "M12 4V2m0 20v-2m8-8h2M2 12h2m13.7-5.7 1.4-1.4M4.9 19.1l1.4-1.4m0-11.4L4.9 4.9m14.2 14.2-1.4-1.4M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z",
  moon: "M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5Z",
  copy: "M9 9h10v11H9zM5 15V4h10",
  check: "m5 12.5 4.5 4.5L19 7.5",
  leave: "M14 4H6v16h8m-3-8h10m-3.5-3.5L21 12l-3.5 3.5",
  hand: "M7 12V6.5a1.5 1.5 0 0 1 3 0V11m0-6a1.5 1.5 0 0 1 3 0v6m0-5a1.5 1.5 0 0 1 3 0v6m0-3.5a1.5 1.5 0 0 1 3 0V15a6 6 0 0 1-6 6h-1.5a6 6 0 0 1-4.6-2.1L3.8 15a1.5 1.5 0 0 1 2.3-2L7 14",
  pin: "M9 4h6l-1 6 3 3v2H7v-2l3-3-1-6Zm3 11v6",
  record: "M12 17a5 5 0 1 0 0-10 5 5 0 0 0 0 10Z",
  stop: "M7 7h10v10H7z",
  stage: "M12 14a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3Zm-6-3.5a6 6 0 0 0 12 0M12 17v4m-3.5 0h7",
  play: "M8 5.5v13l11-6.5L8 5.5Z",
  people:
    "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6.5 8a6.5 6.5 0 0 1 13 0M16 5a3.5 3.5 0 0 1 0 6.5m2 3a6.5 6.5 0 0 1 3.5 5",
  chat: "M4 5h16v11H10l-4.5 4V16H4V5Z",
  film: "M4 6h16v12H4zM4 10h16M4 14h16M8.5 6v12m7-12v12",
  up: "m6 14 6-6 6 6",
  down: "m6 10 6 6 6-6",
  close: "m6 6 12 12M18 6 6 18",
  send: "M4 12 20 4l-5 16-3.5-6.5L4 12Z",
  grip: "M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01",
} as const;

/** A picture beside words: never the only thing that says something. */
export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
