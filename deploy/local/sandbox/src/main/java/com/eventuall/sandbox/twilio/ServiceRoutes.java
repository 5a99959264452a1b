package com.eventuall.sandbox.twilio;

import static com.eventuall.sandbox.twilio.Operations.created;
import static com.eventuall.sandbox.twilio.Operations.ok;

/** What belongs to the service as a whole: roles and the address of webhooks. */
final class ServiceRoutes {
    private static final String WEBHOOKS = "/Configuration/Webhooks";

    private final Roles roles;
    private final TwilioWebhooks webhooks;

    ServiceRoutes(Roles roles, TwilioWebhooks webhooks) {
        this.roles = roles;
        this.webhooks = webhooks;
    }

    void mount(Operations api) {
        api.get("/Roles", "listRoles", call -> ok(Page.of(call.request()).cut("roles", roles.url(), roles.all())));
        api.post(
                "/Roles",
                "createRole",
                call -> created(roles.create(call.request().formAttributes())));
        api.get("/Roles/:role", "fetchRole", call -> ok(roles.get(call.pathParam("role"))));
        api.get(WEBHOOKS, "fetchWebhookConfiguration", call -> ok(webhooks.configuration()));
        api.post(WEBHOOKS, "updateWebhookConfiguration", call -> {
            webhooks.configure(call.request().formAttributes());
            return ok(webhooks.configuration());
        });
    }
}
