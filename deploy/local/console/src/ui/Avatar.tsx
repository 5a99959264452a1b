const HUES = 8;

/** Initials on a colour that belongs to the person. */
export function Avatar({ userId, name }: { userId: string; name: string }) {
  const words = name.trim().split(/\s+/);
  const initials = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => [...(word ?? "")][0] ?? "").join("");
  return (
    <span className={`avatar avatar-${hue(userId)}`} aria-hidden="true">
      {initials.toUpperCase() || "?"}
    </span>
  );
}

function hue(text: string): number {
  let sum = 0;
  for (const char of text) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 65_521;
  return sum % HUES;
}
