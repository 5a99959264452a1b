package com.eventuall.platform.logging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFilterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer SECRET-VALUE-1234",
                "header Basic U0VDUkVULVZBTFVFLTEyMzQ= seen",
                "quarkus-http-upgrade#Authorization#Bearer%20SECRET-VALUE-1234",
                "GET /v1/x?token=SECRET-VALUE-1234&a=1",
                "{\"password\":\"SECRET-VALUE-1234\"}",
                "streamKey=SECRET-VALUE-1234",
                "stream_key: SECRET-VALUE-1234",
                "redis://user:SECRET-VALUE-1234@host:6379",
                "rtmps://global-live.mux.com:443/app/SECRET-VALUE-1234",
                "mux://SECRET-VALUE-1234",
                "got eyJhbGciOiJIUzI1NiJ9.SECRET-VALUE-1234.SECRET-VALUE-1234 from there",
            })
    void secretsAreTakenOut(String line) {
        assertThat(SecretFilter.clean(line)).doesNotContain("SECRET-VALUE-1234").doesNotContain("U0VDUkVU");
    }

    @Test
    void theRestOfTheLineStays() {
        assertThat(SecretFilter.clean("GET /v1/x?token=abcdefgh&a=1 took 3 ms"))
                .isEqualTo("GET /v1/x?token=[secret]&a=1 took 3 ms");
        String plain = "Room e1:main has 3 people; mux://assets/AS1 is the source";
        assertThat(SecretFilter.clean(plain)).isEqualTo(plain);
    }
}
