package com.eventuall.yjs.lib0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 16_383, 16_384, (1L << 31) - 1, 1L << 32, (1L << 53) - 1})
    void unsignedIntegersComeBack(long value) {
        Encoder encoder = new Encoder();
        encoder.writeVarUint(value);
        assertThat(new Decoder(encoder.toByteArray()).readVarUint()).isEqualTo(value);
    }

    @Test
    void integersBeyond53BitsAreRefused() {
        byte[] tooLarge = {-1, -1, -1, -1, -1, -1, -1, 0x10};
        byte[] endless = new byte[20];
        Arrays.fill(endless, (byte) 0x80);
        assertThatThrownBy(() -> new Decoder(tooLarge).readVarUint()).isInstanceOf(YjsFormatException.class);
        assertThatThrownBy(() -> new Decoder(endless).readVarUint()).isInstanceOf(YjsFormatException.class);
    }

    @Test
    void valuesComeBack() {
        for (Object value : List.of(
                0L,
                -1L,
                63L,
                64L,
                -64L,
                2_147_483_647L,
                0.5,
                -0.0,
                1e300,
                1795377520000.0,
                "",
                "a😀\u0000é",
                true,
                BigInteger.valueOf(Long.MIN_VALUE),
                Any.UNDEFINED,
                List.of(1L, List.of()),
                Map.of("k", Map.of()))) {
            assertThat(Any.read(new Decoder(Any.encode(value)))).isEqualTo(value);
        }
        assertThat(Any.read(new Decoder(Any.encode(null)))).isNull();
        assertThat(Any.read(new Decoder(Any.encode(new byte[] {1, 2})))).isEqualTo(new byte[] {1, 2});
    }

    @Test
    void lengthsBeyondTheInputAllocateNothing() {
        byte[] claimsTwoGigabytes = {-1, -1, -1, -1, 7, 1};
        assertThatThrownBy(() -> new Decoder(claimsTwoGigabytes).readVarBytes()).isInstanceOf(YjsFormatException.class);
        assertThatThrownBy(() -> new Decoder(claimsTwoGigabytes).readVarString())
                .isInstanceOf(YjsFormatException.class);
    }

    @Test
    void onlyValidUtf8IsAString() {
        byte[] halfOfAPair = {3, (byte) 0xed, (byte) 0xa0, (byte) 0x80};
        assertThatThrownBy(() -> new Decoder(halfOfAPair).readVarString()).isInstanceOf(YjsFormatException.class);
    }
}
