package com.eventuall.sandbox;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** What every sandbox has beside the vendor's API: look at its state, empty it, set failure switches. */
final class AdminRoutes {
    private AdminRoutes() {}

    static void mount(Router api, VendorSandbox vendor) {
        api.get("/state").handler(call -> answer(call, 200, vendor.state()));
        api.post("/reset").handler(call -> {
            vendor.faults().clear();
            vendor.reset();
            call.response().setStatusCode(204).end();
        });
        api.get("/calls")
                .handler(call -> call.response()
                        .putHeader("Content-Type", "application/json")
                        .end(vendor.faults().calls().toJson().toBuffer()));
        api.get("/faults").handler(call -> answer(call, 200, faults(vendor)));
        api.post("/faults").handler(call -> add(call, vendor));
        api.delete("/faults").handler(call -> {
            vendor.faults().clear();
            call.response().setStatusCode(204).end();
        });
    }

    private static void add(RoutingContext call, VendorSandbox vendor) {
        try {
            Fault fault = Fault.parse(call.body().asJsonObject(), vendor.lifeCycleEffects());
            vendor.faults().add(fault);
            vendor.faultAdded(fault);
            answer(call, 201, faults(vendor));
        } catch (IllegalArgumentException | DecodeException | ClassCastException | NullPointerException e) {
            answer(call, 400, new JsonObject().put("error", String.valueOf(e.getMessage())));
        }
    }

    private static JsonObject faults(VendorSandbox vendor) {
        return new JsonObject().put("faults", vendor.faults().toJson());
    }

    private static void answer(RoutingContext call, int status, JsonObject body) {
        call.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.toBuffer());
    }
}
