package com.eventuall.token;

import com.eventuall.local.infra.Infra;
import com.eventuall.local.infra.InfraResource;
import com.eventuall.local.passes.PassIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;

/** The servers that the tests of this module share. */
@QuarkusTestResource(
        value = InfraResource.class,
        initArgs = {@ResourceArg(name = "redis", value = "memory"), @ResourceArg(name = "kafka", value = "")})
abstract class ServiceTest {
    @Infra
    PassIssuer passes;

    static final String ROOM = "/v1/events/e1/rooms/main";
}
