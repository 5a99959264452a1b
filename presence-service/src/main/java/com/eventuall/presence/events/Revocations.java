package com.eventuall.presence.events;

import com.eventuall.contracts.events.PassRevoked;
import com.eventuall.platform.events.ReceivedEvent;
import com.eventuall.platform.ws.PassSockets;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Closes the sockets of people whose passes were revoked. Every replica hears every revocation. */
@ApplicationScoped
public class Revocations {
    private final PassSockets sockets;

    Revocations(PassSockets sockets) {
        this.sockets = sockets;
    }

    @Incoming("pass-revoked")
    public void revoked(ConsumerRecord<String, byte[]> record) {
        PassRevoked event = ReceivedEvent.read(record).as(PassRevoked.class);
        sockets.revoke(event.eventId(), event.userId(), event.revokedAt());
    }
}
