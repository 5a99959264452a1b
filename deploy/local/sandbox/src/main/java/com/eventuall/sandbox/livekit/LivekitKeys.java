package com.eventuall.sandbox.livekit;

import com.eventuall.sandbox.Sids;
import java.security.SecureRandom;

/** The credentials of a project: a token names the key and is signed with the secret (HS256, so at least 32 bytes). */
public record LivekitKeys(String apiKey, String apiSecret) {
    private static final int SECRET_LENGTH = 43;

    /** New random credentials. */
    public static LivekitKeys generate() {
        Sids random = new Sids(new SecureRandom());
        return new LivekitKeys(random.letters("API", 12), random.letters("", SECRET_LENGTH));
    }
}
