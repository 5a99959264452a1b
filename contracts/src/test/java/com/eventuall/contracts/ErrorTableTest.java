package com.eventuall.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.contracts.events.EventType;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ErrorTableTest {
    @Test
    void typesAreStableAddresses() {
        assertThat(ErrorCode.PASS_EXPIRED.code()).isEqualTo("pass-expired");
        assertThat(ErrorCode.PASS_EXPIRED.type()).hasToString("https://eventuall.com/problems/pass-expired");
        assertThat(ErrorCode.PASS_EXPIRED.status()).isEqualTo(401);
    }

    @Test
    void everyStatusHasACodeOfThatStatus() {
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(ErrorCode.ofStatus(code.status()).status()).isEqualTo(code.status());
        }
        assertThat(ErrorCode.ofStatus(418)).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(ErrorCode.ofStatus(599)).isEqualTo(ErrorCode.INTERNAL);
    }

    @Test
    void onlyWaitingHelpsWhereRetryIsOffered() {
        Set<ErrorCode> retryable =
                Arrays.stream(ErrorCode.values()).filter(ErrorCode::retryable).collect(Collectors.toSet());
        assertThat(retryable)
                .containsExactlyInAnyOrder(
                        ErrorCode.RATE_LIMITED,
                        ErrorCode.VENDOR_UNAVAILABLE,
                        ErrorCode.OVERLOADED,
                        ErrorCode.DRAINING,
                        ErrorCode.UNAVAILABLE);
    }

    @Test
    void closeCodesAreDistinctAndTheirReasonsFitAFrame() {
        assertThat(Arrays.stream(CloseCode.values()).map(CloseCode::code)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(CloseCode.values()).map(CloseCode::reason)).allMatch(reason -> reason.length() < 120);
    }

    @Test
    void topicsAndTypesAreDistinct() {
        List<EventType> types = List.of(EventType.values());
        assertThat(types.stream().map(EventType::topic)).doesNotHaveDuplicates();
        assertThat(types.stream().map(EventType::type)).doesNotHaveDuplicates();
        assertThat(EventType.byType("com.eventuall.stage.entered.v1")).contains(EventType.STAGE_ENTERED);
        assertThat(EventType.byType("com.example.other.v1")).isEmpty();
    }
}
