/** Quarkus reads the pass from a subprotocol of this form: browsers cannot set headers on a WebSocket. */
const PASS_PREFIX = "quarkus-http-upgrade#Authorization#Bearer ";

/** What a socket offers: the protocol it speaks, and the pass, which must not be in the address. */
export function protocols(protocol: string, pass: string): string[] {
  return [protocol, encodeURIComponent(PASS_PREFIX + pass)];
}
