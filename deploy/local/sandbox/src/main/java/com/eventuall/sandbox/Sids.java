package com.eventuall.sandbox;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Resource ids in the vendors' shapes. */
public final class Sids {
    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    private final RandomGenerator random;

    public Sids(RandomGenerator random) {
        this.random = random;
    }

    /** A prefix and 32 hexadecimal digits, as Twilio's. */
    public String hex(String prefix) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return prefix + HexFormat.of().formatHex(bytes);
    }

    /** A prefix and letters and digits, as LiveKit's (12) and Mux's (about 40). */
    public String letters(String prefix, int length) {
        StringBuilder id = new StringBuilder(prefix);
        for (int i = 0; i < length; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return id.toString();
    }
}
