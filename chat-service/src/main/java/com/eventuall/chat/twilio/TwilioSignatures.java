package com.eventuall.chat.twilio;

import com.eventuall.chat.WebhookSignatures;
import com.eventuall.platform.EventuallConfig;
import com.twilio.security.RequestValidator;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/**
 * Twilio signs the address it called, and calls the gateway: so the address is made of the configured public origin, never of
 * the request's own headers. Besides the signature, account and service must be ours.
 */
@ApplicationScoped
public class TwilioSignatures implements WebhookSignatures {
    private final RequestValidator validator;
    private final String origin;
    private final String account;
    private final String service;

    TwilioSignatures(TwilioConfig config, EventuallConfig eventuall) {
        this.validator = new RequestValidator(config.authToken());
        this.origin = eventuall.publicUrl().toString().replaceFirst("/+$", "");
        this.account = config.accountSid();
        this.service = config.serviceSid();
    }

    @Override
    public boolean isGenuine(String pathAndQuery, Map<String, String> parameters, String signature) {
        return !signature.isEmpty()
                && validator.validate(origin + pathAndQuery, parameters, signature)
                && account.equals(parameters.get("AccountSid"))
                && service.equals(parameters.get("ChatServiceSid"));
    }
}
