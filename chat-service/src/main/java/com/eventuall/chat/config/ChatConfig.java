package com.eventuall.chat.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Configuration of chat-service. */
@ConfigMapping(prefix = "chat")
public interface ChatConfig {
    /** How often due work is looked for that was not announced. */
    @WithDefault("250ms")
    Duration workInterval();

    /** How the vendor is called. */
    Vendor vendor();

    /** Reactions to messages. */
    Reactions reactions();

    /** Vetting conversations. */
    Vetting vetting();

    /** How the vendor is called. */
    interface Vendor {
        /** How long one call may take; it is then given up, with its outcome unknown. */
        @WithDefault("5s")
        Duration timeout();

        /** How many calls may be under way at once. */
        @WithDefault("16")
        @Min(1)
        int callsAtOnce();

        /**
         * Changes a second to one conversation, and conversations made a second, over all replicas. Twilio refuses more than
         * 30 of each.
         */
        @WithDefault("25")
        @Min(1)
        @Max(29)
        int actionsPerSecond();

        /** How many of these may happen at once after a pause. */
        @WithDefault("5")
        @Min(1)
        @Max(29)
        int actionsAtOnce();

        /** How long a caller waits for their turn; beyond it the work is done later. */
        @WithDefault("2s")
        Duration patience();

        /** How long calls are refused without being tried after most of the last 20 failed. */
        @WithDefault("3s")
        Duration breakerDelay();
    }

    /** Reactions to messages. */
    interface Reactions {
        /** How long toggles of a message are gathered before its attributes are written. */
        @WithDefault("400ms")
        Duration gather();

        /** How many different emojis a message may have. */
        @WithDefault("20")
        @Min(1)
        int maxEmojis();

        /** How long reactions stay in Redis after the last toggle; they are read from the attributes then. */
        @WithDefault("30d")
        Duration keep();

        /** How often one person may toggle, per replica. Beyond it: 429 with Retry-After. */
        RateLimit rateLimit();

        /** How often one person may toggle, per replica. */
        interface RateLimit {
            /** Toggles at once. */
            @WithDefault("60")
            @Min(1)
            int burst();

            /** Toggles a second in the long run. */
            @WithDefault("5")
            @Min(1)
            int perSecond();
        }
    }

    /** Vetting conversations. */
    interface Vetting {
        /** After how long without a message the vendor closes a vetting conversation that we failed to close. */
        @WithDefault("12h")
        Duration longest();

        /**
         * In how many vetting conversations one moderator may be at once; opening another one leaves the oldest. Twilio allows
         * 1,000 conversations of all kinds per person.
         */
        @WithDefault("100")
        @Min(1)
        @Max(900)
        int seatsPerModerator();
    }
}
