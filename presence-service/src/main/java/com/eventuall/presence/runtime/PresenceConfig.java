package com.eventuall.presence.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** What can be set of presence. Durations take forms like {@code 2s} or {@code 500ms}. */
@ConfigMapping(prefix = "presence")
public interface PresenceConfig {
    /** Without a heartbeat for this long a person is shown as away. */
    @WithDefault("90s")
    Duration awayAfter();

    /** How long the loss of a person's last socket stays invisible, so that they can come back unnoticed. */
    @WithDefault("2s")
    Duration grace();

    /** How long somebody who left is remembered. */
    @WithDefault("24h")
    Duration removeAfter();

    /** How often clients are told to send a heartbeat. */
    @WithDefault("30s")
    Duration heartbeat();

    /** After this much silence a connection is pinged. With the time for the answer, half-open peers are found within 12.5 s. */
    @WithDefault("7s")
    Duration pingAfter();

    /** How long a pinged connection may take to show life before it is taken for dead. */
    @WithDefault("4s")
    Duration pongWithin();

    /** How many versions a client may have missed and still get only those. */
    @WithDefault("512")
    @Min(16)
    @Max(8192)
    int ringSize();

    /** Lite mode, for large rooms. */
    Lite lite();

    /** Lite mode, for large rooms. */
    interface Lite {
        /** From more than this many people present on, mere viewers no longer get everybody's comings and goings. */
        @WithDefault("1000")
        @Min(10)
        int above();

        /** How many people a viewer then sees listed. */
        @WithDefault("24")
        @Min(1)
        @Max(200)
        int page();
    }

    /** The shortest time between two fan-outs of a busy room. */
    @WithDefault("25ms")
    Duration minWindow();

    /** What sending one frame costs, in microseconds of CPU; a room's fan-out is paced to a quarter of a core by it. */
    @WithDefault("10.5")
    double frameCostMicros();

    /** How many sockets one person may have in a room; a further one closes the oldest. */
    @WithDefault("5")
    @Min(1)
    int socketsPerPerson();

    /** What one connection may do. */
    Limits limits();

    /** What one connection may do. */
    interface Limits {
        /** Messages a second from one client, sustained. Above the burst the socket is closed with 4429. */
        @WithDefault("10")
        @Min(2)
        int messagesPerSecond();

        /** Messages a client may send at once. */
        @WithDefault("100")
        @Min(4)
        int messageBurst();

        /** Characters in a message. Above it the socket is closed with 1009. */
        @WithDefault("4096")
        @Min(128)
        @Max(65536)
        int messageSize();

        /** A client that cannot take more for this long is closed with 4008. */
        @WithDefault("30s")
        Duration lagging();
    }

    /** New sockets a second on this replica; above the burst upgrades get 503. */
    Admission admission();

    /** How fast sockets may open. */
    interface Admission {
        /** Sustained, a second. */
        @WithDefault("500")
        @Min(1)
        int perSecond();

        /** At once. */
        @WithDefault("2000")
        @Min(1)
        int burst();
    }

    /** Leaving gracefully. */
    Drain drain();

    /** Leaving gracefully. */
    interface Drain {
        /** Over how long the sockets of a replica that stops are closed. Must be below {@code quarkus.shutdown.delay}. */
        @WithDefault("10s")
        Duration spread();

        /** How long the people of a replica that stops may take to come back on another one. */
        @WithDefault("10s")
        Duration grace();
    }

    /** How long a replica that does not renew its lease is believed to live. */
    @WithDefault("3s")
    Duration lease();

    /** How often a replica compares its rooms with the store. */
    @WithDefault("2s")
    Duration verifyInterval();
}
