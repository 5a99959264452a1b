package com.eventuall.recording;

import java.time.Duration;

/**
 * Times and limits of the machine.
 *
 * @param tags environment that marks what is ours at the vendors
 * @param vendor how long a vendor call may take, and what to allow on top before looking for its effect
 * @param start how long an egress may take to become active
 * @param health how often a running recording is looked at
 * @param maxDuration longest recording
 * @param assets waiting for assets and clips
 * @param maxTries failures in a row before a step gives up
 */
public record RecordingRules(
        Tags tags, Vendor vendor, Duration start, Duration health, Duration maxDuration, Assets assets, int maxTries) {

    /**
     * @param timeout hard limit of one call
     * @param settle how long after that limit an effect may still show up at the vendor
     */
    public record Vendor(Duration timeout, Duration settle) {
        /** From the intent until absence at the vendor means that nothing was made. */
        Duration unsettled() {
            return timeout.plus(settle);
        }
    }

    /**
     * @param pollMax longest pause between two looks
     * @param timeout how long an asset or a clip may take to become final
     * @param stayGrace how long after the end stage events may still come in before clips are planned
     */
    public record Assets(Duration pollMax, Duration timeout, Duration stayGrace) {}
}
