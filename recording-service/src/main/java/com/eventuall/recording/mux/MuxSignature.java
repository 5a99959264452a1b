package com.eventuall.recording.mux;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Checks {@code Mux-Signature: t=SECONDS,v1=HEX[,v1=HEX…]}, an HMAC-SHA256 over {@code t.body}. Comparison takes the same
 * time wherever the difference lies; a time more than five minutes off in either direction is refused.
 */
public final class MuxSignature {
    private static final String ALGORITHM = "HmacSHA256";
    private static final long TOLERANCE = Duration.ofMinutes(5).toSeconds();
    private static final int MAX_HEADER = 1024;
    private static final Pattern TIME = Pattern.compile("(?:^|,)\\s*t=(\\d{1,12})(?=,|$)");
    private static final Pattern VALUE = Pattern.compile("(?:^|,)\\s*v1=([0-9a-fA-F]{64})(?=,|$)");

    private final List<SecretKeySpec> secrets;
    private final Clock clock;

    /** @param secrets any of them may have signed */
    public MuxSignature(List<String> secrets, Clock clock) {
        this.secrets = secrets.stream()
                .map(secret -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM))
                .toList();
        this.clock = clock;
    }

    /** Whether Mux signed this body not long ago. */
    public boolean valid(@Nullable String header, byte[] body) {
        if (header == null || header.length() > MAX_HEADER) {
            return false;
        }
        Matcher time = TIME.matcher(header);
        if (!time.find()) {
            return false;
        }
        long age = clock.instant().getEpochSecond() - Long.parseLong(time.group(1));
        if (Math.abs(age) > TOLERANCE) {
            return false;
        }
        boolean found = false;
        Matcher value = VALUE.matcher(header);
        while (value.find()) {
            byte[] given = HexFormat.of().parseHex(value.group(1));
            for (SecretKeySpec secret : secrets) {
                found |= MessageDigest.isEqual(given, sign(secret, time.group(1), body));
            }
        }
        return found;
    }

    private static byte[] sign(SecretKeySpec secret, String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no " + ALGORITHM + " in this JVM", e);
        }
    }
}
