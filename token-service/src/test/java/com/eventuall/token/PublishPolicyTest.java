package com.eventuall.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.contracts.Role;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishPolicyTest {
    @ParameterizedTest
    @CsvSource({
        "EVERYONE, PARTICIPANT, false, true",
        "EVERYONE, MODERATOR,   false, true",
        "STAGE,    PARTICIPANT, false, false",
        "STAGE,    PARTICIPANT, true,  true",
        "STAGE,    MODERATOR,   false, true",
        "STAGE,    SERVICE,     false, true",
    })
    void policyDecidesByRoleAndStage(PublishPolicy policy, Role role, boolean onStage, boolean allowed) {
        assertThat(policy.allows(role, onStage)).isEqualTo(allowed);
    }
}
