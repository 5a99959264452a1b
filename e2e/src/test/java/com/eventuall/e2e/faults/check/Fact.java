package com.eventuall.e2e.faults.check;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Something that a client saw or did. One line of a history.
 *
 * <table>
 * <caption>Kinds, who they are about, and what their data holds</caption>
 * <tr><td>{@code opened}</td><td>person</td><td>{@code conn}: a presence socket is open and has been greeted</td></tr>
 * <tr><td>{@code closed}</td><td>person</td><td>{@code conn}, {@code code} (1006 for a broken connection), {@code asked}</td></tr>
 * <tr><td>{@code snapshot}, {@code patch}</td><td>person</td><td>the message, and {@code conn}</td></tr>
 * <tr><td>{@code asked}</td><td>the person moved</td><td>{@code place}: pending, live or none; the outcome is open now</td></tr>
 * <tr><td>{@code acked}</td><td>the person moved</td><td>{@code place}: the service has said yes, or has let it be seen</td></tr>
 * <tr><td>{@code toggled}</td><td>who reacted</td><td>{@code message}, {@code emoji}, {@code reacted}; null if not known</td></tr>
 * <tr><td>{@code event}</td><td>-</td><td>{@code topic}, {@code source}, {@code id}, {@code sequence}, {@code payload}</td></tr>
 * <tr><td>{@code recording}</td><td>id</td><td>a start that was acknowledged</td></tr>
 * <tr><td>{@code call}</td><td>caller</td><td>{@code op}, {@code status} (0: no answer), {@code ms}</td></tr>
 * <tr><td>{@code fault}</td><td>name</td><td>{@code what}</td></tr>
 * <tr><td>{@code end-…}</td><td></td><td>what is there after everything came to rest; see the rules that read it</td></tr>
 * </table>
 *
 * @param at epoch milliseconds on the one clock of the run
 * @param kind see above
 * @param room {@code event:room}; empty where it is about none
 * @param who see above
 * @param data see above
 */
public record Fact(long at, String kind, String room, String who, JsonNode data) {}
