/** What a token says, without any check: to look at, not to trust. */
export function claims(token: string): unknown {
  const payload = token.split(".")[1];
  if (!payload) return undefined;
  try {
    const bytes = Uint8Array.from(atob(payload.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** Enough of a token to tell it from another one. */
export function shortForm(token: string): string {
  return token.length <= 20 ? token : `${token.slice(0, 10)}…${token.slice(-6)}`;
}
