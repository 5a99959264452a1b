package com.eventuall.recording.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.eventuall.recording.StreamKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StreamKeyCipherTest {
    private static final String ONE = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String OTHER = "MTEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final UUID ID = new UUID(1, 2);
    private static final StreamKey KEY = new StreamKey("abcdefgh-12345678");

    private final StreamKeyCipher cipher = new StreamKeyCipher(ONE, Optional.empty());

    @Test
    void whatIsStoredIsNotTheKeyAndNeverTheSameTwice() {
        byte[] stored = cipher.encrypt(ID, KEY);
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("abcdefgh");
        assertThat(cipher.encrypt(ID, KEY)).isNotEqualTo(stored);
        assertThat(cipher.decrypt(ID, stored)).contains(KEY);
    }

    @Test
    void aKeyMovedToAnotherRecordingOrChangedDoesNotDecrypt() {
        byte[] stored = cipher.encrypt(ID, KEY);
        assertThat(cipher.decrypt(new UUID(1, 3), stored)).isEmpty();
        stored[stored.length - 1] ^= 1;
        assertThat(cipher.decrypt(ID, stored)).isEmpty();
        assertThat(cipher.decrypt(ID, new byte[3])).isEmpty();
    }

    @Test
    void afterARotationOldRowsAreStillRead() {
        StreamKeyCipher rotated = new StreamKeyCipher(OTHER, Optional.of(ONE));
        assertThat(rotated.decrypt(ID, cipher.encrypt(ID, KEY))).contains(KEY);
        assertThat(rotated.decrypt(ID, rotated.encrypt(ID, KEY))).contains(KEY);
        assertThat(cipher.decrypt(ID, rotated.encrypt(ID, KEY))).isEmpty();
    }

    @Test
    void aShortKeyIsRefusedAtTheStart() {
        assertThatIllegalArgumentException().isThrownBy(() -> new StreamKeyCipher("c2hvcnQ=", Optional.empty()));
    }

    @Test
    void aStreamKeyPrintsOnlyItsEnds() {
        assertThat(KEY.toString()).isEqualTo("{abc...678}");
    }
}
