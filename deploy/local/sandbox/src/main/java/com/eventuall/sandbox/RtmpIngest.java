package com.eventuall.sandbox;

import java.util.Optional;

/**
 * Where an encoder pushes its picture to: how one vendor's sandbox reaches another's without media. Belongs to the server's
 * event loop.
 */
public interface RtmpIngest {

    /** Takes every encoder and records nothing, for sandboxes that stand alone. */
    RtmpIngest NOWHERE = (url, cut) -> Optional.of(() -> {});

    /** An encoder's connection. */
    interface Connection {
        /** The encoder stops sending. */
        void close();
    }

    /**
     * An encoder connects and begins to send.
     *
     * @param url {@code rtmp(s)://host/app/KEY}
     * @param cut called when the receiving side ends the connection
     * @return empty when the receiver refuses
     */
    Optional<Connection> connect(String url, Runnable cut);
}
