package com.eventuall.presence;

import com.eventuall.local.passes.PassIssuer;
import com.eventuall.local.passes.PassRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Requests for an upgrade by hand: the JDK's client takes its time with refusals, and does not hang up. */
public final class RawUpgrade {
    private RawUpgrade() {}

    /** Asks for an upgrade. */
    public static Socket ask(String root, PassIssuer passes, String event, String userId) throws IOException {
        URI address = URI.create(root);
        String carrier = URLEncoder.encode(
                        "quarkus-http-upgrade#Authorization#Bearer "
                                + passes.issue(PassRequest.participant(event, userId)),
                        StandardCharsets.UTF_8)
                .replace("+", "%20");
        String request = "GET /v1/events/" + event + "/rooms/main/presence HTTP/1.1\r\nHost: " + address.getAuthority()
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Protocol: presence.v1, " + carrier + "\r\n\r\n";
        Socket socket = new Socket(address.getHost(), address.getPort());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Asks for an upgrade, hangs up, and returns the head of the answer. */
    public static String answer(String root, PassIssuer passes, String event, String userId) throws IOException {
        try (Socket socket = ask(root, passes, event, userId)) {
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            StringBuilder head = new StringBuilder();
            for (String line = answer.readLine(); line != null && !line.isEmpty(); line = answer.readLine()) {
                head.append(line).append('\n');
            }
            return head.toString();
        }
    }
}
