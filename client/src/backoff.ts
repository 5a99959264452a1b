/** Full jitter: anything between nothing and a bound that doubles with every attempt, so that clients do not march in step. */
export function fullJitter(attempt: number, random: number, baseMs = 500, capMs = 30_000): number {
  return random * Math.min(capMs, baseMs * 2 ** Math.min(attempt, 30));
}
