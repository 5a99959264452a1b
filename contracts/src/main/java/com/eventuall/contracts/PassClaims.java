package com.eventuall.contracts;

import java.time.Duration;

/**
 * The claims of a pass: the JWT with which the platform's web back end says who somebody is in one event. The suite only
 * verifies passes. Besides the claims named here a pass has {@code iss}, {@code aud}, {@code iat}, {@code exp}, {@code sub}
 * (the user id) and {@code groups} (see {@link Role}).
 */
public final class PassClaims {
    /** The one value of {@code aud}. */
    public static final String AUDIENCE = "eventuall-realtime";
    /** Display name. */
    public static final String NAME = "name";
    /** The one event that the pass is for. */
    public static final String EVENT_ID = "event_id";
    /** Optional list of room ids; absent means all rooms of the event. */
    public static final String ROOMS = "rooms";
    /** {@code exp} may be at most this much later than {@code iat}. */
    public static final Duration MAX_LIFE = Duration.ofHours(12);
    /** How far the signer's clock may be from ours. */
    public static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

    private PassClaims() {}
}
