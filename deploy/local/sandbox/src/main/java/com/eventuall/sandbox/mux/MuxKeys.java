package com.eventuall.sandbox.mux;

import com.eventuall.sandbox.Sids;
import java.security.SecureRandom;

/** The credentials of an environment: an access token for the API, a secret that signs webhooks. */
public record MuxKeys(String tokenId, String tokenSecret, String webhookSecret) {
    private static final int ID_LENGTH = 22;
    private static final int SECRET_LENGTH = 60;

    /** New random credentials. */
    public static MuxKeys generate() {
        Sids random = new Sids(new SecureRandom());
        return new MuxKeys(
                random.letters("", ID_LENGTH), random.letters("", SECRET_LENGTH), random.letters("", SECRET_LENGTH));
    }
}
