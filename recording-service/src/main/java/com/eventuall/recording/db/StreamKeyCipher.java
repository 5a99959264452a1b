package com.eventuall.recording.db;

import com.eventuall.recording.StreamKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stream keys at rest: AES-256-GCM, a random 12-byte nonce before the ciphertext, bound to the recording's id so that a
 * row's key cannot be moved to another row. Decrypts with the previous key too, so that keys can be rotated.
 */
public final class StreamKeyCipher {
    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final List<SecretKey> keys;

    /**
     * @param key 32 bytes in Base64, encrypts and decrypts
     * @param previous decrypts only
     */
    public StreamKeyCipher(String key, Optional<String> previous) {
        this.keys = previous.map(old -> List.of(key(key), key(old))).orElseGet(() -> List.of(key(key)));
    }

    private static SecretKey key(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64.strip());
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("an encryption key is 32 bytes in Base64");
        }
        return new SecretKeySpec(bytes, "AES");
    }

    byte[] encrypt(UUID recordingId, StreamKey key) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] text = cipher(Cipher.ENCRYPT_MODE, keys.get(0), nonce, recordingId)
                    .doFinal(key.reveal().getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(NONCE + text.length).put(nonce).put(text).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot encrypt a stream key", e);
        }
    }

    /** The stream key; empty when it was stored under neither of our keys, for another recording, or was changed. */
    Optional<StreamKey> decrypt(UUID recordingId, byte[] stored) {
        if (stored.length < NONCE) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(stored);
        byte[] nonce = new byte[NONCE];
        buffer.get(nonce);
        byte[] text = new byte[buffer.remaining()];
        buffer.get(text);
        for (SecretKey key : keys) {
            try {
                byte[] plain =
                        cipher(Cipher.DECRYPT_MODE, key, nonce, recordingId).doFinal(text);
                return Optional.of(new StreamKey(new String(plain, StandardCharsets.UTF_8)));
            } catch (GeneralSecurityException e) {
                // Not this key.
            }
        }
        return Optional.empty();
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, UUID recordingId)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(recordingId.toString().getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
